"""Every command: its help, its exit codes, its hints, its JSON.  docs/cli.md says the same and is held to it."""

import contextlib
import json
import re
import shutil
import sqlite3
import subprocess
import unittest

from support import CONSOLE, PROGRAM, ROOT, SAMPLE, TOWN, Office, run, run_json

COMMANDS = ["serve", "demo", "plan check", "plan simulate", "plan schema", "directory import", "directory list", "directory print",
            "directory show",
            "directory changes", "directory undo", "directory export",
            "directory coverage", "directory person-data", "directory erase-person", "directory doubtful", "directory check", "directory duty", "directory calendar", "directory feed",
            "incident list", "incident show", "report", "inbox list", "inbox take", "token add", "token list", "token revoke", "user add",
            "user list", "user reset", "user disable", "session list", "session revoke", "record list", "record verify",
            "settings", "version", "directory read"]
GROUPS = ["plan", "directory", "incident", "inbox", "token", "user", "session", "record"]


class HelpTest(unittest.TestCase):
    def test_every_command_has_help_with_an_example_of_itself(self):
        for command in COMMANDS:
            with self.subTest(command):
                text, _ = run(*command.split(), "--help")
                example = text.split("Example:\n", 1)[1]
                self.assertTrue(example.strip().startswith("tocsin " + command), example)
                for option in re.findall(r"(?<![\w-])--[a-z-]+", example):
                    self.assertIn(option, text.split("Example:")[0])
        for group in GROUPS:
            self.assertIn("Subcommands:", run(group, "--help")[0])
        top = run("--help")[0]
        for word in {command.split()[0] for command in COMMANDS}:
            self.assertRegex(top, rf"(?m)^  {word} ")

    def test_the_reference_names_every_command_and_option(self):
        reference = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
        for command in COMMANDS:
            self.assertIn(f"## tocsin {command}\n", reference)
            section = reference.split(f"## tocsin {command}\n", 1)[1].split("\n## ", 1)[0]
            for option in set(re.findall(r"(?m)^\s+(?:-h,)?(--[a-z-]+)", run(*command.split(), "--help")[0])):
                if option != "--help":
                    self.assertIn(f"`{option}", section, command)

    def test_the_settings_reference_is_what_the_program_prints(self):
        printed = run("settings")[0]
        self.assertIn(f"```toml\n{printed}```\n", (ROOT / "docs" / "settings.md").read_text(encoding="utf-8"))


class UsageTest(unittest.TestCase):
    def test_wrong_usage_is_2_and_names_the_nearest_known_word(self):
        for words, hint in (
                (["paln"], "did you mean plan?"),
                (["plan", "chekc", "x"], "did you mean check?"),
                (["plan", "check", "x", "--stritc"], "did you mean --strict?"),
                (["directory", "list", "--databse", "x"], "did you mean --database?"),
                (["report", "--tokn=x"], "did you mean --token?"),
                (["version", "--jsn"], "did you mean --json?")):
            with self.subTest(words):
                self.assertIn(hint, run(*words, code=2)[1])

    def test_what_is_missing_is_2(self):
        for words in ([], ["plan"], ["plan", "check"], ["serve"], ["report"], ["token", "add", "--role", "duty"],
                      ["incident", "show", "abc"], ["incident", "list"], ["directory", "list"],
                      ["demo", "--port", "70000"],
                      ["report", "--url", "http://localhost", "--token", "x"],
                      ["report", "--url", "https://localhost"],
                      ["report", "--url", "https://localhost", "--token", "x", "--fingerprint", "12"]):
            with self.subTest(words):
                self.assertTrue(run(*words, code=2)[1])

    def test_a_file_that_cannot_be_opened_is_2(self):
        gone = "/nonexistent/file"
        for words in (["serve", "--config", gone], ["plan", "check", gone],
                      ["plan", "check", SAMPLE / "plan.toml", "--config", gone],
                      ["plan", "check", SAMPLE / "plan.toml", "--directory", gone],
                      ["plan", "simulate", gone, "--directory", TOWN / "directory", "--report", "hazard=fire"],
                      ["directory", "list", "--directory", gone], ["directory", "list", "--database", gone],
                      ["directory", "import", TOWN / "directory", "--database", gone],
                      ["incident", "list", "--database", gone], ["incident", "show", 101, "--database", gone],
                      ["token", "list", "--database", gone],
                      ["token", "revoke", "--database", gone, "--name", "x"],
                      ["report", "--url", "https://localhost", "--token-file", gone],
                      ["record", "list", "--database", gone], ["record", "verify", "--database", gone]):
            with self.subTest(words):
                self.assertIn(gone, run(*words, code=2)[1])

    def test_a_server_that_is_not_there_is_1_and_the_key_to_try_again_is_told(self):
        _, why = run("report", "--url", "https://127.0.0.1:1", "--token", "x", "--hazard", "fire", code=1)
        self.assertRegex(why, r"no connection(.|\n)*--key [\w-]{20,}")
        run("incident", "list", "--url", "https://127.0.0.1:1", "--token", "x", code=1)

    def test_version(self):
        self.assertRegex(run("version")[0], r"^tocsin \d+\.\d+\.\d+\n$")
        self.assertEqual(set(run_json("version")), {"name", "version"})


class PlanTest(Office):
    def broken(self, old, new):
        text = (TOWN / "plan.toml").read_text(encoding="utf-8")
        self.assertIn(old, text)
        path = self.folder / "plan.toml"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return path

    def test_a_good_plan_is_0_and_what_was_not_checked_is_named(self):
        out, _ = run("plan", "check", SAMPLE / "plan.toml")
        self.assertIn("not checked: directory", out)
        self.assertIn("not checked: links", out)
        self.write_config('[[link]]\nname = "c"\nkind = "console"\n')
        out, _ = run("plan", "check", SAMPLE / "plan.toml", "--directory", SAMPLE / "directory", "--config",
                     self.config, "--strict")
        self.assertNotIn("not checked", out)

    def test_the_short_messages_of_each_text_are_counted_as_each_link_cuts_them(self):
        carrier = '[[link]]\nname = "carrier"\nkind = "smpp"\nhost = "smsc.example"\nsystem_id = "x"\n'
        carrier += f'signature = "【{"青" * 28}】"\n'
        self.write_config(CONSOLE + carrier)
        words = ["plan", "check", TOWN / "plan.toml", "--config", self.config]
        counted = {(t["template"], t["language"], t["link"]): t["segments"] for t in run_json(*words)["segments"]}
        self.assertEqual((counted["stand_down", "en", "console"], counted["stand_down", "en", "carrier"]), (1, 2))
        self.assertIn("short messages at the longest", run(*words, "--language", "en")[0])
        self.assertIn("短信条数", run(*words, "--language", "zh")[0])
        words = ["plan", "simulate", TOWN / "plan.toml", "--directory", TOWN / "directory", "--config", self.config,
                 "--report", "hazard=fire trapped=1 area=lake"]
        shown = run_json(*words)["segments"]
        self.assertEqual({t["template"] for t in shown}, {"alert"})
        self.assertIn("carrier", run(*words, "--language", "zh")[0])

    def test_a_finding_is_shown_with_its_line_and_a_hint(self):
        out, _ = run("plan", "check", self.broken('needs = "coming"', 'needds = "coming"'), code=1)
        self.assertRegex(out, r"plan\.toml:\d+:\d+: error: (.|\n)*needds = \"coming\"(.|\n)*\^(.|\n)*needs")

    def test_broken_toml_is_1(self):
        self.assertIn("plan.toml:3:1: error", run("plan", "check", self.broken("[plan]\n", "[plan]\n= 3\n"), code=1)[0])

    def test_a_time_zone_that_the_machine_does_not_know_is_an_error(self):
        out, _ = run("plan", "check", self.broken("Asia/Shanghai", "Asia/Shanghia"), code=1)
        self.assertRegex(out, r"plan\.toml:5:\d+: error: .*Asia/Shanghia")

    def test_warnings_alone_are_0_and_with_strict_1(self):
        self.write_config("")  # no link at all: a warning for each ladder with an sms rung
        words = ["plan", "check", TOWN / "plan.toml", "--config", self.config]
        report = run_json(*words)
        self.assertEqual(set(report), {"file", "ok", "errors", "warnings", "findings", "segments", "skipped", "skipped_zh"})
        self.assertEqual((report["ok"], report["errors"]), (True, 0))
        finding = next(f for f in report["findings"] if f["code"] == "no-link-for-channel")
        self.assertEqual(set(finding), {"severity", "code", "file", "line", "column", "where", "message", "hint",
                                        "message_zh", "hint_zh"})
        self.assertFalse(run_json(*words, "--strict", code=1)["ok"])

    def test_findings_are_said_in_the_language_asked(self):
        plan = self.broken('needs = "coming"', 'needds = "coming"')
        self.assertRegex(run("plan", "check", plan, "--language", "zh", code=1)[0],
                         r"错误: (.|\n)*没有\"needds\"这个键(.|\n)*提示：是不是想写\"needs\"(.|\n)*不予接受")

    def test_sarif_has_the_place_and_describes_each_rule(self):
        plan = self.broken('needs = "coming"', 'needds = "coming"')
        log = json.loads(run("plan", "check", plan, "--sarif", code=1)[0])
        self.assertEqual(log["version"], "2.1.0")
        (sarif,) = log["runs"]
        rules = sarif["tool"]["driver"]["rules"]
        result = next(r for r in sarif["results"] if r["ruleId"] == "unknown-key")
        self.assertEqual(rules[result["ruleIndex"]]["id"], "unknown-key")
        self.assertTrue(rules[result["ruleIndex"]]["shortDescription"]["text"])
        self.assertEqual(result["level"], "error")
        place = result["locations"][0]["physicalLocation"]
        self.assertTrue(place["artifactLocation"]["uri"].endswith("plan.toml"))
        self.assertGreater(place["region"]["startLine"], 1)
        self.assertIn("needds", result["message"]["text"])
        self.assertIn("没有", result["properties"]["message_zh"])

    def test_coverage_names_the_minutes_at_which_too_few_are_reached(self):
        words = ["directory", "coverage", "--plan", SAMPLE / "plan.toml", "--from", "2026-12-01", "--days", "30"]
        covered = run_json(*words, "--directory", SAMPLE / "directory")
        self.assertTrue(covered["covered"])
        self.assertGreater(covered["steps"], 100)
        sheets = self.folder / "sheets"
        shutil.copytree(SAMPLE / "directory", sheets)
        with open(sheets / "duty.csv", "w", encoding="utf-8") as out:
            out.write("duty,who,from,to\nleader,post:duty-leader,,\n")
        with open(sheets / "rotations.csv", "w", encoding="utf-8") as out:
            out.write("duty,name,turns,every_days,handover,from,to\ndesk,轮班,zhong-changming;xia-qinghe,1,08:30,2026-11-01,"
                      "2026-12-24\n")
        short = run_json(*words, "--directory", sheets, code=1)["shortfalls"]
        self.assertEqual([(one["from"], one["to"], one["reached"]) for one in short],
                         [("2026-12-25T00:30:00.000Z", "2026-12-30T16:00:00.000Z", 0)])
        self.assertEqual(short[0]["reasons"], [{"what": "duty desk", "what_zh": "值班 desk", "person": None, "person_name": None,
                                                "why": "nobody-on-duty"}])
        out, _ = run(*words, "--directory", sheets, "--language", "zh", code=1)
        self.assertIn("2026-12-25 08:30至2026-12-31 00:00：需要1人，只通知得到0人", out)

    def test_a_calendar_becomes_a_sheet_of_duties_that_import_reads(self):
        calendar = self.folder / "roster.ics"
        event = "BEGIN:VEVENT\nUID:1\nSUMMARY:{}\nDTSTART:20261201T083000\nDURATION:P1D\nRRULE:FREQ=DAILY;COUNT=2\nEND:VEVENT\n"
        text = "BEGIN:VCALENDAR\n{}END:VCALENDAR\n"
        words = ["directory", "calendar", calendar, "--duty", "desk", "--directory", SAMPLE / "directory", "--from", "2026-11-22"]
        calendar.write_text(text.format(event.format("值班：夏清荷")), encoding="utf-8")
        sheet, _ = run(*words)
        self.assertEqual(sheet, "duty,who,from,to\ndesk,xia-qinghe,2026-12-01 08:30,2026-12-02 08:30\n"
                                "desk,xia-qinghe,2026-12-02 08:30,2026-12-03 08:30\n")
        calendar.write_text(text.format(event.format("somebody")), encoding="utf-8")
        out, why = run(*words, code=1)
        self.assertEqual(out, "")
        self.assertIn("roster.ics:2: error: \"somebody\" is nobody of the directory", why)

    def test_who_has_a_duty_is_listed_with_its_gaps(self):
        words = ["directory", "duty", "desk", "--directory", SAMPLE / "directory", "--from", "2026-12-01", "--days", "31"]
        listed, _ = run(*words, "--language", "en")
        self.assertTrue(listed.startswith("desk\n  2026-12-01 00:00  "), listed)
        duties = run_json(*words)["duties"]
        self.assertEqual([d["duty"] for d in duties], ["desk"])
        self.assertEqual(duties[0]["stretches"][0]["from"], "2026-11-30T16:00:00.000Z")
        run("directory", "duty", "nothing", *words[3:], code=1)

    def test_a_feed_holds_the_duties_of_one_person(self):
        sheets = self.folder / "fed"
        shutil.copytree(SAMPLE / "directory", sheets)
        (sheets / "duty.csv").write_text("duty,who,from,to\ndesk,xia-qinghe,2026-12-01 08:30,2026-12-02 08:30\n"
                                         "desk,xia-qinghe,2026-12-02 08:30,2026-12-02 20:30\n", encoding="utf-8")
        words = ["directory", "feed", "xia-qinghe", "--directory", sheets, "--from", "2026-11-22", "--host", "office.example"]
        feed, _ = run(*words)
        self.assertEqual(feed.count("BEGIN:VEVENT"), 1)
        self.assertIn("DTSTART:20261201T003000Z\nDTEND:20261202T123000Z\nSUMMARY:值班室\n", feed)
        self.assertIn("UID:desk-xia-qinghe-20261201T003000Z@office.example\n", feed)
        run("directory", "feed", "nobody-here", *words[3:], code=1)

    def test_a_selector_that_names_nobody_is_found_against_the_directory(self):
        plan = self.broken('to = ["post:director"]', 'to = ["post:direktor"]')
        run("plan", "check", plan)
        report = run_json("plan", "check", plan, "--directory", TOWN / "directory", code=1)
        self.assertIn("selector-resolves-to-nobody", [f["code"] for f in report["findings"]])

    def test_simulate_says_level_clause_questions_and_recipients(self):
        for source in ("folder", "database"):
            directory = TOWN / "directory"
            if source == "database":
                directory = self.database
                run("directory", "import", TOWN / "directory", "--database", self.database)
            shown = run_json("plan", "simulate", TOWN / "plan.toml", "--directory", directory, "--report",
                             "hazard=fire serious=2 trapped=1 area=东湖", "--at", "2026-11-22 14:00")
            self.assertEqual((shown["at"], shown["level"]), ("2026-11-22T06:00:00.000Z", "III"))
            self.assertTrue(shown["clause"].startswith("fire/III/"))
            self.assertIsInstance(shown["questions"], list)
            self.assertEqual(shown["recipients"][0]["person"], "commander")
        self.assertIn("Commander".lower(), run(
            "plan", "simulate", TOWN / "plan.toml", "--directory", TOWN / "directory", "--report",
            "text=东湖着火 3人被困", "--at", "2026-11-22T06:00:00Z", "--language", "en")[0])

    def test_simulate_refuses_what_plan_and_directory_do_not_know(self):
        for report, hint in (("hazard=fier", "did you mean \"fire\"?"), ("hazard=fire serius=2", "serious"),
                             ("hazard=fire area=laek", "did you mean \"lake\"?"), ("fire", "name=value")):
            with self.subTest(report):
                _, why = run("plan", "simulate", TOWN / "plan.toml", "--directory", TOWN / "directory", "--report",
                             report, code=1)
                self.assertIn(hint, why)
        run("plan", "simulate", TOWN / "plan.toml", "--directory", TOWN / "directory", "--report", "hazard=fire",
            "--at", "yesterday", code=2)


class DirectoryTest(Office):
    def test_an_import_is_all_or_nothing_and_a_dry_run_leaves_nothing(self):
        dry = run_json("directory", "import", self.sheets, "--database", self.database, "--dry-run")
        self.assertEqual((dry["imported"], dry["dry_run"], dry["persons"]), (False, True, 13))
        self.assertFalse(self.database.exists())
        done = run_json("directory", "import", self.sheets, "--database", self.database)
        self.assertEqual(set(done), {"imported", "dry_run", "version", "digest", "persons", "contacts", "areas",
                                     "posts", "units", "groups", "persons_new", "persons_gone", "persons_kept",
                                     "findings"})
        bad = self.folder / "contacts.csv"
        bad.write_text("person,order,kind,address,extension,agreed_when,agreed_how,withdrawn\n"
                       "commander,1,mobile,1440000001,,2026-01-01,form,\nnobody,1,mobile,14400000002,,,,\n",
                       encoding="utf-8")
        out, why = run("directory", "import", bad, "--database", self.database, "--json", code=1)
        self.assertRegex(why, r"contacts\.csv:2:(.|\n)*contacts\.csv:3:")
        self.assertFalse(json.loads(out)["imported"])
        listed = run_json("directory", "list", "--database", self.database)
        self.assertEqual((listed["version"], len(listed["persons"])), (1, 13))

    def test_one_sheet_replaces_its_own_table(self):
        run("directory", "import", self.sheets, "--database", self.database)
        duty = self.folder / "next-month.csv"
        duty.write_text("duty,who,from,to\ndesk,rescue-1,,\nleader,leader,,\n", encoding="utf-8")
        run("directory", "import", duty, "--database", self.database)
        listed = run_json("directory", "list", "--database", self.database)
        self.assertEqual([d["who"] for d in listed["duty"]], ["rescue-1", "leader"])
        self.assertEqual(len(listed["persons"]), 13)

    def test_an_offices_table_is_read_compared_and_asked_about(self):
        run("directory", "import", self.sheets, "--database", self.database)
        table = self.folder / "list.csv"
        table.write_bytes("姓 名,职务,联系方式\n王 伟,驾驶员,14400000901\n王伟,会计,14400000902\n谷雨田,队员,1440000903\n".encode("gb18030"))
        draft = run_json("directory", "read", table)
        self.assertEqual(set(draft), {"mapping", "entries", "findings", "questions"})
        self.assertEqual(draft["mapping"], "1@1: A=name B=title C=number\n")
        self.assertEqual([f["code"] for f in draft["findings"]], ["mobile-digit-missing"])
        words = ["directory", "read", table, "--database", self.database, "--language", "en"]
        text, _ = run(*words)
        self.assertIn("read as GB18030", text)
        self.assertIn("? one-name-two-numbers@1!A3", text)
        self.assertNotIn("14400000901", text)
        self.assertIn("14400000901", run(*words, "--unmasked", "--reason", "year's end")[0])
        compared = run_json(*words, "--answers", "one-name-two-numbers@1!A3=two", "--everybody")["comparison"]
        verdicts = [(p["verdict"], p["code"]) for p in compared["persons"]]
        self.assertEqual(verdicts[:3], [("added", "wang-wei"), ("added", "wang-wei-2"), ("added", "gu-yutian")])
        self.assertEqual([v for v, _ in verdicts[3:]], ["missing"] * 13)
        self.assertEqual(run_json("directory", "list", "--database", self.database)["version"], 1)
        self.assertEqual(run_json(*words, "--mapping", "1@1: A=name C=mobile")["mapping"], "1@1: A=name C=mobile\n")
        self.assertIn("mapping: ", run(*words, "--mapping", "1@1: A=nmae", code=1)[1])
        run("directory", "read", self.folder / "none.csv", code=2)
        (self.folder / "old.doc").write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600))
        self.assertIn("old-office-file", run("directory", "read", self.folder / "old.doc", code=1)[1])

    def test_a_list_is_accepted_as_one_change_once_every_question_is_answered_and_taken_back_whole(self):
        run("directory", "import", self.sheets, "--database", self.database)
        table = self.folder / "list.csv"
        table.write_text("姓名,职务,单位,联系方式\n王 伟,队长,应急队,144 0000 0901\n王伟,队员,应急队,14400000902\n",
                         encoding="utf-8")
        words = ["directory", "read", table, "--database", self.database, "--accept", "--reason", "年底名单",
                 "--agreed-when", "2026-11-20", "--agreed-how", "签字"]
        self.assertIn("nothing was changed", run(*words, code=1)[1])
        self.assertEqual(run_json("directory", "list", "--database", self.database)["version"], 1)
        answered = [*words, "--answers", "one-name-two-numbers@1!A3=two"]
        self.assertIn("version 2", run(*answered)[1])
        person = run_json("directory", "show", "wang-wei", "--database", self.database, "--unmasked",
                          "--reason", "to check")["person"]
        self.assertEqual([c["address"] for c in person["contacts"]], ["+8614400000901"])
        self.assertTrue(person["contacts"][0]["agreed"])
        self.assertIn("年底名单", run("directory", "changes", "--database", self.database)[0])
        self.assertIn("nothing differs", run(*answered)[1])
        run("directory", "undo", "--database", self.database)
        run("directory", "show", "wang-wei", "--database", self.database, code=1)
        self.assertEqual(len(run_json("directory", "list", "--database", self.database)["persons"]), 13)
        run("directory", "read", table, "--directory", self.sheets, "--accept", code=2)

    def test_what_was_accepted_of_a_list_is_remembered_by_the_name_of_its_file(self):
        run("directory", "import", self.sheets, "--database", self.database)
        november, december = self.folder / "队员2026年11月.csv", self.folder / "队员2026年12月.csv"
        november.write_text("甲,乙\n石大山,14400000901\n江小雨,14400000902\n", encoding="utf-8")
        december.write_text("甲,乙\n石大山,14400000901\n", encoding="utf-8")
        words = ["--database", self.database, "--reason", "名单"]
        run("directory", "read", november, *words, "--mapping", "1@1: A=name B=mobile", "--accept")
        shown, said = run("directory", "read", december, *words)
        self.assertIn("1@1: A=name B=mobile", shown)
        self.assertIn("remembered of 队员2026年11月.csv", said)
        self.assertIn("missing:jiang-xiaoyu", shown)  # the earlier list brought her
        december.write_text("乙,甲\n14400000901,石大山\n", encoding="utf-8")
        self.assertIn("is not used", run("directory", "read", december, *words)[1])
        december.write_text("甲,乙\n石大山,14400000901\n", encoding="utf-8")
        self.assertIn("forgotten", run("directory", "read", december, *words, "--forget-mapping")[1])
        self.assertNotIn("remembered", run("directory", "read", december, *words)[1])

    def test_the_directory_goes_out_as_lists_that_read_back_as_cards_and_as_a_call_list(self):
        run("directory", "import", self.sheets, "--database", self.database)
        out = ["--database", self.database, "--reason", "年度核对"]
        for shape in ("people", "side-by-side", "units", "areas", "offices"):
            for ending in ("csv", "xlsx"):
                file = self.folder / f"{shape}.{ending}"
                run("directory", "export", *out, "--as", shape, "--to", file, "--language", "zh")
                self.assertEqual(file.stat().st_mode & 0o077, 0)
                if shape == "offices":
                    continue  # no upper office here: nothing but the header
                said = run("directory", "read", file, *out, "--accept")[1]
                self.assertIn("nothing differs", said, f"{shape}.{ending}")
        run("directory", "export", *out, "--as", "vcard", "--to", self.folder / "all.vcf")
        self.assertIn("VERSION:4.0\r\n", (self.folder / "all.vcf").read_bytes().decode())
        run("directory", "export", *out, "--as", "people", "--to", self.folder / "people.pdf", code=2)
        page = self.folder / "list.html"
        run("directory", "print", "--plan", TOWN / "plan.toml", *out, "--language", "en", "--to", page)
        self.assertIn("144 0000 0001", page.read_text(encoding="utf-8"))
        self.assertEqual(page.stat().st_mode & 0o077, 0)

    def test_numbers_are_masked_unless_asked_for(self):
        words = ["directory", "show", "commander", "--directory", self.sheets]
        self.assertNotIn("14400000001", run(*words)[0])
        self.assertIn("14400000001", run(*words, "--unmasked")[0])
        self.assertIn("person", run_json(*words))
        self.assertIn("did you mean", run("directory", "show", "comander", "--directory", self.sheets, code=1)[1])

    def test_a_person_is_shown_what_is_held_of_them_and_forgotten_for_good(self):
        run("directory", "import", self.sheets, "--database", self.database)
        who = ["rescue-2", "--database", self.database, "--reason", "asked for it"]
        data = run_json("directory", "person-data", *who)
        self.assertEqual(data["directory"]["rows"]["persons"][0]["code"], "rescue-2")
        name = data["names"][0]
        self.assertIn(name, run("directory", "person-data", *who)[0])
        self.assertIn("would erase", run("directory", "erase-person", *who, "--dry-run")[0])
        self.assertIn("commander", run("directory", "erase-person", "commander", *who[1:], code=1)[1])
        self.assertIn("version 2", run("directory", "erase-person", *who)[0])
        run("directory", "show", "rescue-2", "--database", self.database, code=1)
        self.assertNotIn(name.encode(), self.database.read_bytes())
        listed = run_json("directory", "list", "--database", self.database, "--at-version", "1")
        self.assertIn("已删除 erased", [p["name"] for p in listed["persons"]])
        self.assertIn("erased since", run("directory", "undo", "--database", self.database, code=1)[1])
        run("record", "verify", "--database", self.database)

    def test_whole_numbers_out_of_a_database_are_shown_for_a_recorded_reason_only(self):
        run("directory", "import", self.sheets, "--database", self.database)

        def readings():
            with contextlib.closing(sqlite3.connect(self.database)) as db:
                return [d.split(" ", 1)[1] for (d,) in db.execute("select detail from record where kind = 112")]

        for number, words in enumerate((["list"], ["show", "commander"], ["doubtful"]), 1):
            asked = ["directory", *words, "--database", self.database, "--unmasked"]
            out, error = run(*asked, code=1)
            self.assertEqual(out, "")
            self.assertIn("--reason", error)
            self.assertEqual(len(readings()), number - 1)
            run(*asked, "--reason", "yearly check")
            self.assertRegex(readings()[-1], rf"^directory {words[0]} reason:[0-9a-f]+$")
            self.assertIn("\n    yearly check\n", run("record", "list", "--database", self.database)[0])
        listed = run_json("record", "list", "--database", self.database)["entries"]
        behind = run_json("record", "list", "--database", self.database, "--after", listed[0]["seq"], "--limit", "2")
        self.assertEqual(behind["entries"], listed[1:3])
        self.assertEqual([e["reason"] for e in listed if e["kind"] == "unmasked"], ["yearly check"] * 3)
        run("record", "verify", "--database", self.database)


class TokenTest(Office):
    def test_a_token_is_printed_once_and_only_its_hash_is_kept(self):
        run("directory", "import", self.sheets, "--database", self.database)
        made = run_json("token", "add", "--database", self.database, "--role", "commander", "--name", "c", "--person",
                        "commander")
        self.assertEqual(set(made), {"name", "role", "person", "token"})
        self.assertEqual(len(made["token"]), 43)
        self.assertNotIn(made["token"].encode(), self.database.read_bytes())
        listed = run_json("token", "list", "--database", self.database)["tokens"]
        self.assertEqual(set(listed[0]), {"name", "role", "person", "made_at", "revoked_at"})
        self.assertEqual((listed[0]["person"], listed[0]["revoked_at"]), ("commander", None))
        run("token", "revoke", "--database", self.database, "--name", "c")
        self.assertIn("revoked", run("token", "list", "--database", self.database)[0])
        run("token", "revoke", "--database", self.database, "--name", "c", code=1)

    def test_what_cannot_be_is_refused(self):
        base = ["token", "add", "--database", self.database]
        run(*base, "--role", "king", "--name", "a", code=2)
        run(*base, "--role", "commander", "--name", "a", code=2)
        run(*base, "--role", "duty", "--name", "a", "--person", "nobody", code=1)
        run(*base, "--role", "duty", "--name", "a")
        run(*base, "--role", "duty", "--name", "a", code=1)


class RecordTest(Office):
    def test_an_empty_record_is_whole(self):
        run("token", "add", "--database", self.database, "--role", "duty", "--name", "a")
        check = run_json("record", "verify", "--database", self.database)
        self.assertEqual(set(check), {"whole", "entries", "commits", "head", "head_short"})
        self.assertEqual((check["whole"], check["entries"]), (True, 1), "the token")
        self.assertEqual(run_json("incident", "list", "--database", self.database), {"incidents": [], "next": None})
        run("incident", "show", 101, "--database", self.database, code=1)


class InstallTest(unittest.TestCase):
    def test_the_program_starts_from_any_folder(self):
        done = subprocess.run([PROGRAM, "version"], cwd="/", check=True, capture_output=True, text=True)
        self.assertTrue(done.stdout.startswith("tocsin "))


class ContactCheckTest(Office):
    def test_it_is_seen_without_a_daemon_and_begun_and_stopped_through_one(self):
        run("directory", "import", TOWN / "directory", "--database", self.database)
        check = ["directory", "check", "--database", self.database]
        self.assertIn("no contact check yet", run(*check)[0])
        self.assertIn("no daemon runs", run(*check, "--start", code=1)[1])
        self.write_config(CONSOLE)
        self.serve()
        self.assertEqual(run_json(*check, "--start")["round"]["began"], "by_hand")
        self.assertIn("under way", run(*check, "--start", code=1)[1])
        self.assertIn("stopped; answers may come yet", run(*check, "--stop")[0])
        self.assertTrue(run_json(*check, "--status")["round"]["stopped"])
        self.assertIn("not both", run(*check, "--start", "--stop", code=2)[1])
