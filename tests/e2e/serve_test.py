"""The daemon over real TLS: reports, tokens, reload, and what a second daemon is told."""

import json
import shutil
import signal
import sqlite3
import subprocess

from support import CONSOLE, PROGRAM, TOWN, Office, run, run_json, wait_until

FIRE = {"key": "e2e-key-0000001", "hazard": "fire", "facts": {"serious": 2, "trapped": 1}, "area": "lake"}


class ServeTest(Office):
    def start(self):
        self.write_config(CONSOLE)
        daemon = self.serve()
        return daemon, self.token("reporter", "worker-app", "--person", "worker"), self.token("duty", "desk")

    def test_a_report_over_tls_opens_an_incident_and_rings_people(self):
        daemon, worker, desk = self.start()
        status, reply = self.api(daemon, worker, "POST", "/api/v1/reports", FIRE)
        self.assertEqual(status, 201, reply)
        self.assertEqual(reply["assessment"]["level"], "III")
        daemon.out.wait_for("+8614400000001", "警报")
        status, incident = self.api(daemon, desk, "GET", f"/api/v1/incidents/{reply['incident']}")
        self.assertEqual(status, 200)
        told = {a["person"]["code"] for a in incident["alerts"] if a["kind"] == "alert"}
        self.assertLessEqual({"commander", "lake-head"}, told)
        self.assertEqual(self.api(daemon, worker, "GET", f"/api/v1/incidents/{reply['incident']}")[0], 403)

    def test_a_repeated_report_is_one_and_a_reused_key_is_refused(self):
        daemon, worker, _ = self.start()
        self.assertEqual(self.api(daemon, worker, "POST", "/api/v1/reports", FIRE)[0], 201)
        status, again = self.api(daemon, worker, "POST", "/api/v1/reports", FIRE)
        self.assertEqual((status, again["repeated"]), (200, True))
        status, problem = self.api(daemon, worker, "POST", "/api/v1/reports", {**FIRE, "area": "hill"})
        self.assertEqual((status, problem["type"]), (409, "urn:tocsin:problem:conflict"))

    def test_the_report_command_posts_one_and_the_fingerprint_is_held(self):
        daemon, worker, desk = self.start()
        server = ["--url", daemon.url, "--fingerprint", daemon.fingerprint]
        report = ["report", "--hazard", "fire", "--fact", "trapped=4", "--area", "lake"]
        reply = run_json(*report, *server, "--token", worker)
        self.assertEqual(reply["assessment"]["level"], "II")
        code = reply["incident"]
        self.assertIn("commander", run("incident", "show", code, *server, "--token", desk)[0])
        listed = run_json("incident", "list", *server, "--token", desk)
        self.assertEqual([i["incident"] for i in listed["incidents"]], [code])
        self.assertEqual([i["incident"] for i in run_json("incident", "list", "--database", self.database)["incidents"]],
                         [code])
        other = ":".join(["00"] * 32)
        _, why = run(*report, "--url", daemon.url, "--fingerprint", other, "--token", worker, code=1)
        self.assertIn("not the one with that fingerprint", why)
        _, why = run(*report, "--url", daemon.url, "--token", worker, code=1)
        self.assertIn("not trusted", why)
        _, why = run(*report[:-2], "--area", "nowhere", *server, "--token", worker, code=1)
        self.assertIn("422", why)
        self.assertEqual(len(self.incident(code)["reports"]), 1)

    def test_a_revoked_token_is_refused_at_once(self):
        daemon, worker, _ = self.start()
        self.assertEqual(self.api(daemon, worker, "GET", "/api/v1/reports")[0], 200)
        run("token", "revoke", "--database", self.database, "--name", "worker-app")
        self.assertEqual(self.api(daemon, worker, "GET", "/api/v1/reports")[0], 401)

    def test_a_second_daemon_on_the_same_database_is_refused(self):
        daemon, _, _ = self.start()
        _, why = run("serve", "--config", self.config, code=1)
        self.assertIn("tocsin.db", why)
        self.assertEqual(daemon.stop(), 0)

    def test_a_second_daemon_on_the_same_port_is_refused(self):
        daemon, _, _ = self.start()
        other = self.folder / "other"
        other.mkdir()
        self.config = other / "tocsin.toml"
        self.write_config(CONSOLE, port=daemon.port)
        _, why = run("serve", "--config", self.config, code=1)
        self.assertIn(str(daemon.port), why)

    def test_sighup_takes_a_good_plan_and_keeps_the_old_one_for_a_bad_one(self):
        self.plan = self.folder / "plan.toml"
        shutil.copy(TOWN / "plan.toml", self.plan)
        daemon, worker, _ = self.start()
        good = self.plan.read_text(encoding="utf-8")

        def version():
            return self.api(daemon, worker, "GET", "/api/v1/plan")[1]["version"]

        self.assertEqual(version(), "1")
        self.plan.write_text(good.replace('version = "1"', 'version = "2"') + "\n[nonsense]\n", encoding="utf-8")
        daemon.child.send_signal(signal.SIGHUP)
        daemon.err.wait_for("reload.refused")
        self.assertEqual(version(), "1")
        self.plan.write_text(good.replace('version = "1"', 'version = "3"'), encoding="utf-8")
        daemon.child.send_signal(signal.SIGHUP)
        daemon.err.wait_for("reload.done")
        wait_until("the new plan", lambda: version() == "3")

    def test_an_import_beside_the_daemon_is_in_force_at_once_and_can_be_undone(self):
        self.sheets = self.folder / "sheets"
        shutil.copytree(TOWN / "directory", self.sheets)
        daemon, worker, _ = self.start()
        areas = self.sheets / "areas.csv"
        areas.write_text(areas.read_text(encoding="utf-8") + "moor,南沼社区,community,town,,,,\n", encoding="utf-8")
        named = lambda: "南沼社区" in json.dumps(self.api(daemon, worker, "GET", "/api/v1/areas")[1], ensure_ascii=False)
        run("directory", "import", self.sheets, "--database", self.database)
        self.assertTrue(named())
        out, _ = run("directory", "export", "--database", self.database, "--to", self.folder / "out", "--reason", "check")
        self.assertIn("version 2", out)
        out, _ = run("directory", "import", self.folder / "out", "--database", self.database)
        self.assertIn("version 2", out, "what was exported changes nothing")
        out, _ = run("directory", "undo", "--database", self.database, "--reason", "wrong file")
        self.assertIn("version 3", out)
        self.assertFalse(named())
        out, _ = run("directory", "changes", "--database", self.database)
        self.assertIn("takes back 2", out)
        out, _ = run("directory", "list", "--database", self.database, "--at-version", "2")
        self.assertIn("南沼社区", out)

    def test_a_database_from_a_newer_version_is_refused(self):
        daemon, _, _ = self.start()
        self.assertEqual(daemon.stop(), 0)
        for module in ("directory", "gateway"):
            with sqlite3.connect(self.database) as database:
                changed = database.execute(
                    "update schema_version set version = version + 1000 where module like ?",
                    (("directory" if module == "directory" else "%"),)).rowcount
                self.assertGreater(changed, 0)
            database.close()
            _, why = run("serve", "--config", self.config, code=1)
            self.assertRegex(why, "newer|version")

    def test_a_stop_is_in_good_order_and_the_record_is_whole(self):
        daemon, worker, _ = self.start()
        self.assertEqual(self.api(daemon, worker, "POST", "/api/v1/reports", FIRE)[0], 201)
        self.assertEqual(daemon.stop(), 0)
        whole = run_json("record", "verify", "--database", self.database)
        self.assertTrue(whole["whole"])
        head = self.incident(101)["head_short"]
        self.assertEqual(head, whole["head_short"])
        kept = ("record", "verify", "--database", self.database, "--head")
        self.assertEqual(run_json(*kept, head)["kept_head"]["commit"], whole["commits"])
        self.assertIsNone(run_json(*kept, "0123 4567 89ab", code=1)["kept_head"])
        self.assertIn("12 hexadecimal digits", run(*kept, "0123", code=2)[1])
        with sqlite3.connect(self.database) as database:
            database.execute("update record set detail = 'changed' where seq = 2")
        database.close()
        bad = run_json("record", "verify", "--database", self.database, code=1)
        self.assertFalse(bad["whole"])
        self.assertEqual([(b["what"], b["seq"], b["kind"]) for b in bad["named"]], [("changed", 2, "plan_in_force")])
        self.assertRegex(run("record", "verify", "--database", self.database, code=1)[0],
                         r"entry 2 \(.*plan_in_force\) of commit 1 was changed")

    def test_settings_that_are_wrong_stop_the_start_with_a_finding_at_its_line(self):
        self.write_config(CONSOLE, more='log_lvel = "info"')
        _, why = run("serve", "--config", self.config, code=1)
        self.assertRegex(why, r'tocsin\.toml:4:.*unknown setting "log_lvel"')
        self.assertIn("log_level", why)
        self.assertFalse(self.database.exists())

    def test_an_interrupt_from_the_keyboard_stops_it_too(self):
        self.write_config(CONSOLE)
        daemon = self.serve()
        daemon.child.send_signal(signal.SIGINT)
        self.assertEqual(daemon.child.wait(timeout=20), 0)
        self.assertIsNotNone(subprocess.run([PROGRAM, "version"], check=True))
