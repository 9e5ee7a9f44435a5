// Properties that hold for every plan of a shape, tried on many seeded plans and facts.
#include <gtest/gtest.h>

#include "gateway/base/random.h"
#include "gateway/triage/classify.h"
#include "tests/support/a_plan.h"

namespace tocsin::triage {
namespace {

using base::Random;
using model::HazardKind;
using model::Quantity;
using namespace support;

const std::vector<std::string> kCounts{"dead", "serious", "trapped", "light"};

int small(Random& random, std::uint64_t bound) {
  return static_cast<int>(random.below(bound));
}

plan::Hazard a_fire() {
  return a_hazard(HazardKind::kFire, {}, {}, {"dead", "serious", "trapped", "light", "spreading"});
}

// Every condition asks for "at least", so that more harm can only make more of them true.
plan::Plan a_monotone_plan(Random& random) {
  auto builder = a_plan();
  builder.hazard(a_fire());
  for (int i = 0; i < 1 + small(random, 8); ++i) {
    Conditions all;
    for (int k = 0; k < 1 + small(random, 3); ++k) all.push_back(at_least(kCounts[random.below(4)], small(random, 12)));
    if (random.one_in(3)) all.push_back(is("spreading", true));
    builder.clause(HazardKind::kFire, small(random, 4), all);
  }
  return builder.build();
}

model::Facts some_facts(Random& random) {
  model::Facts facts;
  for (const auto& name : kCounts) {
    if (!random.one_in(3)) facts[name] = Quantity::whole(small(random, 14));
  }
  if (random.one_in(2)) facts["spreading"] = random.one_in(2);
  return facts;
}

// One thing becomes worse, or something unknown becomes known.
void make_worse(model::Facts& facts, Random& random) {
  if (random.one_in(4)) {
    facts["spreading"] = true;
    return;
  }
  const auto& name = kCounts[random.below(4)];
  const auto known = facts.find(name);
  const auto before = known == facts.end() ? Quantity{} : std::get<Quantity>(known->second);
  facts[name] = Quantity{before.thousandths + 1000 * small(random, 5)};
}

TEST(ClassifyRandomTest, MoreHarmNeverLowersTheLevelOfAPlanWithMonotoneCriteria) {
  for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
    Random random(seed);
    const auto plan = a_monotone_plan(random);
    auto facts = some_facts(random);
    auto level = classify(plan, HazardKind::kFire, facts, "en").level;
    for (int step = 0; step < 6; ++step) {
      make_worse(facts, random);
      const auto now = classify(plan, HazardKind::kFire, facts, "en").level;
      ASSERT_GE(now, level) << "seed " << seed << " " << model::to_text(facts);
      level = now;
    }
  }
}

// What is not asked cannot matter: with every question answered for the worst, no further unknown raises the level.
TEST(ClassifyRandomTest, WhateverCouldRaiseTheLevelIsAsked) {
  for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
    Random random(seed);
    const auto plan = a_monotone_plan(random);
    const auto facts = some_facts(random);
    const auto now = classify(plan, HazardKind::kFire, facts, "en");
    auto worst = facts;
    for (const auto& name : kCounts) worst.try_emplace(name, Quantity::whole(1000));
    worst.try_emplace("spreading", true);
    const auto could = classify(plan, HazardKind::kFire, worst, "en");

    if (could.level > now.level) {
      ASSERT_FALSE(now.questions.empty()) << "seed " << seed << " " << model::to_text(facts);
      EXPECT_EQ(now.questions.front().could_reach, could.level) << "seed " << seed;
    } else {
      EXPECT_TRUE(now.questions.empty()) << "seed " << seed << " " << model::to_text(facts);
    }
    for (const auto& question : now.questions) EXPECT_EQ(facts.count(question.attribute), 0U) << "seed " << seed;
  }
}

TEST(ClassifyRandomTest, ALadderOfHalfOpenRangesHasNeitherGapNorOverlap) {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    Random random(seed);
    const int a = 1 + small(random, 5), b = a + 1 + small(random, 5), c = b + 1 + small(random, 5);
    auto builder = a_plan();
    builder.hazard(a_fire());
    builder.clause(HazardKind::kFire, level_IV, {in_range("dead", std::nullopt, a)});
    builder.clause(HazardKind::kFire, level_III, {between("dead", a, b)});
    builder.clause(HazardKind::kFire, level_II, {between("dead", b, c)});
    builder.clause(HazardKind::kFire, level_I, {at_least("dead", c)});
    const auto plan = builder.build();

    for (int dead = 0; dead < c + 3; ++dead) {
      const auto quantity = Quantity::whole(dead);
      int containing = 0;
      for (const auto& criteria : plan.hazard(HazardKind::kFire)->criteria) {
        containing += std::get<plan::Range>(criteria.any[0].all[0].wanted).contains(quantity) ? 1 : 0;
      }
      ASSERT_EQ(containing, 1) << "seed " << seed << " dead " << dead;
      const auto expected = dead < a ? level_IV : dead < b ? level_III : dead < c ? level_II : level_I;
      const auto assessment = classify(plan, HazardKind::kFire, {{"dead", quantity}}, "en");
      ASSERT_EQ(assessment.level, expected) << "seed " << seed << " dead " << dead;
      ASSERT_NE(assessment.clause, "fire/default");
    }
  }
}

}  // namespace
}  // namespace tocsin::triage
