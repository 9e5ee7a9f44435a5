#include "gateway/triage/correlate.h"

#include <gtest/gtest.h>

#include "tests/support/a_plan.h"

namespace tocsin::triage {
namespace {

using model::AreaId;
using model::HazardKind;
using model::IncidentId;
using namespace support;

constexpr AreaId kBridge{1}, kMarket{2}, kFarAway{9};

model::Incident a_fire(std::int64_t id, AreaId area, base::UtcTime last_report) {
  model::Incident incident;
  incident.id = IncidentId{id};
  incident.kind = HazardKind::kFire;
  incident.area = area;
  incident.opened_at = incident.last_report_at = last_report;
  return incident;
}

model::Report a_report(AreaId area, HazardKind kind = HazardKind::kFire) {
  model::Report report;
  report.kind = kind;
  report.area = area;
  return report;
}

bool close_by(AreaId a, AreaId b) {
  return a == b || (a != kFarAway && b != kFarAway);
}

std::optional<IncidentId> joined(const model::Report& report, const std::vector<model::Incident>& open,
                                 base::UtcTime now = noon) {
  return correlate(a_plan().build(), report, open, now, close_by);
}

TEST(CorrelateTest, AReportNearAnOpenIncidentOfItsKindJoinsIt) {
  EXPECT_EQ(joined(a_report(kMarket), {a_fire(7, kBridge, noon - 5min)}), IncidentId{7});
}

TEST(CorrelateTest, AnotherKindAnotherPlaceADrillOrAnEndedIncidentIsNotJoined) {
  auto drill = a_fire(7, kBridge, noon);
  drill.drill = true;
  auto ended = a_fire(8, kBridge, noon);
  ended.state = model::IncidentState::kEnded;
  auto merged = a_fire(9, kBridge, noon);
  merged.state = model::IncidentState::kMerged;
  auto flood = a_fire(10, kBridge, noon);
  flood.kind = HazardKind::kFlood;

  EXPECT_EQ(joined(a_report(kBridge), {drill, ended, merged, flood, a_fire(11, kFarAway, noon)}), std::nullopt);
}

TEST(CorrelateTest, ADrillReportJoinsADrillOnly) {
  auto drill = a_fire(7, kBridge, noon);
  drill.drill = true;
  auto report = a_report(kBridge);
  report.drill = true;

  EXPECT_EQ(joined(report, {a_fire(8, kBridge, noon), drill}), IncidentId{7});
}

TEST(CorrelateTest, TheWindowRunsFromTheLastReport) {
  EXPECT_EQ(joined(a_report(kBridge), {a_fire(7, kBridge, noon)}, noon + 30min), IncidentId{7});
  EXPECT_EQ(joined(a_report(kBridge), {a_fire(7, kBridge, noon)}, noon + 30min + 1us), std::nullopt);
}

TEST(CorrelateTest, TheMostRecentOfSeveralIsJoined) {
  const std::vector open{a_fire(7, kBridge, noon - 9min), a_fire(8, kBridge, noon - 2min),
                         a_fire(9, kMarket, noon - 5min)};

  EXPECT_EQ(joined(a_report(kBridge), open), IncidentId{8});
}

TEST(CorrelateTest, AReportWithoutAPlaceJoinsOnlyWhenThereIsNoDoubt) {
  const auto nowhere = a_report(AreaId{});

  EXPECT_EQ(joined(nowhere, {a_fire(7, kBridge, noon)}), IncidentId{7});
  EXPECT_EQ(joined(nowhere, {a_fire(7, kBridge, noon), a_fire(8, kFarAway, noon)}), std::nullopt);
  EXPECT_EQ(joined(nowhere, {a_fire(7, kBridge, noon), a_fire(8, kFarAway, noon - 2h)}), IncidentId{7});
}

TEST(CorrelateTest, AReportWithAPlaceDoesNotJoinAnIncidentWithoutOne) {
  EXPECT_EQ(joined(a_report(kBridge), {a_fire(7, AreaId{}, noon)}), std::nullopt);
}

TEST(CorrelateTest, NearIsAskedOnlyAboutCandidatesInTheWindow) {
  int asked = 0;
  const Near counting = [&](AreaId, AreaId) { return ++asked > 0; };
  const std::vector open{a_fire(7, kBridge, noon - 2h), a_fire(8, kBridge, noon)};

  EXPECT_EQ(correlate(a_plan().build(), a_report(kBridge), open, noon, counting), IncidentId{8});
  EXPECT_EQ(asked, 1);
}

TEST(CorrelateTest, AnUnclassifiedReportJoinsTheOneItsReporterOpenedInTheLastTenMinutes) {
  auto unclassified = a_fire(7, AreaId{}, noon);
  unclassified.kind = HazardKind::kUnclassified;
  const auto report = a_report(kBridge, HazardKind::kUnclassified);

  EXPECT_EQ(joined(report, {unclassified}, noon + 10min), IncidentId{7});
  EXPECT_EQ(joined(report, {unclassified}, noon + 10min + 1us), std::nullopt);
  EXPECT_EQ(joined(report, {a_fire(8, kBridge, noon)}), std::nullopt);
}

TEST(CorrelateTest, AKindThatThePlanDoesNotUseJoinsNothing) {
  auto quake = a_fire(7, kBridge, noon);
  quake.kind = HazardKind::kEarthquake;

  EXPECT_EQ(joined(a_report(kBridge, HazardKind::kEarthquake), {quake}), std::nullopt);
}

}  // namespace
}  // namespace tocsin::triage
