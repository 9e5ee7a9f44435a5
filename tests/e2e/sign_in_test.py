"""Signing in over real TLS: accounts and codes, cookies, other sites' pages, link previews, and secrets that stay secret."""

import base64
import hashlib
import hmac
import http.client
import json
import re
import sqlite3
import ssl
import struct
import time

from support import CONSOLE, PATIENCE, Office, run, run_json, wait_until

PASSWORD = "planted-password-7391"
WORKER = "+8614400000012"
FIRE = {"key": "sign-in-key-0001", "hazard": "fire", "facts": {"serious": 2, "trapped": 1}, "area": "lake"}


def totp(uri, steps=0):
    """RFC 6238, by other code than the program's."""
    secret = re.search(r"secret=([A-Z2-7]+)", uri).group(1)
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30 + steps), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start:start + 4])[0] & 0x7fffffff) % 1000000:06d}"


class Answer:
    def __init__(self, status, headers, text):
        self.status, self.headers, self.text = status, headers, text

    @property
    def json(self):
        return json.loads(self.text)

    @property
    def cookie(self):
        return re.match(r"__Host-sid=([^;]*)", self.headers["Set-Cookie"]).group(1)


class SignIn(Office):
    more = ""

    def setUp(self):
        super().setUp()
        self.write_config(CONSOLE, more='log_level = "debug"')
        (self.folder / "password").write_text(PASSWORD)
        self.daemon = self.serve()

    def user(self, name, role):
        return run_json("user", "add", name, "--role", role, "--database", self.database, "--password-file",
                        self.folder / "password")

    def ask(self, method, path, body=None, cookie=None, token=None, **headers):
        context = ssl.create_default_context(cafile=self.daemon.certificate)
        connection = http.client.HTTPSConnection("localhost", self.daemon.port, timeout=PATIENCE, context=context)
        try:
            sent = {name.replace("_", "-"): value for name, value in headers.items()}
            if cookie:
                sent["Cookie"] = f"__Host-sid={cookie}"
            if token:
                sent["Authorization"] = f"Bearer {token}"
            text = None
            if body is not None:
                sent["Content-Type"] = "application/json"
                text = json.dumps(body)
            connection.request(method, path, text, sent)
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read().decode())
        finally:
            connection.close()

    def ours(self):
        return {"Origin": f"https://localhost:{self.daemon.port}", "X_Tocsin": "1"}

    def by_password(self, enrolment, **more):
        body = {"name": enrolment["name"], "password": PASSWORD, "totp": totp(enrolment["otpauth"]), **more}
        return self.ask("POST", "/api/v1/sign-in/password", body)

    def code_for(self, number):
        """(request, code): asked for, and read from the phone."""
        asked = self.ask("POST", "/api/v1/sign-in/code", {"number": number})
        self.assertEqual(asked.status, 202, asked.text)
        line = self.daemon.out.wait_for(number, "登录验证码")
        return asked.json["request"], re.search(r"验证码 (\d{6})", line).group(1)

    def by_code(self, number, **more):
        request, code = self.code_for(number)
        return self.ask("POST", "/api/v1/sign-in", {"request": request, "code": code, **more})


class PasswordTest(SignIn):
    def test_the_first_administrator_is_made_on_the_machine_and_signs_in_with_a_second_factor(self):
        made = self.user("office", "admin")
        self.assertEqual(set(made), {"name", "otpauth", "recovery_codes"})
        self.assertEqual(len(set(made["recovery_codes"])), 10)
        alone = self.ask("POST", "/api/v1/sign-in/password", {"name": "office", "password": PASSWORD})
        self.assertEqual((alone.status, alone.json["type"]), (403, "urn:tocsin:problem:sign-in-failed"))
        signed = self.by_password(made, device="office PC")
        self.assertEqual(signed.status, 200, signed.text)
        self.assertNotIn("token", signed.json)
        again = self.by_password(made)
        self.assertEqual(again.status, 403, "a code of the authenticator counts once")
        who = self.ask("GET", "/api/v1/session", cookie=signed.cookie)
        self.assertEqual((who.status, who.json["role"], who.json["name"]), (200, "admin", "office"))
        listed = self.ask("GET", "/api/v1/sessions", cookie=signed.cookie).json["sessions"]
        self.assertEqual([(s["device"], s["current"]) for s in listed], [("office PC", True)])

    def test_a_recovery_code_counts_once_however_it_is_typed(self):
        made = self.user("office", "admin")
        body = {"name": "office", "password": PASSWORD,
                "recovery_code": made["recovery_codes"][0].lower().replace("-", " ")}
        self.assertEqual(self.ask("POST", "/api/v1/sign-in/password", body).status, 200)
        self.assertEqual(self.ask("POST", "/api/v1/sign-in/password", body).status, 403)

    def test_a_wrong_name_and_a_wrong_password_are_answered_alike_and_too_many_wait(self):
        made = self.user("office", "admin")
        tries = [self.ask("POST", "/api/v1/sign-in/password", {"name": name, "password": word, "totp": "000000"})
                 for name, word in (("office", "wrong-password-1"), ("nobody", PASSWORD), ("office", PASSWORD))]
        self.assertEqual({(t.status, t.text) for t in tries}, {(403, tries[0].text)})
        for _ in range(2):
            self.ask("POST", "/api/v1/sign-in/password", {"name": "nobody", "password": "x"})
        locked = self.by_password(made)
        self.assertEqual((locked.status, locked.text), (403, tries[0].text))
        self.assertEqual(locked.headers["Retry-After"], "1")

    def test_every_attribute_of_the_cookie_is_there_and_signing_out_takes_it_away(self):
        signed = self.by_password(self.user("desk", "duty"))
        cookie = signed.headers["Set-Cookie"]
        name, *attributes = [part.strip() for part in cookie.split(";")]
        self.assertRegex(name, r"^__Host-sid=[A-Za-z0-9_-]{43}$")
        self.assertEqual(set(attributes), {"Path=/", "Max-Age=43200", "Secure", "HttpOnly", "SameSite=Strict"})
        self.assertEqual(signed.headers["Cache-Control"], "no-store")
        out = self.ask("POST", "/api/v1/sign-out", cookie=signed.cookie, **self.ours())
        self.assertEqual(out.status, 200, out.text)
        self.assertIn("__Host-sid=; Path=/; Max-Age=0", out.headers["Set-Cookie"])
        self.assertEqual(self.ask("GET", "/api/v1/session", cookie=signed.cookie).status, 401)

    def test_what_other_sites_make_a_browser_send_is_refused(self):
        cookie = self.by_password(self.user("desk", "duty")).cookie
        ours = self.ours()
        path, body = "/api/v1/unmask", {"person": "worker", "reason": "test"}
        for wanted, headers in ((200, ours), (403, {}), (403, {"X_Tocsin": "1"}), (403, {"Origin": ours["Origin"]}),
                                (403, {**ours, "Origin": "https://evil.example"}), (403, {**ours, "Origin": "null"}),
                                (403, {**ours, "Origin": f"http://localhost:{self.daemon.port}"}),
                                (403, {**ours, "Origin": "https://localhost"}), (403, {**ours, "X_Tocsin": "0"})):
            with self.subTest(headers=headers):
                self.assertEqual(self.ask("POST", path, body, cookie=cookie, **headers).status, wanted)
        # A GET needs none of it and changes nothing; a bearer is not sent by a browser unasked.
        self.assertEqual(self.ask("GET", "/api/v1/session", cookie=cookie, Origin="https://evil.example").status, 200)
        self.assertEqual(self.ask("POST", path, body, token=cookie).status, 200)
        # Nor may another site sign a browser in as somebody else.
        for headers in ({"Origin": "https://evil.example"}, {"Sec_Fetch_Site": "cross-site"}):
            self.assertEqual(self.ask("POST", "/api/v1/sign-in/link", {"token": "x" * 43}, **headers).status, 403)

    def test_revoked_reset_and_disabled_hold_from_the_next_request_on(self):
        admin = self.by_password(self.user("office", "admin"), bearer=True).json
        self.user("desk", "duty")
        made = run_json("user", "reset", "desk", "--database", self.database, "--password-file",
                        self.folder / "password")
        desk = self.by_password(made, bearer=True).json
        self.assertEqual(self.ask("GET", "/api/v1/status", token=desk["token"]).status, 200)
        self.assertEqual(self.ask("GET", "/api/v1/users", token=desk["token"]).status, 403)
        revoked = self.ask("POST", f"/api/v1/sessions/{desk['session']}/revoke", {}, token=admin["token"])
        self.assertEqual(revoked.status, 200, revoked.text)
        self.assertEqual(self.ask("GET", "/api/v1/status", token=desk["token"]).status, 401)
        self.assertEqual(self.ask("GET", "/api/v1/session", token=admin["token"]).status, 200)
        run("user", "disable", "office", "--database", self.database)
        self.assertEqual(self.ask("GET", "/api/v1/session", token=admin["token"]).status, 401)
        self.assertIn("disabled", run("user", "list", "--database", self.database)[0])


class WithoutDaemonTest(SignIn):
    def test_accounts_are_made_without_a_daemon_too_and_the_record_stays_whole(self):
        self.daemon.stop()
        made = self.user("office", "admin")
        run("user", "add", "office", "--role", "admin", "--database", self.database, "--password-file",
            self.folder / "password", code=1)
        run("user", "reset", "nobody", "--database", self.database, "--password-file", self.folder / "password", code=1)
        self.assertTrue(run_json("record", "verify", "--database", self.database)["whole"])
        self.daemon = self.serve()
        self.assertEqual(self.by_password(made).status, 200)


class CodeTest(SignIn):
    def test_a_worker_signs_in_by_a_code_reports_and_sees_own_reports_only(self):
        signed = self.by_code(WORKER)
        self.assertEqual((signed.status, signed.json["role"]), (200, "reporter"), signed.text)
        self.assertIn("Max-Age=15552000", signed.headers["Set-Cookie"])
        sent = self.ask("POST", "/api/v1/reports", FIRE, cookie=signed.cookie, **self.ours())
        self.assertEqual(sent.status, 201, sent.text)
        own = self.ask("GET", "/api/v1/reports", cookie=signed.cookie).json["reports"]
        self.assertEqual([r["report"] for r in own], [sent.json["report"]])
        self.assertEqual(self.ask("GET", "/api/v1/incidents", cookie=signed.cookie).status, 403)
        commander = self.by_code("+8614400000001")
        self.assertEqual(commander.json["role"], "commander")
        self.assertEqual(self.ask("GET", f"/api/v1/reports/{own[0]['report']}", cookie=commander.cookie).status, 404)
        code = sent.json["incident"]
        desk = self.token("duty", "desk")
        self.assertEqual(self.ask("POST", f"/api/v1/incidents/{code}/stand-down", {"reason": "out"}, token=desk).status,
                         200)
        seen = self.ask("GET", f"/api/v1/incidents/{code}", cookie=commander.cookie)
        self.assertEqual((seen.status, seen.json["state"]), (200, "ended"), "told once, seen also after its end")
        self.assertTrue(self.ask("GET", "/api/v1/alerts", cookie=commander.cookie).json["alerts"])

    def test_an_unknown_number_is_answered_like_a_known_one(self):
        known = self.ask("POST", "/api/v1/sign-in/code", {"number": WORKER})
        unknown = self.ask("POST", "/api/v1/sign-in/code", {"number": "14400000099"})
        self.assertEqual((known.status, set(known.json)), (unknown.status, set(unknown.json)))
        self.assertEqual(set(known.headers.keys()), set(unknown.headers.keys()))
        soon = [self.ask("POST", "/api/v1/sign-in/code", {"number": n}) for n in (WORKER, "14400000099")]
        self.assertEqual([(s.status, s.headers["Retry-After"], s.text) for s in soon], [(429, "60", soon[0].text)] * 2)

    def test_a_code_ends_after_five_wrong_tries(self):
        request, code = self.code_for(WORKER)
        wrong = "000000" if code != "000000" else "111111"
        answers = [self.ask("POST", "/api/v1/sign-in", {"request": request, "code": wrong}).status for _ in range(5)]
        self.assertEqual(answers, [403] * 5)
        self.assertEqual(self.ask("POST", "/api/v1/sign-in", {"request": request, "code": code}).status, 403)


class SecretTest(SignIn):
    def test_no_log_and_no_record_holds_a_secret_or_a_number(self):
        made = self.user("office", "admin")
        account = self.by_password(made)
        request, code = self.code_for(WORKER)
        signed = self.ask("POST", "/api/v1/sign-in", {"request": request, "code": code, "bearer": True})
        self.ask("POST", "/api/v1/sign-in", {"request": request, "code": code})
        report = self.ask("POST", "/api/v1/reports", {**FIRE, "text": "call 14400000077"}, token=signed.json["token"])
        self.assertEqual(report.status, 201, report.text)
        commander = self.by_code("+8614400000001", bearer=True).json["token"]
        alert = wait_until("an alert", lambda: self.ask("GET", "/api/v1/alerts", token=commander).json["alerts"])[0]
        self.assertEqual(self.ask("POST", f"/api/v1/alerts/{alert['alert']}/answer", {"answer": "coming"},
                                  token=commander).status, 200)
        self.ask("GET", "/api/v1/status?token=" + signed.json["token"], token="x" * 43)
        self.ask("GET", "/api/v1/record", token=signed.json["token"])
        unmask = self.ask("POST", "/api/v1/unmask", {"person": "worker", "reason": "planted reason"},
                          cookie=account.cookie, **self.ours())
        self.assertIn(WORKER, unmask.text)
        desk = self.token("duty", "desk")
        self.assertEqual(self.daemon.stop(), 0)

        log = "\n".join(self.daemon.err.all)
        database = sqlite3.connect(self.database)
        record = "\n".join(map(str, database.execute("select kind, incident, subject, a, b, detail from record")))
        kinds = {row[0] for row in database.execute("select kind from record")}
        self.assertLessEqual({100, 103, 105, 106, 107, 110, 112}, kinds, "what happened is in the record")
        secrets = [PASSWORD, code, account.cookie, signed.json["token"], commander, desk, "planted reason",
                   re.search("secret=([A-Z2-7]+)", made["otpauth"]).group(1), *made["recovery_codes"]]
        for secret in secrets:
            self.assertNotIn(secret, log)
            self.assertNotIn(secret, record)
        for number in ("14400000012", "14400000001", "14400000077"):
            self.assertNotIn(number, log)
            self.assertNotIn(number, record)
        stored = "\n".join(str(row) for (table,) in database.execute("select name from sqlite_master where type = 'table'")
                           for row in database.execute(f"select * from \"{table}\""))  # noqa: names of our own tables
        for secret in (PASSWORD, account.cookie, signed.json["token"], commander, desk, *made["recovery_codes"]):
            self.assertNotIn(secret, stored)
        self.assertNotRegex(stored, r"验证码 \d{6}", "the words of used codes are gone")


class LinkTest(SignIn):
    """With a public URL and a certificate that phones trust, texts carry links."""

    def setUp(self):
        Office.setUp(self)
        printed = run("tls", "init", "--out", self.folder / "tls", "--name", "localhost")[0]
        lines = [line.strip() for line in printed.splitlines() if re.match(r"\s*(certificate|key|authority|public_url) = ", line)]
        self.write_config(CONSOLE)
        text = self.config.read_text(encoding="utf-8").replace(
            "[https]\n", "[https]\nauthority_installed = true\n" + "\n".join(lines) + "\n")
        self.config.write_text(text, encoding="utf-8")
        self.daemon = self.serve()
        self.daemon.certificate = str(self.folder / "tls" / "authority.pem")

    def test_a_preview_of_every_link_changes_and_uses_up_nothing(self):
        asked = self.ask("POST", "/api/v1/sign-in/code", {"number": WORKER})
        self.assertEqual(asked.status, 202)
        line = self.daemon.out.wait_for("/s#")
        link = re.search(r"/s#([A-Za-z0-9_-]{43})", line).group(1)
        worker = self.token("reporter", "app", "--person", "worker")
        self.assertEqual(self.ask("POST", "/api/v1/reports", FIRE, token=worker).status, 201)
        alert = re.search(r"/a#([A-Za-z0-9_-]{30})", self.daemon.out.wait_for("/a#")).group(1)
        desk = self.token("duty", "desk")
        number = base64.urlsafe_b64decode(alert + "==")[:8]
        letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
        value = int.from_bytes(number, "big")
        path = "/api/v1/alerts/" + "".join(letters[(value >> (5 * i)) & 31] for i in range(12, -1, -1))

        def state():
            rows = sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)
            return [list(rows.execute(f"select * from {table} order by 1"))
                    for table in ("sign_in", "session", "alert", "incident", "report")]

        wait_until("rest", lambda: state() == (time.sleep(0.3), state())[1])
        before = state()
        for page in ("/s", "/a", "/sw.js", "/", path, path + "/answer", "/api/v1/sign-in/link",
                     "/api/v1/sign-in", "/api/v1/session", "/api/v1/changes", "/api/v1/incidents/101"):
            for method in ("GET", "HEAD"):
                for token in (None, alert, link):
                    self.ask(method, page, token=token)
        self.assertEqual(state(), before)
        page = self.ask("GET", "/a")
        self.assertIn("script-src 'self'", page.headers["Content-Security-Policy"])
        self.assertNotIn("unsafe", page.headers["Content-Security-Policy"])
        self.assertNotRegex(page.text, r"<script>|onclick|style=")

        shown = self.ask("GET", path, token=alert)
        self.assertEqual((shown.status, shown.json["open"]), (200, True), shown.text)
        self.assertEqual(self.ask("GET", "/api/v1/incidents/101", token=alert).status, 403, "that alert alone")
        answered = self.ask("POST", path + "/answer", {"answer": "coming"}, token=alert)
        self.assertEqual((answered.status, answered.json["answer"]), (200, "coming"), answered.text)
        signed = self.ask("POST", "/api/v1/sign-in/link", {"token": link}, **self.ours())
        self.assertEqual((signed.status, signed.json["method"]), (200, "link"), signed.text)
        self.assertEqual(self.ask("POST", "/api/v1/sign-in/link", {"token": link}, **self.ours()).status, 403)
        self.assertEqual(self.ask("POST", "/api/v1/incidents/101/stand-down", {"reason": "out"}, token=desk).status, 200)
        self.assertEqual(self.ask("GET", path, token=alert).status, 401, "over when its incident is")


