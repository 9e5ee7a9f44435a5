// The sample directory that ships with tocsin is read as an office's would be.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <vector>

#include "directory/import.h"
#include "directory/map/shapes.h"
#include "directory/snapshot.h"
#include "gateway/base/local_time.h"

namespace tocsin::directory {
namespace {

using ::testing::IsEmpty;

class SampleTest : public ::testing::Test {
 protected:
  SampleTest() {
    ImportOptions options;
    options.dialing.area_code = "539";
    auto imported = read_directory(TOCSIN_SOURCE_DIR "/plans/sample-subdistrict/directory", options);
    EXPECT_TRUE(imported.ok());
    findings_ = render_findings(*imported);
    std::int64_t next_id = 1;
    number_rows(imported->tables, {}, next_id);
    tables_ = std::move(imported->tables);
    roster_ = std::make_unique<Snapshot>(tables_, 1);
  }
  [[nodiscard]] model::AreaId area(std::string_view code) const {
    for (const auto& info : roster_->areas()) {
      if (info.code == code) return info.id;
    }
    return {};
  }
  [[nodiscard]] model::Resolved resolve(const std::string& selector, std::string_view where) const {
    const auto parsed = model::parse_selector(selector).value();
    return roster_->resolve(std::span(&parsed, 1), area(where),
                            base::parse_local("2026-11-22 03:00", "Asia/Shanghai").value());
  }

  std::string findings_;
  Tables tables_;
  std::unique_ptr<Snapshot> roster_;
};

TEST_F(SampleTest, HasNoFindings) {
  EXPECT_EQ(findings_, "");
}

TEST_F(SampleTest, EverySelectorOfThePlanFindsSomebodyAtNight) {
  for (const char* selector :
       {"post:commander",        "post:deputy-commander-1", "post:deputy-commander-2", "post:duty-leader",
        "post:office-director",  "post:propaganda",         "post:logistics",          "duty:desk",
        "duty:leader",           "unit:fire-station",       "unit:medical-team",       "unit:police-liaison",
        "unit:gas-company",      "unit:water-station",      "unit:health-center",      "unit:food-safety",
        "unit:engineering-team", "unit:power-company",      "unit:traffic-police",     "unit:lift-maintenance",
        "unit:road-maintenance", "unit:forestry-station",   "unit:housing-office",     "unit:environment-office",
        "group:flood-team",      "group:fire-team",         "group:health-team",       "group:forest-team",
        "group:swim-team",       "group:snow-team",         "group:headquarters",      "area:workers",
        "area+up:heads"}) {
    const auto found = resolve(selector, "donghu-1");
    EXPECT_THAT(found.recipients, ::testing::Not(IsEmpty())) << selector;
    EXPECT_THAT(found.not_told, IsEmpty()) << selector;
  }
}

TEST_F(SampleTest, EveryGridHasAWorkerAndEveryCommunityAHead) {
  for (const auto& info : roster_->areas()) {
    EXPECT_THAT(resolve(info.kind == "grid" ? "area:workers" : "area:heads", info.code).not_told, IsEmpty())
        << info.code;
    EXPECT_TRUE(info.has_centre) << info.code;
    EXPECT_FALSE(info.assembly_point.empty()) << info.code;
  }
}

TEST_F(SampleTest, EveryCentreLiesInItsOwnOutlineAndInThoseOfAllAreasAbove) {
  map::Shapes shapes;
  std::map<model::AreaId, std::size_t> of;
  for (const auto& info : roster_->areas()) {
    const auto added = shapes.add_outline(roster_->outline(info.id));
    ASSERT_TRUE(added.ok()) << info.code << " " << added.error().message;
    of[info.id] = *added;
  }
  for (const auto& info : roster_->areas()) {
    for (const auto* around = &info; around != nullptr; around = roster_->area(around->parent))
      EXPECT_TRUE(shapes.holds(of.at(around->id), {info.latitude, info.longitude})) << info.code << " " << around->code;
    const auto found = roster_->area_at(info.latitude, info.longitude);
    ASSERT_TRUE(found.has_value()) << info.code;
    EXPECT_EQ(roster_->area(found->area)->kind, "grid") << info.code;
  }
}

TEST_F(SampleTest, TheOutlinesBelowAnAreaCoverItOnceAndNothingElse) {
  map::Shapes shapes;
  std::map<model::AreaId, std::size_t> of;
  for (const auto& info : roster_->areas()) of[info.id] = *shapes.add_outline(roster_->outline(info.id));
  for (const auto& above : roster_->areas()) {
    std::vector<std::size_t> below;
    double covered = 0;
    for (const auto& info : roster_->areas()) {
      if (info.parent != above.id) continue;
      below.push_back(of.at(info.id));
      covered += shapes.size(below.back());
      EXPECT_LT(shapes.share_outside(below.back(), of.at(above.id)), 1e-6) << info.code;
    }
    if (below.empty()) continue;
    EXPECT_NEAR(covered / shapes.size(of.at(above.id)), 1, 1e-6) << above.code;
    for (const auto one : below) {
      for (const auto other : below) EXPECT_TRUE(one == other || shapes.share_outside(one, other) > 1 - 1e-6);
    }
  }
}

TEST_F(SampleTest, EveryPostHasADeputyAndTheCommandersAreTheDeputyCommanders) {
  const auto at = base::parse_local("2026-11-22 03:00", "Asia/Shanghai").value();
  for (const auto& post : tables_.posts) {
    const model::Selector selector{model::SelectorKind::kPost, post.code};
    const auto* holder = roster_->person_coded(post.person);
    EXPECT_TRUE(roster_->next_deputy(holder->id, selector, {}, at).has_value()) << post.code;
  }
  const auto commander = resolve("post:commander", "qingshi").recipients.at(0).person;
  const auto first = resolve("post:deputy-commander-1", "qingshi").recipients.at(0).person;
  const auto second = resolve("post:deputy-commander-2", "qingshi").recipients.at(0).person;
  const model::Selector selector{model::SelectorKind::kPost, "commander"};
  EXPECT_EQ(roster_->next_deputy(commander, selector, {}, at), first);
  EXPECT_EQ(roster_->next_deputy(commander, selector, std::span(&first, 1), at), second);
}

TEST_F(SampleTest, EverybodyAgreedToBeCalled) {
  for (const auto* card : roster_->people()) {
    ASSERT_THAT(card->contacts, ::testing::Not(IsEmpty())) << card->code;
    for (const auto& contact : card->contacts) EXPECT_TRUE(contact.agreed) << card->code;
  }
}

}  // namespace
}  // namespace tocsin::directory
