"""The schema that `tocsin plan schema` prints: our own plans satisfy it, and what an editor should mark does not.

TOML is read by Python's tomllib, the schema by python3-jsonschema: neither is ours."""

import copy
import json
import subprocess
import tomllib
import unittest

import jsonschema

from support import PROGRAM, ROOT

PLANS = ROOT / "plans"


def schema(*options):
    return json.loads(subprocess.run([PROGRAM, "plan", "schema", *options], capture_output=True, check=True).stdout)


class PlanSchemaTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.schema = schema()
        jsonschema.Draft202012Validator.check_schema(cls.schema)
        cls.check = jsonschema.Draft202012Validator(cls.schema)
        cls.sample = tomllib.loads((PLANS / "sample-subdistrict" / "plan.toml").read_text(encoding="utf-8"))

    def test_every_sample_plan_satisfies_it(self):
        files = [f for f in PLANS.rglob("*.toml") if "broken" not in f.parts and "holiday" not in f.name]
        self.assertGreaterEqual(len(files), 1)
        for file in files:
            if file.parent.name == "directory":
                continue
            for error in self.check.iter_errors(tomllib.loads(file.read_text(encoding="utf-8"))):
                self.fail(f"{file}: {error.json_path}: {error.message}")

    def test_holidays_have_one_of_their_own(self):
        check = jsonschema.Draft202012Validator(schema("--holidays"))
        for file in PLANS.rglob("*holiday*.toml"):
            self.assertEqual([e.message for e in check.iter_errors(tomllib.loads(file.read_text(encoding="utf-8")))], [])
        self.assertTrue(check.is_valid({"holiday": [{"from": "2026-10-01", "to": "2026-10-07"}]}))
        self.assertFalse(check.is_valid({"holiday": [{"from": "1 October"}]}))

    def test_a_dozen_mistakes_do_not(self):
        hazard = "fire"

        def wrong(change):
            plan = copy.deepcopy(self.sample)
            change(plan)
            return not self.check.is_valid(plan)

        def response(plan):
            return next(r for r in plan["response"] if "step" in r)

        mistakes = {
            "an unknown key at the top": lambda p: p.update(severity="high"),
            "an unknown key in [plan]": lambda p: p["plan"].update(timezone="UTC"),
            "a version that is a number": lambda p: p["plan"].update(version=2026),
            "a language nobody wrote texts for": lambda p: p["plan"].update(languages=["fr"]),
            "a duration without unit": lambda p: p["plan"].update(stale_after="90"),
            "a kind outside the list": lambda p: p.setdefault("hazard", {}).update(fires={}),
            "a colour that is none": lambda p: p.update(level=[{"id": "I", "name": {"zh": "一级", "en": "I"}, "colour": "pink"}]),
            "an attribute of no type": lambda p: p.setdefault("attribute", {}).update(deep={"name": {"zh": "深", "en": "deep"}}),
            "an attribute with a capital": lambda p: p.setdefault("attribute", {}).update(Deep={"type": "flag"}),
            "a range with a dash": lambda p: p["hazard"].update({hazard: {"criteria": [{"level": "III", "any": [{"serious": "3-10"}]}]}}),
            "a clause that asks for nothing": lambda p: p["hazard"].update({hazard: {"criteria": [{"level": "III", "any": [{}]}]}}),
            "a misspelt channel": lambda p: p["ladder"].update(x={"rungs": [{"channel": "smss", "wait": "1m"}]}),
            "a rung without wait": lambda p: p["ladder"].update(x={"rungs": [{"channel": "sms"}]}),
            "a ladder without rungs": lambda p: p["ladder"].update(x={"rungs": []}),
            "a selector without a prefix": lambda p: response(p)["step"][0].update(to=["commander"]),
            "a flag in quotes": lambda p: response(p)["step"][0].update(life_safety="true"),
            "answers that nobody gives": lambda p: response(p)["step"][0].update(needs="maybe"),
            "a template without default": lambda p: p["template"].update(x={"zh": {"sms": "x"}}),
            "a case without expectation": lambda p: p.update(case=[{"name": "x", "report": {"hazard": hazard}}]),
            "an acceptance without reason": lambda p: p.update(accept=[{"finding": "range-gap"}]),
        }
        self.sample.setdefault("hazard", {})
        self.sample.setdefault("ladder", {})
        self.sample.setdefault("template", {})
        if "response" not in self.sample:
            self.sample["response"] = [{"hazard": hazard, "level": "IV", "step": [{"name": "heads", "to": ["area:heads"], "ladder": "person"}]}]
        self.assertTrue(self.check.is_valid(self.sample))
        for name, change in mistakes.items():
            with self.subTest(name):
                self.assertTrue(wrong(change))

    def test_each_key_is_described_in_both_languages(self):
        for table in self.schema["$defs"].values():
            for key, value in table["properties"].items():
                english, chinese = value["description"].split("\n")
                self.assertTrue(english.isascii() or "“" in english or "：" not in english, key)
                self.assertRegex(chinese, "[\u4e00-\u9fff]", key)

    def test_examples_satisfy_the_keys_they_stand_at(self):
        for table in self.schema["$defs"].values():
            for key, value in table["properties"].items():
                for example in value.get("examples", []):
                    check = jsonschema.Draft202012Validator({**value, "$defs": self.schema["$defs"]})
                    self.assertEqual([e.message for e in check.iter_errors(example)], [], key)


if __name__ == "__main__":
    unittest.main()
