#include "directory/roster/coverage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

namespace tocsin::roster {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const base::UtcTime kBegin{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22}};
base::UtcTime at_second(int s) {
  return kBegin + std::chrono::seconds(s);
}
base::UtcTime at_minute(int m) {
  return kBegin + std::chrono::minutes(m);
}

struct Member {
  std::int64_t person = 0;
  Span there;             // named then
  std::vector<Span> off;  // not reached then
  Why why = Why::kOnLeave;
};

// Groups by name.  Counts its work.
class Town final : public ReachSource {
 public:
  std::map<std::string, std::vector<Member>> groups;
  mutable int asked = 0;

  [[nodiscard]] Course follow(std::span<const model::Selector> to_whom, model::AreaId,
                              const Span& span) const override {
    ++asked;
    Course course;
    for (const auto& selector : to_whom) {
      std::vector<base::UtcTime> edges{span.from, span.to};
      for (const auto& member : members(selector)) {
        edges.insert(edges.end(), {member.there.from, member.there.to});
        for (const auto& off : member.off) edges.insert(edges.end(), {off.from, off.to});
      }
      std::sort(edges.begin(), edges.end());
      for (std::size_t i = 0; i + 1 < edges.size(); ++i) add(course, selector, {edges[i], edges[i + 1]});
    }
    return course;
  }

 private:
  void add(Course& course, const model::Selector& selector, const Span& stretch) const {
    bool anybody = false;
    for (const auto& member : members(selector)) {
      if (stretch.empty() || !member.there.contains(stretch.from)) continue;
      anybody = true;
      const bool off = std::any_of(member.off.begin(), member.off.end(),
                                   [&](const Span& span) { return span.contains(stretch.from); });
      course.told.push_back({model::PersonId{member.person}, !off, stretch});
      if (off)
        course.missing.push_back({{"group " + selector.name, model::PersonId{member.person}, member.why}, stretch});
    }
    if (!anybody) course.missing.push_back({{"group " + selector.name, {}, Why::kVacant}, stretch});
  }
  [[nodiscard]] const std::vector<Member>& members(const model::Selector& selector) const {
    static const std::vector<Member> kNone;
    const auto found = groups.find(selector.name);
    return found == groups.end() ? kNone : found->second;
  }
};

model::Selector group(const std::string& name) {
  return {model::SelectorKind::kGroup, name};
}
StepToCover step(const std::string& name, std::size_t enough, bool everybody = false) {
  return {name, {group("team")}, enough, everybody, {}};
}
const Span kHour{at_minute(0), at_minute(60)};
const Span kAlways{at_minute(-1000), at_minute(1000)};

TEST(Coverage, NothingIsFoundWhereEnoughAreReachedAllTheTime) {
  Town town;
  town.groups["team"] = {{1, kAlways, {}, {}}, {2, kAlways, {{at_minute(5), at_minute(9)}}, Why::kOnLeave}};
  EXPECT_THAT(uncovered(std::vector{step("a", 1), step("b", 0)}, town, kHour), IsEmpty());
}

TEST(Coverage, AShortfallNamesItsMinutesHowManyAreMissingAndWhy) {
  Town town;
  town.groups["team"] = {{1, kAlways, {}, {}}, {2, kAlways, {{at_second(301), at_second(541)}}, Why::kNoContact}};
  const auto found = uncovered(std::vector{step("a", 2)}, town, kHour);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].span, (Span{at_minute(5), at_minute(10)}));  // 5:01 to 9:01
  EXPECT_EQ(found[0].needed, 2U);
  EXPECT_EQ(found[0].fewest, 1U);
  EXPECT_THAT(found[0].gaps, ElementsAre(Gap{"group team", model::PersonId{2}, Why::kNoContact}));
}

TEST(Coverage, RangesThatTouchAreOneWithAllTheirReasons) {
  Town town;
  town.groups["team"] = {{1, {at_minute(0), at_minute(30)}, {{at_minute(10), at_minute(30)}}, Why::kOnLeave}};
  const auto found = uncovered(std::vector{step("a", 1)}, town, kHour);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].span, (Span{at_minute(10), at_minute(60)}));
  EXPECT_THAT(found[0].gaps,
              ElementsAre(Gap{"group team", model::PersonId{1}, Why::kOnLeave}, Gap{"group team", {}, Why::kVacant}));
}

TEST(Coverage, AStepThatNeedsEverybodyIsShortWhenOneIsMissing) {
  Town town;
  town.groups["team"] = {{1, kAlways, {}, {}},
                         {2, {at_minute(0), at_minute(30)}, {{at_minute(10), at_minute(20)}}, {}}};
  const auto found = uncovered(std::vector{step("a", 1, true)}, town, kHour);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].span, (Span{at_minute(10), at_minute(20)}));
  EXPECT_EQ(found[0].needed, 2U);
}

TEST(Coverage, TheSameStepOfManyResponsesIsLookedAtOnce) {
  Town town;
  std::vector<StepToCover> steps;
  for (int i = 0; i < 100; ++i) steps.push_back(step("r" + std::to_string(i), 1));
  const auto found = uncovered(steps, town, kHour);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].steps.size(), 100U);
  EXPECT_EQ(found[0].span, kHour);
  EXPECT_EQ(town.asked, 1);
}

TEST(Coverage, EachPlaceIsLookedAtByItself) {
  Town town;
  auto by_place = step("a", 1);
  by_place.places = {model::AreaId{3}, model::AreaId{4}};
  const auto found = uncovered(std::vector{by_place}, town, kHour);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].where, model::AreaId{3});
  EXPECT_EQ(found[1].where, model::AreaId{4});
}

// Looks at every second, and knows nothing of changes.
std::vector<bool> short_minutes(const Town& town, const StepToCover& step, int minutes) {
  std::vector<bool> found(static_cast<std::size_t>(minutes), false);
  for (int s = 0; s < minutes * 60; ++s) {
    std::set<std::int64_t> named, reached;
    for (const auto& selector : step.to) {
      const auto members = town.groups.find(selector.name);
      if (members == town.groups.end()) continue;
      for (const auto& member : members->second) {
        if (!member.there.contains(at_second(s))) continue;
        named.insert(member.person);
        bool off = false;
        for (const auto& span : member.off) off = off || span.contains(at_second(s));
        if (!off) reached.insert(member.person);
      }
    }
    const auto needed = step.everybody ? std::max(step.enough, named.size()) : step.enough;
    if (reached.size() < needed) found[static_cast<std::size_t>(s / 60)] = true;
  }
  return found;
}

TEST(Coverage, AgreesWithLookingAtEverySecondOfGeneratedTowns) {
  std::mt19937 random(11);
  const auto pick = [&](int below) { return static_cast<int>(random() % static_cast<unsigned>(below)); };
  const auto some_span = [&] {
    const int begin = pick(4200) - 600;
    return Span{at_second(begin), at_second(begin + 1 + pick(pick(2) == 0 ? 90 : 3000))};
  };
  for (int round = 0; round < 80; ++round) {
    Town town;
    for (const char* name : {"team", "crew"}) {
      for (int i = pick(5); i > 0; --i) {
        Member member{1 + pick(4), pick(3) == 0 ? some_span() : kAlways, {}, {}};
        for (int j = pick(3); j > 0; --j) member.off.push_back(some_span());
        town.groups[name].push_back(member);
      }
    }
    std::vector<StepToCover> steps;
    for (int i = 0; i < 3; ++i) {
      steps.push_back(step("s" + std::to_string(i), static_cast<std::size_t>(pick(4)), pick(3) == 0));
      if (pick(2) == 0) steps.back().to.push_back(group("crew"));
    }
    const auto found = uncovered(steps, town, kHour);
    for (std::size_t i = 0; i < steps.size(); ++i) {
      std::vector<bool> told(60, false);
      base::UtcTime last = base::UtcTime::min();
      for (const auto& range : found) {
        if (std::find(range.steps.begin(), range.steps.end(), i) == range.steps.end()) continue;
        EXPECT_GT(range.span.from, last) << "ranges that touch are one";
        last = range.span.to;
        for (auto at = range.span.from; at < range.span.to; at += std::chrono::minutes(1)) {
          told[static_cast<std::size_t>((at - kBegin) / std::chrono::minutes(1))] = true;
        }
      }
      EXPECT_EQ(told, short_minutes(town, steps[i], 60)) << "round " << round << ", step " << i;
    }
  }
}

}  // namespace
}  // namespace tocsin::roster
