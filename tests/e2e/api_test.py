"""docs/api/openapi.yaml cannot lie: every example in it is sent to a real office, every answer held against its schema."""

import base64
import contextlib
import http.client
import json
import re
import sqlite3
import ssl
import time
import urllib.parse

import jsonschema
import yaml

from support import CONSOLE, PATIENCE, ROOT, TOWN, Office, wait_until

METHODS = ("get", "post", "put", "patch", "delete")
# A JPEG of 16 x 8 pixels.
PHOTOGRAPH = base64.b64decode((ROOT / "tests" / "e2e" / "photograph.jpg.base64").read_text())


class Description:
    """The file, and what it says about values."""

    def __init__(self):
        self.file = yaml.safe_load((ROOT / "docs" / "api" / "openapi.yaml").read_text(encoding="utf-8"))

    def follow(self, node):
        while isinstance(node, dict) and "$ref" in node:
            found = self.file
            for word in node["$ref"].removeprefix("#/").split("/"):
                found = found[word]
            node = found
        return node

    def operations(self):
        for path, item in self.file["paths"].items():
            for method in METHODS:
                if method in item:
                    yield path, method, {**item[method], "_parameters": item.get("parameters", [])}

    def mistakes(self, schema, value):
        """Where `value` breaks the schema, or holds a key that the schema does not name."""
        whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", "allOf": [schema],
                 "components": self.file["components"]}
        validator = jsonschema.Draft202012Validator(whole)
        found = [f"{list(e.absolute_path)}: {e.message}" for e in validator.iter_errors(value)]
        return found + list(self.unnamed(schema, value, ""))

    def named(self, schema):
        """(properties, open) of an object's schema, its parts taken together."""
        schema = self.follow(schema)
        names, is_open = dict(schema.get("properties", {})), bool(schema.get("additionalProperties", False))
        for key in ("allOf", "oneOf", "anyOf"):
            for part in schema.get(key, []):
                more, more_open = self.named(part)
                names.update(more)
                is_open = is_open or more_open
        return names, is_open

    def unnamed(self, schema, value, where):
        schema = self.follow(schema)
        if isinstance(value, list):
            for i, one in enumerate(value):
                if "items" in schema:
                    yield from self.unnamed(schema["items"], one, f"{where}[{i}]")
        if not isinstance(value, dict):
            return
        names, is_open = self.named(schema)
        for key, one in value.items():
            if key in names:
                yield from self.unnamed(names[key], one, f"{where}.{key}")
            elif not is_open:
                yield f"{where}.{key}: the file does not name it"

    def answer(self, operation, status):
        """The described answer, or None; `default` stands for refusals only."""
        answers = operation["responses"]
        found = answers.get(str(status)) or (answers.get("default") if status >= 400 else None)
        return self.follow(found) if found is not None else None


class ExamplesTest(Office):
    """Each example of the file by itself."""

    def test_each_example_fits_its_own_schema(self):
        file = Description()
        for path, method, operation in file.operations():
            bodies = [("request", operation.get("requestBody", {}).get("content", {}))]
            bodies += [(status, file.follow(answer).get("content", {}))
                       for status, answer in operation["responses"].items()]
            for what, content in bodies:
                for media, described in content.items():
                    if "json" in media and "example" in described:
                        with self.subTest(operation=f"{method} {path}", body=what):
                            self.assertEqual(file.mistakes(described["schema"], described["example"]), [])

    def test_each_operation_shows_what_is_sent_and_what_comes_back(self):
        file = Description()
        for path, method, operation in file.operations():
            with self.subTest(operation=f"{method} {path}"):
                for media, described in operation.get("requestBody", {}).get("content", {}).items():
                    self.assertTrue("json" not in media or "example" in described, "no example of what is sent")
                good = [file.follow(a) for s, a in operation["responses"].items() if str(s).startswith("2")]
                shown = [c for a in good for m, c in a.get("content", {}).items() if "json" in m]
                self.assertTrue(not shown or any("example" in c for c in shown), "no example of what comes back")


class PostedTest(Office):
    """Each operation against a real office, where a commander or the director must say yes to a fire."""

    plan = TOWN / "plan-approval.toml"

    def setUp(self):
        super().setUp()
        self.write_config(CONSOLE)
        self.daemon = self.serve()
        self.file = Description()
        self.tokens = {"desk": self.token("admin", "desk"), "worker": self.token("reporter", "worker-app", "--person", "worker"),
                       "second worker": self.token("reporter", "second-app", "--person", "worker"),
                       "head": self.token("admin", "head", "--person", "director"),
                       "commander": self.token("commander", "phone", "--person", "commander"),
                       "director": self.token("commander", "other-phone", "--person", "director")}

    def send(self, who, method, path, body=None, media="application/json", headers=()):
        context = ssl.create_default_context(cafile=self.daemon.certificate)
        connection = http.client.HTTPSConnection("localhost", self.daemon.port, timeout=PATIENCE, context=context)
        try:
            sent = {"Accept-Language": "en", **dict(headers)}
            if who:
                sent["Authorization"] = f"Bearer {self.tokens[who]}"
            if body is not None:
                sent["Content-Type"] = media
                body = body if isinstance(body, bytes) else json.dumps(body)
            connection.request(method.upper(), path, body, sent)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def ask(self, who, method, path, body=None):
        status, _, text = self.send(who, method, path, body)
        self.assertLess(status, 300, f"{method} {path}: {text}")
        return json.loads(text)

    def report(self, key, by="worker", **more):
        return self.ask(by, "post", "/api/v1/reports",
                        {"key": key, "hazard": "fire", "facts": {"serious": 1}, "area": "lake-1", **more})

    def stage(self, path, method):
        """Makes what the operation is about; returns the words of its path, and who asks."""
        serial = f"{method}-{re.sub('[^a-z]', '', path)}"[-40:]
        words, who = {}, "desk"
        if "/approval" in path:  # each of a fire and of a person of its own: a phone gets one code a minute
            for_code = path.endswith("/code")
            made = self.report(f"stage-{serial}", by="second worker", area="hill" if for_code else "lake-1",
                               facts={"trapped": 1 if for_code else 3})
            words["code"], who = made["incident"], "commander" if for_code else "director"
        elif "{code}" in path:
            unknown = path.endswith("/classify")
            # So many operations have a code that one token's share of reports would not do.
            made = self.report(f"stage-{serial}", by="second worker",
                               **({"hazard": "unsure", "facts": {}} if unknown else {}))
            words["code"] = made["incident"]
            if path.endswith("/split"):
                self.report(f"again-{serial}", by="second worker")
        if "{contact}" in path:
            who = "commander"
            mine = self.ask(who, "get", "/api/v1/contacts/mine")["contacts"]
            words["contact"] = next(c["id"] for c in mine if c["may_withdraw"])
        if "/me/" in path:
            who = "commander"
        if "{link}" in path and path.endswith("/probe"):
            words["link"], who = "console", "head"
        if "{message}" in path:
            words["message"] = self.a_stranger_wrote("东湖着火 1人被困")
        if "{version}" in path:
            words["version"] = 1
        if "{report}" in path:
            words["report"] = self.report(f"stage-{serial}")["report"]
            who = "worker"
        if "{hash}" in path:
            status, _, text = self.send("worker", "post", f"/api/v1/reports/{made['report']}/attachments", PHOTOGRAPH,
                                        "image/jpeg")
            self.assertIn(status, (200, 201), text)
            words["hash"] = json.loads(text)["attachment"]
        if "{alert}" in path or "{task}" in path or "{line}" in path:
            made = self.report(f"stage-{serial}", facts={"serious": 2, "trapped": 1})
            view = self.ask("desk", "get", f"/api/v1/incidents/{made['incident']}")
            if "{alert}" in path:
                # Nobody sees an alert for somebody else.
                who = "commander" if path.endswith("/seen") else who
                words["alert"] = wait_until("an alert", lambda: [
                    a["alert"] for a in self.ask("desk", "get", f"/api/v1/incidents/{made['incident']}")["alerts"]
                    if who == "desk" or a["person"]["code"] == who])[0]
            if "{task}" in path:
                words["task"] = view["tasks"][0]["task"]
            if "{line}" in path:
                lines = self.ask("desk", "get", "/api/v1/call-sheet")["lines"]
                words["line"] = lines[0]["line"] if lines else "0000000000001"
        return words, who

    def a_stranger_wrote(self, text):
        """As if it had come by SMS; its id."""
        with contextlib.closing(sqlite3.connect(self.database, timeout=PATIENCE)) as db, db:
            db.execute("insert into stranger (link, sender, body, at) values (0, '+8614400000077', ?, ?)",
                       (text, int(time.time() * 1e6)))
        return self.ask("desk", "get", "/api/v1/inbox")["messages"][0]["message"]

    def example(self, path, operation):
        content = operation.get("requestBody", {}).get("content", {})
        if any(media.startswith("image/") for media in content):
            return PHOTOGRAPH, "image/jpeg"
        described = content.get("application/json")
        if described is None:
            return None, ""
        return described["example"], "application/json"

    def fit(self, path, words, body):
        """An example names codes, reports and areas of another office: those of this one instead."""
        if not isinstance(body, dict):
            return body
        body = dict(body)
        if path.endswith("/split"):
            view = self.ask("desk", "get", f"/api/v1/incidents/{words['code']}")
            body["reports"] = [view["reports"][-1]["report"]]
        if path.endswith("/merge"):
            body["into"] = self.report("stage-merge-into", area="hill")["incident"]
        if path.endswith("/classify"):
            body.update(hazard="fire", facts={"serious": 2})
        if path.endswith("/approval"):
            asked = self.ask("director", "post", f"/api/v1/incidents/{words['code']}/approval/code", {})
            body["request"] = asked["request"]
            body["code"] = re.search(r"\b(\d{6})\b", self.daemon.out.wait_for("+8614400000004", "code")).group(1)
        if path == "/api/v1/plans/simulate":
            body["report"] = {**body["report"], "area": "lake"}
        if path == "/api/v1/plans":
            body["plan"] = (TOWN / "plan.toml").read_text(encoding="utf-8")
        if "area" in body and body["area"]:
            body["area"] = "lake"
        return body

    def test_every_operation_answers_as_the_file_says(self):
        for path, method, operation in self.file.operations():
            with self.subTest(operation=f"{method} {path}"):
                self.check(path, method, operation)

    # What the first moments of the town have not: a line on the call sheet; a token is no session that could be
    # signed out; nothing is exported or printed without a reason; and no list was accepted that could be forgotten.
    ABSENT = {"/api/v1/call-sheet/{line}/outcome", "/api/v1/sign-out", "/api/v1/directory/export",
              "/api/v1/directory/print", "/api/v1/directory/lists/forget"}

    def check(self, path, method, operation):
        words, who = self.stage(path, method)
        there = re.sub(r"\{(\w+)\}", lambda m: str(words.get(m.group(1), "0000000000001")), path)
        query = {p["name"]: p["example"] for p in operation.get("parameters", []) if p.get("in") == "query" and "example" in p}
        there += "?" + urllib.parse.urlencode(query) if query else ""
        body, media = self.example(path, operation)
        body = self.fit(path, words, body)
        open_to_all = operation.get("security") == []
        status, headers, text = self.send(None if open_to_all else who, method, there, body, media)
        described = self.file.answer(operation, status)
        self.assertIsNotNone(described, f"{status} is not in the file: {text}")
        complete = all(word in words for word in re.findall(r"\{(\w+)\}", path)) and path not in self.ABSENT
        if complete and not open_to_all:
            self.assertLess(status, 400, f"the file's own example is refused: {text}")
        self.hold(described, headers, text)

    def hold(self, described, headers, text):
        content = described.get("content", {})
        media = headers.get("Content-Type", "").split(";")[0]
        if not content:
            return
        self.assertIn(media, content, text)
        if "json" in media:
            self.assertEqual(self.file.mistakes(content[media]["schema"], json.loads(text)), [])
        for name in described.get("headers", {}):
            self.assertIn(name, headers)

    def test_refusals_are_problems_of_the_file_wherever_they_are_made(self):
        problem = self.file.file["components"]["schemas"]["Problem"]
        for who, method, path, body, wanted in (
                (None, "get", "/api/v1/incidents", None, 401),
                ("worker", "get", "/api/v1/record", None, 403),
                ("desk", "get", "/api/v1/nothing", None, 404),
                ("desk", "get", "/api/v1/incidents/999", None, 404),
                ("desk", "delete", "/api/v1/incidents", None, 405),
                ("worker", "post", "/api/v1/reports", {"key": "x"}, 422),
                ("worker", "post", "/api/v1/reports", b"{", 400),
                ("worker", "post", "/api/v1/reports", b" " * 70000, 413),
                ("desk", "get", "/api/v1/incidents?cursor=x", None, 422),
                ("desk", "get", "/" + "x" * 9000, None, 414)):
            with self.subTest(path=path[:40], wanted=wanted):
                status, headers, text = self.send(who, method, path, body)
                self.assertEqual(status, wanted, text)
                self.assertEqual(headers["Content-Type"], "application/problem+json")
                self.assertEqual(self.file.mistakes(problem, json.loads(text)), [])

    def test_a_poll_is_304_until_something_happens_and_an_edit_of_yesterdays_version_is_412(self):
        made = self.report("poll-00000001")
        view = f"/api/v1/incidents/{made['incident']}"
        # Messages are still on their way: the record comes to rest first.
        def at_rest():
            status, headers, _ = self.send("desk", "get", "/api/v1/changes")
            again, _, text = self.send("desk", "get", "/api/v1/changes", headers=[("If-None-Match", headers["ETag"])])
            self.assertIn(again, (200, 304))
            return (again, text) == (304, b"") and headers["ETag"]
        tag = wait_until("a poll that is 304", at_rest)
        _, headers, _ = self.send("desk", "get", view)
        seen = headers["ETag"]
        level = {"level": "II", "reason": "wind"}
        self.assertEqual(self.send("desk", "post", view + "/level", level, headers=[("If-Match", seen)])[0], 200)
        self.assertEqual(self.send("desk", "post", view + "/stand-down", {"reason": "over"},
                                   headers=[("If-Match", seen)])[0], 412)
        status, headers, text = self.send("desk", "get", f"/api/v1/changes?since={tag.strip(chr(34))}",
                                          headers=[("If-None-Match", tag)])
        self.assertEqual(status, 200)
        self.assertEqual([i["incident"] for i in json.loads(text)["incidents"]], [made["incident"]])

    def test_a_report_says_what_became_of_it_and_a_question_is_answered_by_one_that_follows(self):
        made = self.report("stage-0000001")
        mine = f"/api/v1/reports/{made['report']}"
        self.assertEqual(self.ask("worker", "get", mine)["stage"], "received")
        asked = [q["attribute"] for q in self.ask("worker", "get", mine)["questions"]]
        self.assertIn("trapped", asked)
        more = self.ask("worker", "post", "/api/v1/reports",
                        {"key": "stage-0000002", "follows": made["report"], "facts": {"trapped": 0}})
        self.assertEqual((more["incident"], more["opened"]), (made["incident"], False))
        self.assertNotIn("trapped", [q["attribute"] for q in self.ask("worker", "get", mine)["questions"]])
        self.ask("desk", "post", f"/api/v1/incidents/{made['incident']}/open", {})
        self.assertEqual(self.ask("worker", "get", mine)["stage"], "read")
        alert = wait_until("an alert", lambda: [
            a["alert"] for a in self.ask("desk", "get", f"/api/v1/incidents/{made['incident']}")["alerts"]
            if a["person"]["code"] == "lake-head"])[0]
        self.ask("desk", "post", f"/api/v1/alerts/{alert}/answer", {"answer": "coming"})
        self.assertEqual(self.ask("worker", "get", mine)["stage"], "handled")
        scene = self.ask("desk", "get", f"/api/v1/alerts/{alert}")["scene"]
        self.assertEqual((scene["incident"], scene["coming"]), (made["incident"], 1))
        self.assertEqual([e["what"] for e in scene["timeline"]][:2], ["opened", "report"])

    def test_a_photograph_comes_back_clean_and_only_to_whom_it_concerns(self):
        made = self.report("photo-0000001")
        status, headers, text = self.send("worker", "post", f"/api/v1/reports/{made['report']}/attachments", PHOTOGRAPH,
                                          "image/png")
        self.assertEqual(status, 201, text)
        shown = self.send("worker", "get", headers["Location"])
        self.assertEqual((shown[0], shown[1]["Content-Type"]), (200, "image/jpeg"))
        self.assertNotIn(b"Exif", shown[2])
        again = self.send("worker", "post", f"/api/v1/reports/{made['report']}/attachments", PHOTOGRAPH, "image/jpeg")
        self.assertEqual((again[0], json.loads(again[2])["repeated"]), (200, True))
        self.tokens["other"] = self.token("reporter", "other-app")
        self.assertEqual(self.send("other", "get", headers["Location"])[0], 404)
        folder = self.folder / "attachments"
        self.assertEqual([p.stat().st_mode & 0o777 for p in folder.rglob("*") if p.is_file()], [0o600])
