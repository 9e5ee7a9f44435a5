#include "directory/reach.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "gateway/base/local_time.h"
#include "tests/unit/directory/random_town.h"

namespace tocsin::directory {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

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
      line += "; " + (gap.what.empty() ? "" : gap.what + " ") + (card == nullptr ? "nobody" : card->code) + " " +
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
  EXPECT_THAT(shortfalls(town, "unit:fire-station", 1, true), ElementsAre("22 00:00-24 00:00 2/1; eve no-contact"));
}

TEST(Reach, AtNightThoseLeftMustBeForTheNightAndAContactPointInDoubtDoesNotCount) {
  auto town = Town();
  town.sheet("contacts",
             "person,kind,address,agreed_when,agreed_how,not_at_night\n"
             "ann,mobile,14400000001,2026-03-01,form,yes\nbob,mobile,14400000002,2026-03-01,form,\n");
  const auto people = town.snapshot();
  const auto contact_of = [&](const char* code) { return people->person_coded(code)->contacts.at(0).id; };
  const roster::Span day{local("2026-11-22 00:00"), local("2026-11-23 00:00")};
  const std::vector<roster::Span> nights{{local("2026-11-21 22:00"), local("2026-11-22 06:00")},
                                         {local("2026-11-22 22:00"), local("2026-11-23 06:00")}};
  const auto times = [&](const char* selector, const RosterReach::Care& care) {
    roster::StepToCover step;
    step.to = {model::parse_selector(selector).value()};
    std::string all;
    for (const auto& range : roster::uncovered(std::vector{step}, RosterReach(*people, care), day)) {
      all += *base::local_text(range.span.from, "Asia/Shanghai", "%d %H:%M") + "-" +
             *base::local_text(range.span.to, "Asia/Shanghai", "%d %H:%M");
      for (const auto& gap : range.gaps) all += " " + std::string(roster::name_of(gap.why));
      all += "; ";
    }
    return all;
  };
  EXPECT_EQ(times("post:commander", {}), "");
  EXPECT_EQ(times("post:commander", {nights, {}}),
            "22 00:00-22 06:00 rests-at-night; 22 22:00-23 00:00 rests-at-night; ");
  EXPECT_EQ(times("post:first-deputy", {nights, {}}), "") << "bob's rings at night";
  EXPECT_EQ(times("post:first-deputy", {nights, {contact_of("bob")}}), "22 00:00-23 00:00 in-doubt; ");
  EXPECT_EQ(times("post:commander", {nights, {contact_of("ann")}}), "22 00:00-23 00:00 in-doubt; ");
}

// ---- against asking resolve() at every quarter of an hour, where all edges lie ----

// "2/1 bob,cat": needed and reached, and who of those named is missing; empty where enough are reached.
std::string short_at(const Snapshot& people, const roster::StepToCover& step, model::AreaId where, base::UtcTime at) {
  const auto found = people.resolve(step.to, where, at);
  std::set<std::string> missing;
  std::size_t reached = 0;
  for (const auto& one : found.recipients) {
    const auto& contacts = people.person(one.person)->contacts;
    const bool works = std::any_of(contacts.begin(), contacts.end(), [](const auto& point) { return point.agreed; });
    works ? static_cast<void>(++reached) : static_cast<void>(missing.insert(people.person(one.person)->code));
  }
  for (const auto& one : found.not_told) {
    if (one.reason == model::Reason::kOnLeave) missing.insert(people.person(one.person)->code);
    if (one.reason == model::Reason::kPostEmpty) missing.insert("nobody");
  }
  const auto needed = step.everybody ? std::max(step.enough, found.recipients.size()) : step.enough;
  if (reached >= needed) return {};
  std::string line = std::to_string(needed) + "/" + std::to_string(reached);
  for (const auto& code : missing) line += " " + code;
  return line;
}

TEST(Reach, AgreesWithAskingAtEveryMomentOfTownsMadeByChance) {
  std::mt19937 random(7);
  const roster::Span days{local("2026-11-19 12:00"), local("2026-11-25 00:00")};
  const auto quarter_of_an_hour = std::chrono::minutes(15);
  const std::vector<std::string> selectors = {"duty:desk",     "post:commander",   "post:night-chief",
                                              "post:cook",     "group:flood-team", "unit:fire-station",
                                              "area+up:heads", "group:none"};
  int ranges_seen = 0, whole = 0;
  for (int round = 0; round < 120; ++round) {
    Town town = random_town(random);
    if (random() % 2 == 0) town.without("contacts", pick(random, {"bob", "cat", "eve"}));
    const auto people = town.snapshot();
    ASSERT_FALSE(people->people().empty());
    roster::StepToCover step;
    for (auto n = 1 + random() % 3; n > 0; --n) {
      step.to.push_back(model::parse_selector(pick(random, selectors)).value());
    }
    step.enough = random() % 4;
    step.everybody = random() % 3 == 0;
    step.places = {people->areas().back().id};
    const auto found = roster::uncovered(std::vector{step}, RosterReach(*people), days);
    ranges_seen += static_cast<int>(found.size());
    const bool informs_only = step.enough == 0 && !step.everybody;
    for (auto range = found.begin(); range != found.end(); ++range) {
      ASSERT_LT(range->span.from, range->span.to);
      ASSERT_TRUE(range == found.begin() || range->span.from > std::prev(range)->span.to);
      std::set<std::string> missing, told;
      std::string worst;
      std::size_t most = 0;
      for (auto at = range->span.from; at < range->span.to; at += quarter_of_an_hour) {
        const auto line = short_at(*people, step, step.places[0], at);
        ASSERT_NE(line, "") << round << " " << base::to_rfc3339(at);
        const auto needed = std::stoul(line), reached = std::stoul(line.substr(line.find('/') + 1));
        if (needed - reached > most) {
          most = needed - reached;
          worst = std::to_string(needed) + "/" + std::to_string(reached);
        }
        std::istringstream words(line.substr(line.find(' ') == std::string::npos ? line.size() : line.find(' ')));
        for (std::string word; words >> word;) missing.insert(word);
      }
      for (const auto& gap : range->gaps) told.insert(gap.person ? people->person(gap.person)->code : "nobody");
      EXPECT_EQ(told, missing) << round;
      EXPECT_EQ(std::to_string(range->needed) + "/" + std::to_string(range->fewest), worst) << round;
      whole += static_cast<int>(range->span == days);
    }
    for (auto at = days.from; at < days.to && !informs_only; at += quarter_of_an_hour) {
      const bool covered = std::none_of(found.begin(), found.end(), [&](const auto& r) { return r.span.contains(at); });
      ASSERT_EQ(covered, short_at(*people, step, step.places[0], at).empty()) << round << " " << base::to_rfc3339(at);
    }
  }
  EXPECT_GT(ranges_seen, 60);
  EXPECT_LT(whole, ranges_seen / 2);
}

}  // namespace
}  // namespace tocsin::directory
