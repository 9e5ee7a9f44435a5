#include "directory/calendar_duty.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/base/local_time.h"
#include "tests/unit/directory/a_town.h"

namespace tocsin::directory {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

roster::CalendarShift shift(std::string summary, std::vector<roster::CalendarPerson> attendees = {}, int line = 2) {
  roster::CalendarShift made;
  made.span = {base::parse_local("2026-11-22 08:00", "Asia/Shanghai").value(),
               base::parse_local("2026-11-22 20:00", "Asia/Shanghai").value()};
  made.summary = std::move(summary);
  made.attendees = std::move(attendees);
  made.line = line;
  return made;
}

// The codes found, "?" for each finding.
std::vector<std::string> who(const std::vector<roster::CalendarShift>& shifts) {
  const Tables tables = Town()
                            .with("persons", "eve-2,Eve,zh,,")
                            .with("contacts", "eve-2,1,email,eve@hill.example,,2026-03-01,form,")
                            .tables();
  roster::Calendar calendar;
  calendar.shifts = shifts;
  const auto found = duty_of(calendar, "desk", tables, "roster.ics");
  std::vector<std::string> codes;
  for (const auto& row : found.rows) codes.push_back(row.who);
  codes.insert(codes.end(), found.findings.size(), "?");
  return codes;
}

TEST(CalendarDutyTest, PeopleAreFoundByMailByNameAndByCode) {
  EXPECT_THAT(who({shift("Duty", {{"eve@hill.example", "Somebody"}, {"x@hill.example", "Bob"}})}),
              ElementsAre("eve-2", "bob"));
  EXPECT_THAT(who({shift("Bob")}), ElementsAre("bob"));
  EXPECT_THAT(who({shift("Duty: Ann, Bob")}), ElementsAre("ann", "bob"));
  EXPECT_THAT(who({shift("值班（Cat）")}), ElementsAre("cat"));
}

TEST(CalendarDutyTest, NobodyIsGuessed) {
  EXPECT_THAT(who({shift("Eve")}), ElementsAre("?")) << "two persons have that name";
  EXPECT_THAT(who({shift("Anne")}), ElementsAre("?"));
  EXPECT_THAT(who({shift("Bob", {{"x@hill.example", "Nobody"}})}), ElementsAre("?"));
  EXPECT_THAT(who({shift("Anne"), shift("Anne")}), ElementsAre("?")) << "an event is told of once";
}

TEST(CalendarDutyTest, TheSheetIsReadAsWhatItSays) {
  const Town town;
  roster::Calendar calendar;
  calendar.shifts = {shift("Ann"), shift("bob")};
  const auto found = duty_of(calendar, "desk", town.tables(), "roster.ics");
  const auto sheet = duty_sheet(found.rows, "Asia/Shanghai");
  const auto read = Town(town).sheet("duty", sheet).read();
  EXPECT_THAT(read.findings, IsEmpty());
  ASSERT_EQ(read.tables.duty.size(), 2U);
  EXPECT_EQ(read.tables.duty[1].who, "bob");
  EXPECT_EQ(read.tables.duty[1].period.from, calendar.shifts[1].span.from);
  EXPECT_EQ(read.tables.duty[1].period.to, calendar.shifts[1].span.to);
}

}  // namespace
}  // namespace tocsin::directory
