"""A message centre that has lost its mind: whatever it sends, the daemon's memory stays flat and the bell still rings.

TOCSIN_GARBAGE_SECONDS=60 has it go on for a minute (4 s unless told); what was seen is printed.
"""

import os
import random
import socket
import struct
import threading
import time
import unittest

from support import CONSOLE, PATIENCE, Office, smpp_link, wait_until

SECONDS = float(os.environ.get("TOCSIN_GARBAGE_SECONDS", "4"))
MOST = 160   # MiB in all: what it may hold of others' unfinished business, however long it goes on
DRIFT = 8    # MiB in the second half of a minute or more, when all that is bounded has been filled

# SMPP 3.4, 5.1.2.1
GENERIC_NACK, SUBMIT_SM_RESP, DELIVER_SM, ENQUIRE_LINK, DATA_SM = 0x80000000, 0x80000004, 5, 0x15, 0x103
BIND_TRANSCEIVER_RESP = 0x80000009


def pdu(command, body=b"", status=0, sequence=1, length=None):
    return struct.pack(">IIII", len(body) + 16 if length is None else length, command, status, sequence) + body


def deliver(sender, octets, esm_class=0, coding=0, tlvs=b"", sequence=1):
    body = (b"\0\x01\x01" + sender + b"\0" + b"\0\0" + b"10690000\0" + bytes((esm_class, 0, 0)) + b"\0\0" +
            bytes((0, 0, coding, 0, len(octets))) + octets + tlvs)
    return pdu(DELIVER_SM, body, sequence=sequence)


def some(chance, low, high):
    return chance.randbytes(chance.randint(low, high))


def a_number(chance):
    return b"861440000%04d" % chance.randrange(10000)


# One kind of garbage each: some PDUs, made of `chance`.
def noise(chance):
    return some(chance, 1, 4096)


def lying_lengths(chance):
    return pdu(chance.choice((DELIVER_SM, ENQUIRE_LINK)), some(chance, 0, 64), length=chance.choice((0, 15, 2**31, 2**32 - 1, 70000)))


def unknown_commands(chance):
    return b"".join(pdu(chance.randrange(2**32), some(chance, 0, 300), sequence=i) for i in range(50))


def broken_bodies(chance):
    return b"".join(pdu(chance.choice((DELIVER_SM, DATA_SM, SUBMIT_SM_RESP)), some(chance, 0, 300), sequence=i) for i in range(50))


def halves(chance):
    """First parts of long messages whose other parts never come."""
    return b"".join(deliver(a_number(chance), b"\x06\x08\x04" + chance.randbytes(2) + b"\xff\x01" + some(chance, 100, 130), 0x40,
                            chance.choice((0, 4, 8)), sequence=i) for i in range(50))


def nobodys_receipts(chance):
    return b"".join(deliver(a_number(chance), b"id:%d sub:001 dlvrd:001 submit date:2601010000 done date:2601010000 stat:DELIVRD err:000 text:"
                            % chance.randrange(2**60), 4, sequence=i) for i in range(50))


def long_payloads(chance):
    return deliver(a_number(chance), b"", 0, 0, struct.pack(">HH", 0x0424, 60000) + bytes(chance.choices(b"abcdefgh ", k=60000)))


def strangers(chance):
    return b"".join(deliver(b"86144%08d" % chance.randrange(10**8), bytes(chance.choices(b"fire lake help 12", k=100)), sequence=i)
                    for i in range(50))


def questions(_):
    return b"".join(pdu(ENQUIRE_LINK, sequence=i) for i in range(500))


def answers_to_nothing(chance):
    return b"".join(pdu(chance.choice((SUBMIT_SM_RESP, GENERIC_NACK)), b"x\0", sequence=chance.randrange(2**32)) for i in range(100))


BREAKING = (noise, lying_lengths)  # after these the other side hangs up
BEARABLE = (unknown_commands, broken_bodies, halves, nobodys_receipts, long_payloads, strangers, questions, answers_to_nothing)
BURST = 0.1  # seconds of each kind, in turn


class Mad:
    """Binds whoever comes and sends garbage of each kind in turn; at last some that no connection survives."""

    def __init__(self):
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.raving, self.over = True, False
        self.octets = {kind: 0 for kind in BREAKING + BEARABLE}
        self.connections = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while not self.over:
            try:
                peer, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(peer, self.connections), daemon=True).start()

    def _serve(self, peer, seed):
        chance = random.Random(seed)
        with peer:
            try:
                peer.settimeout(PATIENCE)
                if len(peer.recv(4096)) < 16:
                    return
                peer.sendall(pdu(BIND_TRANSCEIVER_RESP, b"mad\0"))
                kinds = chance.sample(BEARABLE, 4) + [chance.choice(BREAKING)]
                while kinds and not self.over:
                    self._send(peer, kinds.pop(0), chance)
            except OSError:
                pass  # it hung up, or took no more

    def _send(self, peer, kind, chance):
        pool = [kind(chance) for _ in range(20)]  # making garbage is slower than reading it: some of it comes again
        until = time.monotonic() + BURST
        while self.raving and time.monotonic() < until:
            garbage = chance.choice(pool)
            peer.settimeout(1.0)
            peer.sendall(garbage)
            self.octets[kind] += len(garbage)
            try:
                peer.settimeout(0.001)
                peer.recv(1 << 20)
            except TimeoutError:
                pass

    def stop(self):
        self.over = True
        self._listener.close()


def resident(pid):
    """MiB"""
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024


class GarbageTest(Office):
    def test_a_minute_of_garbage_changes_neither_the_memory_nor_the_bell(self):
        mad = Mad()
        self.addCleanup(mad.stop)
        self.write_config(smpp_link(mad.port, "binds = 8\n") + CONSOLE)
        daemon = self.serve()
        worker = self.token("reporter", "app", "--person", "worker")
        wait_until("each kind once", lambda: all(mad.octets.values()))
        peaks = []
        for _ in range(2):
            until = time.monotonic() + SECONDS / 2
            peaks.append(0)
            while time.monotonic() < until:
                time.sleep(0.05)
                peaks[-1] = max(peaks[-1], resident(daemon.child.pid))
        mad.raving = False
        print(f"\n{SECONDS:.0f} s, {mad.connections} connections: at most {peaks[0]:.0f} MiB, then {peaks[1]:.0f}; MB sent: " +
              ", ".join(f"{kind.__name__} {octets / 1e6:.2f}" for kind, octets in mad.octets.items()))
        self.assertLess(max(peaks), MOST)
        if SECONDS >= 60:
            self.assertLess(peaks[1], peaks[0] + DRIFT)

        self.assertIsNone(daemon.child.poll())
        status, reply = self.api(daemon, worker, "POST", "/api/v1/reports",
                                 {"key": "e2e-garbage-1", "hazard": "fire", "facts": {"trapped": 1}, "area": "lake"})
        self.assertEqual(status, 201, reply)
        daemon.out.wait_for("+8614400000001", str(reply["incident"]))


if __name__ == "__main__":
    unittest.main()
