"""Who starts a response and who ends it, over real TLS and with the code a real phone network carried."""

import contextlib
import re
import sqlite3
import subprocess

from support import PATIENCE, PROGRAM, TOWN, Office, run_json, smpp_link, wait_until

PHONES = {"commander": "+8614400000001", "deputy-a": "+8614400000002", "lake-head": "+8614400000007",
          "town-head": "+8614400000008", "director": "+8614400000004"}
LADDER = """rungs = [
  { channel = "sms", wait = "1m" },
  { channel = "desk_call", wait = "2m" },
  { channel = "deputy", wait = "2m" },
  { channel = "deputy", wait = "2m" },
]"""
# The first deputy is asked after a moment, the second never while a test runs.
SHORT_LADDER = 'rungs = [{ channel = "sms", wait = "1s" }, { channel = "deputy", wait = "1h" }]'
# A text comes first at whatever hour the tests run.
NIGHT = """[[ladder.person.hours]]
from = "22:00"
to = "07:00"
rungs = [{ channel = "desk_call", wait = "5m" }, { channel = "sms", wait = "3m" }, { channel = "desk_call", wait = "5m" }]
"""
DOES_NOT_END = """
[[accept]]
finding = "ladder-ends-without-human"
where = "ladder/approval"
reason = "a test waits for no desk"

[[accept]]
finding = "level-without-own-response"
where = "food_poisoning/III"
reason = "the test town answers it like level IV"
"""


class Approval(Office):
    """The test town where a commander must say yes, its message centre, and tokens for its people."""

    replaced = {}

    def setUp(self):
        super().setUp()
        text = (TOWN / "plan-approval.toml").read_text(encoding="utf-8")
        for old, new in {NIGHT: "", **self.replaced}.items():
            self.assertIn(old, text)
            text = text.replace(old, new)
        self.plan = self.folder / "plan.toml"
        self.plan.write_text(text + DOES_NOT_END, encoding="utf-8")
        self.centre = self.peer()
        self.write_config(smpp_link(self.centre.port, "rate = 100\n"))
        self.daemon = self.serve()
        self.tokens = {"worker": self.token("reporter", "app", "--person", "worker"), "desk": self.token("duty", "desk")}
        for person in PHONES:
            self.tokens[person] = self.token("commander", person, "--person", person)
        self.read = {}

    def ask(self, who, method, path, body=None):
        return self.api(self.daemon, self.tokens[who], method, path, body)

    def fire(self, key="fire-0001", **facts):
        status, made = self.ask("worker", "POST", "/api/v1/reports",
                                {"key": key, "hazard": "fire", "facts": facts or {"trapped": 1}, "area": "lake-1"})
        self.assertEqual(status, 201, made)
        return f"/api/v1/incidents/{made['incident']}"

    def texts(self, person):
        """Whole messages on that phone, those of one part first."""
        number = PHONES[person].strip("+")
        return [e["text"] for line in ("submit", "joined") for e in self.centre.events(line)
                if e["to"].strip("+") == number and (line == "joined" or e["udh"] == "")]

    def gets(self, person, words):
        """The next text with these words that was not asked for before."""
        seen = self.read.setdefault((person, words), 0)
        found = wait_until(f"{words} for {person}, who has {self.texts(person)}",
                           lambda: [t for t in self.texts(person) if words in t][seen:])
        self.read[person, words] = seen + 1
        return found[0]

    def code_for(self, person, path):
        """(request, code): asked for, and read from the phone."""
        status, asked = self.ask(person, "POST", path + "/approval/code", {})
        self.assertEqual(status, 202, asked)
        self.assertEqual(set(asked), {"request", "expires_at"}, "the code itself goes to the phone alone")
        return asked["request"], re.search(r"\b(\d{6})\b", self.gets(person, "验证码")).group(1)

    def decide(self, person, path, request, code, decision="approve"):
        return self.ask(person, "POST", path + "/approval", {"decision": decision, "request": request, "code": code})

    def view(self, path, who="desk"):
        return self.ask(who, "GET", path)[1]

    def state(self, path):
        return self.view(path)["approval"]["state"]

    def steps(self, path):
        return {s["name"]: s["state"] for s in self.view(path)["steps"]}

    def later(self, table, column, seconds):
        """As if that had been so much earlier: a row is put back while the daemon is down."""
        self.assertEqual(self.daemon.stop(), 0)
        with contextlib.closing(sqlite3.connect(self.database)) as database, database:
            database.execute(f"update {table} set {column} = {column} - ?", (seconds * 1_000_000,))
        self.daemon = self.serve()

    def refused(self, answer, status, problem):
        self.assertEqual((answer[0], answer[1].get("type")), (status, "urn:tocsin:problem:" + problem), answer)


def another(code):
    return "000000" if code != "000000" else "111111"


class DecideTest(Approval):
    def test_life_safety_begins_at_once_and_the_rest_with_the_code_of_the_commanders_own_phone(self):
        path = self.fire()
        for person in ("lake-head", "town-head"):
            self.gets(person, "警报101")
        self.gets("commander", "请批准101")
        view = self.view(path)
        self.assertEqual((view["approval"]["state"], view["approval"]["by"]), ("pending", ["post:commander"]))
        steps = self.steps(path)
        self.assertEqual((steps["evacuate"], steps["call-119"], steps["command"]), ("running", "running", "waiting"))
        self.assertEqual(self.ask("commander", "GET", path + "/approval")[0], 405, "looking decides nothing")

        page = "/api/v1/alerts/" + self.ask("commander", "GET", "/api/v1/alerts")[1]["alerts"][0]["alert"]
        self.assertEqual(self.view(page, "commander")["approval"], "pending")
        request, code = self.code_for("commander", path)
        self.refused(self.decide("commander", path, request, another(code)), 403, "wrong-code")
        self.assertEqual(self.state(path), "pending")
        self.assertEqual(self.decide("commander", path, request, code), (200, {"incident": 101, "state": "approved"}))
        self.gets("commander", "警报101")
        view = self.view(path)["approval"]
        self.assertEqual((view["state"], view["decided_by"]["code"], view["stands_in_for"]), ("approved", "commander", None))
        self.assertEqual(self.view(page, "commander")["approval"], "approved")
        self.assertEqual(self.steps(path)["command"], "running")
        self.refused(self.decide("commander", path, request, code, "decline"), 409, "conflict")
        self.assertEqual(self.state(path), "approved", "it is decided once")
        self.assertNotIn(code, "\n".join(self.daemon.err.all + self.daemon.out.all))

    def test_declined_nothing_else_begins_and_what_saves_lives_goes_on(self):
        path = self.fire()
        request, code = self.code_for("commander", path)
        self.assertEqual(self.decide("commander", path, request, code, "decline"),
                         (200, {"incident": 101, "state": "declined"}))
        steps = self.steps(path)
        self.assertEqual((steps["evacuate"], steps["command"]), ("running", "closed"))
        self.assertEqual(self.view(path)["state"], "open")

    def test_the_word_of_others_is_refused_with_the_code_of_the_commander_too(self):
        path = self.fire()
        self.gets("lake-head", "警报101")
        self.refused(self.ask("lake-head", "POST", path + "/approval/code", {}), 403, "forbidden")
        self.refused(self.ask("director", "POST", path + "/approval/code", {}), 404, "not-found")
        self.refused(self.ask("desk", "POST", path + "/approval/code", {}), 403, "forbidden")
        self.refused(self.ask("worker", "POST", path + "/approval/code", {}), 404, "not-found")
        request, code = self.code_for("commander", path)
        self.refused(self.decide("lake-head", path, request, code), 403, "forbidden")
        self.assertEqual(self.state(path), "pending")
        self.assertEqual(self.decide("commander", path, request, code)[0], 200, "their own is good still")

    def test_five_wrong_tries_use_a_code_up_and_the_next_is_asked_for_a_minute_later(self):
        path = self.fire()
        request, code = self.code_for("commander", path)
        for _ in range(5):
            self.refused(self.decide("commander", path, request, another(code)), 403, "wrong-code")
        self.refused(self.decide("commander", path, request, code), 403, "wrong-code")
        self.refused(self.ask("commander", "POST", path + "/approval/code", {}), 429, "too-many-requests")
        self.later("sign_in", "made_at", 61)
        request, code = self.code_for("commander", path)
        self.assertEqual(self.decide("commander", path, request, code)[0], 200)

    def test_a_code_of_ten_minutes_ago_is_none(self):
        path = self.fire()
        request, code = self.code_for("commander", path)
        self.later("sign_in", "expires_at", 601)
        self.refused(self.decide("commander", path, request, code), 403, "wrong-code")
        self.assertEqual(self.state(path), "pending")


class DeputyTest(Approval):
    replaced = {LADDER: SHORT_LADDER}

    def test_a_deputy_decides_once_asked_and_for_whom_is_kept(self):
        path = self.fire()
        self.assertIn("代指挥甲", self.gets("deputy-a", "请批准101"))
        request, code = self.code_for("deputy-a", path)
        self.refused(self.decide("commander", path, request, code), 403, "wrong-code")
        self.refused(self.decide("deputy-a", path, request, code), 403, "wrong-code")  # others had it: it is used up
        self.later("sign_in", "made_at", 61)
        request, code = self.code_for("deputy-a", path)
        self.assertEqual(self.decide("deputy-a", path, request, code)[0], 200)
        view = self.view(path)["approval"]
        self.assertEqual((view["decided_by"]["code"], view["stands_in_for"]["code"]), ("deputy-a", "commander"))
        self.gets("commander", "警报101")


class DefaultTest(Approval):
    replaced = {'at_most = "10m"\notherwise = "start"': 'at_most = "1s"\notherwise = "start"',
                'at_most = "6m"\notherwise = "leave"': 'at_most = "1s"\notherwise = "leave"'}

    def test_in_time_nobody_decides_and_the_plan_starts_it(self):
        path = self.fire()
        self.gets("commander", "警报101")
        view = self.view(path)["approval"]
        self.assertEqual((view["state"], view["decided_by"]), ("started_by_default", None))
        self.refused(self.ask("commander", "POST", path + "/approval/code", {}), 409, "conflict")

    def test_or_leaves_it(self):
        path = self.fire(trapped=3)
        self.gets("director", "APPROVE 101")
        wait_until("the default", lambda: self.state(path) == "left_by_default")
        steps = self.steps(path)
        self.assertEqual((steps["evacuate"], steps["rescue"]), ("running", "closed"))


class CommandLineTest(Approval):
    def decide_by_cli(self, person, what, typed=None, code=0):
        token = self.folder / "token"
        token.write_text(self.tokens[person])
        with subprocess.Popen([PROGRAM, "incident", what, "101", "--url", self.daemon.url, "--token-file", str(token),
                               "--fingerprint", self.daemon.fingerprint], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True) as child:
            typed = typed or re.search(r"\b(\d{6})\b", self.gets(person, "验证码")).group(1)
            out, err = child.communicate(typed + "\n", timeout=PATIENCE)
        self.assertEqual(child.returncode, code, err)
        return out, err

    def test_a_commander_approves_at_a_terminal(self):
        path = self.fire()
        said, asked = self.decide_by_cli("commander", "approve")
        self.assertEqual(said, "101 approved\n")
        self.assertIn("START", asked)
        self.assertEqual(self.state(path), "approved")
        self.gets("commander", "警报101")

    def test_or_declines(self):
        path = self.fire()
        self.assertEqual(self.decide_by_cli("commander", "decline")[0], "101 declined\n")
        self.assertEqual(self.state(path), "declined")

    def test_a_wrong_code_and_a_wrong_person_are_told_so_and_change_nothing(self):
        path = self.fire()
        self.gets("lake-head", "警报101")
        self.assertIn("wrong", self.decide_by_cli("commander", "approve", "12345", code=1)[1])
        self.assertIn("names others", self.decide_by_cli("lake-head", "approve", "123456", code=1)[1])
        self.assertEqual(self.state(path), "pending")


class StandDownTest(Approval):
    BOTH = ["fire-out", "counted"]

    def end(self, who, path, **more):
        return self.ask(who, "POST", path + "/stand-down", {"reason": "the fire is out", **more})

    def test_the_desk_ends_it_on_the_word_of_whom_the_plan_names_and_with_every_condition(self):
        path = self.fire()
        self.assertEqual([c["name"] for c in self.view(path)["stand_down"]["conditions"]], self.BOTH)
        for given, status, field in (({"conditions": self.BOTH}, 422, "ordered_by"),
                                     ({"conditions": self.BOTH, "ordered_by": "nobody"}, 422, "ordered_by"),
                                     ({"conditions": self.BOTH, "ordered_by": "lake-head"}, 403, "ordered_by"),
                                     ({"conditions": ["fire-out"], "ordered_by": "commander"}, 422, "conditions"),
                                     ({"ordered_by": "commander"}, 422, "conditions")):
            with self.subTest(given=given):
                answer = self.end("desk", path, **given)
                self.assertEqual((answer[0], answer[1]["field"]), (status, field), answer)
                self.assertEqual(self.view(path)["state"], "open")
        self.assertIn("counted", self.end("desk", path, conditions=["fire-out"], ordered_by="commander")[1]["detail"])
        status, answer = self.end("desk", path, conditions=self.BOTH, ordered_by="commander")
        self.assertEqual(status, 200, answer)
        self.assertEqual(self.view(path)["state"], "ended")
        self.assertTrue(run_json("record", "verify", "--database", self.database)["whole"])

    def test_whom_the_plan_names_ends_it_and_nobody_else_who_was_told(self):
        path = self.fire()
        self.gets("lake-head", "警报101")
        self.gets("commander", "请批准101")
        self.refused(self.end("lake-head", path, conditions=self.BOTH), 403, "forbidden")
        self.assertEqual(self.end("commander", path, conditions=self.BOTH)[0], 200)
        self.assertEqual(self.view(path)["state"], "ended")
        self.assertEqual(self.view(path)["approval"]["state"], "moot")
        self.gets("commander", "终止101")
