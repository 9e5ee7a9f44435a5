"""Report in, submit_sm out, an answer back: through a message centre that we did not write."""

from support import Office, run, run_json, smpp_link, wait_until

STRANGER = "+8614400000077"


class SmppTest(Office):
    def on_air(self):
        """(daemon, message centre), bound to each other."""
        peer = self.peer()
        self.write_config(smpp_link(peer.port))
        daemon = self.serve()
        peer.lines.wait_for('"bound"')
        return daemon, peer

    @staticmethod
    def texts(peer, sender, text):
        peer.tell(do="mo", **{"from": sender, "to": "10690000", "text": text, "tag": "text"})
        peer.lines.wait_for('"mo_resp"', '"status":0')  # acknowledged only once stored

    def test_a_report_goes_out_as_submit_sm_and_the_answer_comes_back(self):
        daemon, peer = self.on_air()
        worker = self.token("reporter", "app", "--person", "worker")
        status, reply = self.api(daemon, worker, "POST", "/api/v1/reports",
                                 {"key": "e2e-smpp-0001", "hazard": "fire", "facts": {"trapped": 1}, "area": "lake"})
        self.assertEqual(status, 201, reply)
        code = reply["incident"]
        wait_until("the commander's message", lambda: peer.texts_to("+8614400000001"))
        self.assertIn(str(code), peer.texts_to("+8614400000001")[0]["text"])

        self.texts(peer, "+8614400000001", "2")

        def commander():
            return next(a for a in self.incident(code)["alerts"] if a["person"]["code"] == "commander")

        self.assertEqual((commander()["state"], commander()["answer"]), ("answered", "coming"))
        step = next(s for s in self.incident(code)["steps"] if s["name"] == "command")
        self.assertEqual((step["state"], step["coming"]), ("satisfied", 1))
        wait_until("the receipt", lambda: commander()["deliveries"][0]["state"] == "delivered")
        self.assertEqual(len(peer.texts_to("+8614400000001")), 1)

    def test_a_report_by_sms_opens_an_incident(self):
        _, peer = self.on_air()
        self.texts(peer, "+8614400000012", "东湖着火 1人被困")
        incident = self.incident(101)
        self.assertEqual((incident["hazard"], incident["facts"]), ("fire", {"trapped": 1}))
        wait_until("the receipt to the reporter", lambda: peer.texts_to("+8614400000012"))
        wait_until("the commander's message", lambda: peer.texts_to("+8614400000001"))

    def test_what_a_stranger_wrote_waits_for_the_desk_which_takes_it_over_once(self):
        daemon, peer = self.on_air()
        self.texts(peer, STRANGER, "东湖着火 1人被困")
        wait_until("the one answer", lambda: peer.texts_to(STRANGER))
        waiting = run_json("inbox", "list", "--database", self.database)
        self.assertEqual(([(m["from"], m["text"], m["incident"]) for m in waiting["messages"]], waiting["left_out"]),
                         ([(STRANGER, "东湖着火 1人被困", None)], 0))

        token = self.token("duty", "desk")
        for _ in range(2):
            run("inbox", "take", waiting["messages"][0]["id"], "--database", self.database, "--url", daemon.url,
                "--token", token, "--fingerprint", daemon.fingerprint)
        self.assertEqual((self.incident(101)["hazard"], len(self.incident(101)["reports"])), ("fire", 1))
        taken = run_json("inbox", "list", "--database", self.database)["messages"][0]
        self.assertEqual(taken["incident"], 101)
        self.assertNotIn("144000", taken["from"])

    def test_the_desk_takes_a_strangers_message_over_https_and_a_second_officer_learns_that_it_is_done(self):
        daemon, peer = self.on_air()
        self.texts(peer, STRANGER, "东湖着火 1人被困")
        first, second = self.token("duty", "desk"), self.token("duty", "desk-2")
        _, inbox = self.api(daemon, first, "GET", "/api/v1/inbox")
        self.assertEqual([(m["number"], m["text"], m["incident"]) for m in inbox["messages"]],
                         [(STRANGER, "东湖着火 1人被困", None)])
        take = f"/api/v1/inbox/{inbox['messages'][0]['message']}/take"
        known = {"facts": {"trapped": 2}, "area": "lake"}
        status, taken = self.api(daemon, first, "POST", take, known)
        self.assertEqual((status, taken["incident"], taken["opened"]), (201, 101, True))
        status, again = self.api(daemon, first, "POST", take, known)
        self.assertEqual((status, again["report"], again["repeated"]), (200, taken["report"], True))
        self.assertEqual(self.api(daemon, second, "POST", take, known)[0], 409)
        _, inbox = self.api(daemon, second, "GET", "/api/v1/inbox")
        self.assertEqual([(m["incident"], m["report"]) for m in inbox["messages"]], [(101, taken["report"])])
        self.assertNotIn("144000", inbox["messages"][0]["number"])
        self.assertEqual(self.incident(101)["facts"]["trapped"], 2)
