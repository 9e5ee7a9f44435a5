"""A modem on the desk: the real gammu-smsd with its dummy phone, which is a folder."""

import os
import pathlib
import shutil
import signal
import subprocess

from support import Office, wait_until

COMMANDER, REPORTER = "+8614400000001", "+8614400000012"
FIRE = {"hazard": "fire", "facts": {"trapped": 1}, "area": "lake"}


class ModemTest(Office):
    def setUp(self):
        super().setUp()
        for program in ("gammu", "gammu-smsd", "gammu-smsd-monitor"):
            if shutil.which(program) is None:
                raise AssertionError(f"{program} is missing (./dev setup installs it)")
        self.phone, self.spool = self.folder / "phone", self.folder / "spool"
        self.phone.mkdir()
        self.admin = None  # its token, once it has one
        self.gammurc = self.folder / "gammurc"
        self.gammurc.write_text(f"[gammu]\nmodel = dummy\nconnection = none\ndevice = {self.phone}\n")
        self.write_config(f'[[link]]\nname = "stick"\nkind = "modem"\ndevice = "{self.phone}"\nconnection = "none"\n'
                          f'model = "dummy"\nfolder = "{self.spool}"\nreceipts = false\n')

    def arrives(self, sender, text):
        subprocess.run(["gammu", "-c", self.gammurc, "savesms", "TEXT", "-folder", "1", "-unread", "-sender", sender,
                        "-unicode", "-autolen", "300", "-text", text], check=True, capture_output=True, timeout=60)

    def smsd(self):
        """The process ids of gammu-smsd on this folder."""
        found = []
        for entry in pathlib.Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    words = (entry / "cmdline").read_bytes().split(b"\0")
                except OSError:
                    continue
                if words[0].endswith(b"/gammu-smsd") and str(self.spool / "smsdrc").encode() in words:
                    found.append(int(entry.name))
        return found

    def up(self, daemon):
        wait_until("the stick is up", lambda: "down" not in str(self.ready(daemon)) and self.smsd())

    def ready(self, daemon):
        return self.api(daemon, self.admin, "GET", "/readyz")

    def told(self, code):
        alerts = self.incident(code)["alerts"]
        return [a for a in alerts if a["person"]["code"] == "commander"]

    def start(self):
        daemon = self.serve()
        self.admin = self.admin or self.token("admin", "desk")
        self.up(daemon)
        return daemon

    def report(self, daemon, key):
        worker = self.token("reporter", "app" + key, "--person", "worker")
        status, reply = self.api(daemon, worker, "POST", "/api/v1/reports", {"key": f"e2e-modem-{key}", **FIRE})
        self.assertEqual(status, 201, reply)
        return reply["incident"]

    def accepted(self, code):
        wait_until("the network took the commander's message",
                   lambda: any(d["state"] == "accepted" for a in self.told(code) for d in a["deliveries"]))

    def test_out_and_back(self):
        daemon = self.start()
        code = self.report(daemon, "0001")
        self.accepted(code)
        self.arrives(COMMANDER, "2")
        wait_until("the answer", lambda: self.told(code)[0]["answer"] == "coming")
        wait_until("the inbox is empty", lambda: not list((self.spool / "inbox").iterdir()))
        for box in ("outbox", "sent", "error"):
            self.assertEqual(list((self.spool / box).iterdir()), [], box)
        self.assertEqual(oct((self.spool / "smsdrc").stat().st_mode & 0o777), "0o600")

    def test_a_chinese_report_in_two_parts_opens_an_incident_also_when_it_came_while_tocsin_was_away(self):
        daemon = self.start()
        text = "东湖着火 1人被困。" + "火势很大，正在向居民楼蔓延，楼上还有老人。" * 4
        self.arrives(REPORTER, text)
        wait_until("an incident", lambda: self.api(daemon, self.admin, "GET", "/api/v1/incidents/101")[0] == 200)
        incident = self.incident(101)
        self.assertEqual((incident["hazard"], incident["facts"]["trapped"]), ("fire", 1))
        self.assertEqual(daemon.stop(), 0)
        wait_until("gammu-smsd ends with tocsin", lambda: not self.smsd())

        self.arrives(COMMANDER, "1")
        self.start()
        wait_until("the answer", lambda: self.told(101)[0]["answer"] == "received")

    def test_tocsin_and_gammu_may_be_killed_and_the_stick_pulled(self):
        daemon = self.start()
        daemon.kill()
        wait_until("gammu-smsd ends with tocsin", lambda: not self.smsd())
        daemon = self.start()
        first = self.smsd()
        self.assertEqual(len(first), 1)
        os.kill(first[0], signal.SIGKILL)
        wait_until("another gammu-smsd", lambda: self.smsd() and self.smsd() != first)
        self.accepted(self.report(daemon, "0002"))

        self.phone.rename(self.folder / "drawer")
        wait_until("it is said", lambda: "the stick is not there" in str(self.ready(daemon)))
        (self.folder / "drawer").rename(self.phone)
        self.up(daemon)
        self.arrives(COMMANDER, "2")
        wait_until("the answer", lambda: self.told(101)[0]["answer"] == "coming")
