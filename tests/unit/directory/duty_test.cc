// Who has a duty, when rotations, duty rows, overrides, leave and posts are written over each other.
#include <gtest/gtest.h>

#include "gateway/base/local_time.h"
#include "tests/unit/directory/random_town.h"

namespace tocsin::directory {
namespace {

// "ann, dan for cat | bob on_leave": those told, then those not told and why.
std::string answer(const Snapshot& roster, const char* selector, base::UtcTime at) {
  const auto code_of = [&](model::PersonId id) { return id ? roster.person(id)->code : std::string("nobody"); };
  const auto parsed = model::parse_selector(selector).value();
  const auto found = roster.resolve(std::span(&parsed, 1), {}, at);
  std::string line;
  for (const auto& one : found.recipients) {
    line += (line.empty() ? "" : ", ") + code_of(one.person);
    if (one.stands_in_for) line += " for " + code_of(one.stands_in_for);
  }
  for (const auto& one : found.not_told) {
    line += " | " + code_of(one.person) + " " + std::string(model::name_of(one.reason));
  }
  return line;
}

std::string desk(const Town& town, const char* at) {
  return answer(*town.snapshot(), "duty:desk", local(at));
}

// A town whose desk is kept by a rotation alone: ann from 08:30 on odd days of November, bob on even ones.
Town with_rotation() {
  return Town().without("duty", "desk").with("rotations", "desk,Desk,ann;bob,1,08:30,2026-11-01,");
}

TEST(Duty, ARotationHandsOverAtItsTimeOfDay) {
  EXPECT_EQ(desk(with_rotation(), "2026-11-21 08:30"), "ann");
  EXPECT_EQ(desk(with_rotation(), "2026-11-22 08:29"), "ann");
  EXPECT_EQ(desk(with_rotation(), "2026-11-22 08:30"), "bob");
  EXPECT_EQ(desk(with_rotation(), "2026-11-01 08:29"), " | nobody post_empty");
}

TEST(Duty, ARotationKeepsTheClocksOfTheOfficeThatWroteIt) {
  ImportOptions london;
  london.time_zone = "Europe/London";
  const Town town = Town().without("duty", "desk").with("rotations", "desk,Desk,ann;bob,1,08:00,2026-10-24,");
  Tables tables = town.read(london).tables;
  std::int64_t next_id = 1;
  number_rows(tables, {}, next_id);
  const Snapshot roster(tables, 1);
  const auto at = [](const char* text) { return base::parse_local(text, "UTC").value(); };
  EXPECT_EQ(answer(roster, "duty:desk", at("2026-10-24 07:00")), "ann");  // summer time
  EXPECT_EQ(answer(roster, "duty:desk", at("2026-10-25 07:59")), "ann");
  EXPECT_EQ(answer(roster, "duty:desk", at("2026-10-25 08:00")), "bob");
}

TEST(Duty, TwoRotationsOfOneDutyCountTogether) {
  EXPECT_EQ(desk(with_rotation().with("rotations", "desk,Second,cat;dan,1,08:30,2026-11-01,"), "2026-11-21 12:00"),
            "ann, cat");
}

TEST(Duty, ARowOfDutyGoesBeforeTheRotationAndAnOverrideBeforeBoth) {
  Town town = with_rotation().with("duty", "desk,cat,2026-11-21 08:00,2026-11-21 20:00");
  EXPECT_EQ(desk(town, "2026-11-21 12:00"), "cat");
  EXPECT_EQ(desk(town, "2026-11-21 20:00"), "ann");
  town.with("overrides", "desk,dan,2026-11-21 10:00,2026-11-21 11:00,");
  EXPECT_EQ(desk(town, "2026-11-21 10:00"), "dan");
  EXPECT_EQ(desk(town, "2026-11-21 11:00"), "cat");
}

TEST(Duty, AnOverrideThatLeavesTheShiftEmptyNeverSilencesTheLayersBelow) {
  const char* midday = "2026-11-21 12:00";
  EXPECT_EQ(desk(with_rotation().with("overrides", "desk,,2026-11-21,2026-11-21,"), midday), "ann");
  const Town away =
      with_rotation().with("overrides", "desk,cat,2026-11-21,2026-11-21,").with("leave", "cat,2026-11-21,2026-11-21");
  EXPECT_EQ(desk(away, midday), "ann | cat on_leave") << "cat's deputy is not asked: ann is there";
  EXPECT_EQ(desk(with_rotation()
                     .with("overrides", "desk,post:night-chief,2026-11-21,2026-11-21,")
                     .with("leave", "cat,,")
                     .with("leave", "dan,,"),
                 midday),
            "ann | cat on_leave")
      << "the post's holder and its only deputy are away";
  EXPECT_EQ(
      desk(with_rotation().with("posts", "cook,Cook,,,,").with("overrides", "desk,post:cook,2026-11-21,2026-11-21,"),
           midday),
      "ann")
      << "the post is vacant";
}

TEST(Duty, APostIsPresentWhenItsDeputyIs) {
  EXPECT_EQ(desk(with_rotation()
                     .with("overrides", "desk,post:night-chief,2026-11-21,2026-11-21,")
                     .with("leave", "cat,2026-11-21 12:00,2026-11-21 13:00"),
                 "2026-11-21 12:30"),
            "dan for cat | cat on_leave");
}

TEST(Duty, WithNobodyPresentInAnyLayerDeputiesOfTheHighestLayerThatHasSomeStandIn) {
  // bob's only post has no deputy; cat's has dan, ann's has bob, who is away, and cat, who is, too.
  const Town town = with_rotation()
                        .with("overrides", "desk,bob,2026-11-21,2026-11-21,")
                        .with("duty", "desk,cat,2026-11-21,2026-11-21")
                        .with("leave", "ann,,")
                        .with("leave", "bob,,")
                        .with("leave", "cat,,");
  EXPECT_EQ(desk(town, "2026-11-21 12:00"), "dan for cat | bob on_leave | cat on_leave | ann on_leave");
}

TEST(Duty, WhoIsAwayBesideSomebodyPresentIsStoodInForByADeputy) {
  EXPECT_EQ(desk(Town().with("duty", "desk,cat,2026-11-22,2026-11-22").with("leave", "cat,,"), "2026-11-22 12:00"),
            "eve, dan for cat | cat on_leave");
}

TEST(Duty, ASwapReplacesOnlyTheOneItNames) {
  Town town = with_rotation().with("rotations", "desk,Second,cat,1,08:30,2026-11-01,");
  town.with("overrides", "desk,eve,2026-11-21 10:00,2026-11-21 12:00,ann");
  EXPECT_EQ(desk(town, "2026-11-21 09:59"), "ann, cat");
  EXPECT_EQ(desk(town, "2026-11-21 10:00"), "eve, cat");
  EXPECT_EQ(desk(town.with("leave", "eve,,"), "2026-11-21 10:00"), "ann, cat") << "with no substitute ann stays on";
}

TEST(Duty, DeputiesOfAPostOnDutyByRotationAreThoseOfThePost) {
  const auto roster =
      Town().without("duty", "desk").with("rotations", "desk,D,post:night-chief,1,08:30,2026-11-01,").snapshot();
  const auto cat = roster->person_coded("cat")->id, dan = roster->person_coded("dan")->id;
  const model::Selector duty{model::SelectorKind::kDuty, "desk"};
  EXPECT_EQ(roster->next_deputy(cat, duty, {}, local("2026-11-21 12:00")), dan);
  EXPECT_TRUE(roster->knows(duty));
  EXPECT_FALSE(roster->knows({model::SelectorKind::kDuty, "tea"}));
}

TEST(Duty, LeaveThatOverlapsItselfIsOneLeave) {
  const Town town = with_rotation()
                        .with("leave", "ann,2026-11-20,2026-11-23")
                        .with("leave", "ann,2026-11-21 09:00,2026-11-21 10:00")
                        .with("leave", "bob,,2026-11-19")
                        .with("leave", "bob,2026-11-25,");
  EXPECT_EQ(desk(town, "2026-11-21 12:00"), "bob for ann | ann on_leave");
  EXPECT_EQ(desk(town, "2026-11-27 12:00"), "ann");
  EXPECT_EQ(desk(town, "2026-11-28 12:00"), " | bob on_leave");
}

// ---- changes against resolve, minute by minute ----

TEST(Duty, BetweenTheMomentsOfChangesTheAnswerStaysAsItIs) {
  std::mt19937 random(20261122);
  const model::Selector duty{model::SelectorKind::kDuty, "desk"};
  const auto begin = local("2026-11-19 12:00"), end = local("2026-11-25 00:00");
  int moments_seen = 0;
  for (int round = 0; round < 300; ++round) {
    const Town town = random_town(random);
    const auto roster = town.snapshot();
    ASSERT_FALSE(roster->people().empty()) << render_findings(town.read());
    const auto moments = roster->changes(std::span(&duty, 1), {}, begin, end);
    moments_seen += static_cast<int>(moments.size());
    std::string before = answer(*roster, "duty:desk", begin);
    for (auto at = begin; at < end; at += std::chrono::minutes(15)) {
      const auto now = answer(*roster, "duty:desk", at);
      if (now != before) {
        ASSERT_TRUE(std::binary_search(moments.begin(), moments.end(), at))
            << round << " " << before << " -> " << now << " at " << base::to_rfc3339(at);
      }
      before = now;
    }
  }
  EXPECT_GT(moments_seen, 300);
}

}  // namespace
}  // namespace tocsin::directory
