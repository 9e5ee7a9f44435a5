#include "gateway/app/settings.h"

#include <gmock/gmock.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "gateway/app/link_kinds.h"

namespace tocsin::app {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string all(const ReadSettings& read) {
  std::string text;
  for (const auto& finding : read.findings) text += base::render(finding, read.source);
  return text;
}

TEST(SettingsTest, NothingGivenMeansTheDefaults) {
  const auto read = read_settings_text("", "t.toml");
  EXPECT_THAT(read.findings, IsEmpty());
  EXPECT_EQ(read.settings.https.port, 8443);
  EXPECT_EQ(read.settings.https.address, "127.0.0.1");
  EXPECT_THAT(read.settings.links, IsEmpty());
}

TEST(SettingsTest, EveryKindOfValueIsRead) {
  const auto read = read_settings_text(R"(
log_level = "debug"
office.area_code = "539"
https.port = 0
engine.link_patience = "1m30s"
[[link]]
name = "carrier"
kind = "smpp"
host = "smsc.example"
rate = 20
receipts = false
)",
                                       "t.toml");
  EXPECT_EQ(all(read), "");
  EXPECT_EQ(read.settings.dialing.area_code, "539");
  EXPECT_EQ(read.settings.https.port, 0);
  EXPECT_EQ(read.settings.engine.link_patience, 90s);
  ASSERT_THAT(read.settings.links, SizeIs(1));
  EXPECT_EQ(read.settings.links[0].rate, 20);
  EXPECT_FALSE(read.settings.links[0].receipts);
}

TEST(SettingsTest, AllMistakesAreFoundAtOnceEachAtItsLine) {
  const auto read = read_settings_text(R"(log_lvel = "info"
https.port = 70000
store.ballast_mb = "many"
engine.link_patience = 30
[[link]]
kind = "smpp"
[[link]]
name = "b"
kind = "smpp"
[[link]]
name = "c"
kind = "smpp"
host = "smsc.example"
whole_numbers = true
[[link]]
name = "a"
kind = "pigeon"
)",
                                       "t.toml");
  const auto text = all(read);
  EXPECT_THAT(text, HasSubstr("t.toml:1:1: error: unknown setting \"log_lvel\""));
  EXPECT_THAT(text, HasSubstr("did you mean \"log_level\"?"));
  EXPECT_THAT(text, HasSubstr("t.toml:2:14: error: https.port: expected a whole number from 0 to 65535"));
  EXPECT_THAT(text, HasSubstr("t.toml:3:20: error: store.ballast_mb: expected a whole number"));
  EXPECT_THAT(text, HasSubstr("t.toml:4:24: error: engine.link_patience: expected a duration"));
  EXPECT_THAT(text, HasSubstr("a link needs a name"));
  EXPECT_THAT(text, HasSubstr("link b: host: the centre's host is missing"));
  EXPECT_THAT(text, HasSubstr("t.toml:17:8: error: unknown kind of link \"pigeon\"; expected console, smpp, modem, "
                              "http, webhook or email"));
}

TEST(SettingsTest, TwoLinksOfOneNameAndAnUnknownLogLevelAreRefused) {
  const auto read = read_settings_text(
      "log_level = \"loud\"\n[[link]]\nname = \"a\"\nkind = \"console\"\n[[link]]\nname = \"a\"\nkind = \"console\"\n",
      "t.toml");
  EXPECT_THAT(all(read), HasSubstr("expected debug, info, warning or error"));
  EXPECT_THAT(all(read), HasSubstr("two links are called \"a\""));
}

TEST(SettingsTest, WhatAnOfficeWantsOfALinkIsReadForEveryKind) {
  const auto read = read_settings_text(
      "[[link]]\nname = \"a\"\npriority = 1\nweight = 3\nper_hour = 100\nper_day = 1000\ncarrier = \"north\"\n"
      "probe_number = \"+8614400000099\"\nprobe_every = \"10m\"\n"
      "[[link]]\nname = \"b\"\nprefixes = \"+86144, +86145\"\n",
      "t");
  ASSERT_EQ(all(read), "");
  const auto a = policy_of(read.settings.links[0]), b = policy_of(read.settings.links[1]);
  EXPECT_EQ(a.priority, 1);
  EXPECT_EQ(a.weight, 3);
  EXPECT_EQ(a.per_hour, 100);
  EXPECT_EQ(a.per_day, 1000);
  EXPECT_EQ(a.carrier, "north");
  EXPECT_EQ(a.probe_number, "+8614400000099");
  EXPECT_EQ(a.probe_every, 10min);
  EXPECT_THAT(b.prefixes, ElementsAre("+86144", "+86145"));
}

TEST(SettingsTest, APrefixIsANumberAndSomeLinkCarriesAllOthers) {
  const auto finding = [](const char* text) { return all(read_settings_text(text, "t")); };
  EXPECT_THAT(finding("[[link]]\nname = \"a\"\n[[link]]\nname = \"b\"\nprefixes = \"144\"\n"),
              HasSubstr("t:5:12: error: link b: prefixes: expected numbers such as +86144"));
  EXPECT_THAT(finding("[[link]]\nname = \"a\"\nprefixes = \"+86144\"\n"), HasSubstr("no-general-link"));
  EXPECT_THAT(finding("[[link]]\nname = \"a\"\nprobe_number = \"+86\"\n"), HasSubstr("link a: probe_number"));
}

TEST(SettingsTest, BrokenTomlIsAFindingAndBytesWithoutEndAreRefused) {
  EXPECT_THAT(all(read_settings_text("a = \n", "t.toml")), HasSubstr("t.toml:1:"));
  EXPECT_THAT(all(read_settings_text(std::string(2 * 1024 * 1024, '#'), "t.toml")), HasSubstr("more than 1 MiB"));
}

TEST(SettingsTest, RelativePathsCountFromTheFoldersOwnPlace) {
  std::string folder = (std::filesystem::temp_directory_path() / "tocsin-settings-XXXXXX").string();
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  std::ofstream(folder + "/t.toml") << "database = \"x/../t.db\"\nplan = \"/srv/plan.toml\"\n";
  const auto read = read_settings(folder + "/t.toml");
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->settings.database, folder + "/t.db");
  EXPECT_EQ(read->settings.plan, "/srv/plan.toml");
  EXPECT_EQ(read->settings.directory, "");
  EXPECT_FALSE(read_settings(folder).ok());
  std::filesystem::remove_all(folder);
}

TEST(SettingsTest, APublicUrlIsAnHttpsServerAndNothingMore) {
  EXPECT_EQ(read_settings_text("https.public_url = \"https://Office.example:443/\"", "t.toml").settings.public_url,
            "https://office.example");
  const auto tiles = read_settings_text("[map]\ntiles = \"http://tiles.example/{z}/{x}/{y}.png\"\n", "t.toml");
  EXPECT_THAT(all(tiles), HasSubstr("t.toml:2:9: error: map.tiles: expected such as https://"));
  const auto wrong = read_settings_text("[https]\npublic_url = \"https://office.example/app?x\"\n", "t.toml");
  EXPECT_THAT(all(wrong), HasSubstr("t.toml:2:14: error: https.public_url: expected https://"));
}

TEST(SettingsTest, ACredentialIsNoPath) {
  std::string folder = (std::filesystem::temp_directory_path() / "tocsin-settings-XXXXXX").string();
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  std::ofstream(folder + "/t.toml") << "https.key = \"credential:tls-key\"\nhttps.authority = \"tls\"\n";
  const auto read = read_settings(folder + "/t.toml");
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->settings.https.key_file, "credential:tls-key");
  EXPECT_EQ(read->settings.authority, folder + "/tls");
  EXPECT_EQ(read->settings.file, folder + "/t.toml");
  std::filesystem::remove_all(folder);
}

TEST(SettingsTest, OfChangedSettingsTheLiveOnesAreTakenAndTheOthersNamed) {
  auto running =
      read_settings_text("[[link]]\nname = \"a\"\nkind = \"smpp\"\nhost = \"x\"\n[[link]]\nname = \"b\"\n", "t")
          .settings;
  const auto fresh = read_settings_text(
                         "database = \"other.db\"\nplan = \"new.toml\"\nlog_level = \"debug\"\n"
                         "[https]\nport = 1\nworkers = 3\nconnections = 99\n"
                         "[[link]]\nname = \"a\"\nkind = \"smpp\"\nhost = \"y\"\n[[link]]\nname = \"b\"\n"
                         "[[link]]\nname = \"c\"\n",
                         "t")
                         .settings;
  EXPECT_THAT(take_live_settings(running, fresh), ::testing::ElementsAre("database", "https.port", "link a", "link c"));
  EXPECT_EQ(running.plan, "new.toml");
  EXPECT_EQ(running.log_level, "debug");
  EXPECT_EQ(running.https.workers, 3);
  EXPECT_EQ(running.https.connections, 99);
  EXPECT_EQ(running.database, "tocsin.db");
  EXPECT_EQ(running.https.port, 8443);
  EXPECT_EQ(running.links.size(), 2U);
  EXPECT_EQ(running.links[0].smpp.host, "x");
}

TEST(SettingsTest, TheContactCheckAsksByDayAndNotTooOften) {
  const auto good = read_settings_text("[contact_check]\nevery = \"91d\"\nhours = \"08:30-11:45\"\n", "t");
  EXPECT_THAT(good.findings, IsEmpty());
  EXPECT_EQ(good.settings.engine.contact_check.every, std::chrono::hours(91 * 24));
  EXPECT_EQ(good.settings.engine.contact_check.from_minute, 8 * 60 + 30);
  EXPECT_EQ(good.settings.engine.contact_check.until_minute, 11 * 60 + 45);
  EXPECT_EQ(read_settings_text("", "t").settings.engine.contact_check.every, base::Duration{}) << "off";
  for (const char* hours : {"06:59-17:00", "09:00-21:01", "17:00-09:00", "09:00-09:00", "9:00-17:000", "09:60-17:00",
                            "aa:00-17:00", "09:00 17:00"}) {
    const auto bad = read_settings_text("contact_check.hours = \"" + std::string(hours) + "\"\n", "t");
    ASSERT_EQ(bad.findings.size(), 1U) << hours;
    EXPECT_EQ(bad.findings[0].code, "bad-value") << hours;
    EXPECT_EQ(bad.findings[0].line, 1) << hours;
  }
  const auto often = read_settings_text("[contact_check]\nevery = \"7d\"\n", "t");
  ASSERT_EQ(often.findings.size(), 1U);
  EXPECT_EQ(often.findings[0].line, 2);
}

TEST(SettingsTest, NothingChangedMeansNothingNamed) {
  auto running = read_settings_text("https.port = 1", "t").settings;
  const auto fresh = running;
  EXPECT_THAT(take_live_settings(running, fresh), IsEmpty());
}

// Every line of the sample that is not a sentence, made a setting, with the links of one kind at a time: it must be
// read back without a finding.
TEST(SettingsTest, TheSampleWithItsCommentMarksTakenAwayIsReadForEachKindOfLink) {
  const std::string head = "# Of kind = \"";
  for (const auto& kind : link_kinds()) {
    SCOPED_TRACE(kind.name);
    std::istringstream sample(sample_settings());
    std::string settings, of = kind.name;
    for (std::string line; std::getline(sample, line);) {
      if (line.rfind(head, 0) == 0) of = line.substr(head.size(), line.find('"', head.size()) - head.size());
      if (of != kind.name) continue;
      if (line.rfind("# ", 0) != 0 && line.rfind('#', 0) == 0) {
        line = line.substr(1);
        if (line == "name = \"\"") line = "name = \"a\"";
        if (line == "kind = \"console\"") line = "kind = \"" + of + "\"";
        if (line == "host = \"\"") line = "host = \"smsc.example\"";
        if (line == "from = \"\"") line = "from = \"alarm@tocsin.example\"";
        if (line == "provider = \"\"") line = "provider = \"provider.toml\"";
        if (line == "secret_file = \"\"") line = "secret_file = \"credential:secret\"";
        if (line == "device = \"\"") line = "device = \"/dev/serial/by-id/stick\"";
      }
      settings += line + "\n";
    }
    const auto read = read_settings_text(settings, "sample");
    EXPECT_EQ(all(read), "");
    ASSERT_THAT(read.settings.links, SizeIs(1));
    EXPECT_EQ(read.settings.links[0].kind, kind.name);
    EXPECT_EQ(read.settings.https.port, 8443);
  }
}

}  // namespace
}  // namespace tocsin::app
