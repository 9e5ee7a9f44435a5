#include "adapters/https/json_out.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/fake_front_door.h"

namespace tocsin::https {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const testing::FakeRoster kRoster;
const Viewer kToTheDesk{kRoster, true};

TEST(JsonOutTest, AnIncidentShowsCodesNamesAndTimesAndNullForWhatIsNot) {
  model::Incident incident;
  incident.id = model::IncidentId{32};
  incident.code = 101;
  incident.area = model::AreaId{2};
  incident.opened_at = base::from_micros(1'700'000'000'000'000);
  const std::string json = incidents_json({{incident}, 0}, {}, {kRoster, true});
  EXPECT_THAT(json, HasSubstr(R"("incident":101,"id":"0000000000010","hazard":"unclassified","level":null)"));
  EXPECT_THAT(json, HasSubstr(R"("area":{"code":"donghu","name":"东湖社区","path":"青石街道 / 东湖社区"})"));
  EXPECT_THAT(json, HasSubstr(R"("opened_at":"2023-11-14T22:13:20.000Z")"));
  EXPECT_THAT(json, HasSubstr(R"("ended_at":null)"));
}

TEST(JsonOutTest, TheListSaysWhoseWordAnIncidentWaitsForAndUntilWhen) {
  model::Incident waits, goes;
  waits.id = model::IncidentId{32};
  goes.id = model::IncidentId{33};
  model::Approval approval;
  approval.by = "post:commander duty:leader";
  approval.due_at = base::from_micros(1'700'000'000'000'000);
  const std::string json = incidents_json({{waits, goes}, 0}, {{{waits.id, {approval, 2}}}, {}}, {kRoster, true});
  EXPECT_THAT(
      json,
      HasSubstr(R"("awaits_approval":{"by":["post:commander","duty:leader"],"until":"2023-11-14T22:13:20.000Z"})"));
  EXPECT_THAT(json, HasSubstr(R"("awaits_approval":null)"));
  EXPECT_THAT(json, HasSubstr(R"("replied":2)"));
  EXPECT_THAT(json, HasSubstr(R"("replied":0)"));
}

TEST(JsonOutTest, TheListSaysHowAnOpenIncidentStands) {
  model::Incident open, ended;
  open.id = model::IncidentId{32};
  ended.id = model::IncidentId{33};
  model::IncidentSummary summary;
  summary.people = 40;
  summary.answered = 31;
  summary.unanswered = 8;
  summary.coming = 12;
  summary.arrived = 4;
  summary.cannot = 2;
  summary.exhausted = 1;
  summary.tasks_open = 3;
  summary.next_due = model::NextDue{base::from_micros(1'700'000'000'000'000), model::DueWhat::kTask};
  const std::string json =
      incidents_json({{open, ended}, 0}, {{{open.id, {{}, 5}}}, {9, {{open.id, summary}}}}, {kRoster, true});
  EXPECT_THAT(json, HasSubstr(R"("summary":{"people":40,"answered":31,"unanswered":8,"coming":12,"arrived":4,)"
                              R"("cannot":2,"untold":0,"exhausted":1,"replied":5,"tasks_open":3,)"
                              R"("next_due":{"at":"2023-11-14T22:13:20.000Z","what":"task"}})"));
  EXPECT_THAT(json, HasSubstr(R"("summary":null)"));
}

TEST(JsonOutTest, WhatPeopleWroteIsForTheDeskAlone) {
  model::IncidentView view;
  view.notes.push_back({{7}, {3}, model::NoteKind::kReplied, "not now, in 2 hours", base::from_micros(0), {}});
  view.steps.emplace_back();
  view.steps.back().id = model::StepId{9};
  view.replied[{9}] = 1;
  const std::string desk = incident_json(view, {kRoster, true});
  EXPECT_THAT(desk, HasSubstr(R"("text":"not now, in 2 hours","at":"1970-01-01T00:00:00.000Z","needs_look":true)"));
  EXPECT_THAT(desk, HasSubstr(R"("replied":1)"));
  EXPECT_THAT(incident_json(view, {kRoster, false}), HasSubstr(R"("notes":[])"));
}

TEST(JsonOutTest, FactsKeepTheirTypesAndTheirDecimals) {
  model::IncidentView view;
  view.facts.emplace("serious", model::Quantity::whole(2));
  view.facts.emplace("water_depth", model::Quantity{125});
  view.facts.emplace("spreading", true);
  view.facts.emplace("place_kind", model::Choice{"school"});
  EXPECT_THAT(incident_json(view, {kRoster, true}),
              HasSubstr(R"("facts":{"place_kind":"school","serious":2,"spreading":true,"water_depth":0.125})"));
}

TEST(JsonOutTest, OnlyTheDeskSeesReportersAndEvenItSeesMaskedAddresses) {
  model::IncidentView view;
  view.reports.emplace_back();
  view.reports.back().reporter = "grid-7";
  view.alerts.emplace_back();
  view.alerts.back().deliveries.emplace_back();
  view.alerts.back().deliveries.back().address = "+8614400000017";
  const std::string desk = incident_json(view, {kRoster, true}), commander = incident_json(view, {kRoster, false});
  EXPECT_THAT(desk, HasSubstr("grid-7"));
  EXPECT_THAT(desk, HasSubstr("\"to\":\"+86"));
  EXPECT_THAT(desk, Not(HasSubstr("14400000017")));
  EXPECT_THAT(commander, Not(HasSubstr("grid-7")));
  EXPECT_THAT(commander, Not(HasSubstr("\"to\"")));
}

TEST(JsonOutTest, APersonGoneFromTheDirectoryHasNoName) {
  model::Alert alert;
  alert.person = model::PersonId{99};
  EXPECT_THAT(alert_json(alert, {}, {kRoster, true}), HasSubstr(R"("person":{"code":null,"name":null})"));
}

TEST(JsonOutTest, BytesThatAreNoUtf8BecomeReplacementCharacters) {
  model::IncidentView view;
  view.incident.place = "gate \xff";
  EXPECT_THAT(incident_json(view, {kRoster, true}), HasSubstr("gate \xef\xbf\xbd"));
}

TEST(JsonOutTest, TheNextPageOfTheRecordBeginsAfterItsLastEntry) {
  model::RecordEntry entry;
  entry.seq = 41;
  EXPECT_THAT(record_json({entry}, 7, {}, kToTheDesk),
              HasSubstr("\"next\":\"" + cursor_text(CursorOf::kRecord, 41) + "\""));
  EXPECT_THAT(record_json({}, 7, {}, kToTheDesk), HasSubstr("\"next\":\"" + cursor_text(CursorOf::kRecord, 7) + "\""));
  EXPECT_THAT(record_json({}, 0, {}, kToTheDesk), HasSubstr("\"next\":null"));
}

TEST(JsonOutTest, AnEntryNamesWhomItIsAbout) {
  const auto* known = kRoster.people().front();
  const auto named = R"("person":{"code":")" + known->code + R"(","name":")" + known->name + "\"}";
  const BesideEntries beside{{}, {{model::AlertId{7}, known->id}}};
  model::RecordEntry entry;
  entry.kind = model::RecordKind::kAnswered;
  entry.subject = 7;
  EXPECT_THAT(record_json({entry}, 0, beside, kToTheDesk), HasSubstr(named));
  entry.kind = model::RecordKind::kDelivered;
  EXPECT_THAT(record_json({entry}, 0, beside, kToTheDesk), HasSubstr(R"("person":null)")) << "7 is a delivery here";
  entry.a = 7;
  EXPECT_THAT(record_json({entry}, 0, beside, kToTheDesk), HasSubstr(named));
  entry.kind = model::RecordKind::kNotTold;
  entry.a = known->id.value;
  EXPECT_THAT(record_json({entry}, 0, {}, kToTheDesk), HasSubstr(named));
}

TEST(JsonOutTest, WhyWholeNumbersWereReadStandsBesideItsDigestForAsLongAsTheWordsAreKept) {
  model::RecordEntry entry;
  const BesideEntries said{{{"0123abcd", "yearly check"}}, {}};
  entry.kind = model::RecordKind::kUnmasked;
  entry.detail = "admin:office POST /api/v1/unmask reason:0123abcd";
  EXPECT_THAT(record_json({entry}, 0, said, kToTheDesk), HasSubstr(R"("reason":"yearly check")"));
  EXPECT_THAT(record_json({entry}, 0, {}, kToTheDesk), HasSubstr(R"("reason":null)"));
  entry.kind = model::RecordKind::kStoodDown;
  EXPECT_THAT(record_json({entry}, 0, said, kToTheDesk), HasSubstr(R"("reason":null)"));
}

}  // namespace
}  // namespace tocsin::https
