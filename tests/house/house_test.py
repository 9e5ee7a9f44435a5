#!/usr/bin/env python3
"""The house checks can fail: each is shown a small tree with one fault and must name it."""

import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
TABLE = """
<!-- arrows:begin -->
| room | may see |
| --- | --- |
| `gateway/base` | nothing |
| `gateway/model` | `gateway/base` |
| `gateway/app` | everything |
| `adapters/sms`, `adapters/https` | `gateway/base`, `gateway/model` |
<!-- arrows:end -->
"""


class Tree(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.write("docs/architecture.md", TABLE)
        self.write("gateway/base/text.h", "#include <string>\n")

    def write(self, name, text):
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def run_check(self, script, *arguments):
        return subprocess.run([sys.executable, HERE / script, self.root, *arguments], capture_output=True, text=True, check=False)

    def assert_refused(self, run, words):
        self.assertNotEqual(run.returncode, 0, run.stdout)
        self.assertIn(words, run.stderr)


class ArrowsTest(Tree):
    def test_arrows_on_the_list_pass(self):
        self.write("gateway/model/facts.cc", '#include "gateway/base/text.h"\n#include "gateway/model/facts.h"\n')
        self.write("gateway/model/facts.h", "")
        self.write("gateway/app/main.cc", '#include "gateway/model/facts.h"\n')
        self.write("gateway/model/CMakeLists.txt", "tocsin_library(model SOURCES facts.cc PUBLIC tocsin_base)")
        run = self.run_check("arrows.py")
        self.assertEqual(run.returncode, 0, run.stderr)

    def test_an_arrow_upwards_is_named_with_file_and_line(self):
        self.write("gateway/model/facts.h", "")
        self.write("gateway/base/text.cc", '\n#include "gateway/model/facts.h"\n')
        self.assert_refused(self.run_check("arrows.py"), "gateway/base/text.cc:2: gateway/base may not include gateway/model")

    def test_adapters_do_not_see_each_other(self):
        self.write("adapters/sms/link.h", "")
        self.write("adapters/https/server.cc", '#include "adapters/sms/link.h"\n')
        self.assert_refused(self.run_check("arrows.py"), "adapters/https may not include adapters/sms")

    def test_a_room_inside_the_directory_has_arrows_of_its_own(self):
        self.write("docs/architecture.md", TABLE.replace("<!-- arrows:end", "| `directory/table` | `gateway/base` |\n"
                                                         "| `directory` | `directory/table` |\n<!-- arrows:end"))
        self.write("directory/tables.h", '#include "directory/table/grid.h"\n')
        self.write("directory/table/grid.h", "")
        run = self.run_check("arrows.py")
        self.assertEqual(run.returncode, 0, run.stderr)
        self.write("directory/table/grid.h", '#include "directory/tables.h"\n')
        self.assert_refused(self.run_check("arrows.py"), "directory/table may not include directory")

    def test_angle_brackets_are_no_way_around(self):
        self.write("gateway/model/facts.h", "")
        self.write("gateway/base/text.cc", "#include <gateway/model/facts.h>\n")
        self.assert_refused(self.run_check("arrows.py"), "may not include gateway/model")

    def test_relative_includes_are_refused(self):
        self.write("gateway/base/text.cc", '#include "../model/facts.h"\n')
        self.assert_refused(self.run_check("arrows.py"), "not a path from the root")

    def test_a_room_without_a_line_is_refused(self):
        self.write("gateway/attic/box.h", "")
        self.assert_refused(self.run_check("arrows.py"), "gateway/attic has no line")

    def test_a_link_line_may_not_say_more_than_the_table(self):
        self.write("gateway/base/CMakeLists.txt", "tocsin_library(base SOURCES text.cc\n  PUBLIC tocsin_model)")
        self.assert_refused(self.run_check("arrows.py"), "gateway/base may not link gateway/model")

    def test_a_heavy_header_may_reach_two_files_of_a_room_and_no_third(self):
        self.write("gateway/base/log.h", "#include <spdlog/spdlog.h>\n")
        self.write("gateway/base/a.cc", '#include "gateway/base/log.h"\n')
        self.write("gateway/base/b.cc", '#include "gateway/base/log.h"\n')
        self.assertEqual(self.run_check("arrows.py").returncode, 0)
        self.write("gateway/base/c.cc", '#include "gateway/base/log.h"\n')
        self.assert_refused(self.run_check("arrows.py"), "gateway/base: <spdlog/...> is heavy and reaches 3 files")

    def test_a_table_that_names_a_room_without_a_line_is_refused(self):
        self.write("docs/architecture.md", TABLE.replace("nothing", "`gateway/cellar`"))
        self.assert_refused(self.run_check("arrows.py"), "gateway/cellar")


class SampleNumbersTest(Tree):
    def test_invented_numbers_pass(self):
        self.write("a.csv", "14400000017,+86 14100000017,15400000017,0539-0123456,2026112212345678\n")
        run = self.run_check("sample_numbers.py")
        self.assertEqual(run.returncode, 0, run.stderr)

    def test_a_number_that_may_be_somebodys_is_named(self):
        self.write("a.csv", "x\n13" + "0" * 9 + "\n")
        self.assert_refused(self.run_check("sample_numbers.py"), "a.csv:2")

    def test_a_british_number_that_no_drama_has_is_named(self):
        self.write("a.csv", "Ash,+44 7700 900001\nBirch,+44 7911 " + "123456\n")
        self.assert_refused(self.run_check("sample_numbers.py"), "a.csv:2")

    def test_an_identity_number_with_a_right_check_digit_is_refused(self):
        body = "1" * 6 + "19000101" + "000"
        self.write("a.csv", "\n".join(body + last for last in "0123456789X"))
        self.assert_refused(self.run_check("sample_numbers.py"), "1 number(s)")


class DocsTest(Tree):
    def test_a_path_that_is_gone_is_named(self):
        self.write("README.md", "see gateway/base/text.h and `gateway/base/gone.h`\n")
        run = self.run_check("docs.py")
        self.assert_refused(run, "README.md:1: gateway/base/gone.h does not exist")
        self.assertNotIn("text.h does not", run.stderr)

    def test_a_link_to_nowhere_is_named(self):
        self.write("README.md", "[law](docs/law.md)\n")
        self.assert_refused(self.run_check("docs.py"), "link to docs/law.md")


class SystemdUnitTest(Tree):
    UNIT = (HERE.parents[1] / "systemd" / "tocsin.service").read_text(encoding="utf-8")

    def test_a_unit_without_its_sandbox_is_refused(self):
        self.write("systemd/tocsin.service", self.UNIT.replace("ProtectSystem=strict", ""))
        self.assert_refused(self.run_check("systemd_unit.py"), "ProtectSystem=strict is missing")

    @unittest.skipUnless(shutil.which("systemd-analyze"), "needs systemd-analyze")
    def test_a_unit_that_is_open_or_misspelt_is_refused(self):
        self.write("systemd/tocsin.service", self.UNIT.replace("SystemCallFilter", "#").replace("Restrict", "#"))
        self.assert_refused(self.run_check("systemd_unit.py"), "exposure is not under")
        self.write("systemd/tocsin.service", self.UNIT.replace("OOMScoreAdjust", "OOMScore"))
        self.assert_refused(self.run_check("systemd_unit.py"), "OOMScore")


class EveryTestIsBuiltTest(Tree):
    def commands(self, *names):
        file = self.root / "compile_commands.json"
        file.write_text(json.dumps([{"directory": str(self.root), "file": str(self.root / n), "command": ""} for n in names]))
        return str(file)

    def test_a_forgotten_test_is_named(self):
        self.write("tests/unit/a/one_test.cc", "")
        self.write("tests/unit/a/two_test.cc", "")
        run = self.run_check("every_test_is_built.py", self.commands("tests/unit/a/one_test.cc"))
        self.assert_refused(run, "tests/unit/a/two_test.cc: on disk")

    def test_all_built_passes(self):
        self.write("tests/unit/a/one_test.cc", "")
        run = self.run_check("every_test_is_built.py", self.commands("tests/unit/a/one_test.cc"))
        self.assertEqual(run.returncode, 0, run.stderr)


if __name__ == "__main__":
    unittest.main()
