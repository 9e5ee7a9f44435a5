"""A report goes out as a signed POST to a program that we did not write the client side of."""

import base64
import hashlib
import hmac
import http.server
import json
import ssl
import subprocess
import threading

from support import Office, TOWN, wait_until

SECRET = b"0123456789abcdef0123456789abcdef"


class Receiver(http.server.ThreadingHTTPServer):
    """HTTPS on 127.0.0.1; keeps what comes, answers 503 once, and as `after` says from then on."""

    def __init__(self, folder, after=(204, b"")):
        self.after = after
        super().__init__(("127.0.0.1", 0), Post)
        self.posts = []
        self.certificate = folder / "receiver.pem"
        key = folder / "receiver.key"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                        "-days", "2", "-subj", "/CN=receiver", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key,
                        "-out", self.certificate], check=True, capture_output=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, key)
        self.socket = context.wrap_socket(self.socket, server_side=True)
        self.thread = threading.Thread(target=self.serve_forever, daemon=True)
        self.thread.start()

    def close(self):
        self.shutdown()
        self.server_close()
        self.thread.join()


class Post(http.server.BaseHTTPRequestHandler):
    def do_POST(self):  # noqa: N802
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.posts.append((self.path, dict(self.headers), body))
        status, answer = (503, b"") if len(self.server.posts) == 1 else self.server.after
        self.send_response(status)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


class WebhookTest(Office):
    def test_a_report_is_posted_signed_and_repeated_under_the_same_id(self):
        receiver = Receiver(self.folder)
        self.addCleanup(receiver.close)
        secret = self.folder / "secret"
        secret.touch(mode=0o600)
        secret.write_bytes(b"whsec_" + base64.b64encode(SECRET) + b"\n")
        self.plan = self.folder / "plan.toml"
        self.plan.write_text((TOWN / "plan.toml").read_text(encoding="utf-8").replace(
            '{ channel = "sms", wait = "3m" },\n', '{ channel = "webhook", wait = "3m" },\n', 1), encoding="utf-8")
        self.sheets = self.folder / "sheets"
        subprocess.run(["cp", "-r", TOWN / "directory", self.sheets], check=True)
        with open(self.sheets / "contacts.csv", "a", encoding="utf-8") as sheet:
            sheet.write(f"commander,2,webhook,https://127.0.0.1:{receiver.server_port}/alarm,,2026-01-01,form,\n")
        self.write_config('[[link]]\nname = "hooks"\nkind = "webhook"\nsecret_file = "secret"\n'
                          f'ca_file = "{receiver.certificate}"\n')
        daemon = self.serve()
        worker = self.token("reporter", "app", "--person", "worker")
        status, reply = self.api(daemon, worker, "POST", "/api/v1/reports",
                                 {"key": "e2e-webhook-01", "hazard": "fire", "facts": {"trapped": 1}, "area": "lake"})
        self.assertEqual(status, 201, reply)
        wait_until("the POST and its repeat", lambda: len(receiver.posts) == 2)
        path, headers, body = receiver.posts[1]
        self.assertEqual(path, "/alarm")
        self.assertEqual(headers["webhook-id"], receiver.posts[0][1]["webhook-id"])
        message = json.loads(body)["data"]
        self.assertEqual(message["id"], headers["webhook-id"])
        self.assertIn(str(reply["incident"]), message["text"])
        signed = f'{headers["webhook-id"]}.{headers["webhook-timestamp"]}.'.encode() + body
        self.assertEqual(headers["webhook-signature"],
                         "v1," + base64.b64encode(hmac.digest(SECRET, signed, hashlib.sha256)).decode())

        def commander():
            return next(a for a in self.incident(reply["incident"])["alerts"] if a["person"]["code"] == "commander")

        wait_until("the acceptance", lambda: commander()["deliveries"][0]["state"] == "accepted")
        self.assertNotIn(SECRET.decode(), "\n".join(daemon.err.all))
