#!/usr/bin/env python3
"""Numbers in the tree are invented: none may be somebody's.

    sample_numbers.py ROOT

Chinese mobiles: only 1440, 1410, 146, 148 and 154, which are in no phone (docs/testing.md).  British numbers: only the
ranges Ofcom keeps for drama, 07700 900xxx, 01632 960xxx and 020 7946 0xxx.  Resident identity numbers: none whose check
digit is right (GB 11643), whatever it was meant to show.
"""

import pathlib
import re
import subprocess
import sys

MOBILE = re.compile(r"(?<![0-9A-Za-z.#])(?:\+?86|0086)?[ -]?(1[3-9]\d{9})(?![0-9A-Za-z])")
INVENTED = ("1440", "1410", "146", "148", "154")
BRITISH = re.compile(r"(?<![0-9A-Za-z])(?:\+44[ -]?)(\d(?:[ -]?\d){8,9})(?![0-9A-Za-z])")
DRAMA = ("7700900", "1632960", "2079460")
IDENTITY = re.compile(r"(?<![0-9A-Za-z])([1-8]\d{16}[0-9Xx])(?![0-9A-Za-z])")
WEIGHTS = [pow(2, 17 - i, 11) for i in range(17)]
SKIPPED = ("package-lock.json",)  # digests of packages


def check_digit_is_right(number):
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], WEIGHTS))
    return "10X98765432"[total % 11] == number[17].upper()


def files_of(root):
    listed = subprocess.run(["git", "-C", root, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                            capture_output=True, check=False)
    if listed.returncode == 0:
        return [root / name for name in listed.stdout.decode().split("\0") if name]
    return [f for f in root.rglob("*") if not {"build", "node_modules", ".git"} & set(f.parts)]


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    faults, count = [], 0
    for file in files_of(root):
        if not file.is_file() or file.name in SKIPPED:
            continue
        count += 1
        for number, line in enumerate(file.read_bytes().decode("utf-8", errors="replace").splitlines(), 1):
            where = f"{file.relative_to(root)}:{number}"
            faults += [f"{where}: {m} may be somebody's mobile" for m in MOBILE.findall(line) if not m.startswith(INVENTED)]
            faults += [f"{where}: +44 {m} may be somebody's number" for m in BRITISH.findall(line)
                       if not re.sub(r"[ -]", "", m).startswith(DRAMA)]
            faults += [f"{where}: an identity number with a right check digit" for i in IDENTITY.findall(line)
                       if check_digit_is_right(i)]
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults or count == 0:
        sys.exit(f"{len(faults)} number(s) that may belong to somebody in {count} files")
    print(f"{count} files, every number is invented")


if __name__ == "__main__":
    main()
