// The proof of coverage: 10,000 persons, a plan of 100 responses, 30 days, exact to the minute.  Goal: 3 s.
#include <benchmark/benchmark.h>

#include "directory/reach.h"
#include "directory/roster/shifts.h"
#include "directory/snapshot.h"

namespace tocsin {
namespace {

constexpr int kPersons = 10'000, kAreas = 400, kResponses = 100, kDays = 30, kUnits = 200;
const base::UtcTime kNow{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22}};
const roster::Span kSpan{kNow, kNow + std::chrono::hours(24 * kDays)};

std::string person(int i) {
  return "person-" + std::to_string(i);
}

void add_person(directory::Tables& tables, int i) {
  tables.persons.push_back({{}, person(i), "Person " + std::to_string(i), "zh", "", ""});
  directory::ContactRow contact;
  contact.person = person(i);
  contact.order = 1;
  contact.address = "+86144000" + std::to_string(100'000 + i).substr(1);
  if (i % 50 != 49) contact.agreed_when = kNow;
  contact.agreed_how = "form";
  tables.contacts.push_back(std::move(contact));
  tables.group_members.push_back({"everybody", person(i)});
  tables.unit_members.push_back({"u" + std::to_string(i % kUnits), person(i)});
  // A fifth of them is away for some days.
  const auto from = kNow + std::chrono::minutes(97 * i % (60 * 24 * kDays));
  if (i % 5 == 0) tables.leave.push_back({person(i), {from, from + std::chrono::hours(75)}});
}

directory::Tables tables_of(int persons) {
  directory::Tables tables;
  tables.areas.push_back({{}, "town", "Town", "subdistrict", "", {}, false, 0, 0, "", ""});
  for (int i = 1; i < kAreas; ++i) {
    tables.areas.push_back({{}, "area-" + std::to_string(i), "Area", "community", "town", {}, false, 0, 0, "", ""});
  }
  tables.groups.push_back({"everybody", "Everybody"});
  for (int i = 0; i < kUnits; ++i) tables.units.push_back({"u" + std::to_string(i), "Unit", person(i), ""});
  for (int i = 0; i < 20; ++i) {
    const auto post = "p" + std::to_string(i);
    tables.posts.push_back({post, "Post", "", person(5 * i), {}});
    tables.deputies.push_back({post, 1, person(5 * i + 5)});
  }
  for (int i = 0; i < persons; ++i) add_person(tables, i);
  for (int i = 0; i < kAreas; ++i) {
    const auto code = i == 0 ? "town" : "area-" + std::to_string(i);
    for (int j = 0; j < 2; ++j) tables.area_roles.push_back({code, "heads", person(100 + 2 * i + j)});
  }
  for (int i = 0; i < 3 * kDays; ++i) {
    const auto from = kNow + std::chrono::hours(8 * i);
    tables.duty.push_back({"leader", person(50 + i % 7), {from, from + std::chrono::hours(8)}});
  }
  std::int64_t next = 1;
  directory::number_rows(tables, {}, next);
  return tables;
}

const directory::Snapshot& the_directory() {
  static const auto* const made = new directory::Snapshot(tables_of(kPersons), 1);
  return *made;
}

// Four steps to a response, as plans have them; with `everybody` each asks another number of everybody, some of which
// are not always reached.
std::vector<roster::StepToCover> steps(bool everybody) {
  std::vector<model::AreaId> places;
  for (const auto& area : the_directory().areas()) places.push_back(area.id);
  std::vector<roster::StepToCover> all;
  for (int i = 0; i < kResponses; ++i) {
    const auto named = [](model::SelectorKind kind, std::string name) {
      return model::Selector{kind, std::move(name)};
    };
    const auto n = std::to_string(i % 20);
    all.push_back({"command",
                   {named(model::SelectorKind::kPost, "p" + n), named(model::SelectorKind::kDuty, "leader")},
                   2,
                   false,
                   {}});
    all.push_back({"heads", {named(model::SelectorKind::kAreaUpRole, "heads")}, 1, false, places});
    all.push_back({"team",
                   {named(model::SelectorKind::kUnit, "u" + std::to_string(i)),
                    named(model::SelectorKind::kUnit, "u" + std::to_string(i + 1))},
                   80,
                   false,
                   {}});
    if (everybody)
      all.push_back({"all",
                     {named(model::SelectorKind::kGroup, "everybody")},
                     9'400 + 4 * static_cast<std::size_t>(i),
                     false,
                     {}});
  }
  return all;
}

void coverage(benchmark::State& state) {
  const auto asked = steps(state.range(0) == 1);
  const directory::RosterReach reach(the_directory());
  std::size_t found = 0;
  for (auto _ : state) found = roster::uncovered(asked, reach, kSpan).size();
  state.counters["ranges"] = static_cast<double>(found);
}
BENCHMARK(coverage)->ArgName("a_step_for_everybody")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

// Whom one incident needs, of 100,000 persons: a post, two duties of all three layers, the heads above, two units.
// Goal: 5 ms.
void resolve_one_incident(benchmark::State& state) {
  auto tables = tables_of(100'000);
  for (int i = 0; i < 4; ++i) {
    tables.rotations.push_back({"desk",
                                "Desk " + std::to_string(i),
                                {person(i), person(i + 4), person(i + 8)},
                                1,
                                510,
                                20'000,
                                {},
                                "Asia/Shanghai"});
  }
  for (int i = 0; i < 3 * kDays; ++i) {
    const auto from = kNow + std::chrono::hours(8 * i);
    tables.overrides.push_back({"leader", person(5 * i), {from, from + std::chrono::hours(4)}, ""});
  }
  const directory::Snapshot people(tables, 1);
  const std::vector<model::Selector> selectors = {
      {model::SelectorKind::kPost, "p3"},     {model::SelectorKind::kDuty, "desk"},
      {model::SelectorKind::kDuty, "leader"}, {model::SelectorKind::kAreaUpRole, "heads"},
      {model::SelectorKind::kUnit, "u7"},     {model::SelectorKind::kUnit, "u8"}};
  const auto where = people.areas()[7].id;
  std::size_t found = 0;
  auto at = kNow;
  for (auto _ : state) found = people.resolve(selectors, where, at += std::chrono::minutes(7)).recipients.size();
  state.counters["people"] = static_cast<double>(found);
}
BENCHMARK(resolve_one_incident)->Unit(benchmark::kMillisecond);

// A year of a daily rotation with shifts by hand, swaps and leave, handover by handover.
void a_year_of_shifts(benchmark::State& state) {
  roster::Rows rows;
  rows.rotations.push_back({"desk", {"a", "b", "c", "d"}, 1, 510, 20'000, {}});
  for (int i = 0; i < 365; ++i) {
    const auto from = kNow + std::chrono::hours(24 * i);
    if (i % 3 == 0) rows.shifts.push_back({"desk", "e", {from, from + std::chrono::hours(12)}});
    if (i % 7 == 0) rows.overrides.push_back({"desk", "f", {from, from + std::chrono::hours(20)}, "e"});
    if (i % 9 == 0) rows.leave.push_back({"b", {from, from + std::chrono::hours(30)}});
  }
  const roster::Shifts shifts(rows, "Asia/Shanghai");
  std::size_t found = 0;
  for (auto _ : state) found = shifts.stretches("desk", kNow, kNow + std::chrono::hours(24 * 365)).size();
  state.counters["stretches"] = static_cast<double>(found);
}
BENCHMARK(a_year_of_shifts)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace tocsin
