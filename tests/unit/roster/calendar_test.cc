#include "directory/roster/calendar.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/base/local_time.h"

namespace tocsin::roster {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kOffice = "Asia/Shanghai";

Calendar read(const std::string& events, const char* from = "2026-11-20 00:00", const char* to = "2026-12-01 00:00",
              const char* zone = kOffice) {
  CalendarOptions options;
  options.file = "roster.ics";
  options.zone = zone;
  options.window = {base::parse_local(from, zone).value(), base::parse_local(to, zone).value()};
  return read_calendar("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + events + "END:VCALENDAR\r\n", options);
}

std::string event(const std::string& lines) {
  return "BEGIN:VEVENT\r\nUID:one\r\nSUMMARY:Ann\r\n" + lines + "END:VEVENT\r\n";
}

// "22 08:00-20:00 Ann", by the office's clocks.
std::vector<std::string> shifts(const Calendar& calendar, const char* zone = kOffice) {
  std::vector<std::string> lines;
  for (const auto& shift : calendar.shifts) {
    lines.push_back(*base::local_text(shift.span.from, zone, "%d %H:%M") + "-" +
                    *base::local_text(shift.span.to, zone, "%d %H:%M") + " " + shift.summary);
  }
  return lines;
}

std::vector<std::string> codes(const Calendar& calendar) {
  std::vector<std::string> all;
  for (const auto& one : calendar.findings) all.push_back(std::to_string(one.line) + " " + one.code);
  return all;
}

TEST(CalendarTest, AnEventIsAShiftByItsEndItsDurationOrItsDay) {
  EXPECT_THAT(shifts(read(event("DTSTART:20261122T080000\r\nDTEND:20261122T200000\r\n") +
                          event("DTSTART:20261122T160000Z\r\nDURATION:PT8H30M\r\n") +
                          event("DTSTART;VALUE=DATE:20261125\r\n"))),
              ElementsAre("22 08:00-22 20:00 Ann", "23 00:00-23 08:30 Ann", "25 00:00-26 00:00 Ann"));
}

TEST(CalendarTest, LinesAreUnfoldedAndTextIsPlain) {
  const auto found = read(
      "BEGIN:VEVENT\r\nSUMMARY:An\r\n n\\, of the\\ndesk\r\nATTENDEE;CN=\"An: "
      "n\";PARTSTAT=ACCEPTED:MAILTO:Ann@Hill.ex\r\n"
      " ample\r\nORGANIZER;CN=Bob:mailto:bob@hill.example\r\nDTSTART:20261122T080000\r\nDURATION:PT1H\r\nEND:"
      "VEVENT\r\n");
  ASSERT_EQ(found.shifts.size(), 1U);
  EXPECT_EQ(found.shifts[0].summary, "Ann, of the desk");
  ASSERT_EQ(found.shifts[0].attendees.size(), 1U);
  EXPECT_EQ(found.shifts[0].attendees[0].mail, "ann@hill.example");
  EXPECT_EQ(found.shifts[0].attendees[0].name, "An: n");
  EXPECT_EQ(found.shifts[0].organizer.name, "Bob");
}

TEST(CalendarTest, ARuleGivesItsOccurrencesWithinTheWindow) {
  EXPECT_THAT(
      shifts(read(event("DTSTART:20261102T083000\r\nDTEND:20261103T083000\r\nRRULE:FREQ=WEEKLY;BYDAY=MO,TH\r\n"))),
      ElementsAre("19 08:30-20 08:30 Ann", "23 08:30-24 08:30 Ann", "26 08:30-27 08:30 Ann", "30 08:30-01 08:30 Ann"));
  EXPECT_THAT(
      shifts(read(event("DTSTART:20261122T083000\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;INTERVAL=2;COUNT=3\r\n"))),
      ElementsAre("22 08:30-22 09:30 Ann", "24 08:30-24 09:30 Ann", "26 08:30-26 09:30 Ann"));
}

TEST(CalendarTest, UntilIsAnInstantOrAWholeDay) {
  const std::string daily = "DTSTART;TZID=Asia/Shanghai:20261122T083000\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;UNTIL=";
  EXPECT_EQ(read(event(daily + "20261124T003000Z\r\n")).shifts.size(), 3U);
  EXPECT_EQ(read(event(daily + "20261124T002959Z\r\n")).shifts.size(), 2U);
  EXPECT_EQ(read(event(daily + "20261124\r\n")).shifts.size(), 3U);
}

TEST(CalendarTest, DatesAreLeftOutAddedAndReplaced) {
  const std::string master =
      "DTSTART;TZID=Asia/Shanghai:20261122T083000\r\nDTEND;TZID=Asia/Shanghai:20261122T203000\r\n"
      "RRULE:FREQ=DAILY;COUNT=4\r\nEXDATE;TZID=Asia/Shanghai:20261123T083000\r\nRDATE:20261128T003000Z\r\n";
  const std::string change =
      "BEGIN:VEVENT\r\nUID:one\r\nSUMMARY:Bob\r\nRECURRENCE-ID:20261124T003000Z\r\nDTSTART:20261124T100000\r\n"
      "DURATION:PT2H\r\nEND:VEVENT\r\n";
  const std::string cancelled =
      "BEGIN:VEVENT\r\nUID:one\r\nSTATUS:CANCELLED\r\nRECURRENCE-ID;TZID=Asia/Shanghai:20261125T083000\r\n"
      "DTSTART:20261125T083000\r\nEND:VEVENT\r\n";
  EXPECT_THAT(shifts(read(event(master) + change + cancelled)),
              ElementsAre("22 08:30-22 20:30 Ann", "24 10:00-24 12:00 Bob", "28 08:30-28 20:30 Ann"));
}

TEST(CalendarTest, AShiftKeepsItsTimesOfDayWhenClocksChange) {
  const auto found =
      read(event("DTSTART;TZID=Europe/London:20261024T200000\r\nDTEND;TZID=Europe/London:20261025T080000\r\n"
                 "RRULE:FREQ=DAILY;COUNT=2\r\n"),
           "2026-10-20 00:00", "2026-11-01 00:00", "Europe/London");
  EXPECT_THAT(shifts(found, "Europe/London"), ElementsAre("24 20:00-25 08:00 Ann", "25 20:00-26 08:00 Ann"));
  EXPECT_EQ(found.shifts[0].span.to - found.shifts[0].span.from, std::chrono::hours(13));
}

TEST(CalendarTest, AZoneOfTheFilesOwnIsKnownByItsPlaceOrItsOnlyOffset) {
  const std::string zones =
      "BEGIN:VTIMEZONE\r\nTZID:China Standard "
      "Time\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nTZOFFSETFROM:+0800\r\n"
      "TZOFFSETTO:+0800\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
      "BEGIN:VTIMEZONE\r\nTZID:Here\r\nX-LIC-LOCATION:Europe/London\r\nEND:VTIMEZONE\r\n"
      "BEGIN:VTIMEZONE\r\nTZID:Odd\r\nBEGIN:STANDARD\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\n"
      "END:VTIMEZONE\r\n";
  const auto found = read(zones + event("DTSTART;TZID=China Standard Time:20261122T080000\r\nDURATION:PT1H\r\n") +
                          event("DTSTART;TZID=Here:20261122T080000\r\nDURATION:PT1H\r\n") +
                          event("DTSTART;TZID=/x.example/Asia/Tokyo:20261122T080000\r\nDURATION:PT1H\r\n") +
                          event("DTSTART;TZID=Odd:20261122T080000\r\nDURATION:PT1H\r\n"));
  EXPECT_THAT(shifts(found), ElementsAre("22 07:00-22 08:00 Ann", "22 08:00-22 09:00 Ann", "22 16:00-22 17:00 Ann"));
  EXPECT_THAT(codes(found), ElementsAre(HasSubstr("unknown-zone")));
}

TEST(CalendarTest, RulesThatAreNotOfShiftsAreRefused) {
  for (const char* rule :
       {"FREQ=SECONDLY", "FREQ=DAILY;BYHOUR=1,2", "FREQ=YEARLY;BYYEARDAY=1", "COUNT=3", "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;COUNT=-1", "FREQ=DAILY;FREQ=DAILY", "FREQ=DAILY;UNTIL=never"}) {
    const auto found = read(event("DTSTART:20261122T080000\r\nDURATION:PT1H\r\nRRULE:" + std::string(rule) + "\r\n"));
    EXPECT_THAT(found.shifts, IsEmpty()) << rule;
    EXPECT_THAT(codes(found), ElementsAre(HasSubstr("rule-refused"))) << rule;
  }
}

TEST(CalendarTest, WhatIsNoCalendarOrNoShiftIsAFindingAtItsLine) {
  EXPECT_THAT(
      codes(read(event("DTSTART:2026-11-22\r\n") + event("DTSTART:20261122T080000\r\nDTEND:20261122T070000\r\n"))),
      ElementsAre("3 bad-start", "8 bad-length"));
  CalendarOptions options;
  options.zone = kOffice;
  EXPECT_THAT(codes(read_calendar("hello", options)), ElementsAre("1 not-a-calendar"));
  EXPECT_THAT(codes(read_calendar("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261122\n", options)),
              ElementsAre("1 not-a-calendar"));
  EXPECT_THAT(codes(read_calendar(std::string(kMostCalendarBytes + 1, 'x'), options)), ElementsAre("0 too-long"));
}

TEST(CalendarTest, TooManyOccurrencesAreRefusedAndNotWaitedFor) {
  std::string events;
  for (int i = 0; i < 4; ++i) {
    events += event("DTSTART:19700101T080000\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY\r\n");
  }
  EXPECT_THAT(codes(read(events)), ElementsAre(HasSubstr("rule-refused"), HasSubstr("rule-refused")));
}

}  // namespace
}  // namespace tocsin::roster
