// Promises of next_rung over many invented histories: an engine of ten lines obeys it, chance does the rest.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "gateway/base/random.h"
#include "tests/support/a_ladder.h"
#include "tests/support/a_reach.h"
#include "tests/support/an_alert.h"
#include "tests/unit/callout/next_rung_matchers.h"

namespace tocsin::callout {
namespace {

using namespace support;  // NOLINT(google-build-using-namespace)
using base::UtcTime;
using model::AnswerKind;
using model::Delivery;
using model::DeliveryState;

constexpr int kSeeds = 3000;
constexpr int kLooks = 400;  // more than any ladder of this test can need

plan::Ladder some_ladder(base::Random& random) {
  constexpr model::Channel kChannels[] = {sms, sms, voice, email, desk_call, deputy, knock};
  plan::Ladder ladder;
  for (std::uint64_t i = 0, n = 1 + random.below(4); i < n; ++i) {
    ladder.rungs.push_back({kChannels[random.below(std::size(kChannels))], std::chrono::minutes(random.below(8)), {}});
  }
  return repeated(ladder, static_cast<int>(1 + random.below(3)), std::chrono::minutes(random.below(20)));
}

AReach some_reach(base::Random& random) {
  AReach reach;
  for (std::uint64_t i = 0, n = random.below(4); i < n; ++i) {
    switch (random.below(4)) {
      case 0: reach.with_mobile_not_agreed(); break;
      case 1: reach.with_landline(); break;
      case 2: reach.with_email(); break;
      default: reach.with_mobile();
    }
    if (random.one_in(3)) reach.that_rests_at_night();
  }
  for (const auto channel : {sms, voice, email}) {
    if (!random.one_in(4)) reach.with_link(channel);
  }
  if (random.one_in(2)) reach.with_deputy();
  reach.at_night(random.one_in(2));
  return reach;
}

// Obeys next_rung for one alert and lets chance decide what becomes of each message.
class Story {
 public:
  Story(std::uint64_t seed, bool answers_allowed)
      : random_(seed),
        answers_allowed_(answers_allowed),
        ladder_(some_ladder(random_)),
        reach_(some_reach(random_)),
        alert_(an_alert().that_needs(static_cast<AnswerKind>(random_.below(4)))) {}

  // Until the alert is over; the number of looks it took, kLooks when it never was.
  int play() {
    for (int looks = 0; looks < kLooks; ++looks) {
      const NextRung next = next_rung(alert_, ladder_, reach_.get(), tried_, now_);
      check(next, next_rung(alert_, ladder_, reach_.get(), tried_, now_));
      if (next.settled) return looks;
      if (next.what == Do::kExhaust) return exhausted_ = true, looks;
      if (next.what == Do::kNothing) {
        pass_time(next);
      } else {
        obey(next);
      }
    }
    return kLooks;
  }
  [[nodiscard]] bool exhausted() const { return exhausted_; }
  // Rungs that reach the person, by a link that never stalled, and over which nothing was tried that they could carry.
  [[nodiscard]] int rungs_without_a_try() const {
    int without = 0;
    const auto reach = reach_.get();
    for (const auto& rung : ladder_.rungs) {
      if (rung.channel == deputy || rung.channel == knock) continue;
      if (is_carried(rung.channel) && !reach.has_link(rung.channel)) continue;
      const auto usable = [&](const model::ContactPoint& c) { return c.agreed && can_carry(rung.channel, c.kind); };
      const auto tried = [&](const model::ContactPoint& c) {
        return usable(c) && std::any_of(tried_.begin(), tried_.end(), [&](const Delivery& d) {
                 return d.contact == c.id || (d.stalled && d.channel == rung.channel);
               });
      };
      const auto& contacts = reach.contacts;
      if (std::any_of(contacts.begin(), contacts.end(), usable) &&
          std::none_of(contacts.begin(), contacts.end(), tried)) {
        ++without;
      }
    }
    return without;
  }

 private:
  void check(const NextRung& next, const NextRung& again) const {
    EXPECT_EQ(testing::PrintToString(next), testing::PrintToString(again)) << "equal inputs give equal answers";
    if (next.look_again_at) {
      EXPECT_GT(*next.look_again_at, now_);
    }
    if (next.what == Do::kSend) {
      EXPECT_NE(next.contact, nullptr);
      if (next.contact != nullptr) {
        EXPECT_TRUE(next.contact->agreed);
        EXPECT_TRUE(can_carry(next.channel, next.contact->kind));
      }
      EXPECT_TRUE(reach_.get().has_link(next.channel));
      EXPECT_TRUE(!alert_.paused_until || *alert_.paused_until <= now_) << "nothing is sent during a pause";
      for (const Delivery& d : tried_) {
        EXPECT_FALSE(is_open(d.state) && d.cycle == next.cycle && d.rung == next.rung && d.channel == next.channel)
            << "two open handovers";
        EXPECT_LE(std::pair(d.cycle, d.rung), std::pair(next.cycle, next.rung)) << "a ladder is never climbed down";
      }
    }
    EXPECT_LE(next.cycle, ladder_.cycles);
    EXPECT_LT(next.rung, static_cast<int>(ladder_.rungs.size()));
  }

  void obey(const NextRung& next) {
    Delivery d;
    d.id = {static_cast<std::int64_t>(tried_.size()) + 1};
    d.channel = next.channel;
    d.cycle = next.cycle;
    d.rung = next.rung;
    if (next.contact != nullptr) d.contact = next.contact->id;
    if (next.what == Do::kSend) {
      d.state = DeliveryState::kQueued;
    } else {
      d.state = next.what == Do::kTellDeputy ? DeliveryState::kDelivered : DeliveryState::kAccepted;
      d.handed_over_at = now_;
    }
    tried_.push_back(d);
  }

  // Time goes to the next look, or something happens before.
  void pass_time(const NextRung& next) {
    const auto open = std::find_if(tried_.begin(), tried_.end(), [](const Delivery& d) { return is_open(d.state); });
    if (open != tried_.end() && (!next.look_again_at || random_.one_in(3))) {
      now_ += std::chrono::seconds(random_.below(60));
      end(*open);
    } else if (answers_allowed_ && random_.one_in(6)) {
      now_ += 1s;
      answer();
    } else {
      ASSERT_TRUE(next.look_again_at) << "waits for nothing: " << testing::PrintToString(next);
      now_ = *next.look_again_at;
    }
  }

  void end(Delivery& d) {
    constexpr DeliveryState kEnds[] = {
        DeliveryState::kAccepted, DeliveryState::kAccepted, DeliveryState::kDelivered, DeliveryState::kUndelivered,
        DeliveryState::kRefused,  DeliveryState::kUnknown,  DeliveryState::kCancelled, DeliveryState::kSuperseded};
    if (!d.stalled && random_.one_in(6)) {
      d.stalled = true;
      return;
    }
    d.stalled = false;
    d.state = kEnds[random_.below(std::size(kEnds))];
    if (was_handed_over(d.state)) d.handed_over_at = now_;
    if (d.state != DeliveryState::kAccepted) d.ended_at = now_;
  }

  void answer() {
    alert_.answer = static_cast<AnswerKind>(1 + random_.below(5));
    alert_.answered_at = now_;
    if (alert_.answer == AnswerKind::kReceived) alert_.paused_until = now_ + 5min;
  }

  base::Random random_;
  bool answers_allowed_;
  plan::Ladder ladder_;
  AReach reach_;
  model::Alert alert_;
  std::vector<Delivery> tried_;
  UtcTime now_ = noon;
  bool exhausted_ = false;
};

TEST(NextRungRandomTest, KeepsItsPromisesWhateverBecomesOfTheMessages) {
  for (int seed = 1; seed <= kSeeds && !testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    EXPECT_LT(Story(static_cast<std::uint64_t>(seed), true).play(), kLooks);
  }
}

TEST(NextRungRandomTest, SilenceAlwaysEndsInExhaustionUnlessNothingWasAsked) {
  int exhausted = 0;
  for (int seed = 1; seed <= kSeeds && !testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Story story(static_cast<std::uint64_t>(seed), false);
    EXPECT_LT(story.play(), kLooks);
    exhausted += story.exhausted() ? 1 : 0;
    EXPECT_EQ(story.exhausted() ? story.rungs_without_a_try() : 0, 0) << "given up with a number nobody rang";
  }
  EXPECT_GT(exhausted, kSeeds / 2);
}

}  // namespace
}  // namespace tocsin::callout
