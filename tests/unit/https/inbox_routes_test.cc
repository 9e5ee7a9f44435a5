// What strangers wrote, over real HTTPS: who sees which number, and taking a message over.
#include "gateway/base/ids.h"
#include "tests/unit/https/a_server.h"

namespace tocsin::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using InboxRoutesTest = ServerTest;

std::string take(std::int64_t id) {
  return "/api/v1/inbox/" + base::to_base32(id) + "/take";
}

model::SubmitReport report_of(const model::Command& command) {
  return std::get<model::SubmitReport>(command);
}

TEST_F(InboxRoutesTest, ANumberIsShownWholeWhileItsMessageWaitsAndMaskedOnceItWasTakenOver) {
  start();
  const std::string list = client().get("/api/v1/inbox", kDuty).body;
  EXPECT_THAT(list, HasSubstr(R"("number":"+8614400000077","person":null,"text":"东湖着火","incident":null)"));
  EXPECT_THAT(list, Not(HasSubstr("+8614400000078")));
  EXPECT_THAT(list, HasSubstr(R"("text":"着火了","incident":101,"report":")" + base::to_base32(8)));
  EXPECT_THAT(list, HasSubstr(R"("number":null,"person":{"code":"chen","name":"Chen Gang"})"));
  EXPECT_THAT(list, HasSubstr(R"("left_out":2,"next":null)"));
}

TEST_F(InboxRoutesTest, PagesGoOnWhereTheLastOneEndedAndReadingIsNotedInTheRecord) {
  start();
  const std::string first = client().get("/api/v1/inbox?limit=2", kDuty).body;
  const std::string cursor = "n" + base::to_base32(12);
  EXPECT_THAT(first, HasSubstr("\"next\":\"" + cursor + "\""));
  const std::string rest = client().get("/api/v1/inbox?limit=2&cursor=" + cursor, kDuty).body;
  EXPECT_THAT(rest, HasSubstr("着火了"));
  EXPECT_THAT(rest, Not(HasSubstr("东湖着火")));
  EXPECT_EQ(client().get("/api/v1/inbox?cursor=i" + base::to_base32(12), kDuty).status, 422);
  ASSERT_FALSE(door_.identity_commands().empty());
  EXPECT_EQ(std::get<model::NoteAccess>(door_.identity_commands()[0]).route, "GET /api/v1/inbox");
}

TEST_F(InboxRoutesTest, ContactPointsInDoubtAreListedWithTheirOwnersAndMaskedNumbersForAsLongAsOneAsks) {
  start();
  const std::string list = client().get("/api/v1/contacts/doubtful", kAdmin).body;
  EXPECT_THAT(list,
              HasSubstr(R"({"count":1,"contacts":[{"person":{"code":"chen","name":"Chen Gang"},"kind":"mobile")"));
  EXPECT_THAT(list, HasSubstr(R"("certain":true,"failures":2,"since":"2026-11-20T02:00:00.000Z")"));
  EXPECT_THAT(list, HasSubstr(R"("code":"wrong number")"));
  EXPECT_THAT(list, Not(HasSubstr("14400000017")));
  EXPECT_THAT(client().get("/api/v1/contacts/doubtful?days=1", kAdmin).body, HasSubstr(R"({"count":0,"contacts":[])"));
  EXPECT_EQ(client().get("/api/v1/contacts/doubtful?days=0", kAdmin).status, 422);
}

TEST_F(InboxRoutesTest, TheContactCheckListsWhoWasSilentWithMaskedNumbersAndEverybodySeesTheirOwn) {
  start();
  const auto chen = door_.roster()->person_coded("chen");
  ASSERT_NE(chen, nullptr);
  const auto checks_json = [&] { return client().get("/api/v1/directory/check", kAdmin).body; };
  EXPECT_THAT(checks_json(), HasSubstr(R"({"round":null,"count":0,"contacts":[])"));
  auto& checks = door_.fake_queries.checks;
  checks.round.emplace();
  checks.round->by = "admin:office";
  checks.round->waits = model::RoundWaits::kForHours;
  checks.counts = {5, 2, 1, 1, 0};
  model::CheckedContact silent;
  silent.check = {{}, chen->contacts.front().id, chen->id, "+8614400000017", {}, model::CheckState::kSilent};
  silent.check.asked_at = door_.now() - std::chrono::hours(24);
  checks.silent.push_back(silent);
  EXPECT_THAT(
      checks_json(),
      HasSubstr(
          R"("waits_for":"hours","stopped":false,"asked":5,"answered":2,"silent":1,"failed":1,"not_sent":0,"open":1)"));
  EXPECT_THAT(checks_json(),
              HasSubstr(R"("contacts":[{"person":{"code":"chen","name":"Chen Gang"},"kind":"mobile","number":")"));
  EXPECT_THAT(checks_json(), Not(HasSubstr("14400000017")));
  EXPECT_EQ(client().post("/api/v1/directory/check/start", "", kAdmin).status, 200);
  ASSERT_FALSE(door_.commands().empty());
  EXPECT_TRUE(std::holds_alternative<model::StartContactCheck>(door_.commands().back()));
}

TEST_F(InboxRoutesTest, WhatIsOlderThanThreeDaysIsNeitherShownNorTaken) {
  start();
  door_.now_us += std::int64_t{73} * 3'600'000'000;
  EXPECT_THAT(client().get("/api/v1/inbox", kDuty).body, HasSubstr(R"("messages":[])"));
  EXPECT_EQ(client().post(take(13), "{}", kDuty).status, 404);
  EXPECT_TRUE(door_.commands().empty());
}

TEST_F(InboxRoutesTest, AMessageBecomesAReportOfTheDeskInItsOwnWordsWithWhatTheDeskKnowsBetter) {
  start();
  const auto got = client().post(take(13), R"({"hazard":"fire","facts":{"serious":2},"area":"donghu"})", kDuty);
  EXPECT_EQ(got.status, 201) << got.body;
  ASSERT_EQ(door_.commands().size(), 1U);
  const auto report = report_of(door_.commands()[0]);
  EXPECT_EQ(report.by.name, "desk");
  EXPECT_EQ(report.text, "东湖着火");
  EXPECT_EQ(report.key, door_.fake_queries.inbox_entries[0].key());
  EXPECT_EQ(report.hazard, "fire");
  EXPECT_EQ(report.area, "donghu");
  EXPECT_EQ(report.facts.size(), 1U);
  EXPECT_FALSE(report.drill);
}

TEST_F(InboxRoutesTest, WhatSomebodyElseTookIsAConflictAndOnesOwnIsTheFirstAnswerAgain) {
  start();
  const auto others = client().post(take(11), "{}", kDuty);
  EXPECT_EQ(others.status, 409);
  EXPECT_THAT(others.body, HasSubstr("incident 101"));
  EXPECT_TRUE(door_.commands().empty());
  door_.fake_queries.views[0].reports[1].reporter = "desk";
  EXPECT_EQ(client().post(take(11), "{}", kDuty).status, 201);
  EXPECT_EQ(report_of(door_.commands().at(0)).key, door_.fake_queries.inbox_entries[2].key());
}

TEST_F(InboxRoutesTest, WordsKeyAndTimeOfAMessageAreItsOwn) {
  start();
  for (const char* const body :
       {R"({"text":"x"})", R"({"key":"key-00001"})", R"({"occurred_at":"2026-11-22T01:00:00Z"})"})
    EXPECT_EQ(client().post(take(13), body, kDuty).status, 422) << body;
  EXPECT_EQ(client().post("/api/v1/inbox/13/take", "{}", kDuty).status, 404);
  EXPECT_EQ(client().post(take(14), "{}", kDuty).status, 404);
}

}  // namespace
}  // namespace tocsin::testing
