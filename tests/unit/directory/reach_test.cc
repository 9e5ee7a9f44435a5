#include "directory/reach.h"

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

// "2026-11-22 00:00-08:00 1/0 duty desk 0 nobody-on-duty": in office time, needed and fewest, then the gaps.
std::vector<std::string> shortfalls(const Town& town, const std::string& selector, std::size_t enough,
                                    bool everybody = false) {
  const auto people = town.snapshot();
  roster::StepToCover step;
  step.to = {model::parse_selector(selector).value()};
  step.enough = enough;
  step.everybody = everybody;
  const roster::Span days{local("2026-11-22 00:00"), local("2026-11-24 00:00")};
  std::vector<std::string> lines;
  for (const auto& range : roster::uncovered(std::vector{step}, RosterReach(*people), days)) {
    std::string line = *base::local_text(range.span.from, "Asia/Shanghai", "%d %H:%M") + "-" +
                       *base::local_text(range.span.to, "Asia/Shanghai", "%d %H:%M") + " " +
                       std::to_string(range.needed) + "/" + std::to_string(range.fewest);
    for (const auto& gap : range.gaps) {
      const auto* card = people->person(gap.person);
      line += "; " + gap.what + " " + (card == nullptr ? "nobody" : card->code) + " " +
              std::string(roster::name_of(gap.why));
    }
    lines.push_back(line);
  }
  return lines;
}

TEST(Reach, TimesOfADutyThatNobodyHasAreNamed) {
  EXPECT_THAT(shortfalls(Town(), "duty:desk", 1),
              ElementsAre("22 00:00-22 08:00 1/0; duty desk nobody nobody-on-duty",
                          "22 20:00-24 00:00 1/0; duty desk nobody nobody-on-duty"));
}

TEST(Reach, APostWhoseDeputyStandsInIsCoveredAndOneWithoutIsNotWhileItsHolderIsAway) {
  EXPECT_THAT(shortfalls(Town().with("leave", "ann,2026-11-22 10:00,2026-11-22 11:30"), "post:commander", 1),
              IsEmpty());
  EXPECT_THAT(shortfalls(Town().with("leave", "bob,2026-11-22 10:00,2026-11-22 11:30"), "post:first-deputy", 1),
              ElementsAre("22 10:00-22 11:30 1/0; post first-deputy bob on-leave"));
}

TEST(Reach, AVacantPostIsShortAllTheTime) {
  EXPECT_THAT(shortfalls(Town().without("posts", "first-deputy").with("posts", "first-deputy,First deputy,,,,"),
                         "post:first-deputy", 1),
              ElementsAre("22 00:00-24 00:00 1/0; post first-deputy nobody vacant"));
}

TEST(Reach, SomebodyWhoseOnlyContactPointIsWithdrawnIsNotReached) {
  const auto town =
      Town().without("contacts", "eve").with("contacts", "eve,1,mobile,14400000005,,2026-03-01,form,2026-10-01");
  EXPECT_THAT(shortfalls(town, "unit:fire-station", 1), IsEmpty());
  EXPECT_THAT(shortfalls(town, "unit:fire-station", 1, true),
              ElementsAre("22 00:00-24 00:00 2/1; unit:fire-station eve no-contact"));
}

}  // namespace
}  // namespace tocsin::directory
