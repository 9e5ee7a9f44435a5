"""A report goes out through an HTTP provider that its file describes; a mistake in the file is named with its line."""

import urllib.parse

from support import Office, ROOT, run, wait_until
from webhook_test import Receiver


class HttpSmsTest(Office):
    def provider(self, receiver, name="twilio-like"):
        text = (ROOT / "providers" / f"{name}.toml").read_text(encoding="utf-8")
        return text.replace("https://api.provider.example", f"https://127.0.0.1:{receiver.server_port}")

    def link(self, receiver, text):
        (self.folder / "provider.toml").write_text(text, encoding="utf-8")
        secret = self.folder / "secret"
        secret.touch(mode=0o600)
        secret.write_text("a-secret-token\n", encoding="utf-8")
        self.write_config('[[link]]\nname = "cloud"\nkind = "http"\nprovider = "provider.toml"\naccount = "key-id"\n'
                          f'secret_file = "secret"\nfrom = "10690000"\nca_file = "{receiver.certificate}"\n')

    def test_a_report_goes_out_as_a_request_and_the_first_refusal_for_now_is_repeated(self):
        receiver = Receiver(self.folder, after=(201, b'{"sid": "SM-17", "status": "queued"}'))
        self.addCleanup(receiver.close)
        self.link(receiver, self.provider(receiver))
        daemon = self.serve()
        worker = self.token("reporter", "app", "--person", "worker")
        status, reply = self.api(daemon, worker, "POST", "/api/v1/reports",
                                 {"key": "e2e-http-sms-1", "hazard": "fire", "facts": {"trapped": 1}, "area": "lake"})
        self.assertEqual(status, 201, reply)

        def posts():
            return [urllib.parse.parse_qs(body.decode()) for _, _, body in list(receiver.posts)]

        wait_until("the commander's message", lambda: [p for p in posts() if p["To"] == ["+8614400000001"]])
        told = next(p for p in posts() if p["To"] == ["+8614400000001"])
        self.assertIn(str(reply["incident"]), told["Body"][0])
        self.assertEqual(told["From"], ["10690000"])

        def commander():
            return next(a for a in self.incident(reply["incident"])["alerts"] if a["person"]["code"] == "commander")

        wait_until("the acceptance", lambda: commander()["deliveries"][0]["state"] == "accepted")
        self.assertNotIn("a-secret-token", "\n".join(daemon.err.all))
        self.assertNotIn("14400000001", "\n".join(daemon.err.all))

    def test_a_mistake_in_the_providers_file_is_named_and_nothing_starts(self):
        receiver = Receiver(self.folder)
        self.addCleanup(receiver.close)
        self.link(receiver, self.provider(receiver).replace("{{text}}", "{{txt}}"))
        _, said = run("serve", "--config", self.config, code=None)
        self.assertIn("provider.toml:", said)
        self.assertIn("did you mean {{text}}?", said)
