#include "directory/person_feed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/base/local_time.h"
#include "tests/unit/directory/a_town.h"

namespace tocsin::directory {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

base::UtcTime local(const char* text) {
  return base::parse_local(text, "Asia/Shanghai").value();
}

// "21 08:30-22 08:30 duty desk", by the office's clocks.
std::vector<std::string> feed(const Town& town, const char* person, const char* from = "2026-11-21 00:00") {
  const Tables tables = town.tables();
  const Snapshot people(tables, 1);
  std::vector<std::string> lines;
  const auto made = person_feed(duties_of(tables), people, *people.person_coded(person),
                                {local(from), local("2026-11-24 00:00")}, "hill.example", local("2026-11-20 00:00"));
  for (const auto& event : made.events) {
    lines.push_back(*base::local_text(event.span.from, "Asia/Shanghai", "%d %H:%M") + "-" +
                    *base::local_text(event.span.to, "Asia/Shanghai", "%d %H:%M") + " " + event.summary);
  }
  return lines;
}

Town with_rotation() {
  return Town()
      .without("duty", "desk")
      .without("duty", "leader")
      .with("rotations", "desk,Desk,ann;bob,1,08:30,2026-11-01,");
}

TEST(PersonFeedTest, TurnsOfARotationAreEventsInTheLanguageOfThePerson) {
  EXPECT_THAT(feed(with_rotation(), "ann"), ElementsAre("21 08:30-22 08:30 duty desk", "23 08:30-24 00:00 duty desk"));
  EXPECT_THAT(feed(with_rotation(), "cat"), IsEmpty());
}

TEST(PersonFeedTest, AShiftUnderWayKeepsItsBeginning) {
  EXPECT_THAT(feed(with_rotation(), "bob", "2026-11-21 04:00"),
              ElementsAre("20 08:30-21 08:30 duty desk", "22 08:30-23 08:30 duty desk"));
}

TEST(PersonFeedTest, APostOnDutyIsAnEventOfItsHolderAndOfWhoeverStandsIn) {
  const Town town = with_rotation()
                        .without("rotations", "Desk")
                        .with("duty", "leader,post:night-chief,2026-11-21,2026-11-22")
                        .with("leave", "cat,2026-11-22,2026-11-22");
  EXPECT_THAT(feed(town, "cat"), ElementsAre("21 00:00-22 00:00 带班领导"));
  EXPECT_THAT(feed(town, "dan"), ElementsAre("22 00:00-23 00:00 带班领导"));
}

}  // namespace
}  // namespace tocsin::directory
