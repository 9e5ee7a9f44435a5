"""Report in, submit_sm out, an answer back: through a message centre that we did not write."""

from support import Office, smpp_link, wait_until


class SmppTest(Office):
    def test_a_report_goes_out_as_submit_sm_and_the_answer_comes_back(self):
        peer = self.peer()
        self.write_config(smpp_link(peer.port))
        daemon = self.serve()
        worker = self.token("reporter", "app", "--person", "worker")
        peer.lines.wait_for('"bound"')
        status, reply = self.api(daemon, worker, "POST", "/api/v1/reports",
                                 {"key": "e2e-smpp-0001", "hazard": "fire", "facts": {"trapped": 1}, "area": "lake"})
        self.assertEqual(status, 201, reply)
        code = reply["incident"]
        wait_until("the commander's message", lambda: peer.texts_to("+8614400000001"))
        self.assertIn(str(code), peer.texts_to("+8614400000001")[0]["text"])

        peer.tell(do="mo", **{"from": "+8614400000001", "to": "10690000", "text": "2", "tag": "answer"})
        peer.lines.wait_for('"mo_resp"', '"status":0')  # acknowledged only once stored

        def commander():
            return next(a for a in self.incident(code)["alerts"] if a["person"]["code"] == "commander")

        self.assertEqual((commander()["state"], commander()["answer"]), ("answered", "coming"))
        step = next(s for s in self.incident(code)["steps"] if s["name"] == "command")
        self.assertEqual((step["state"], step["coming"]), ("satisfied", 1))
        wait_until("the receipt", lambda: commander()["deliveries"][0]["state"] == "delivered")
        self.assertEqual(len(peer.texts_to("+8614400000001")), 1)

    def test_a_report_by_sms_opens_an_incident(self):
        peer = self.peer()
        self.write_config(smpp_link(peer.port))
        self.serve()
        peer.lines.wait_for('"bound"')
        peer.tell(do="mo", **{"from": "+8614400000012", "to": "10690000", "text": "东湖着火 1人被困", "tag": "report"})
        peer.lines.wait_for('"mo_resp"', '"status":0')
        incident = self.incident(101)
        self.assertEqual((incident["hazard"], incident["facts"]), ("fire", {"trapped": 1}))
        wait_until("the receipt to the reporter", lambda: peer.texts_to("+8614400000012"))
        wait_until("the commander's message", lambda: peer.texts_to("+8614400000001"))
