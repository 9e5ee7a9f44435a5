"""What the end-to-end tests share: the built program, a daemon of it, its API, a message centre.

Everything here waits for an event with a deadline; nothing sleeps for a guessed time.
"""

import http.client
import json
import os
import pathlib
import queue
import shutil
import signal
import ssl
import subprocess
import tempfile
import threading
import time
import unittest

PROGRAM = os.environ["TOCSIN_PROGRAM"]
ROOT = pathlib.Path(os.environ["TOCSIN_SOURCE_DIR"])
TOWN = ROOT / "tests" / "support" / "town"
SAMPLE = ROOT / "plans" / "sample-subdistrict"
os.environ["LC_ALL"] = "C.UTF-8"  # findings are said in the reader's language: here English, wherever this runs
PATIENCE = 30.0  # seconds, for what should come at once on an idle machine


def run(*words, code=0):
    """Runs the program; fails when it ends with another code.  Returns (standard output, standard error)."""
    done = subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True, timeout=60, check=False)
    if code is not None and done.returncode != code:
        raise AssertionError(f"{words}: ended with {done.returncode}, not {code}\n{done.stdout}\n{done.stderr}")
    return done.stdout, done.stderr


def run_json(*words, code=0):
    return json.loads(run(*words, "--json", code=code)[0])


def wait_until(what, true, patience=PATIENCE):
    end = time.monotonic() + patience
    while True:
        found = true()
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError(f"not within {patience} s: {what}")
        time.sleep(0.02)


class Lines:
    """The lines a child writes, kept as they come."""

    def __init__(self, stream):
        self.all = []
        self._new = queue.Queue()
        self._stream = stream
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self):
        for line in self._stream:
            line = line.rstrip("\n")
            self.all.append(line)
            self._new.put(line)
        self._new.put(None)
        self._stream.close()

    def wait_for(self, *parts):
        """The next line (not asked for before) with all of these in it."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                line = self._new.get(timeout=max(0.01, end - time.monotonic()))
            except queue.Empty as none:
                raise AssertionError(f"no line with {parts}; all: {self.all}") from none
            if line is None:
                raise AssertionError(f"it ended without a line with {parts}; all: {self.all}")
            if all(part in line for part in parts):
                return line


class Peer:
    """The SMPP centre of tests/e2e/peers on the npm package smpp."""

    def __init__(self, *options):
        folder = ROOT / "tests" / "e2e" / "peers"
        if not (folder / "node_modules" / "smpp").exists():
            raise AssertionError("run `npm ci --ignore-scripts` in tests/e2e/peers (./dev setup does)")
        self._child = subprocess.Popen(["node", str(folder / "smsc.js"), *options], stdin=subprocess.PIPE,
                                       stdout=subprocess.PIPE, text=True)
        self.lines = Lines(self._child.stdout)
        self.port = json.loads(self.lines.wait_for('"listening"'))["port"]

    def tell(self, **command):
        self._child.stdin.write(json.dumps(command) + "\n")
        self._child.stdin.flush()

    def events(self, name):
        return [e for e in (json.loads(line) for line in list(self.lines.all)) if e["event"] == name]

    def texts_to(self, number):
        """One per message: of a long one its first part stands for all (a part of it has reference, total, number)."""
        return [e for e in self.events("submit") if e["to"] == number and e["udh"][-2:] in ("", "01")]

    def close(self):
        self._child.kill()
        self._child.wait()
        self._child.stdin.close()


class Daemon:
    def __init__(self, config, **environment):
        self.child = subprocess.Popen([PROGRAM, "serve", "--config", str(config)], stdout=subprocess.PIPE,
                                      stderr=subprocess.PIPE, text=True, env={**os.environ, **environment})
        self.out = Lines(self.child.stdout)
        self.err = Lines(self.child.stderr)
        try:
            self.url = self.out.wait_for("serves https://").split()[-1]
            words = self.out.wait_for("certificate ").split()
        except AssertionError as wrong:
            self.kill()
            raise AssertionError(f"{wrong}\n" + "\n".join(self.err.all)) from None
        self.certificate, self.fingerprint = words[1], words[-1]
        self.port = int(self.url.rsplit(":", 1)[1])

    def stop(self):
        self.child.send_signal(signal.SIGTERM)
        return self.child.wait(timeout=PATIENCE)

    def kill(self):
        if self.child.poll() is None:
            self.child.kill()
        self.child.wait()


class Office(unittest.TestCase):
    """A folder of its own with settings, plan and directory; what was started is ended."""

    plan = TOWN / "plan.toml"
    sheets = TOWN / "directory"

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="tocsin-e2e-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.database = self.folder / "tocsin.db"
        self.config = self.folder / "tocsin.toml"

    def write_config(self, links, port=0, more=""):
        self.config.write_text(
            f'database = "tocsin.db"\nplan = "{self.plan}"\ndirectory = "{self.sheets}"\n{more}\n'
            f"[https]\nport = {port}\n[store]\nballast_mb = 0\n{links}", encoding="utf-8")

    def serve(self, **environment):
        daemon = Daemon(self.config, **environment)
        self.addCleanup(daemon.kill)
        return daemon

    def peer(self, *options):
        peer = Peer(*options)
        self.addCleanup(peer.close)
        return peer

    def token(self, role, name, *more):
        return run("token", "add", "--database", self.database, "--role", role, "--name", name, *more)[0].strip()

    def api(self, daemon, token, method, path, body=None):
        """(status, value): over TLS, the daemon's own certificate checked and nothing else trusted."""
        context = ssl.create_default_context(cafile=daemon.certificate)
        connection = http.client.HTTPSConnection("localhost", daemon.port, timeout=PATIENCE, context=context)
        try:
            headers = {"Authorization": f"Bearer {token}"}
            text = None
            if body is not None:
                headers["Content-Type"] = "application/json"
                text = json.dumps(body)
            connection.request(method, path, text, headers)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read() or b"null")
        finally:
            connection.close()

    def incident(self, code):
        """As the database has it, daemon or not."""
        return run_json("incident", "show", code, "--database", self.database)


PEOPLE = 40


def number(i):
    return f"+861440000{1000 + i}"


class Crowd(Office):
    """Forty more people in the rescue unit, told by the level that `trapped = 5` reaches."""

    def setUp(self):
        super().setUp()
        self.sheets = self.folder / "sheets"
        shutil.copytree(TOWN / "directory", self.sheets)
        for name, line in (("persons", "many-{0},救援{0},zh,,\n"),
                           ("contacts", "many-{0},1,mobile,{1},,2026-01-01,form,\n"),
                           ("unit_members", "rescue,many-{0}\n")):
            with open(self.sheets / f"{name}.csv", "a", encoding="utf-8") as sheet:
                for i in range(PEOPLE):
                    sheet.write(line.format(i, number(i)[3:]))

    def alerts(self, code):
        found = {}
        for alert in self.incident(code)["alerts"]:
            person = alert["person"]["code"]
            if person.startswith("many-"):
                found[int(person[5:])] = alert
        return found


CONSOLE = '[[link]]\nname = "console"\nkind = "console"\nwhole_numbers = true\n'


def smpp_link(port, more=""):
    return ('[[link]]\nname = "carrier"\nkind = "smpp"\nhost = "127.0.0.1"\n'
            f'port = {port}\nsystem_id = "tocsin"\npassword = "secret"\nsource_addr = "10690000"\n{more}')
