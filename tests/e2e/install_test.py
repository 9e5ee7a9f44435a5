"""`cmake --install` into a folder of its own: everything a machine needs, with paths that fit the prefix."""

import os
import pathlib
import shutil
import stat
import subprocess
import tempfile
import unittest

BUILD = os.environ["TOCSIN_BUILD_DIR"]


class InstallTest(unittest.TestCase):
    def setUp(self):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="tocsin-install-"))
        self.addCleanup(shutil.rmtree, self.root, ignore_errors=True)

    def install(self, prefix, **environment):
        subprocess.run(["cmake", "--install", BUILD, "--prefix", str(prefix)], check=True, capture_output=True, text=True,
                       env={**os.environ, **environment})

    def test_a_packaged_tree_is_complete(self):
        self.install("/usr", DESTDIR=str(self.root))
        for file in ("usr/bin/tocsin", "usr/lib/systemd/system/tocsin.service", "usr/lib/systemd/system/tocsin-modem@.service",
                     "usr/lib/systemd/system/tocsin-modem-restart@.path", "usr/lib/udev/rules.d/70-tocsin-modem.rules",
                     "usr/lib/sysusers.d/tocsin.conf",
                     "usr/lib/tmpfiles.d/tocsin.conf", "usr/share/man/man8/tocsin.8", "etc/tocsin/tocsin.toml",
                     "usr/share/tocsin/plans/sample-subdistrict/plan.toml",
                     "usr/share/tocsin/plans/sample-subdistrict/directory/persons.csv",
                     "usr/share/tocsin/providers/twilio-like.toml",
                     "usr/share/doc/tocsin/docs/operations.md", "usr/share/doc/tocsin/docs/api/openapi.yaml",
                     "usr/share/doc/tocsin/README.zh-CN.md", "usr/share/doc/tocsin/LICENSE"):
            self.assertTrue((self.root / file).is_file(), file)
        program = self.root / "usr/bin/tocsin"
        self.assertTrue(program.stat().st_mode & stat.S_IXUSR)
        subprocess.run([program, "version"], check=True, capture_output=True)
        unit = (self.root / "usr/lib/systemd/system/tocsin.service").read_text()
        self.assertIn("ExecStart=/usr/bin/tocsin serve --config /etc/tocsin/tocsin.toml\n", unit)
        self.assertIn("SystemCallFilter=@system-service", unit)

    def test_the_settings_laid_down_are_good_and_those_of_the_operator_stay(self):
        self.install("/usr", DESTDIR=str(self.root))
        settings = self.root / "etc/tocsin/tocsin.toml"
        plan = "/usr/share/tocsin/plans/sample-subdistrict/plan.toml"
        done = subprocess.run([self.root / "usr/bin/tocsin", "plan", "check", str(self.root) + plan, "--config", settings],
                              capture_output=True, text=True, check=False)
        self.assertNotIn("tocsin.toml", done.stdout + done.stderr)  # no finding in them
        settings.write_text("# mine\n")
        self.install("/usr", DESTDIR=str(self.root))
        self.assertEqual(settings.read_text(), "# mine\n")

    def test_a_prefix_without_root_keeps_everything_below_it(self):
        prefix = self.root / "opt-of-mine"
        self.install(prefix)
        self.assertEqual([entry.name for entry in self.root.iterdir()], ["opt-of-mine"])
        unit = (prefix / "lib/systemd/system/tocsin.service").read_text()
        self.assertIn(f"ExecStart={prefix}/bin/tocsin serve --config {prefix}/etc/tocsin/tocsin.toml\n", unit)
        self.assertTrue((prefix / "etc/tocsin/tocsin.toml").is_file())

    @unittest.skipUnless(shutil.which("systemd-sysusers"), "needs systemd-sysusers")
    def test_the_user_and_the_folders_can_be_made_from_what_is_laid_down(self):
        self.install("/usr", DESTDIR=str(self.root))
        users = subprocess.run(["systemd-sysusers", f"--root={self.root}", "--dry-run"], capture_output=True, text=True,
                               check=False)
        self.assertEqual(users.returncode, 0, users.stderr)
        self.assertIn("tocsin", users.stdout + users.stderr)


if __name__ == "__main__":
    unittest.main()
