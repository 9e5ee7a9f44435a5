#!/usr/bin/env python3
"""Every path that a document of the tree names exists: links, and paths of the house in backquotes or prose.

    docs.py ROOT
"""

import pathlib
import re
import sys

LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
# A path inside one of our folders; what ends in a capital word or a star is a pattern, not a path.
PATH = re.compile(r"(?<![\w./-])((?:gateway|adapters|directory|docs|tests|bench|cmake|plans|systemd|web)/[\w./-]*[\w/])(?![\w*./-])")


def exists(path):
    # An empty folder is not in the tree, whatever this disk says.
    return any(path.iterdir()) if path.is_dir() else path.exists()


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    documents = sorted(root.glob("*.md")) + sorted((root / "docs").rglob("*.md"))
    faults = []
    for document in documents:
        inside_table = False
        for number, line in enumerate(document.read_text(encoding="utf-8").splitlines(), 1):
            where = f"{document.relative_to(root)}:{number}"
            for target in LINK.findall(line):
                if not (document.parent / target).exists():
                    faults.append(f"{where}: link to {target}, which does not exist")
            inside_table = "arrows:begin" in line or (inside_table and "arrows:end" not in line)
            for path in [] if inside_table else PATH.findall(line):  # the table may know rooms to come
                if re.search(r"[A-Z]{2,}(/|$)|NNNN", path):
                    continue
                if not exists(root / path):
                    faults.append(f"{where}: {path} does not exist")
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults or not documents:
        sys.exit(f"{len(faults)} path(s) named in {len(documents)} documents do not exist")
    print(f"{len(documents)} documents, every path exists")


if __name__ == "__main__":
    main()
