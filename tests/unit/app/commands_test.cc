// What the commands are made of: hints, times, links, and replies shown as text.
#include <gmock/gmock.h>

#include "gateway/app/cli.h"
#include "gateway/app/commands.h"
#include "gateway/app/json_text.h"
#include "gateway/app/office_time.h"
#include "gateway/app/plan_against.h"
#include "gateway/app/reply_text.h"

namespace tocsin::app {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

int cli(std::vector<const char*> words, std::string* said = nullptr) {
  words.insert(words.begin(), "tocsin");
  ::testing::internal::CaptureStderr();
  ::testing::internal::CaptureStdout();
  const int code = run_cli(static_cast<int>(words.size()), words.data());
  const auto out = ::testing::internal::GetCapturedStdout();
  const auto err = ::testing::internal::GetCapturedStderr();
  if (said != nullptr) *said = out + err;
  return code;
}

TEST(CliTest, AnUnknownWordIsNamedBeforeWhatIsMissing) {
  std::string said;
  EXPECT_EQ(cli({"plan", "simulate", "--reprot", "x"}, &said), kExitUsage);
  EXPECT_THAT(said, HasSubstr("unknown option --reprot; did you mean --report?"));
}

TEST(CliTest, TheValueOfAnOptionIsNotTakenForACommand) {
  std::string said;
  EXPECT_EQ(cli({"token", "add", "--name", "revok", "--role", "nobody", "--database", "x"}, &said), kExitUsage);
  EXPECT_THAT(said, HasSubstr("--role: expected"));
}

TEST(CliTest, HelpIsNoMistake) {
  std::string said;
  EXPECT_EQ(cli({"plan", "check", "--help"}, &said), kExitDone);
  EXPECT_THAT(said, HasSubstr("Example:"));
}

TEST(OfficeTimeTest, ATimeWithoutZoneIsTheOffices) {
  const auto at = base::parse_rfc3339("2026-11-22T06:00:00Z");
  EXPECT_EQ(parse_at("2026-11-22 14:00", "Asia/Shanghai"), at);
  EXPECT_EQ(parse_at("2026-11-22T14:00:00+08:00", "Asia/Shanghai"), at);
  EXPECT_FALSE(parse_at("noon", "Asia/Shanghai"));
}

TEST(LinksTest, LinksAreKnownByWhatAPlanDependsOn) {
  std::vector<LinkSettings> links(2);
  links[0].rate = 5;
  links[1].signature = "【青石应急】";
  EXPECT_EQ(channels_served(links), 1U << static_cast<unsigned>(model::Channel::kSms));
  EXPECT_EQ(channels_served({}), 0U);
  EXPECT_EQ(link_facts(links)[0].messages_per_second, 5);
  std::string seventy;
  for (int i = 0; i < 70; ++i) seventy += "水";
  EXPECT_EQ(parts_over(links[0], seventy).count, 1);
  EXPECT_TRUE(parts_over(links[0], seventy).unicode);
  EXPECT_EQ(parts_over(links[1], seventy).count, 2) << "the signature is part of it";
  EXPECT_FALSE(parts_over(links[0], "Reply 1").unicode);
  LinkSettings carrier;
  carrier.kind = "smpp";
  const std::string two_of_67 = seventy.substr(0, 67 * 3) + seventy.substr(0, 67 * 3);
  EXPECT_EQ(parts_over(carrier, two_of_67).count, 2);
  carrier.smpp.long_messages = "udh16";
  EXPECT_EQ(parts_over(carrier, two_of_67).count, 3) << "66 letters to a part behind the longer header";
  carrier.smpp.alphabets = "gsm7";
  EXPECT_EQ(parts_over(carrier, seventy).count, 0);
  EXPECT_EQ(link_facts({carrier}, "https://t.example")[0].web_line.size(), 1 + 17 + 3 + 30U) << "a line of its own";
  LinkSettings provider;
  provider.kind = "http";
  const auto one_way = link_facts({provider}, "https://t.example")[0];
  EXPECT_TRUE(one_way.one_way);
  EXPECT_EQ(one_way.web_line, "") << "its provider is not known to take links";
}

TEST(ReportBodyTest, WhatIsNotSaidIsLeftOut) {
  ReportOptions report;
  report.hazard = "fire";
  const auto facts = model::parse_facts("serious=2 spreading=yes water_depth=0.5").value();
  EXPECT_EQ(report_body(report, facts, "k", ""),
            R"({"key":"k","hazard":"fire","facts":{"serious":2,"spreading":true,"water_depth":0.5}})");
}

TEST(ReplyTextTest, AReplyIsShownWithItsClauseAndQuestions) {
  const auto text =
      submitted_text(R"({"report":"x","incident":101,"opened":true,"repeated":false,"numbers_removed":true,
    "assessment":{"hazard":"fire","level":"III","clause":"fire/III/1","clause_text":"serious = 2 is in 1..3",
    "questions":[{"attribute":"spreading","text":"Is it spreading?","could_reach":"II"}]}})");
  EXPECT_THAT(text, HasSubstr("incident 101 opened"));
  EXPECT_THAT(text, HasSubstr("fire/III/1: serious = 2 is in 1..3"));
  EXPECT_THAT(text, HasSubstr("Is it spreading? [spreading, could reach II]"));
  EXPECT_THAT(text, HasSubstr("the desk will call"));
}

TEST(ReplyTextTest, TheListSaysWhoseWordAnIncidentWaitsFor) {
  const auto text = incidents_text(R"({"incidents":[{"incident":101,"hazard":"fire","level":"III","state":"open",
    "opened_at":"2026-11-22T02:00:00.000Z","awaits_approval":{"by":["post:commander"],"until":"2026-11-22T02:10:00.000Z"}},
    {"incident":100,"hazard":"fire","level":"IV","state":"open","opened_at":"2026-11-22T01:00:00.000Z",
    "awaits_approval":null}]})");
  EXPECT_THAT(text, HasSubstr("\n  awaits approval by post:commander until 2026-11-22T02:10:00.000Z\n100  fire"));
  EXPECT_EQ(text.find("awaits"), text.rfind("awaits")) << "the other waits for nobody";
}

TEST(ReplyTextTest, WhatAServerSaysCannotStopOrTrickTheTerminal) {
  for (const char* odd : {"", "null", "[]", "7", "{\"incident\":{}}", "{\"incident\":[1],\"alerts\":{\"a\":1}}",
                          "<html>", "{\"incidents\":{}}", "{\"incidents\":[7,null]}"}) {
    EXPECT_FALSE(incident_text(odd).empty());
    EXPECT_FALSE(incidents_text(odd).empty());
    EXPECT_FALSE(submitted_text(odd).empty());
    EXPECT_THAT(problem_text(500, odd), HasSubstr("(500"));
  }
  EXPECT_EQ(problem_text(422, "{\"detail\":\"a\\u001b[31mb\",\"type\":\"urn:tocsin:problem:invalid-field\"}"),
            "a[31mb (422 invalid-field)");
}

}  // namespace
}  // namespace tocsin::app
