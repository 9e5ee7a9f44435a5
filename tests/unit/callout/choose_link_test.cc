#include "gateway/callout/choose_link.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <map>
#include <string>

namespace tocsin::callout {
namespace {

using model::Channel;
using testing::ElementsAre;
using testing::Optional;

constexpr auto kReady = LinkStanding::kReady, kDoubted = LinkStanding::kDoubted, kFull = LinkStanding::kFull,
               kDown = LinkStanding::kDown;

LinkPolicy policy(int priority, int weight = 0, std::vector<std::string> prefixes = {}) {
  LinkPolicy p;
  p.priority = priority;
  p.weight = weight;
  p.prefixes = std::move(prefixes);
  return p;
}

// What three SMS links do in each standing: main before spare, and one of an operator for its own numbers.
class ChooseLink : public testing::Test {
 protected:
  LinkPolicy main_ = policy(1), spare_ = policy(2), own_ = policy(9, 0, {"+86144000000"});
  static constexpr int kMain = 0, kSpare = 1, kOwn = 2;

  std::vector<LinkNow> links(LinkStanding main, LinkStanding spare, LinkStanding own = kDown) const {
    return {{&main_, Channel::kSms, main, false},
            {&spare_, Channel::kSms, spare, false},
            {&own_, Channel::kSms, own, false}};
  }
  static WantedLink to(std::string_view number, std::uint64_t tried = 0) {
    WantedLink wanted;
    wanted.number = number;
    wanted.tried = tried;
    wanted.urgency = 5;
    return wanted;
  }
};

constexpr const char* kAnybody = "+8614400001001";
constexpr const char* kOwnNumber = "+8614400000001";

TEST_F(ChooseLink, TheTableOfStandingsAndTries) {
  struct Row {
    LinkStanding main, spare, own;
    const char* number;
    std::uint64_t tried;
    int at;
    bool now;
  };
  const Row rows[] = {
      {kReady, kReady, kReady, kAnybody, 0, kMain, true},
      {kDown, kReady, kReady, kAnybody, 0, kSpare, true},
      {kFull, kReady, kReady, kAnybody, 0, kSpare, true},
      {kDoubted, kReady, kReady, kAnybody, 0, kSpare, true},
      {kDoubted, kDown, kReady, kAnybody, 0, kMain, true},  // better doubted than none
      {kDown, kDoubted, kReady, kAnybody, 0, kSpare, true},
      {kDown, kDown, kReady, kAnybody, 0, kMain, false},  // the operator's link is not for this number
      {kFull, kDown, kReady, kAnybody, 0, kMain, false},
      {kReady, kReady, kReady, kAnybody, 0b001, kSpare, true},
      {kReady, kDown, kReady, kAnybody, 0b001, kMain, true},  // tried, but there is no other
      {kReady, kDoubted, kReady, kAnybody, 0b001, kMain, true},
      {kReady, kReady, kReady, kAnybody, 0b011, kMain, true},
      {kReady, kReady, kReady, kOwnNumber, 0, kOwn, true},
      {kReady, kReady, kDown, kOwnNumber, 0, kMain, true},
      {kReady, kReady, kDoubted, kOwnNumber, 0, kMain, true},
      {kReady, kReady, kReady, kOwnNumber, 0b100, kMain, true},
      {kDown, kDown, kDown, kOwnNumber, 0, kOwn, false},
  };
  int line = 0;
  for (const auto& row : rows) {
    const auto choice = choose_link(links(row.main, row.spare, row.own), to(row.number, row.tried));
    EXPECT_EQ(choice.at, row.at) << "row " << line;
    EXPECT_EQ(choice.now, row.now) << "row " << line;
    ++line;
  }
}

TEST_F(ChooseLink, NoLinkServesAnotherChannel) {
  auto wanted = to(kAnybody);
  wanted.channel = Channel::kEmail;
  EXPECT_EQ(choose_link(links(kReady, kReady, kReady), wanted).at, -1);
}

TEST_F(ChooseLink, ANumberOfNobodyStillGoesWhereEveryLinkIsForOthers) {
  const LinkNow only[] = {{&own_, Channel::kSms, kReady, false}};
  const auto choice = choose_link(only, to(kAnybody));
  EXPECT_EQ(choice.at, 0);
  EXPECT_TRUE(choice.now);
}

TEST_F(ChooseLink, TheLongestPrefixWins) {
  const auto wide = policy(0, 0, {"+86"});
  const LinkNow both[] = {{&wide, Channel::kSms, kReady, false}, {&own_, Channel::kSms, kReady, false}};
  EXPECT_EQ(choose_link(both, to(kOwnNumber)).at, 1);
  EXPECT_EQ(choose_link(both, to(kAnybody)).at, 0);
}

TEST_F(ChooseLink, EqualsShareByWeightAndTheSameMessageStaysWithTheSame) {
  const auto three = policy(1, 3), one = policy(1, 1), none = policy(1, 0);
  const LinkNow equals[] = {{&three, Channel::kSms, kReady, false},
                            {&one, Channel::kSms, kReady, false},
                            {&none, Channel::kSms, kReady, false}};
  std::map<int, int> share;
  for (std::uint64_t draw = 0; draw < 400; ++draw) {
    auto wanted = to(kAnybody);
    wanted.draw = draw;
    const auto at = choose_link(equals, wanted).at;
    EXPECT_EQ(choose_link(equals, wanted).at, at);
    ++share[at];
  }
  EXPECT_EQ(share[0], 300);
  EXPECT_EQ(share[1], 100);
  EXPECT_EQ(share[2], 0) << "a weight of none is no share beside others";
}

TEST_F(ChooseLink, WithoutWeightsTheFirstInTheSettingsHasItAll) {
  const auto a = policy(1), b = policy(1);
  const LinkNow equals[] = {{&a, Channel::kSms, kReady, false}, {&b, Channel::kSms, kReady, false}};
  for (std::uint64_t draw = 0; draw < 50; ++draw) {
    auto wanted = to(kAnybody);
    wanted.draw = draw;
    EXPECT_EQ(choose_link(equals, wanted).at, 0);
  }
  EXPECT_TRUE(may_take_over(equals, to(kAnybody), 1, 0));
  EXPECT_FALSE(may_take_over(equals, to(kAnybody), 0, 1));
}

TEST_F(ChooseLink, ATrialTakesOneMessageThatIsNeitherMostUrgentNorARepeat) {
  auto now = links(kReady, kDoubted);
  now[kSpare].wants_trial = true;
  EXPECT_EQ(choose_link(now, to(kAnybody)).at, kSpare);
  EXPECT_EQ(choose_link(now, to(kAnybody, 0b100)).at, kMain) << "a repeat";
  auto urgent = to(kAnybody);
  urgent.urgency = model::kMostUrgent;
  EXPECT_EQ(choose_link(now, urgent).at, kMain);
}

TEST_F(ChooseLink, WhoTakesOverWhatWaitsElsewhere) {
  const auto may = [&](std::vector<LinkNow> now, const char* number, int from, int at) {
    return may_take_over(now, to(number), from, at);
  };
  EXPECT_TRUE(may(links(kDown, kReady), kAnybody, kMain, kSpare));
  EXPECT_TRUE(may(links(kFull, kReady), kAnybody, kMain, kSpare));
  EXPECT_TRUE(may(links(kDoubted, kReady), kAnybody, kMain, kSpare));
  EXPECT_TRUE(may(links(kDown, kDoubted), kAnybody, kMain, kSpare)) << "better doubted than none";
  EXPECT_FALSE(may(links(kReady, kReady), kAnybody, kMain, kSpare));
  EXPECT_TRUE(may(links(kReady, kReady), kAnybody, kSpare, kMain)) << "back to the better one";
  EXPECT_FALSE(may(links(kDown, kDown), kAnybody, kMain, kSpare));
  EXPECT_FALSE(may(links(kDown, kDown, kReady), kAnybody, kMain, kOwn)) << "not for this number";
  EXPECT_TRUE(may(links(kReady, kReady, kReady), kOwnNumber, kMain, kOwn));
  EXPECT_FALSE(may(links(kReady, kReady, kReady), kOwnNumber, kOwn, kMain));
  EXPECT_FALSE(may(links(kReady, kReady, kDown), kOwnNumber, kOwn, kSpare)) << "the main link stands in first";
}

TEST_F(ChooseLink, ATrialTakesNoQueueFromOthers) {
  auto now = links(kReady, kDoubted);
  now[kMain].standing = kDown;
  now[kOwn] = {&spare_, Channel::kSms, kReady, false};
  now[kSpare].wants_trial = true;
  EXPECT_TRUE(may_take_over(now, to(kAnybody), kMain, kOwn));
}

TEST(ReadPrefixes, TakesNumbersSeparatedByBlanksOrCommas) {
  EXPECT_THAT(read_prefixes("+86144 +86145,+1"), Optional(ElementsAre("+86144", "+86145", "+1")));
  EXPECT_THAT(read_prefixes(""), Optional(ElementsAre()));
  for (const char* bad : {"86144", "+", "+86x", "+12345678901234567", "+86144 144"}) {
    EXPECT_FALSE(read_prefixes(bad)) << bad;
  }
}

}  // namespace
}  // namespace tocsin::callout
