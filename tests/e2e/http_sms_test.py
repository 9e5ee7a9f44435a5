"""A report goes out through an HTTP provider that its file describes; a mistake in the file is named with its line."""

import http.client
import json
import ssl
import urllib.parse

from support import PATIENCE, ROOT, Office, run, wait_until
from webhook_test import Receiver


class Provided(Office):
    def provider(self, receiver, name="twilio-like"):
        text = (ROOT / "providers" / f"{name}.toml").read_text(encoding="utf-8")
        return text.replace("https://api.provider.example", f"https://127.0.0.1:{receiver.server_port}")

    def link(self, receiver, text, more=""):
        (self.folder / "provider.toml").write_text(text, encoding="utf-8")
        secret = self.folder / "secret"
        secret.touch(mode=0o600)
        secret.write_text("a-secret-token\n", encoding="utf-8")
        self.write_config('[[link]]\nname = "cloud"\nkind = "http"\nprovider = "provider.toml"\naccount = "key-id"\n'
                          f'secret_file = "secret"\nfrom = "10690000"\nca_file = "{receiver.certificate}"\n{more}')


class HttpSmsTest(Provided):
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


TOKEN = "an-e2e-token-nobody-knows"

# What is registered of the town's plan.
REGISTERED = """
[[template]]
of = "alert"
language = "zh"
id = "SMS_17"
text = "警报${code} ${what} ${where} ${facts}${role} 回1收到2前往3到达0不能"
parameters = [
  { name = "code", value = "{{code}}", longest = 10 },
  { name = "what", value = "{{hazard}} {{level}}", longest = 20 },
  { name = "where", value = "{{area}} {{place}}", longest = 40 },
  { name = "facts", value = "{{facts}}", longest = 60 },
  { name = "role", value = "{{#stands_in_for}} 代{{stands_in_for}}{{/stands_in_for}}", longest = 20 },
]
"""


class Cloud(Receiver):
    """Gives each request an id of its own: BIZ-1, BIZ-2 ..."""

    after = property(lambda self: (200, f'{{"Code": "OK", "BizId": "BIZ-{len(self.posts)}"}}'.encode()), lambda self, _: None)


class CloudTest(Provided):
    """Registered templates out, receipts and answers in, as a cloud provider has it."""

    def setUp(self):
        super().setUp()
        self.receiver = Cloud(self.folder)
        self.addCleanup(self.receiver.close)
        text = (ROOT / "providers" / "cloud-template.toml").read_text(encoding="utf-8")
        text = text[:text.index("[[template]]")] + REGISTERED
        secret = self.folder / "token"
        secret.touch(mode=0o600)
        secret.write_text(TOKEN + "\n", encoding="utf-8")
        self.link(self.receiver, text.replace("https://sms.cloud.example", f"https://127.0.0.1:{self.receiver.server_port}"),
                  'callback_token_file = "token"\n')
        self.daemon = self.serve()

    def called_back(self, body, token=TOKEN, link="cloud"):
        """(status, text): as the provider posts."""
        context = ssl.create_default_context(cafile=self.daemon.certificate)
        connection = http.client.HTTPSConnection("localhost", self.daemon.port, timeout=PATIENCE, context=context)
        try:
            connection.request("POST", f"/api/v1/links/{link}/callback/{token}", json.dumps(body),
                               {"Content-Type": "application/json"})
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def test_a_template_goes_out_a_receipt_and_an_answer_come_back_and_count_once(self):
        worker = self.token("reporter", "app", "--person", "worker")
        status, reply = self.api(self.daemon, worker, "POST", "/api/v1/reports",
                                 {"key": "e2e-cloud-0001", "hazard": "fire", "facts": {"trapped": 1}, "area": "lake"})
        self.assertEqual(status, 201, reply)
        code = reply["incident"]

        def told():
            posts = [urllib.parse.parse_qs(body.decode()) for _, _, body in list(self.receiver.posts)]
            return [(n, p) for n, p in enumerate(posts, 1) if p["PhoneNumbers"] == ["14400000001"]]

        def commander():
            return next(a for a in self.incident(code)["alerts"] if a["person"]["code"] == "commander")

        wait_until("the commander's message", lambda: told() and commander()["deliveries"][0]["state"] == "accepted")
        serial, sent = told()[-1]
        self.assertEqual(sent["TemplateCode"], ["SMS_17"])
        self.assertEqual(json.loads(sent["TemplateParam"][0])["code"], str(code))
        self.assertIn("1", json.loads(sent["TemplateParam"][0])["facts"])
        self.assertNotIn("Text", sent)

        receipt = [{"biz_id": f"BIZ-{serial}", "success": True, "err_code": "DELIVERED", "phone_number": "14400000001"}]
        for token, link in ((TOKEN + "x", "cloud"), (TOKEN, "other")):
            self.assertEqual(self.called_back(receipt, token, link)[0], 404)
        self.assertEqual(commander()["deliveries"][0]["state"], "accepted")
        self.assertEqual(self.called_back(receipt), (200, '{"code":0,"msg":"ok"}'))
        self.assertEqual(commander()["deliveries"][0]["state"], "delivered")

        answer = [{"phone_number": "14400000001", "content": "2", "dest_code": "10690000", "sequence_id": 9}]
        self.assertEqual(self.called_back(answer)[0], 200)
        self.assertEqual((commander()["state"], commander()["answer"]), ("answered", "coming"))
        self.assertEqual(self.called_back(answer)[0], 200)
        steps = self.incident(code)["steps"]
        self.assertEqual(next(s for s in steps if s["name"] == "command")["coming"], 1)
        answers = [e for e in self.record() if e["kind"] == "answered"]
        self.assertEqual(len(answers), 1, answers)
        said = "\n".join(self.daemon.err.all + self.daemon.out.all)
        self.assertNotIn(TOKEN, said)
        self.assertNotIn("14400000001", said)

    def test_a_text_of_the_plan_that_was_edited_since_it_was_registered_is_a_finding(self):
        plan = self.folder / "plan.toml"
        words = self.plan.read_text(encoding="utf-8")

        def found():
            said, _ = run("plan", "check", plan, "--config", self.config, "--language", "zh", code=None)
            return "registered-text-differs" in said, said

        plan.write_text(words, encoding="utf-8")
        self.assertFalse(found()[0], found()[1])
        plan.write_text(words.replace('zh.default = "警报{{code}} ', 'zh.default = "紧急警报{{code}} '), encoding="utf-8")
        differs, said = found()
        self.assertTrue(differs, said)
        self.assertIn("provider.toml:", said)
        self.assertIn("与预案不一致", said)

    def record(self):
        desk = self.token("admin", "desk")
        status, page = self.api(self.daemon, desk, "GET", "/api/v1/record?limit=500")
        self.assertEqual(status, 200)
        return page["entries"]
