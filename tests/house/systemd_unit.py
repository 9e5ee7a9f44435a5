#!/usr/bin/env python3
"""The units of systemd/: those that stay up shut as far as they can be, and nothing in any that systemd does not know.

    systemd_unit.py ROOT

Where there is no systemd-analyze, the settings that matter most are looked for in the text alone.
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

MOST_EXPOSURE = 2.0  # systemd-analyze counts to ten; --threshold counts to a hundred
WANTED = ("Type=notify", "NoNewPrivileges=yes", "ProtectSystem=strict", "PrivateUsers=yes", "User=tocsin",
          "CapabilityBoundingSet=\n", "WatchdogSec=", "Restart=always", "UMask=0077")


def exposure(unit):
    security = subprocess.run(["systemd-analyze", "security", "--offline=true",
                               f"--threshold={int(MOST_EXPOSURE * 10)}", str(unit)],
                              capture_output=True, text=True, check=False)
    level = re.search(r"Overall exposure level for .*: ([\d.]+)", security.stdout)
    if security.returncode != 0 or level is None or float(level.group(1)) >= MOST_EXPOSURE:
        return f"exposure is not under {MOST_EXPOSURE}:\n{security.stdout[-300:]}{security.stderr}"
    print(f"{unit.name}: exposure {level.group(1)}")
    return ""


def verify(unit):
    with tempfile.TemporaryDirectory() as folder:
        # The program and its manual need not be installed where the tree is checked.
        copy = pathlib.Path(folder) / unit.name.replace("@", "@stick")
        copy.write_text(re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", unit.read_text(), flags=re.M))
        done = subprocess.run(["systemd-analyze", "verify", "--man=no", str(copy)], capture_output=True, text=True,
                              check=False)
        if done.returncode != 0 or done.stderr.strip():
            return f"systemd-analyze verify: {done.stderr}"
    return ""


def main():
    folder = pathlib.Path(sys.argv[1]) / "systemd"
    unit = folder / "tocsin.service"
    text = unit.read_text(encoding="utf-8")
    faults = [f"{unit}: {line.strip()} is missing" for line in WANTED if line not in text]
    if not faults and shutil.which("systemd-analyze"):
        for each in sorted(folder.glob("*.service")):
            stays_up = "Type=oneshot" not in each.read_text(encoding="utf-8")
            for fault in (verify(each), exposure(each) if stays_up else ""):
                faults += [f"{each}: {fault}"] if fault else []
    for fault in faults:
        print(fault, file=sys.stderr)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
