"""The life of a plan with the built program: put in force by command line, API, SIGHUP and at a start."""

import http.client
import json
import shutil
import signal
import ssl
import threading

from support import CONSOLE, PATIENCE, TOWN, Office, run, run_json, wait_until

UNUSED = '\n[ladder.idle]\nrungs = [{ channel = "desk_call", wait = "1m" }]\n'
ERROR = "\n[nonsense]\n"
FIRE = {"hazard": "fire", "facts": {"trapped": 2}, "area": "lake"}


class PlanLifeTest(Office):
    def setUp(self):
        super().setUp()
        self.plan = self.folder / "plan.toml"
        shutil.copy(TOWN / "plan.toml", self.plan)
        self.town = self.plan.read_text(encoding="utf-8")
        self.other = self.folder / "other.toml"
        self.write_config(CONSOLE)

    def text(self, version, more=""):
        return self.town.replace('version = "1"', f'version = "{version}"') + more

    def start(self):
        daemon = self.serve()
        self.admin = self.admin if hasattr(self, "admin") else self.token("admin", "office")
        return daemon

    def use(self, *words, code=0):
        return run("plan", "use", *words, "--config", self.config, code=code)

    def versions(self):
        return run_json("plan", "list", "--config", self.config)

    def in_force(self, daemon):
        return self.api(daemon, self.admin, "GET", "/api/v1/plan")[1]["version"]

    def readiness(self, daemon):
        return " ".join(self.api(daemon, self.admin, "GET", "/readyz")[1]["problems"])

    def post(self, daemon, text, headers=()):
        context = ssl.create_default_context(cafile=daemon.certificate)
        connection = http.client.HTTPSConnection("localhost", daemon.port, timeout=PATIENCE, context=context)
        try:
            connection.request("POST", "/api/v1/plans", text.encode("utf-8"),
                               {"Authorization": f"Bearer {self.admin}", "Content-Type": "application/toml",
                                **dict(headers)})
            answer = connection.getresponse()
            return answer.status, answer.headers, json.loads(answer.read())
        finally:
            connection.close()

    def hang_up(self, daemon, says):
        daemon.child.send_signal(signal.SIGHUP)
        daemon.err.wait_for(says)

    def says(self, daemon, *parts):
        wait_until(parts, lambda: any(all(part in line for part in parts) for line in list(daemon.err.all)))

    def test_a_plan_is_put_in_force_through_the_running_daemon_and_beside_a_stopped_one(self):
        daemon = self.start()
        self.other.write_text(self.text("2"), encoding="utf-8")
        self.assertIn("nothing was changed", self.use(self.other, "--dry-run")[0])
        self.assertEqual(self.in_force(daemon), "1")
        self.assertIn('version 2 ("2") is in force', self.use(self.other, "--note", "the new one")[0])
        self.assertEqual(self.in_force(daemon), "2")
        self.assertIn("in force already", self.use(self.other)[0])
        self.assertIn("not the one in", self.readiness(daemon))
        self.assertEqual(daemon.stop(), 0)

        listed = self.versions()
        self.assertEqual(listed["in_force"], 2)
        self.assertEqual([p["version"] for p in listed["plans"]], [2, 1])
        self.assertEqual((listed["plans"][0]["by"], listed["plans"][0]["via"]), ("admin:local", "command_line"))
        self.assertEqual(listed["plans"][0]["note"], "the new one")
        self.assertEqual(run("plan", "show", "1", "--config", self.config)[0], self.town)
        self.assertIn("version 1", run("plan", "back", "1", "--config", self.config)[0])
        self.use(self.other)
        daemon = self.start()
        self.assertEqual(self.in_force(daemon), "2", "the file has not changed, so it does not come back by itself")
        self.assertEqual(daemon.stop(), 0)
        self.plan.write_text(self.text("3"), encoding="utf-8")
        daemon = self.start()
        self.assertEqual(self.in_force(daemon), "3", "a file that changed is taken")
        self.assertTrue(run_json("record", "verify", "--database", self.database)["whole"])

    def test_who_reads_chinese_is_answered_in_chinese_by_command_line_and_readiness_and_at_a_start(self):
        daemon = self.start()
        self.other.write_text(self.text("2", UNUSED), encoding="utf-8")
        _, why = self.use(self.other, "--language", "zh", code=1)
        self.assertIn("不能启用：1条无人负责的警告", why)
        self.assertIn("妨碍启用", why)
        said, _ = self.use(self.other, "--language", "zh", "--accept", "ladder-unused=春季演练用")
        self.assertIn("第2版（“2”）已启用，2条警告已有人负责", said)
        self.assertIn("本来就在用", self.use(self.other, "--language", "zh")[0])
        _, why = self.use(self.other, "--language", "zh", "--accept", "ladder-unused", code=2)
        self.assertIn("应为CODE=REASON", why)
        context = ssl.create_default_context(cafile=daemon.certificate)
        connection = http.client.HTTPSConnection("localhost", daemon.port, timeout=PATIENCE, context=context)
        connection.request("GET", "/readyz", headers={"Accept-Language": "zh-CN,en"})
        self.assertIn("现用预案是第2版（“2”）", " ".join(json.loads(connection.getresponse().read())["problems"]))
        connection.close()
        self.assertEqual(daemon.stop(), 0)
        self.plan.write_text(self.text("3", ERROR), encoding="utf-8")
        daemon = self.serve(LC_ALL="zh_CN.UTF-8")
        self.says(daemon, "警告：文件中的预案未被采用（1个错误）；现用最近一份有效预案")
        daemon.child.send_signal(signal.SIGHUP)
        self.says(daemon, "预案未被采用：1个错误")

    def test_one_plan_is_judged_at_a_time_and_reports_are_taken_meanwhile(self):
        text = self.config.read_text(encoding="utf-8")
        self.config.write_text(text.replace("[https]\n", "[https]\nlarge_bodies = 50\nlarge_bodies_per_client = 50\n"))
        daemon = self.start()
        worker = self.token("reporter", "app", "--person", "worker")
        cases = "".join(f'\n[[case]]\nname = "case {i}"\nuntil = "1d"\nreport = {{ hazard = "fire", trapped = 5, area = "lake-1" }}\n'
                        f'expect = {{ level = "II", told = ["unit:rescue"] }}\n' for i in range(900))
        large = self.text("2", cases)
        offers = []
        crowd = [threading.Thread(target=lambda: offers.append(self.post(daemon, large))) for _ in range(4)]
        for one in crowd:
            one.start()
        context = ssl.create_default_context(cafile=daemon.certificate)
        line = http.client.HTTPSConnection("localhost", daemon.port, timeout=PATIENCE / 3, context=context)
        self.addCleanup(line.close)
        taken = 0
        while any(one.is_alive() for one in crowd):
            line.request("POST", "/api/v1/reports", json.dumps({**FIRE, "key": f"meanwhile-{taken:04}"}),
                         {"Authorization": f"Bearer {worker}", "Content-Type": "application/json"})
            answer = line.getresponse()
            self.assertIn(answer.status, (201, 429), answer.read())
            taken += answer.status == 201
            if answer.status == 429:
                break
            answer.read()
        for one in crowd:
            one.join()
        self.assertGreater(taken, 0)
        statuses = sorted(status for status, _, _ in offers)
        self.assertIn(201, statuses, offers)
        self.assertIn(503, statuses)
        for status, headers, problem in offers:
            if status == 503:
                self.assertEqual((problem["type"], headers["Retry-After"]), ("urn:tocsin:problem:retry-later", "5"))
                self.assertIn("another plan is being judged", problem["detail"])

    def test_a_warning_is_overridden_by_name_and_reason_an_error_never(self):
        daemon = self.start()
        self.other.write_text(self.text("2", UNUSED), encoding="utf-8")
        _, why = self.use(self.other, code=1)
        self.assertRegex(why, r"other\.toml:\d+:\d+: warning: .*\[ladder-unused\]")
        self.assertIn("in the way", why)
        _, why = self.use(self.other, "--accept", "ladder-unused", code=2)
        self.assertIn("CODE=REASON", why)
        _, why = self.use(self.other, "--accept", "ladder-unsed=mistyped", code=1)
        self.assertIn("nothing to accept", why)
        said, _ = self.use(self.other, "--accept", "ladder-unused=for the exercise in spring")
        self.assertIn("accepted now", said)
        self.assertIn("is in force, with 2 accepted warnings", said)
        self.assertEqual(self.in_force(daemon), "2")
        kept = self.versions()["plans"][0]["accepted"]
        self.assertEqual([(k["finding"], k["reason"]) for k in kept], [("ladder-unused", "for the exercise in spring")])
        self.assertIn("exercise in spring", run("plan", "list", "--config", self.config)[0])
        record = json.dumps(self.api(daemon, self.admin, "GET", "/api/v1/record?limit=1000")[1])
        self.assertIn("plan_warning_accepted", record)
        self.assertNotIn("spring", record)

        self.other.write_text(self.text("3", ERROR), encoding="utf-8")
        _, why = self.use(self.other, "--accept", "unknown-key=I insist", code=1)
        self.assertIn("refused", why)
        self.assertEqual(self.in_force(daemon), "2")

    def test_the_api_tells_all_findings_and_refuses_over_another_plan_than_the_one_seen(self):
        daemon = self.start()
        status, _, problem = self.post(daemon, self.text("2", ERROR + UNUSED))
        self.assertEqual((status, problem["type"]), (422, "urn:tocsin:problem:plan-refused"))
        codes = {f["code"]: f for f in problem["findings"]}
        self.assertEqual(codes["unknown-key"]["standing"], "error")
        self.assertGreater(codes["unknown-key"]["line"], 100)
        self.assertTrue(codes["unknown-key"]["message_zh"])
        status, headers, taken = self.post(daemon, self.text("2"))
        self.assertEqual((status, taken["changed"], taken["version"]), (201, True, 2))
        seen = headers["ETag"]
        self.assertEqual(self.post(daemon, self.text("3"), [("If-Match", seen)])[0], 201)
        self.assertEqual(self.post(daemon, self.text("4"), [("If-Match", seen)])[0], 412)
        self.assertEqual(self.post(daemon, self.text("3"))[0], 200)
        self.assertEqual(self.in_force(daemon), "3")

    def test_sighup_takes_a_good_file_and_refuses_a_bad_one_with_its_line(self):
        daemon = self.start()
        self.plan.write_text(self.text("2", ERROR), encoding="utf-8")
        self.hang_up(daemon, "reload.refused")
        self.says(daemon, "plan.toml:", "nonsense")
        self.assertEqual(self.in_force(daemon), "1")
        said = self.readiness(daemon)
        self.assertRegex(said, r"plan\.toml:\d+:\d+: .*nonsense")
        self.assertIn("The last good plan, version 1", said)
        self.plan.write_text(self.text("2", UNUSED), encoding="utf-8")
        self.hang_up(daemon, "reload.refused")
        self.assertEqual(self.in_force(daemon), "1", "a warning nobody answers for stands in the way here too")
        self.plan.write_text(self.text("2"), encoding="utf-8")
        self.hang_up(daemon, "reload.done")
        self.assertEqual(self.in_force(daemon), "2")
        self.assertNotIn("plan", self.readiness(daemon))

    def test_a_start_with_a_broken_file_rings_with_the_last_good_plan(self):
        daemon = self.start()
        worker = self.token("reporter", "worker-app", "--person", "worker")
        self.assertEqual(self.api(daemon, worker, "POST", "/api/v1/reports", {"key": "plan-key-0001", **FIRE})[0], 201)
        self.assertEqual(daemon.stop(), 0)
        self.plan.write_text(self.text("2", ERROR), encoding="utf-8")
        daemon = self.start()
        self.says(daemon, "plan.toml:", "nonsense")
        status, reply = self.api(daemon, worker, "POST", "/api/v1/reports", {"key": "plan-key-0002", **FIRE, "area": "hill"})
        self.assertEqual((status, reply["assessment"]["level"]), (201, "III"))
        daemon.out.wait_for("+8614400000001")
        status, ready = self.api(daemon, self.admin, "GET", "/readyz")
        self.assertEqual((status, ready["ready"]), (200, True))
        self.assertRegex(" ".join(ready["problems"]), r"plan\.toml:\d+:\d+: .*nonsense")
        metrics = self.metrics(daemon)
        self.assertIn("tocsin_plan_version 1\n", metrics)
        self.assertIn("tocsin_plan_refused_total 1\n", metrics)
        self.assertEqual(daemon.stop(), 0)
        self.plan.unlink()
        daemon = self.start()
        self.assertIn("cannot open", self.readiness(daemon))

    def metrics(self, daemon):
        context = ssl.create_default_context(cafile=daemon.certificate)
        connection = http.client.HTTPSConnection("localhost", daemon.port, timeout=PATIENCE, context=context)
        try:
            connection.request("GET", "/metrics", headers={"Authorization": f"Bearer {self.admin}"})
            return connection.getresponse().read().decode()
        finally:
            connection.close()

    def test_only_an_office_that_never_had_a_plan_does_not_start_with_a_broken_one(self):
        self.plan.write_text(self.text("1", ERROR), encoding="utf-8")
        _, why = run("serve", "--config", self.config, code=1)
        self.assertRegex(why, r"plan\.toml:\d+")
        self.assertFalse(self.database.exists())
        self.plan.write_text(self.text("1", UNUSED), encoding="utf-8")
        daemon = self.serve()
        self.says(daemon, "ladder-unused")
        self.says(daemon, "there was no other plan")

    def test_a_plan_of_several_files_is_kept_whole_and_a_mistake_is_shown_in_the_file_that_has_it(self):
        daemon = self.start()
        ladders = self.folder / "ladders.toml"
        at = self.town.index("[ladder.twice]")
        end = self.town.index("[[response]]", at)
        ladders.write_text(self.town[at:end], encoding="utf-8")
        several = 'include = ["ladders.toml"]\n' + self.text("2").replace(self.town[at:end], "")
        self.other.write_text(several, encoding="utf-8")
        self.use(self.other)
        self.assertEqual(self.in_force(daemon), "2")
        shown = run("plan", "show", "2", "--config", self.config)[0]
        self.assertIn("[ladder.twice]", shown)
        self.assertEqual(daemon.stop(), 0)
        ladders.unlink()
        daemon = self.start()
        self.assertEqual(self.in_force(daemon), "2", "the store needs none of its files")
        ladders.write_text(self.town[at:end] + UNUSED, encoding="utf-8")
        _, why = self.use(self.other, code=1)
        self.assertRegex(why, r"ladders\.toml:\d+:\d+: warning: .*\[ladder-unused\]")
        self.assertIn("[ladder.idle]", why)

    def test_an_incident_keeps_its_plan_over_a_swap_and_a_restart(self):
        daemon = self.start()
        worker = self.token("reporter", "worker-app", "--person", "worker")
        first = self.api(daemon, worker, "POST", "/api/v1/reports", {"key": "keep-key-0001", **FIRE})[1]
        self.assertEqual(first["assessment"]["level"], "III")
        stricter = self.text("2").replace('trapped = "3.."', 'trapped = "2.."').replace('trapped = "1..3"', 'trapped = "1..2"')
        self.other.write_text(stricter, encoding="utf-8")
        self.use(self.other)
        for restart in (False, True):
            if restart:
                self.assertEqual(daemon.stop(), 0)
                daemon = self.start()
            key = f"keep-key-1{restart:d}"
            again = self.api(daemon, worker, "POST", "/api/v1/reports", {"key": key + "-old", **FIRE})[1]
            self.assertEqual((again["incident"], again["assessment"]["level"]), (first["incident"], "III"))
        new = self.api(daemon, worker, "POST", "/api/v1/reports", {"key": "keep-key-0003", **FIRE, "area": "hill"})[1]
        self.assertEqual(new["assessment"]["level"], "II")
        self.assertEqual([p["open_incidents"] for p in self.versions()["plans"]], [1, 1])
