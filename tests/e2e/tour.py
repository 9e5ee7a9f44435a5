"""docs/tour-plan.md, command by command.

    tour.py PROGRAM [--write]

Runs every line "$ command" of the page's ```console blocks in one throw-away folder with copies of plans/tour and
plans/broken, and compares what comes with what the page shows; --write puts it there instead.  "> " continues a command.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "tour-plan.md"
BLOCK = re.compile(r"(?ms)^```console\n(.*?)^```$")


def parted(block):
    """[[lines of a command], ...]: what lies between is output of an earlier run."""
    parts = []
    for line in block.splitlines():
        if line.startswith("$ "):
            parts.append([line])
        elif line[:2] in (">", "> ") and parts and parts[-1][-1][:1] in ("$", ">"):
            parts[-1].append(line)
        elif parts:
            parts[-1].append("")  # closes the command: a later "> " is output
    return [[line for line in part if line] for part in parts]


def run(lines, folder, program):
    text = "\n".join(line[2:] for line in lines)
    done = subprocess.run(["bash", "-c", text], cwd=folder, timeout=120, check=False, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT,
                          env={"PATH": f"{program.parent}:{os.environ['PATH']}", "LANG": "C.UTF-8", "HOME": str(folder)})
    return done.stdout


def with_output(page, program):
    """The page with what its commands print today."""
    with tempfile.TemporaryDirectory(prefix="tocsin-tour-") as name:
        folder = pathlib.Path(name)
        for plan in ("tour", "broken"):
            subprocess.run(["cp", "-r", ROOT / "plans" / plan, folder / plan], check=True)

        def replayed(match):
            out = []
            for lines in parted(match.group(1)):
                out += lines
                out += [line.rstrip() for line in run(lines, folder, program).splitlines()]
            return "```console\n" + "\n".join(out) + "\n```"

        return BLOCK.sub(replayed, page)


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    page = PAGE.read_text(encoding="utf-8")
    now = with_output(page, program)
    if "--write" in sys.argv:
        PAGE.write_text(now, encoding="utf-8")
    elif now != page:
        sys.exit("docs/tour-plan.md shows something else; tests/e2e/tour.py PROGRAM --write mends it")


if __name__ == "__main__":
    main()
