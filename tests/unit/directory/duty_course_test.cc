// The roster as a list: who has a duty, from when to when, and where nobody has.
#include "directory/duty_course.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "gateway/base/local_time.h"
#include "tests/unit/directory/a_town.h"

namespace tocsin::directory {
namespace {

using ::testing::Eq;
using ::testing::HasSubstr;

const roster::Span kTwoDays{local("2026-11-22 00:00"), local("2026-11-24 00:00")};

Town rotating() {
  return Town()
      .without("duty", "desk")
      .without("duty", "leader")
      .with("rotations", "desk,Desk,ann;bob,1,08:30,2026-11-01,");
}
std::string text(const Town& town, const char* duty = "desk") {
  const Snapshot people(town.tables(), 1);
  return duty_text(people, {duty}, kTwoDays, "Asia/Shanghai", false);
}

TEST(DutyCourseTest, EachHandoverBeginsAStretch) {
  EXPECT_THAT(text(rotating()), Eq("desk\n"
                                   "  2026-11-22 00:00  2026-11-22 08:30  Ann\n"
                                   "  2026-11-22 08:30  2026-11-23 08:30  Bob\n"
                                   "  2026-11-23 08:30  2026-11-24 00:00  Ann\n"));
}

TEST(DutyCourseTest, AGapIsAStretchOfNobody) {
  EXPECT_THAT(text(Town()), Eq("desk\n"
                               "  2026-11-22 00:00  2026-11-22 08:00  nobody\n"
                               "  2026-11-22 08:00  2026-11-22 20:00  Eve\n"
                               "  2026-11-22 20:00  2026-11-24 00:00  nobody\n"));
}

TEST(DutyCourseTest, WhoIsOnLeaveIsNamedBesideWhoeverIsThere) {
  EXPECT_THAT(text(rotating().with("leave", "bob,2026-11-22 12:00,2026-11-22 18:00")),
              HasSubstr("  2026-11-22 12:00  2026-11-22 18:00  nobody; on leave: Bob\n"
                        "  2026-11-22 18:00  2026-11-23 08:30  Bob\n"));
}

TEST(DutyCourseTest, ADeputyOfAPostIsNamedWithWhomTheyStandInFor) {
  EXPECT_THAT(
      text(rotating().with("duty", "leader,post:night-chief,,").with("leave", "cat,2026-11-23,2026-11-23"), "leader"),
      Eq("leader\n"
         "  2026-11-22 00:00  2026-11-23 00:00  Cat\n"
         "  2026-11-23 00:00  2026-11-24 00:00  Dan (for Cat); on leave: Cat\n"));
}

TEST(DutyCourseTest, NeighboursThatAreAlikeAreOneStretch) {
  EXPECT_THAT(text(rotating().with("overrides", "desk,ann,2026-11-22 08:00,2026-11-22 09:00,")),
              HasSubstr("  2026-11-22 00:00  2026-11-22 09:00  Ann\n"));
}

TEST(DutyCourseTest, TheJsonSaysWhoAsWhatAndForWhom) {
  const Snapshot people(
      rotating().with("duty", "leader,post:night-chief,,").with("leave", "cat,2026-11-22,2026-11-24").tables(), 1);
  const auto json = nlohmann::json::parse(duty_json(people, {"leader"}, kTwoDays));
  const auto& stretch = json["duties"][0]["stretches"][0];
  EXPECT_EQ(stretch["from"], "2026-11-21T16:00:00.000Z");
  EXPECT_EQ(stretch["on"][0]["person"], "dan");
  EXPECT_EQ(stretch["on"][0]["stands_in_for"], "cat");
  EXPECT_EQ(stretch["on"][0]["stands_in_for_name"], "Cat");
  EXPECT_EQ(stretch["on_leave"], nlohmann::json::array({"cat"}));
  EXPECT_EQ(stretch["on_leave_names"], nlohmann::json::array({"Cat"}));
  EXPECT_TRUE(json["duties"][0]["title"].is_null());
}

TEST(DutyCourseTest, TheJsonSaysWhatADutyIsCalled) {
  const auto town = rotating();
  const auto json =
      nlohmann::json::parse(duty_json(Snapshot(town.tables(), 1), {"desk"}, kTwoDays, {{"desk", "Desk"}}));
  EXPECT_EQ(json["duties"][0]["title"], "Desk");
}

}  // namespace
}  // namespace tocsin::directory
