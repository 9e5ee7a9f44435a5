"""`tocsin tls`: an authority that OpenSSL follows, for its own names and no others; what phones are given."""

import pathlib
import plistlib
import re
import shutil
import stat
import subprocess
import tempfile
import unittest

from support import run, run_json

NAMES = ("tocsin.office.example", "192.0.2.7", "2001:db8::7")


def read_qr(svg, folder):
    """What a phone's camera would see in the page, drawn four pixels a module."""
    side = int(re.search(r'viewBox="0 0 (\d+) \1"', svg).group(1))
    rows = [[255] * side for _ in range(side)]
    for x, y, width in re.findall(r"M(\d+),(\d+)h(\d+)v1h-\3z", svg):
        for i in range(int(width)):
            rows[int(y)][int(x) + i] = 0
    picture = folder / "qr.pgm"
    with open(picture, "w", encoding="ascii") as file:
        file.write(f"P2 {side * 4} {side * 4} 255\n")
        for row in rows:
            line = " ".join(str(v) for v in row for _ in range(4))
            file.write((line + "\n") * 4)
    return subprocess.run(["zbarimg", "--quiet", "--raw", str(picture)], capture_output=True, text=True,
                          check=True).stdout.strip()


class TlsTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="tocsin-tls-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.tls = self.folder / "tls"

    def init(self, *names):
        options = [word for name in names for word in ("--name", name)]
        return run_json("tls", "init", *options, "--out", self.tls)

    def openssl(self, *words, good=True):
        done = subprocess.run(["openssl", *map(str, words)], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode == 0, good, done.stdout + done.stderr)
        return done.stdout

    def verify(self, certificate, *check, good=True):
        self.openssl("verify", "-CAfile", self.tls / "authority.pem", "-purpose", "sslserver", "-x509_strict", *check,
                     certificate, good=good)

    def test_the_chain_verifies_for_its_names_alone(self):
        made = self.init(*NAMES)
        server = self.tls / "server.pem"
        self.verify(server, "-verify_hostname", NAMES[0])
        self.verify(server, "-verify_ip", NAMES[1])
        self.verify(server, "-verify_ip", NAMES[2])
        self.verify(server, "-verify_hostname", "bank.example", good=False)
        said = self.openssl("x509", "-in", server, "-noout", "-fingerprint", "-sha256").strip().split("=")[1]
        self.assertEqual(said, made["server_fingerprint"])
        self.openssl("x509", "-in", server, "-noout", "-checkend", 396 * 86400)
        self.openssl("x509", "-in", server, "-noout", "-checkend", 398 * 86400, good=False)
        self.openssl("x509", "-in", self.tls / "authority.pem", "-noout", "-checkend", 3649 * 86400)

    def forge(self, names):
        """A certificate for other names, made with the authority's own key by somebody who stole it."""
        config = self.folder / "forge.cnf"
        config.write_text(f"basicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\nsubjectKeyIdentifier=hash\n"
                          f"authorityKeyIdentifier=keyid\nsubjectAltName={names}\n")
        key, request, forged = (self.folder / name for name in ("forged.key", "forged.csr", "forged.pem"))
        self.openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key,
                     "-subj", "/CN=forged", "-out", request)
        self.openssl("x509", "-req", "-in", request, "-CA", self.tls / "authority.pem", "-CAkey",
                     self.tls / "authority.key", "-days", "30", "-extfile", config, "-out", forged)
        return forged

    def test_whoever_steals_the_authority_cannot_play_another_site(self):
        self.init("tocsin.office.example")
        self.verify(self.forge("DNS:tocsin.office.example"))
        for names in ("DNS:bank.example", "DNS:tocsin.office.example,DNS:bank.example", "IP:198.51.100.1",
                      "IP:2001:db8::1"):
            self.verify(self.forge(names), good=False)

    def test_an_authority_of_addresses_alone_is_good_for_no_name(self):
        self.init("192.0.2.7")
        self.verify(self.tls / "server.pem", "-verify_ip", "192.0.2.7")
        for names in ("DNS:bank.example", "IP:192.0.2.8", "IP:2001:db8::1"):
            self.verify(self.forge(names), good=False)

    def test_keys_are_the_owners_alone_and_nothing_is_overwritten(self):
        self.init("tocsin.office.example")
        for name in ("authority.key", "server.key"):
            self.assertEqual(stat.S_IMODE((self.tls / name).stat().st_mode), 0o600)
        before = {file.name: file.read_bytes() for file in self.tls.iterdir()}
        _, why = run("tls", "init", "--name", "other.example", "--out", self.tls, code=1)
        self.assertIn("authority.key", why)
        self.assertEqual({file.name: file.read_bytes() for file in self.tls.iterdir()}, before)

    def test_a_folder_that_holds_part_of_it_gets_nothing_more(self):
        self.tls.mkdir()
        (self.tls / "install.html").write_text("mine")
        run("tls", "init", "--name", "tocsin.office.example", "--out", self.tls, code=1)
        self.assertEqual([file.name for file in self.tls.iterdir()], ["install.html"])

    def test_a_renewal_keeps_authority_names_and_key(self):
        made = self.init(*NAMES)
        key = (self.tls / "server.key").read_bytes()
        renewed = run_json("tls", "renew", "--out", self.tls)
        self.assertEqual(renewed["authority_fingerprint"], made["authority_fingerprint"])
        self.assertNotEqual(renewed["server_fingerprint"], made["server_fingerprint"])
        self.assertEqual((self.tls / "server.key").read_bytes(), key)
        for check in (("-verify_hostname", NAMES[0]), ("-verify_ip", NAMES[1]), ("-verify_ip", NAMES[2])):
            self.verify(self.tls / "server.pem", *check)
        run("tls", "renew", "--out", self.folder / "nowhere", code=2)

    def test_names_that_are_none_are_refused(self):
        for name in ("*.office.example", "office.example:8443", "https://office.example", "a,DNS:bank.example", "300.1.2.3",
                     "-a.example", ""):
            run("tls", "init", "--name", name, "--out", self.tls, code=2)
        self.assertFalse(self.tls.exists())

    def test_the_page_has_the_address_as_a_qr_code_in_both_languages_and_loads_nothing(self):
        made = self.init(*NAMES)
        page = (self.tls / "install.html").read_text(encoding="utf-8")
        self.assertEqual(read_qr(page, self.folder), "https://tocsin.office.example:8443/install")
        self.assertIn(made["authority_fingerprint"], page)
        self.assertIn('lang="zh"', page)
        self.assertIn('lang="en"', page)
        self.assertNotRegex(page, r"<script|src=|url\(|@import")

    def test_the_profile_is_a_property_list_that_carries_the_authority(self):
        self.init(*NAMES)
        profile = plistlib.loads((self.tls / "tocsin.mobileconfig").read_bytes())
        self.assertEqual((profile["PayloadType"], profile["PayloadVersion"]), ("Configuration", 1))
        root = profile["PayloadContent"][0]
        self.assertEqual(root["PayloadType"], "com.apple.security.root")
        self.assertEqual(root["PayloadContent"], (self.tls / "authority.crt").read_bytes())
        self.assertNotEqual(root["PayloadUUID"], profile["PayloadUUID"])
        self.openssl("x509", "-inform", "DER", "-in", self.tls / "authority.crt", "-noout")
