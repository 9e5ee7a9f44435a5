"""SIGTERM in the middle of everything: what is on the wire is waited for, the rest is given back, and the next start sends
it.  Nobody is told twice, nobody is forgotten, and no report that was answered 201 is lost."""

import http.client
import json
import signal
import sqlite3
import ssl
import threading
import time

from support import PATIENCE, PEOPLE, Crowd, number, run_json, smpp_link, wait_until

CLIENTS = 8


class Reporter(threading.Thread):
    """Sends one report after the other over one connection until the server is gone."""

    def __init__(self, daemon, token, name):
        super().__init__()
        self.name, self._port, self._token = name, daemon.port, token
        self._context = ssl.create_default_context(cafile=daemon.certificate)
        self.accepted, self.refused, self.open = [], [], None
        self.start()

    def body(self, key):
        return {"key": key, "hazard": "fire", "facts": {"serious": 1}, "area": "lake"}

    def run(self):
        connection = http.client.HTTPSConnection("localhost", self._port, timeout=PATIENCE, context=self._context)
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}
        try:
            for i in range(100000):
                self.open = f"e2e-stop-{self.name}-{i:05}"
                connection.request("POST", "/api/v1/reports", json.dumps(self.body(self.open)), headers)
                answer = connection.getresponse()
                answer.read()
                (self.accepted if answer.status == 201 else self.refused).append((self.open, answer.status))
                self.open = None
        except (OSError, http.client.HTTPException):
            pass  # `open` is the one whose end this client does not know
        finally:
            connection.close()


class StopTest(Crowd):
    def stopped_under_load(self, seconds):
        peer = self.peer("--answer-after", "100", "--receipt-after", "50")
        self.write_config(smpp_link(peer.port, "window = 3\n"))
        text = self.config.read_text(encoding="utf-8")
        self.config.write_text(text.replace("[https]\n", "[https]\nreports_per_second = 0\nrequests_per_second = 0\n"),
                               encoding="utf-8")
        daemon = self.serve()
        tokens = [self.token("reporter", f"app-{i}", "--person", "worker") for i in range(CLIENTS)]
        peer.lines.wait_for('"bound"')
        status, reply = self.api(daemon, tokens[0], "POST", "/api/v1/reports",
                                 {"key": "e2e-stop-0001", "hazard": "fire", "facts": {"trapped": 5}, "area": "lake"})
        self.assertEqual(status, 201, reply)
        clients = [Reporter(daemon, token, f"client{i}") for i, token in enumerate(tokens)]
        wait_until("load", lambda: all(client.accepted for client in clients))
        time.sleep(seconds)  # where in the sending the signal falls is what the test is about
        daemon.child.send_signal(signal.SIGTERM)
        self.assertEqual(daemon.child.wait(timeout=PATIENCE), 0)
        for client in clients:
            client.join()
            self.assertLessEqual({status for _, status in client.refused}, {503})
        return peer, reply["incident"], clients

    def everything_is_there_once(self, peer, code, clients):
        stopped = self.incident(code)
        states = [d["state"] for a in stopped["alerts"] for d in a["deliveries"] if d["channel"] == "sms"]
        self.assertNotIn("claimed", states)
        self.assertNotIn("unknown", states, "a stop in good order knows the end of everything")
        sent_before = sum(len(peer.texts_to(number(i))) for i in range(PEOPLE))
        self.assertLess(sent_before, PEOPLE, "stopped in the middle")
        self.assertIn("queued", states, "given back")

        daemon = self.serve()
        worker = self.token("reporter", "again", "--person", "worker")
        wait_until("everybody told", lambda: all(peer.texts_to(number(i)) for i in range(PEOPLE)), patience=60)
        desk = self.token("duty", "desk")
        for client in clients:
            if client.open is None:
                continue
            status, reply = self.api(daemon, worker, "POST", "/api/v1/reports", client.body(client.open))
            self.assertEqual(status, 201, reply)  # another token: the key is this reporter's own
        wait_until("no delivery owed", lambda: self.api(daemon, desk, "GET", "/api/v1/status")[1]["owed"] == 0)
        self.assertEqual(daemon.stop(), 0)
        for i in range(PEOPLE):
            self.assertEqual(len(peer.texts_to(number(i))), 1, f"{number(i)} exactly once")
        self.assertTrue(run_json("record", "verify", "--database", self.database)["whole"])
        return stopped

    def accepted_are_kept(self, clients):
        database = sqlite3.connect(self.database)
        kept = dict(database.execute("select reporter_key, count(*) from report where reporter_key like 'e2e-stop-%' "
                                     "and reporter <> 'again' group by 1"))
        database.close()
        accepted = [key for client in clients for key, _ in client.accepted]
        self.assertGreater(len(accepted), CLIENTS)
        for key in accepted:
            self.assertEqual(kept.pop(key, 0), 1, key)
        kept.pop("e2e-stop-0001", None)
        unknown = {client.open for client in clients}
        self.assertLessEqual(set(kept), unknown, "what is there besides was on its way when the server went")

    def test_stopped_among_the_first_messages(self):
        peer, code, clients = self.stopped_under_load(0.1)
        self.everything_is_there_once(peer, code, clients)
        self.accepted_are_kept(clients)

    def test_stopped_half_way(self):
        peer, code, clients = self.stopped_under_load(0.6)
        self.everything_is_there_once(peer, code, clients)
        self.accepted_are_kept(clients)
