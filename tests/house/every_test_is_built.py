#!/usr/bin/env python3
"""Fails when a *_test.cc on disk is not compiled: a test that nobody builds holds nothing.

    every_test_is_built.py ROOT COMPILE_COMMANDS
"""

import json
import pathlib
import sys


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    commands = pathlib.Path(sys.argv[2])
    compiled = {str(pathlib.Path(c["directory"], c["file"]).resolve()) for c in json.loads(commands.read_text())}
    tests = [f for top in ("tests", "gateway", "directory", "adapters", "bench") for f in (root / top).rglob("*_test.cc")
             if "node_modules" not in f.parts]
    if not tests:
        sys.exit("no *_test.cc found: is this the root of the tree?")
    forgotten = sorted(f.relative_to(root).as_posix() for f in tests if str(f) not in compiled)
    for name in forgotten:
        print(f"{name}: on disk, but in no CMakeLists.txt", file=sys.stderr)
    if forgotten:
        sys.exit(f"{len(forgotten)} test file(s) not built")
    print(f"{len(tests)} test files, all built")


if __name__ == "__main__":
    main()
