// What lint proves about criteria, held against classify itself: generated plans, and every report that could tell.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "gateway/plan/lint.h"
#include "gateway/triage/classify.h"
#include "tests/support/a_plan.h"

namespace tocsin::triage {
namespace {

using namespace support;  // NOLINT(google-build-using-namespace)
using model::HazardKind;

constexpr int kEdge = 5;  // numbers of the generated ranges are 0 to 4

class Generated {
 public:
  explicit Generated(unsigned seed) : random_(seed) {}

  plan::Plan plan() {
    auto builder = a_plan();
    builder.no_hazards();
    builder.hazard(a_hazard(HazardKind::kFire, {"着火"}, {"fire"}, kAttributes));
    builder.worse("water_depth", plan::Worse::kLower);
    const int clauses = up_to(6) + 1;
    for (int i = 0; i < clauses; ++i) {
      builder.clause(HazardKind::kFire, static_cast<model::LevelIndex>(1 + up_to(2)), conditions());
    }
    return builder.build();
  }

  inline static const std::vector<std::string> kAttributes{"serious", "trapped", "water_depth", "spreading",
                                                           "place_kind"};

 private:
  int up_to(int most) { return std::uniform_int_distribution<int>(0, most)(random_); }

  plan::Condition condition(const std::string& attribute) {
    if (attribute == "spreading") return is(attribute, up_to(1) == 1);
    if (attribute == "place_kind") {
      plan::AnyChoice some;
      for (const char* choice : {"home", "shop", "school"}) {
        if (up_to(1) == 1) some.emplace_back(choice);
      }
      if (some.empty()) some.emplace_back("home");
      return is_one_of(attribute, some);
    }
    const int from = up_to(kEdge - 2);
    switch (up_to(2)) {
      case 0: return in_range(attribute, from, std::nullopt);
      case 1: return in_range(attribute, std::nullopt, from + 1);
      default: return in_range(attribute, from, from + 1 + up_to(kEdge - 2 - from));
    }
  }

  Conditions conditions() {
    std::set<std::string> named;
    const int count = 1 + up_to(1) + up_to(1);
    for (int i = 0; i < count; ++i) named.insert(kAttributes[static_cast<std::size_t>(up_to(4))]);
    Conditions all;
    for (const auto& attribute : named) all.push_back(condition(attribute));
    return all;
  }

  std::mt19937 random_;
};

// Every report over the generated attributes that differs for some clause; unknown is a value like any other.
std::vector<model::Facts> every_report() {
  std::vector<model::Facts> reports{{}};
  const auto with = [&](const std::string& attribute, const std::vector<model::FactValue>& values) {
    const auto before = reports;
    for (const auto& value : values) {
      for (auto report : before) {
        report[attribute] = value;
        reports.push_back(std::move(report));
      }
    }
  };
  std::vector<model::FactValue> numbers;
  for (int i = 0; i <= kEdge; ++i) numbers.emplace_back(model::Quantity::whole(i));
  for (const char* attribute : {"serious", "trapped", "water_depth"}) with(attribute, numbers);
  with("spreading", {false, true});
  with("place_kind", {model::Choice{"home"}, model::Choice{"shop"}, model::Choice{"school"}});
  return reports;
}

bool has_code(const base::Diagnostics& findings, const std::string& code) {
  return std::any_of(findings.begin(), findings.end(), [&](const auto& f) { return f.code == code; });
}

std::set<std::string> named_by(const base::Diagnostics& findings, const std::string& code) {
  std::set<std::string> names;
  for (const auto& finding : findings) {
    if (finding.code == code) names.insert(finding.where);
  }
  return names;
}

// The same report with that number one worse.
std::optional<model::Facts> worsened(const model::Facts& facts, const std::string& attribute) {
  const auto fact = facts.find(attribute);
  if (fact == facts.end()) return std::nullopt;
  const auto value = std::get<model::Quantity>(fact->second).thousandths / 1000;
  const auto next = attribute == "water_depth" ? value - 1 : value + 1;
  if (next < 0 || next > kEdge) return std::nullopt;
  auto worse = facts;
  worse[attribute] = model::Quantity::whole(next);
  return worse;
}

bool more_harm_can_lower(const plan::Plan& plan, const std::vector<model::Facts>& reports) {
  const auto level = [&](const model::Facts& facts) { return classify(plan, HazardKind::kFire, facts, "en").level; };
  return std::any_of(reports.begin(), reports.end(), [&](const model::Facts& facts) {
    const auto now = level(facts);
    return std::any_of(Generated::kAttributes.begin(), Generated::kAttributes.begin() + 3, [&](const auto& attribute) {
      const auto worse = worsened(facts, attribute);
      return worse && level(*worse) < now;
    });
  });
}

TEST(ProofsTest, AClauseIsCalledHiddenExactlyWhenNoReportIsDecidedByIt) {
  const auto reports = every_report();
  int hidden = 0;
  for (unsigned seed = 1; seed <= 25; ++seed) {
    const auto plan = Generated(seed).plan();
    std::set<std::string> silent;
    for (const auto& criteria : plan.hazards.at(HazardKind::kFire).criteria) {
      for (const auto& clause : criteria.any) silent.insert(clause.name);
    }
    for (const auto& facts : reports) silent.erase(classify(plan, HazardKind::kFire, facts, "en").clause);
    EXPECT_EQ(named_by(plan::lint(plan), "clause-hidden"), silent) << "seed " << seed;
    hidden += static_cast<int>(silent.size());
  }
  EXPECT_GT(hidden, 10) << "the generated plans hide too little to show anything";
}

TEST(ProofsTest, MoreHarmNeverLowersALevelExactlyWhenTheCheckIsClean) {
  const auto reports = every_report();
  int clean = 0, found = 0;
  for (unsigned seed = 1; seed <= 25; ++seed) {
    const auto plan = Generated(seed).plan();
    const auto findings = plan::lint(plan);
    const bool falls = has_code(findings, "harm-lowers-level") || has_code(findings, "range-gap");
    // A gap below the lowest level's clauses would be no fall; there is none here, where every level is above the
    // default.
    EXPECT_EQ(falls, more_harm_can_lower(plan, reports)) << "seed " << seed;
    ++(falls ? found : clean);
  }
  EXPECT_GT(clean, 3);
  EXPECT_GT(found, 3);
}

}  // namespace
}  // namespace tocsin::triage
