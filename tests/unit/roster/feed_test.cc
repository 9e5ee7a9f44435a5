#include "directory/roster/feed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/base/text.h"

namespace tocsin::roster {
namespace {

using ::testing::HasSubstr;

base::UtcTime utc(const char* text) {
  return *base::parse_rfc3339(text);
}

// Lines joined again as a reader joins them (RFC 5545, 3.1).
std::string unfolded(std::string text) {
  for (auto at = text.find("\r\n "); at != std::string::npos; at = text.find("\r\n ", at)) text.erase(at, 3);
  return text;
}

TEST(Feed, AFeedIsWhatCalendarsRead) {
  Feed feed{"Ann", utc("2026-11-01T00:00:00Z"), {}};
  feed.events.push_back({"a@office.example",
                         "Duty desk; first, or second\nline \\ end\x01",
                         {utc("2026-11-22T00:30:00Z"), utc("2026-11-23T00:30:00Z")}});
  EXPECT_EQ(write_feed(feed),
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//tocsin//roster//EN\r\nNAME:Ann\r\nX-WR-CALNAME:Ann\r\n"
            "BEGIN:VEVENT\r\nUID:a@office.example\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:20261122T003000Z\r\n"
            "DTEND:20261123T003000Z\r\nSUMMARY:Duty desk\\; first\\, or second\\nline \\\\ end\r\nEND:VEVENT\r\n"
            "END:VCALENDAR\r\n");
}

TEST(Feed, NoLineIsLongerThan75OctetsAndNoCharacterIsCut) {
  for (std::size_t lead = 0; lead < 5; ++lead) {
    std::string summary(lead, 'x');
    for (int i = 0; i < 100; ++i) summary += "值班";
    const auto text = write_feed({"", {}, {{"a", summary, {}}}});
    for (std::size_t at = 0, end; (end = text.find("\r\n", at)) != std::string::npos; at = end + 2) {
      EXPECT_LE(end - at, 75U);
      EXPECT_TRUE(base::is_utf8(text.substr(at, end - at))) << text.substr(at, end - at);
    }
    EXPECT_THAT(unfolded(text), HasSubstr("SUMMARY:" + summary + "\r\n"));
  }
}

TEST(Feed, AShiftKeepsItsUidThroughTheDaysItLastsAndTouchingStretchesAreOne) {
  Rows rows;
  rows.shifts.push_back({"desk", "ann", {utc("2026-11-21T00:00:00Z"), utc("2026-11-22T00:00:00Z")}});
  rows.overrides.push_back({"desk", "ann", {utc("2026-11-22T00:00:00Z"), utc("2026-11-23T00:00:00Z")}, {}});
  rows.shifts.push_back({"desk", "ann", {utc("2026-11-01T00:00:00Z"), utc("2026-11-02T00:00:00Z")}});
  const Shifts shifts(rows, "UTC");
  for (const char* from : {"2026-11-20T00:00:00Z", "2026-11-22T12:00:00Z"}) {
    const auto events =
        events_of(shifts, "desk", "ann", {utc(from), utc("2026-12-01T00:00:00Z")}, "Duty", "office.example");
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].uid, "desk-ann-20261121T000000Z@office.example");
    EXPECT_EQ(events[0].span, (Span{utc("2026-11-21T00:00:00Z"), utc("2026-11-23T00:00:00Z")}));
  }
}

}  // namespace
}  // namespace tocsin::roster
