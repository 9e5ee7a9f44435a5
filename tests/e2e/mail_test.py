"""A report goes out as a mail, over STARTTLS and with a password, to a server that we did not write (aiosmtpd)."""

import email
import email.policy
import json
import pathlib
import subprocess
import sys

from support import Lines, Office, TOWN, wait_until

SERVER = pathlib.Path(__file__).parent / "mail_server.py"
PASSWORD = "correct horse battery"


class MailServer:
    def __init__(self, folder):
        self.certificate, key = folder / "mail.pem", folder / "mail.key"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                        "-days", "2", "-subj", "/CN=mail", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key,
                        "-out", self.certificate], check=True, capture_output=True)
        # Debian's own Python has aiosmtpd, whatever comes first in PATH.
        self.child = subprocess.Popen(["/usr/bin/python3", "-B", SERVER, self.certificate, key, "tocsin", PASSWORD],
                                      stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.lines = Lines(self.child.stdout)
        self.port = json.loads(self.lines.wait_for('"listening"'))["port"]

    def events(self, name):
        return [e for e in (json.loads(line) for line in list(self.lines.all)) if e["event"] == name]

    def close(self):
        self.child.kill()
        self.child.wait()
        self.child.stdin.close()


class MailTest(Office):
    def setUp(self):
        super().setUp()
        self.server = MailServer(self.folder)
        self.addCleanup(self.server.close)
        self.plan = self.folder / "plan.toml"
        self.plan.write_text((TOWN / "plan.toml").read_text(encoding="utf-8").replace(
            '{ channel = "sms", wait = "3m" },\n', '{ channel = "email", wait = "3m" },\n', 1), encoding="utf-8")
        self.sheets = self.folder / "sheets"
        subprocess.run(["cp", "-r", TOWN / "directory", self.sheets], check=True)

    def link(self, address, password=PASSWORD):
        with open(self.sheets / "contacts.csv", "a", encoding="utf-8") as sheet:
            sheet.write(f"commander,2,email,{address},,2026-01-01,form,\n")
        secret = self.folder / "password"
        secret.touch(mode=0o600)
        secret.write_text(password + "\n", encoding="utf-8")
        self.write_config('[[link]]\nname = "mail"\nkind = "email"\nhost = "127.0.0.1"\nuser = "tocsin"\n'
                          f'port = {self.server.port}\npassword_file = "password"\nca_file = "mail.pem"\n'
                          'from = "alarm@office.example"\nfrom_name = "青石应急"\n')

    def report(self, daemon, key):
        worker = self.token("reporter", "app", "--person", "worker")
        status, reply = self.api(daemon, worker, "POST", "/api/v1/reports",
                                 {"key": key, "hazard": "fire", "facts": {"trapped": 1}, "area": "lake"})
        self.assertEqual(status, 201, reply)
        return reply["incident"]

    def delivery(self, code):
        alert = next(a for a in self.incident(code)["alerts"] if a["person"]["code"] == "commander")
        return alert["deliveries"][0]

    def test_a_report_goes_out_as_a_mail_over_starttls(self):
        self.link("commander@office.example")
        daemon = self.serve()
        code = self.report(daemon, "e2e-mail-0001")
        wait_until("the acceptance", lambda: self.delivery(code)["state"] == "accepted")
        mails = self.server.events("mail")
        self.assertEqual([(m["to"], m["tls"], m["user"]) for m in mails],
                         [(["commander@office.example"], True, "tocsin")])
        mail = email.message_from_string(mails[0]["text"], policy=email.policy.default)
        self.assertIn(str(code), mail.get_content())
        self.assertEqual(mail["subject"], mail.get_content().splitlines()[0][:120])
        self.assertEqual(mail["auto-submitted"], "auto-generated")
        self.assertEqual(mail["from"].addresses[0].display_name, "青石应急")
        self.assertIsNotNone(mail["date"].datetime)

    def test_a_recipient_that_is_refused_is_shown_as_refused(self):
        self.link("nobody@office.example")
        daemon = self.serve()
        code = self.report(daemon, "e2e-mail-0002")
        wait_until("the refusal", lambda: self.delivery(code)["state"] == "refused")
        self.assertEqual(self.server.events("mail"), [])

    def test_a_wrong_password_takes_the_link_down_and_is_not_in_the_log(self):
        self.link("commander@office.example", password="wrong horse")
        daemon = self.serve()
        daemon.err.wait_for("link.down", "user and password are refused")
        self.assertNotIn("wrong horse", "\n".join(daemon.err.all))


if __name__ == "__main__":
    sys.exit("run by unittest")
