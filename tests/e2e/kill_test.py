"""kill -9 between acceptance and sending: everything owed is sent, nothing settled is sent again.

The centre is slow, so that the kill falls among messages that wait, that are on the wire and that are done.
"""

import collections
import time

from support import PEOPLE, Crowd, number, run_json, smpp_link, wait_until

class KillTest(Crowd):
    def killed_after(self, *seconds_after_acceptance):
        peer = self.peer("--answer-after", "150", "--receipt-after", "50")
        self.write_config(smpp_link(peer.port, "window = 3\n"))
        daemon = self.serve()
        worker = self.token("reporter", "app", "--person", "worker")
        peer.lines.wait_for('"bound"')
        status, reply = self.api(daemon, worker, "POST", "/api/v1/reports",
                                 {"key": "e2e-kill-0001", "hazard": "fire", "facts": {"trapped": 5}, "area": "lake"})
        self.assertEqual(status, 201, reply)
        settled = None
        for seconds in seconds_after_acceptance:
            time.sleep(seconds)  # the instant of the kill is what the test is about
            told = [i for i in range(PEOPLE) if peer.texts_to(number(i))]
            if told and settled is None and seconds > 0.3:
                settled = told[0]
                peer.tell(do="mo", **{"from": number(settled), "to": "10690000", "text": "2", "tag": "settled"})
                peer.lines.wait_for('"mo_resp"', '"status":0')
            daemon.kill()
            peer.lines.wait_for('"closed"')  # it has read, and said, all that was sent to it
            accepted = self.handed_over(reply["incident"])
            before = {i: len(peer.texts_to(number(i))) for i in range(PEOPLE)}
            daemon = self.serve()
        self.all_is_sent(peer, reply["incident"])
        for i in accepted:  # what the carrier was known to have at the last kill
            self.assertEqual(len(peer.texts_to(number(i))), before[i], f"sent again to {number(i)}")
        if settled is not None:
            self.assertEqual(len(peer.texts_to(number(settled))), before[settled])
        self.assertEqual(daemon.stop(), 0)
        self.each_repeat_is_explained(peer, reply["incident"])
        self.assertTrue(run_json("record", "verify", "--database", self.database)["whole"])

    def handed_over(self, code):
        return [i for i, alert in self.alerts(code).items()
                if any(d["channel"] == "sms" and d["state"] in ("accepted", "delivered") for d in alert["deliveries"])]

    def all_is_sent(self, peer, code):
        def owed():
            alerts = self.alerts(code)
            # Claimed twice and killed twice: the ladder has climbed to the desk's call.
            return len(alerts) == PEOPLE and all(
                any(d["state"] in ("accepted", "delivered") for d in a["deliveries"]) for a in alerts.values())

        wait_until("everybody told", owed, patience=60)
        for i, alert in self.alerts(code).items():
            by_call = any(d["channel"] == "desk_call" for d in alert["deliveries"])
            self.assertTrue(peer.texts_to(number(i)) or by_call, f"nobody told {number(i)}")

    def each_repeat_is_explained(self, peer, code):
        for i, alert in self.alerts(code).items():
            states = collections.Counter(d["state"] for d in alert["deliveries"] if d["channel"] == "sms")
            sent = len(peer.texts_to(number(i)))
            self.assertLessEqual(sent, 1 + states["unknown"], f"{number(i)}: {alert}")

    def test_killed_at_once(self):
        self.killed_after(0)

    def test_killed_among_the_first_messages(self):
        self.killed_after(0.2)

    def test_killed_half_way(self):
        self.killed_after(1.0)

    def test_killed_while_the_centre_does_not_answer(self):
        peer = self.peer()
        self.write_config(smpp_link(peer.port, "window = 5\n"))
        daemon = self.serve()
        worker = self.token("reporter", "app", "--person", "worker")
        peer.lines.wait_for('"bound"')
        peer.tell(do="silent")
        peer.lines.wait_for('"did"', "silent")
        status, reply = self.api(daemon, worker, "POST", "/api/v1/reports",
                                 {"key": "e2e-kill-0002", "hazard": "fire", "facts": {"trapped": 5}, "area": "lake"})
        self.assertEqual(status, 201, reply)
        wait_until("a full window", lambda: len(peer.events("unanswered")) >= 5)
        daemon.kill()
        peer.lines.wait_for('"closed"')
        self.assertEqual(self.handed_over(reply["incident"]), [])
        peer.tell(do="speak")
        peer.lines.wait_for('"did"', "speak")
        daemon = self.serve()
        self.all_is_sent(peer, reply["incident"])
        self.assertEqual({len(peer.texts_to(number(i))) for i in range(PEOPLE)}, {1})
        self.assertEqual(daemon.stop(), 0)
        unknown = [i for i, alert in self.alerts(reply["incident"]).items()
                   if any(d["state"] == "unknown" for d in alert["deliveries"])]
        self.assertTrue(unknown)  # what was on the wire is said to have no known end, and was told once more
        self.assertTrue(run_json("record", "verify", "--database", self.database)["whole"])

    def test_killed_three_times(self):
        self.killed_after(0.4, 0.3, 0.5)
