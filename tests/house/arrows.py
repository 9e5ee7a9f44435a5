#!/usr/bin/env python3
"""Reads every #include and every link line of the house and fails on an arrow that is not on the list.

The list is the table of docs/architecture.md between the marks "arrows:begin" and "arrows:end", so
that what is written there and what is held here are one text.

    arrows.py ROOT

Also held here, because it is read off the same lines: a heavy third-party header (10 to 25 s a file
under ASan) reaches at most two .cc files of a room, however many of our headers lie between.
"""

import pathlib
import re
import sys

TOP = ("gateway", "directory", "adapters")
INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]')
LINK = re.compile(r"\btocsin_([a-z_]+)")
HEAVY = ("spdlog/", "toml++/", "nlohmann/", "asio", "httplib", "curl/", "unicode/", "phonenumbers/", "mustache", "CLI/", "date/")
MOST_HEAVY = 2  # .cc files per room


def read_table(document):
    """room -> set of rooms it may see; '*' for all."""
    text = document.read_text(encoding="utf-8")
    found = re.search(r"<!-- arrows:begin -->(.*?)<!-- arrows:end -->", text, re.S)
    if not found:
        sys.exit(f"{document}: no table between arrows:begin and arrows:end")
    table = {}
    for line in found.group(1).splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        rooms = re.findall(r"`([^`]+)`", cells[0]) if cells else []
        if len(cells) < 2 or not rooms:
            continue
        seen = {"*"} if cells[1].startswith("everything") else set(re.findall(r"`([^`]+)`", cells[1]))
        for room in rooms:
            table[room] = seen
    unknown = {r for seen in table.values() for r in seen if r != "*" and r not in table}
    if unknown:
        sys.exit(f"{document}: the table names rooms that have no line: {', '.join(sorted(unknown))}")
    return table


def room_of(path):
    """gateway/base/text.h -> gateway/base; directory/import.h -> directory; directory/table/csv.h -> directory/table."""
    parts = pathlib.PurePosixPath(path).parts
    if not parts or parts[0] not in TOP:
        return None
    return parts[0] if parts[0] == "directory" and len(parts) == 2 else "/".join(parts[:2])


def may_see(table, room, other):
    return room == other or "*" in table[room] or other in table[room]


def check_includes(root, table, faults):
    count = 0
    for top in TOP:
        for file in sorted((root / top).rglob("*")):
            if file.suffix not in (".h", ".cc") or not file.is_file():
                continue
            count += 1
            name = file.relative_to(root).as_posix()
            room = room_of(name)
            if room not in table:
                faults.append(f"{name}:1: {room} has no line in the table of docs/architecture.md")
                continue
            for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
                found = INCLUDE.match(line)
                if not found:
                    continue
                quoted, target = found.group(1) == '"', found.group(2)
                other = room_of(target)
                if quoted and other is None:
                    faults.append(f'{name}:{number}: "{target}" is not a path from the root of the tree')
                elif quoted and not (root / target).is_file():
                    faults.append(f'{name}:{number}: "{target}" does not exist')
                elif other is not None and not may_see(table, room, other):
                    faults.append(f"{name}:{number}: {room} may not include {other}")
    return count


def check_heavy(root, faults):
    includes = {}
    for top in TOP:
        for file in (root / top).rglob("*"):
            if file.suffix in (".h", ".cc") and file.is_file():
                found = map(INCLUDE.match, file.read_text(encoding="utf-8").splitlines())
                includes[file.relative_to(root).as_posix()] = [f.group(2) for f in found if f]

    def heavy_in(name, seen):
        out = set()
        for target in includes.get(name, ()):
            out |= {heavy for heavy in HEAVY if target.startswith(heavy)}
            if target in includes and target not in seen:
                seen.add(target)
                out |= heavy_in(target, seen)
        return out

    reached = {}
    for name in sorted(includes):
        if name.endswith(".cc"):
            for heavy in heavy_in(name, set()):
                reached.setdefault((room_of(name), heavy), []).append(name)
    for (room, heavy), names in reached.items():
        if len(names) > MOST_HEAVY:
            faults.append(f"{room}: <{heavy}...> is heavy and reaches {len(names)} files: {', '.join(names)}")


def check_links(root, table, faults):
    by_name = {room.rsplit("/", 1)[-1]: room for room in table}
    for top in TOP:
        for file in sorted((root / top).rglob("CMakeLists.txt")):
            name = file.relative_to(root).as_posix()
            room = room_of(name)
            if room not in table:
                continue
            text = re.sub(r"#.*", "", file.read_text(encoding="utf-8"))
            for call in re.findall(r"tocsin_(?:library|interface)\s*\(([^)]*)\)", text):
                for target in LINK.findall(call):
                    other = by_name.get(target)
                    if other is not None and not may_see(table, room, other):
                        faults.append(f"{name}: {room} may not link {other}")


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    table = read_table(root / "docs" / "architecture.md")
    faults = []
    count = check_includes(root, table, faults)
    check_links(root, table, faults)
    check_heavy(root, faults)
    for fault in faults:
        print(fault, file=sys.stderr)
    if count == 0:
        sys.exit("no sources found: is this the root of the tree?")
    if faults:
        sys.exit(f"{len(faults)} arrow(s) not on the list")
    print(f"{count} files, every arrow is on the list")


if __name__ == "__main__":
    main()
