// What would happen under a plan, asked of the office while it runs.
#include <gmock/gmock.h>

#include "gateway/ports/plan_rehearsal.h"
#include "tests/support/world.h"
#include "tests/support/world_directory.h"

namespace tocsin::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

struct Rehearsals {
  Rehearsals() { EXPECT_TRUE(directory.import_town().ok()); }
  [[nodiscard]] std::string plan_text() const { return text_of(TOCSIN_SOURCE_DIR "/tests/support/town/plan.toml"); }
  static ports::RehearsalWish a_fire() {
    ports::RehearsalWish wish;
    wish.hazard = "fire";
    wish.facts["trapped"] = model::Quantity{5'000};
    wish.area = "lake";
    wish.language = "en";
    return wish;
  }

  World world;
  DirectoryOf directory{world};
};

TEST(RehearsalScenario, WhatWouldHappenIsToldWithoutAnybodyBeingTold) {
  Rehearsals office;
  const auto before = office.world.office->last_seq();
  const auto seen = office.world.office->simulate_plan(Rehearsals::a_fire()).get();
  ASSERT_TRUE(seen.ok()) << seen.error().message;
  EXPECT_TRUE(seen->readable);
  EXPECT_THAT(seen->json, HasSubstr(R"("person": "commander")"));
  EXPECT_THAT(seen->json, Not(HasSubstr("+861440000")));
  EXPECT_EQ(office.world.office->last_seq(), before) << "nothing is written";
}

TEST(RehearsalScenario, WhoIsTakenToBeOnLeaveIsNotToldAndADeputyIs) {
  Rehearsals office;
  auto wish = Rehearsals::a_fire();
  wish.on_leave = {"commander"};
  const auto seen = office.world.office->simulate_plan(wish).get();
  ASSERT_TRUE(seen.ok()) << seen.error().message;
  EXPECT_THAT(seen->json, HasSubstr(R"("reason": "on_leave")"));
}

TEST(RehearsalScenario, APlanThatCannotBeReadIsAnAnswerWithItsFindings) {
  Rehearsals office;
  auto wish = Rehearsals::a_fire();
  wish.plan.text = "nonsense = 1\n";
  const auto seen = office.world.office->simulate_plan(wish).get();
  ASSERT_TRUE(seen.ok());
  EXPECT_FALSE(seen->readable);
  ASSERT_FALSE(seen->refused.findings.empty());
  EXPECT_EQ(seen->refused.findings.front().standing, "error");
}

TEST(RehearsalScenario, WhatDoesNotFitIsRefusedWithTheNearestName) {
  Rehearsals office;
  auto wish = Rehearsals::a_fire();
  wish.area = "lakee";
  const auto seen = office.world.office->simulate_plan(wish).get();
  ASSERT_FALSE(seen.ok());
  EXPECT_EQ(seen.error().field, "area");
  EXPECT_THAT(seen.error().message, HasSubstr("did you mean"));
  wish = Rehearsals::a_fire();
  wish.plan.version = 99;
  EXPECT_EQ(office.world.office->simulate_plan(wish).get().error().code, base::ErrorCode::kNotFound);
}

TEST(RehearsalScenario, ADrawingIsMadeWhenItIsAskedFor) {
  Rehearsals office;
  auto wish = Rehearsals::a_fire();
  EXPECT_EQ(office.world.office->simulate_plan(wish).get()->svg, "");
  wish.drawing = true;
  EXPECT_THAT(office.world.office->simulate_plan(wish).get()->svg, HasSubstr("<svg"));
}

TEST(RehearsalScenario, TwoPlansAreComparedInTheirEffect) {
  Rehearsals office;
  const auto same = office.world.office->compare_plans({{office.plan_text(), 0}, {office.plan_text(), 0}}).get();
  ASSERT_TRUE(same.ok()) << same.error().message;
  EXPECT_THAT(same->json, HasSubstr(R"("same": true)"));
  auto other = office.plan_text();
  const std::string clause = R"({ trapped = "3.." })";
  other.replace(other.find(clause), clause.size(), R"({ trapped = "4.." })");
  const auto seen = office.world.office->compare_plans({{office.plan_text(), 0}, {other, 0}}).get();
  ASSERT_TRUE(seen.ok()) << seen.error().message;
  EXPECT_THAT(seen->json, HasSubstr(R"("same": false)"));
  EXPECT_THAT(seen->json, HasSubstr(R"("what": "level")"));
  EXPECT_FALSE(office.world.office->compare_plans({{office.plan_text(), 0}, {"nonsense", 0}}).get()->readable);
}

}  // namespace
}  // namespace tocsin::testing
