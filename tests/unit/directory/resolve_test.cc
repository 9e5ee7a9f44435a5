#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/base/local_time.h"
#include "tests/unit/directory/a_town.h"

namespace tocsin::directory {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ResolveTest : public ::testing::Test {
 protected:
  void given(const Town& town) {
    roster_ = town.snapshot();
    ASSERT_FALSE(roster_->people().empty()) << render_findings(town.read());
  }
  void when_resolving(const std::vector<std::string>& selectors, const std::string& area = "lake-1",
                      const char* at = "2026-11-22 12:00") {
    std::vector<model::Selector> parsed;
    for (const std::string& text : selectors) parsed.push_back(model::parse_selector(text).value());
    model::AreaId where;
    for (const auto& info : roster_->areas()) {
      if (info.code == area) where = info.id;
    }
    found_ = roster_->resolve(parsed, where, local(at));
  }

  [[nodiscard]] std::string code_of(model::PersonId id) const {
    return id ? roster_->person(id)->code : std::string("nobody");
  }
  [[nodiscard]] std::vector<std::string> told() const {
    std::vector<std::string> codes;
    for (const auto& recipient : found_.recipients) {
      codes.push_back(code_of(recipient.person) +
                      (recipient.stands_in_for ? " for " + code_of(recipient.stands_in_for) : std::string()));
    }
    return codes;
  }
  [[nodiscard]] std::vector<std::string> not_told() const {
    std::vector<std::string> lines;
    for (const auto& entry : found_.not_told) {
      lines.push_back(code_of(entry.person) + ": " + entry.what + " " + std::string(model::name_of(entry.reason)));
    }
    return lines;
  }
  [[nodiscard]] std::string next_deputy(const std::string& person, const std::string& selector,
                                        const std::vector<std::string>& told = {}) const {
    std::vector<model::PersonId> ids;
    for (const std::string& code : told) ids.push_back(roster_->person_coded(code)->id);
    const auto next = roster_->next_deputy(roster_->person_coded(person)->id, model::parse_selector(selector).value(),
                                           ids, local("2026-11-22 12:00"));
    return next ? code_of(*next) : "nobody";
  }

  std::shared_ptr<const Snapshot> roster_;
  model::Resolved found_;
};

TEST_F(ResolveTest, OnePersonUnderManyHatsIsTakenOnceByTheFirstSelector) {
  given(Town());
  when_resolving({"post:commander", "group:flood-team", "area+up:heads", "unit:fire-station"});

  EXPECT_THAT(told(), ElementsAre("ann", "eve", "cat", "dan"));
  EXPECT_EQ(model::to_text(found_.recipients[0].selector), "post:commander");
  EXPECT_EQ(found_.recipients[0].post_name, "Commander");
  EXPECT_THAT(not_told(), IsEmpty());
}

TEST_F(ResolveTest, TheResponsiblePersonOfAUnitComesFirst) {
  given(Town());
  when_resolving({"unit:fire-station"});
  EXPECT_THAT(told(), ElementsAre("dan", "eve"));
}

TEST_F(ResolveTest, HeadsUpTheTreeComeNearestFirst) {
  given(Town().with("area_roles", "hill-east,heads,bob"));
  when_resolving({"area+up:heads"});
  EXPECT_THAT(told(), ElementsAre("cat", "bob", "ann"));
}

TEST_F(ResolveTest, HeadsOfTheAreaAreThoseOfItAlone) {
  given(Town());
  when_resolving({"area:heads"}, "lake");
  EXPECT_THAT(told(), ElementsAre("cat"));
  EXPECT_EQ(found_.recipients[0].post, "lake");
  EXPECT_EQ(found_.recipients[0].post_name, "Lake 负责人");

  when_resolving({"area:heads"}, "lake-1");
  EXPECT_THAT(told(), IsEmpty());
  EXPECT_THAT(not_told(), ElementsAre("nobody: area heads of lake-1 post_empty"));
}

TEST_F(ResolveTest, WithoutAPlaceAnAreaSelectorFindsNobodyAndSaysSo) {
  given(Town());
  when_resolving({"area+up:heads"}, "");
  EXPECT_THAT(told(), IsEmpty());
  EXPECT_THAT(not_told(), ElementsAre("nobody: area heads post_empty"));
}

TEST_F(ResolveTest, WhoIsOnLeaveIsNotToldAndTheFirstDeputyPresentStandsIn) {
  given(Town().with("leave", "ann,2026-11-20,2026-11-22").with("leave", "bob,2026-11-22,2026-11-22"));
  when_resolving({"post:commander"});
  EXPECT_THAT(told(), ElementsAre("cat for ann"));
  EXPECT_THAT(not_told(), ElementsAre("ann: post commander on_leave"));
}

TEST_F(ResolveTest, LeaveEndsWithTheDayItNames) {
  given(Town().with("leave", "ann,2026-11-20,2026-11-22"));
  when_resolving({"post:commander"}, "lake-1", "2026-11-22 23:59");
  EXPECT_THAT(told(), ElementsAre("bob for ann"));
  when_resolving({"post:commander"}, "lake-1", "2026-11-23 00:00");
  EXPECT_THAT(told(), ElementsAre("ann"));
}

TEST_F(ResolveTest, AStandInFoundAlreadyKeepsTheirPlaceAndLearnsForWhomTheyStand) {
  given(Town().with("leave", "ann,,"));
  when_resolving({"post:first-deputy", "post:commander"});
  EXPECT_THAT(told(), ElementsAre("bob for ann"));
  EXPECT_EQ(model::to_text(found_.recipients[0].selector), "post:first-deputy");
}

TEST_F(ResolveTest, WhoIsOnLeaveInAGroupIsReplacedByADeputyOfAnyPostTheyHold) {
  given(Town().with("leave", "ann,,"));
  when_resolving({"group:flood-team"});
  EXPECT_THAT(told(), ElementsAre("eve", "bob for ann"));
}

TEST_F(ResolveTest, WhereNobodyCanStandInForAPostTheReasonIsRecorded) {
  given(Town().with("leave", "bob,,"));
  when_resolving({"post:first-deputy"});
  EXPECT_THAT(told(), IsEmpty());
  EXPECT_THAT(not_told(), ElementsAre("bob: post first-deputy on_leave", "nobody: post first-deputy no_deputy"));
}

TEST_F(ResolveTest, APostWithNobodyIsNamed) {
  given(Town().with("posts", "propaganda,Propaganda,,,,"));
  when_resolving({"post:propaganda"});
  EXPECT_THAT(not_told(), ElementsAre("nobody: post propaganda post_empty"));
}

TEST_F(ResolveTest, WhatTheDirectoryDoesNotHaveIsNamed) {
  given(Town());
  when_resolving({"post:nobody-knows", "unit:navy", "group:choir", "duty:tea", "area:pets"});
  EXPECT_THAT(not_told(), ElementsAre("nobody: post nobody-knows post_empty", "nobody: unit navy post_empty",
                                      "nobody: group choir post_empty", "nobody: duty tea post_empty",
                                      "nobody: area pets of lake-1 post_empty"));
}

TEST_F(ResolveTest, APostChangesHandsAtItsInstant) {
  given(Town()
            .without("posts", "commander")
            .with("posts", "commander,Commander,hill,ann,,2026-11-22 08:00")
            .with("posts", "commander,Commander,hill,bob,2026-11-22 08:00,"));
  when_resolving({"post:commander"}, "lake-1", "2026-11-22 07:59");
  EXPECT_THAT(told(), ElementsAre("ann"));
  when_resolving({"post:commander"}, "lake-1", "2026-11-22 08:00");
  EXPECT_THAT(told(), ElementsAre("bob"));
}

TEST_F(ResolveTest, DutyIsReadAtItsInstantByPersonAndByPost) {
  given(Town());
  when_resolving({"duty:desk", "duty:leader"});
  EXPECT_THAT(told(), ElementsAre("eve", "cat"));
  EXPECT_EQ(found_.recipients[0].post_name, "值班室");

  when_resolving({"duty:desk"}, "lake-1", "2026-11-22 20:00");
  EXPECT_THAT(not_told(), ElementsAre("nobody: duty desk post_empty"));
}

TEST_F(ResolveTest, ALeaderOnDutyWhoIsOnLeaveIsReplacedByTheDeputyOfThatPost) {
  given(Town().with("leave", "cat,,"));
  when_resolving({"duty:leader"});
  EXPECT_THAT(told(), ElementsAre("dan for cat"));
}

TEST_F(ResolveTest, DeputiesOfAPostComeInOrderPresentAndNotToldYet) {
  given(Town());
  EXPECT_EQ(next_deputy("ann", "post:commander"), "bob");
  EXPECT_EQ(next_deputy("ann", "post:commander", {"ann", "bob"}), "cat");
  EXPECT_EQ(next_deputy("ann", "post:commander", {"bob", "cat"}), "nobody");

  given(Town().with("leave", "bob,,"));
  EXPECT_EQ(next_deputy("ann", "post:commander"), "cat");
  EXPECT_EQ(next_deputy("cat", "post:commander"), "nobody");  // never the person itself
}

TEST_F(ResolveTest, OnDutyTheDeputiesAreThoseOfThePostThatHasTheDuty) {
  given(Town().with("deputies", "first-deputy,1,eve").with("duty", "leader,bob,,"));
  EXPECT_EQ(next_deputy("cat", "duty:leader"), "dan");
  EXPECT_EQ(next_deputy("bob", "duty:leader"), "eve");  // by person: of any post they hold
}

TEST_F(ResolveTest, ByOtherSelectorsTheDeputiesAreThoseOfAnyPostThePersonHolds) {
  given(Town());
  EXPECT_EQ(next_deputy("ann", "group:flood-team"), "bob");
  EXPECT_EQ(next_deputy("eve", "group:flood-team"), "nobody");
}

// ---- changes ----

class ChangesTest : public ResolveTest {
 protected:
  // Within 2026-11-22 to 2026-12-22, office time.
  std::vector<std::string> changes(const std::string& selector, const std::string& area = "lake-1") const {
    const std::vector<model::Selector> selectors{model::parse_selector(selector).value()};
    model::AreaId where;
    for (const auto& info : roster_->areas()) {
      if (info.code == area) where = info.id;
    }
    std::vector<std::string> moments;
    for (const auto at : roster_->changes(selectors, where, local("2026-11-22 00:00"), local("2026-12-22 00:00"))) {
      moments.push_back(base::local_text(at, "Asia/Shanghai", "%m-%d %H:%M").value());
    }
    return moments;
  }
};

TEST_F(ChangesTest, DutyBeginsAndEnds) {
  given(Town().with("duty", "desk,ann,2026-11-22 20:00,2026-11-23 08:00").with("duty", "desk,ann,2027-01-01,"));
  EXPECT_THAT(changes("duty:desk"), ElementsAre("11-22 08:00", "11-22 20:00", "11-23 08:00"));
  EXPECT_THAT(changes("duty:leader"), IsEmpty());
}

TEST_F(ChangesTest, LeaveOfThoseFoundAndOfTheirDeputiesBeginsAndEnds) {
  given(Town()
            .with("leave", "ann,2026-12-01,2026-12-05")
            .with("leave", "bob,2026-12-02 12:00,2026-12-03")
            .with("leave", "dan,2026-12-24,2026-12-25"));
  EXPECT_THAT(changes("post:commander"), ElementsAre("12-01 00:00", "12-02 12:00", "12-04 00:00", "12-06 00:00"));
  EXPECT_THAT(changes("group:flood-team"), ElementsAre("12-01 00:00", "12-02 12:00", "12-04 00:00", "12-06 00:00"))
      << "ann is in it, and bob could stand in for her";
  EXPECT_THAT(changes("area:workers"), IsEmpty());
  EXPECT_THAT(changes("area+up:heads"), testing::Contains("12-01 00:00")) << "ann heads the hill above";
  EXPECT_THAT(changes("unit:fire-station"), IsEmpty()) << "dan's leave lies beyond";
}

TEST_F(ChangesTest, APostChangesHands) {
  given(Town()
            .without("posts", "commander")
            .with("posts", "commander,Commander,hill,ann,,2026-11-30")
            .with("posts", "commander,Commander,hill,bob,2026-12-01,"));
  EXPECT_THAT(changes("post:commander"), ElementsAre("12-01 00:00"));
}

}  // namespace
}  // namespace tocsin::directory
