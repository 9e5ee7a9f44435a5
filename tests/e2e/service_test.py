"""The daemon under a service manager: what it is told, what it reads anew, which secrets it refuses."""

import http.client
import json
import os
import shutil
import signal
import socket
import sqlite3
import ssl
import stat
import threading
import time
import urllib.request

from support import CONSOLE, PATIENCE, TOWN, Office, run, run_json, wait_until

FIRE = {"key": "e2e-service-001", "hazard": "fire", "facts": {"serious": 2}, "area": "lake"}


class Manager:
    """The other end of $NOTIFY_SOCKET."""

    def __init__(self, folder):
        self.path = str(folder / "notify")
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(self.path)
        self.heard, self._left = [], []

    def hear(self, seconds):
        """What comes within so many seconds, each a dictionary; heard keeps all."""
        end, new = time.monotonic() + seconds, []
        while (left := end - time.monotonic()) > 0:
            self._socket.settimeout(left)
            try:
                text = self._socket.recv(65536).decode()
            except TimeoutError:
                break
            new.append(dict(line.split("=", 1) for line in text.splitlines()))
        self.heard += new
        return new

    def wait_for(self, key):
        """The next message with that key, not asked for before."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            while self._left:
                message = self._left.pop(0)
                if key in message:
                    return message
            self._left = self.hear(0.05)
        raise AssertionError(f"no {key}; heard {self.heard}")

    def close(self):
        self._socket.close()


class NotifyTest(Office):
    def start(self, **environment):
        self.manager = Manager(self.folder)
        self.addCleanup(self.manager.close)
        self.write_config(CONSOLE)
        daemon = self.serve(NOTIFY_SOCKET=self.manager.path, **environment)
        ready = self.manager.wait_for("READY")
        self.assertIn(daemon.url, ready["STATUS"])
        return daemon

    def test_it_is_ready_once_it_listens_and_says_when_it_reloads_and_stops(self):
        daemon = self.start()
        before = time.clock_gettime(time.CLOCK_MONOTONIC)
        daemon.child.send_signal(signal.SIGHUP)
        reloading = self.manager.wait_for("RELOADING")
        self.assertGreaterEqual(int(reloading["MONOTONIC_USEC"]), int(before * 1e6))
        self.assertIn("serves", self.manager.wait_for("READY")["STATUS"])
        daemon.child.send_signal(signal.SIGTERM)
        self.manager.wait_for("STOPPING")
        self.assertEqual(daemon.child.wait(timeout=PATIENCE), 0)

    def test_without_a_watchdog_it_sends_no_heartbeat(self):
        self.start()
        self.assertFalse([m for m in self.manager.hear(2) if "WATCHDOG" in m])

    def test_the_watchdog_is_fed_while_the_engine_turns_and_not_while_it_stands_still(self):
        daemon = self.start(WATCHDOG_USEC="900000")
        worker = self.token("reporter", "app", "--person", "worker")
        fed = [m for m in self.manager.hear(3) if "WATCHDOG" in m]
        self.assertGreaterEqual(len(fed), 3, "at least once a second")
        self.assertLessEqual(len(fed), 10, "not more often than a third of the interval")

        # Somebody else keeps the database's write lock: the engine hangs in its next commit.
        other = sqlite3.connect(self.database, isolation_level=None)
        self.addCleanup(other.close)
        other.execute("begin immediate")
        answers = []
        report = threading.Thread(target=lambda: answers.append(self.api(daemon, worker, "POST", "/api/v1/reports",
                                                                         FIRE)[0]))
        report.start()
        self.manager.hear(1)  # the turn before it
        self.assertFalse([m for m in self.manager.hear(2) if "WATCHDOG" in m], "the engine stands still")
        other.execute("rollback")
        report.join()
        self.assertEqual(answers, [201])
        self.manager.wait_for("WATCHDOG")


class ReloadTest(Office):
    def reload(self, daemon, refused=False):
        daemon.child.send_signal(signal.SIGHUP)
        daemon.err.wait_for("reload.refused" if refused else "reload.done")

    def anybody(self, daemon, path, host="localhost"):
        """(status, headers, body) without a token."""
        context = ssl.create_default_context(cafile=daemon.certificate)
        connection = http.client.HTTPSConnection(host, daemon.port, timeout=PATIENCE, context=context)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()

    def problems(self, daemon):
        return " ".join(json.loads(self.anybody(daemon, "/readyz")[2])["problems"])

    def test_live_settings_are_taken_and_the_others_are_named(self):
        self.write_config(CONSOLE)
        daemon = self.serve()
        self.assertIn("https.public_url is not set", self.problems(daemon))
        text = self.config.read_text(encoding="utf-8")
        self.config.write_text(text.replace("[https]\n", '[https]\nworkers = 3\nio_threads = 1\n'
                                            'public_url = "https://tocsin.office.example/"\n')
                               + '[[link]]\nname = "second"\nkind = "console"\n', encoding="utf-8")
        daemon.child.send_signal(signal.SIGHUP)
        daemon.err.wait_for("https.io_threads was changed; that takes effect at the next start")
        daemon.err.wait_for("link second was changed; that takes effect at the next start")
        daemon.err.wait_for("reload.done")
        self.assertFalse([line for line in daemon.err.all if "workers" in line])
        self.assertIn("phones do not trust the certificate for tocsin.office.example", self.problems(daemon))
        self.assertEqual(self.anybody(daemon, "/readyz")[0], 200)

    def test_a_broken_file_of_settings_changes_nothing_and_each_finding_has_its_place(self):
        self.write_config(CONSOLE)
        daemon = self.serve()
        text = self.config.read_text(encoding="utf-8")
        self.config.write_text(text.replace("[https]\n", '[https]\npublic_url = "http://office.example/x"\nprot = 1\n'),
                               encoding="utf-8")
        daemon.child.send_signal(signal.SIGHUP)
        lines = text.splitlines().index("[https]") + 2
        daemon.err.wait_for(f"tocsin.toml:{lines + 1}:1: error: unknown setting", "https.prot")
        daemon.err.wait_for(f"tocsin.toml:{lines}:14: error: https.public_url")
        daemon.err.wait_for("reload.refused")
        self.assertIn("https.public_url is not set", self.problems(daemon))
        desk = self.token("duty", "desk")
        metrics = self.raw(daemon, desk, "/metrics")
        self.assertIn("tocsin_reload_succeeded 0", metrics)
        self.config.write_text(text, encoding="utf-8")
        self.reload(daemon)
        self.assertIn("tocsin_reload_succeeded 1", self.raw(daemon, desk, "/metrics"))

    def raw(self, daemon, token, path):
        context = ssl.create_default_context(cafile=daemon.certificate)
        request = urllib.request.Request(daemon.url + path, headers={"Authorization": f"Bearer {token}"})
        with urllib.request.urlopen(request, timeout=PATIENCE, context=context) as answer:
            return answer.read().decode()

    def office_tls(self, *more):
        folder = self.folder / "tls"
        run("tls", "init", "--name", "localhost", "--out", folder, *more)
        return folder, (f'certificate = "{folder}/server.pem"\nkey = "{folder}/server.key"\n'
                        f'authority = "{folder}"\n')

    def write_tls_config(self, lines):
        self.write_config(CONSOLE)
        text = self.config.read_text(encoding="utf-8")
        self.config.write_text(text.replace("[https]\n", "[https]\n" + lines), encoding="utf-8")

    def test_a_renewed_certificate_is_taken_live_and_a_bad_one_is_not(self):
        folder, lines = self.office_tls()
        self.write_tls_config(lines)
        daemon = self.serve()

        def served():
            context = ssl.create_default_context(cafile=folder / "authority.pem")
            with socket.create_connection(("localhost", daemon.port), timeout=PATIENCE) as plain:
                with context.wrap_socket(plain, server_hostname="localhost") as secure:
                    return secure.getpeercert()["serialNumber"]

        first = served()
        run("tls", "renew", "--out", folder)
        self.assertEqual(served(), first)
        self.reload(daemon)
        second = served()
        self.assertNotEqual(second, first)
        good = (folder / "server.pem").read_text()
        (folder / "server.pem").write_text("nonsense")
        self.reload(daemon, refused=True)
        self.assertEqual(served(), second)
        (folder / "server.pem").write_text(good)
        os.chmod(folder / "server.key", 0o640)
        self.reload(daemon, refused=True)
        self.assertTrue([line for line in daemon.err.all if "server.key" in line and "mode 0640" in line])
        self.assertEqual(served(), second)

    def test_texts_may_carry_links_once_the_authority_is_on_the_phones(self):
        folder, lines = self.office_tls()
        self.write_tls_config(lines + 'public_url = "https://localhost:8443"\n')
        daemon = self.serve()
        daemon.certificate = folder / "authority.pem"
        self.assertIn("https.authority_installed is false", self.problems(daemon))
        desk = self.token("duty", "desk")
        self.assertIn("tocsin_links_may_be_sent 0", self.raw(daemon, desk, "/metrics"))
        text = self.config.read_text(encoding="utf-8")
        self.config.write_text(text.replace("[https]\n", "[https]\nauthority_installed = true\n"), encoding="utf-8")
        self.reload(daemon)
        self.assertNotIn("link", self.problems(daemon))
        metrics = self.raw(daemon, desk, "/metrics")
        self.assertIn("tocsin_links_may_be_sent 1", metrics)
        self.assertIn("tocsin_certificate_days_left 396", metrics)

    def test_a_certificate_that_the_machine_itself_trusts_lets_texts_carry_links(self):
        folder, lines = self.office_tls()
        lines = "\n".join(line for line in lines.splitlines() if "authority" not in line) + "\n"
        self.write_tls_config(lines + 'public_url = "https://localhost:8443"\n')
        daemon = self.serve()
        daemon.certificate = folder / "authority.pem"
        self.assertIn("phones do not trust the certificate for localhost", self.problems(daemon))
        self.assertEqual(daemon.stop(), 0)
        daemon = self.serve(SSL_CERT_FILE=str(folder / "authority.pem"))
        daemon.certificate = folder / "authority.pem"
        self.assertNotIn("link", self.problems(daemon))

    def test_findings_in_settings_and_plan_are_shown_together(self):
        self.plan = self.folder / "plan.toml"
        shutil.copy(TOWN / "plan.toml", self.plan)
        self.write_config(CONSOLE)
        daemon = self.serve()
        with open(self.config, "a", encoding="utf-8") as file:
            file.write("prot = 1\n")
        with open(self.plan, "a", encoding="utf-8") as file:
            file.write("\n[nonsense]\n")
        self.reload(daemon, refused=True)
        said = "\n".join(daemon.err.all)
        self.assertRegex(said, r"tocsin\.toml:\d+:\d+: error")
        self.assertRegex(said, r"plan\.toml:\d+:\d+: error")

    def test_phones_fetch_the_authority_without_signing_in(self):
        folder, lines = self.office_tls()
        self.write_tls_config(lines)
        daemon = self.serve()
        daemon.certificate = folder / "authority.pem"
        for path, name, kind in (("/install", "install.html", "text/html; charset=utf-8"),
                                 ("/install/authority.crt", "authority.crt", "application/x-x509-ca-cert"),
                                 ("/install/tocsin.mobileconfig", "tocsin.mobileconfig",
                                  "application/x-apple-aspen-config")):
            status, headers, body = self.anybody(daemon, path)
            self.assertEqual((status, headers["Content-Type"]), (200, kind))
            self.assertEqual(headers["Cache-Control"], "public, max-age=3600")
            self.assertEqual(body, (folder / name).read_bytes())
        self.assertIn("style-src 'sha256-", self.anybody(daemon, "/install")[1]["Content-Security-Policy"])
        for secret in ("/install/authority.key", "/install/server.key", "/install/../authority.key"):
            self.assertEqual(self.anybody(daemon, secret)[0], 404)

    def test_without_an_authority_there_is_nothing_to_install(self):
        self.write_config(CONSOLE)
        daemon = self.serve()
        self.assertEqual(self.anybody(daemon, "/install")[0], 404)


class SecretsTest(Office):
    LINK = ('[[link]]\nname = "carrier"\nkind = "smpp"\nhost = "127.0.0.1"\nport = 9\nsystem_id = "tocsin"\n'
            'password_file = "{}"\n')

    def test_a_password_file_that_others_can_read_is_refused_and_named_with_its_mode(self):
        secret = self.folder / "password"
        secret.write_text("secret\n")
        for mode in (0o644, 0o640, 0o606):
            os.chmod(secret, mode)
            self.write_config(self.LINK.format("password"))
            _, why = run("serve", "--config", self.config, code=1)
            self.assertIn(f"{secret} holds a secret, and others can get at it (mode 0{mode:o})", why)
        self.assertNotIn("secret\n", why)
        os.chmod(secret, 0o400)
        self.config.write_text(self.config.read_text().replace("password_file", 'password = "x"\npassword_file'))
        daemon = self.serve()
        daemon.err.wait_for("holds a password and anybody may read it")
        self.assertEqual(daemon.stop(), 0)
        self.write_config(self.LINK.format("password"))
        self.assertEqual(self.serve().stop(), 0)

    def test_a_credential_of_the_service_manager_is_found_by_its_name(self):
        self.write_config(self.LINK.format("credential:smpp-main"))
        _, why = run("serve", "--config", self.config, code=1)
        self.assertIn("LoadCredential=smpp-main", why)
        credentials = self.folder / "credentials"
        credentials.mkdir()
        (credentials / "smpp-main").write_text("secret\n")
        os.chmod(credentials / "smpp-main", 0o440)  # the mask of the manager's access list shows as the group's rights
        self.assertEqual(self.serve(CREDENTIALS_DIRECTORY=str(credentials)).stop(), 0)

    def test_a_credential_cannot_lead_out_of_its_folder(self):
        self.write_config(self.LINK.format("credential:../password"))
        _, why = run("serve", "--config", self.config, code=1)
        self.assertIn("a credential's name", why)

    def test_the_key_made_at_a_first_start_is_the_owners_alone(self):
        self.write_config(CONSOLE)
        self.assertEqual(self.serve().stop(), 0)
        self.assertEqual(stat.S_IMODE((self.folder / "certificate.key").stat().st_mode), 0o600)
        os.chmod(self.folder / "certificate.key", 0o604)
        _, why = run("serve", "--config", self.config, code=1)
        self.assertIn("mode 0604", why)
