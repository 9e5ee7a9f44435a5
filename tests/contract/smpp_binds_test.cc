// Several binds of one SMPP link: one window, one account, one link.
#include <gmock/gmock.h>

#include <set>

#include "tests/support/running_link.h"

namespace tocsin {
namespace {

using namespace std::chrono_literals;
using model::SendOutcome;
using namespace testing;  // NOLINT(google-build-using-namespace): the running link and its words
using Seen = RecordedEvents::Seen;

// Sends until each bind has carried something: a link is up by its first, the others follow.
// How many messages that took; their ends have come.
int use_all_binds(Smsc& smsc, RunningLink& run, std::size_t binds) {
  std::set<int> used;
  int sent = 0;
  while (used.size() < binds && sent < 3000) {
    std::vector<ports::OutMessage> messages;
    for (int i = 0; i < 3; ++i) messages.push_back(a_message(1000 + ++sent));
    run.link.send(std::move(messages));
    if (!run.wait_ends(static_cast<std::size_t>(sent))) break;
    for (const auto& one : smsc.submitted()) used.insert(one.bind);
  }
  EXPECT_EQ(used.size(), binds);
  return sent;
}

// `binds` that share a window of four.
sms::SmppSettings small_window_of(const Smsc& smsc, int binds) {
  auto settings = settings_for(smsc);
  settings.window = 4;
  settings.binds = binds;
  settings.receipts = false;
  return settings;
}

TEST(SmppBindsTest, TheBindsOfALinkShareOneWindow) {
  Smsc smsc;
  RunningLink run(small_window_of(smsc, 3));
  ASSERT_TRUE(run.wait_up());
  const int before = use_all_binds(smsc, run, 3);
  smsc.be_silent(true);
  std::vector<ports::OutMessage> messages;
  for (std::int64_t id = 1; id <= 10; ++id) messages.push_back(a_message(id));
  run.link.send(std::move(messages));
  ASSERT_TRUE(smsc.wait_until([before](const auto& counts) { return counts.submitted >= before + 4; }));
  smsc.phone_texts(kPhone, "10690000", "1");
  ASSERT_TRUE(smsc.wait_until([](const auto& counts) { return counts.acknowledged == 1; }));
  EXPECT_EQ(smsc.counts().submitted, before + 4);
}

TEST(SmppBindsTest, ABindThatStaysAwayIsSaidOnceAndThatItIsBackToo) {
  Smsc smsc;
  auto settings = small_window_of(smsc, 2);
  settings.degraded_after = 30ms;
  settings.enquire_link = 40ms;
  RunningLink run(settings);
  ASSERT_TRUE(smsc.wait_until_read_by(2));
  const auto changes = run.events.seen().changes.size();
  smsc.refuse_binds(true);
  smsc.drop_latest();
  ASSERT_TRUE(run.events.wait_until([](const Seen& seen) { return seen.changes.back().degraded; }));
  EXPECT_TRUE(run.events.seen().up()) << "the other carries on";
  EXPECT_THAT(run.events.seen().changes.back().reason, ::testing::StartsWith("1 of 2 binds are away: "));
  const int refused = smsc.counts().refused_binds;
  ASSERT_TRUE(smsc.wait_until([refused](const auto& counts) { return counts.refused_binds >= refused + 3; }));
  EXPECT_EQ(run.events.seen().changes.size(), changes + 1);

  smsc.refuse_binds(false);
  ASSERT_TRUE(run.events.wait_until([](const Seen& seen) { return !seen.changes.back().degraded; }));
  EXPECT_TRUE(run.events.seen().up());
  EXPECT_EQ(run.events.seen().changes.size(), changes + 2);
}

TEST(SmppBindsTest, ALostBindTakesOnlyItsOwnAndTheLinkStaysUp) {
  Smsc smsc;
  RunningLink run(small_window_of(smsc, 2));
  ASSERT_TRUE(run.wait_up());
  const int before = use_all_binds(smsc, run, 2);
  smsc.be_silent(true);
  run.link.send({a_message(1), a_message(2), a_message(3), a_message(4)});
  ASSERT_TRUE(smsc.wait_until([before](const auto& counts) { return counts.submitted == before + 4; }));
  smsc.be_silent(false);
  smsc.drop_latest();
  ASSERT_TRUE(smsc.wait_until([](const auto& counts) { return counts.binds == 3; }));
  EXPECT_EQ(run.events.seen().count(SendOutcome::kUnknown), 2);  // each bind had two
  EXPECT_EQ(run.events.seen().changes.size(), 1U);
}

TEST(SmppBindsTest, TransmittersSendAndReceiversReceive) {
  Smsc smsc;
  auto settings = settings_for(smsc);
  settings.bind = "transmitter+receiver";
  settings.binds = 2;
  RunningLink run(settings);
  ASSERT_TRUE(smsc.wait_until([](const auto& counts) { return counts.sessions == 4; }));
  ASSERT_TRUE(run.wait_up());
  run.link.send({a_message(1), a_message(2, long_text())});
  ASSERT_TRUE(run.wait_ends(4));
  EXPECT_EQ(run.events.seen().count(SendOutcome::kAccepted), 4);
  smsc.phone_texts(kPhone, "10690000", long_text());
  ASSERT_TRUE(
      run.events.wait_until([](const Seen& seen) { return seen.inbound.size() == 1 && seen.receipts.size() == 4; }));
  EXPECT_EQ(run.events.seen().inbound[0].text, long_text());
  EXPECT_TRUE(smsc.wait_until([](const auto& counts) { return counts.acknowledged == 7; }));
}

TEST(SmppBindsTest, AReceiptThatOvertakesItsResponseIsToldAfterIt) {
  for (const int binds : {1, 2}) {
    SmscSettings centre;
    centre.receipts_first = centre.receipts_elsewhere = true;
    centre.answer_after = 20ms;
    Smsc smsc(centre);
    auto settings = settings_for(smsc);
    settings.binds = binds;
    RunningLink run(settings);
    ASSERT_TRUE(smsc.wait_until([binds](const auto& counts) { return counts.sessions == binds; }));
    ASSERT_TRUE(run.wait_up());
    run.link.send({a_message(1)});
    ASSERT_TRUE(smsc.wait_until([](const auto& counts) { return counts.delivers == 1; }));
    ASSERT_TRUE(run.events.wait_until([](const Seen& seen) { return !seen.receipts.empty(); }));
    EXPECT_EQ(run.events.seen().ends.size(), 1U);
    EXPECT_EQ(run.events.seen().receipts[0].carrier_id, run.events.seen().ends.at(0).carrier_id);
    EXPECT_TRUE(smsc.wait_until([](const auto& counts) { return counts.acknowledged == 1; }));
  }
}

TEST(SmppBindsTest, AReceiptIsNotKeptForAResponseThatNeverComes) {
  SmscSettings centre;
  centre.receipt_after = 30ms;
  Smsc smsc(centre);
  auto settings = settings_for(smsc);
  settings.response_timeout = 80ms;
  RunningLink run(settings);
  ASSERT_TRUE(run.wait_up());
  run.link.send({a_message(1)});
  ASSERT_TRUE(run.wait_ends(1));
  smsc.be_silent(true);
  run.link.send({a_message(2)});
  ASSERT_TRUE(run.events.wait_until([](const Seen& seen) { return seen.receipts.size() == 1; }));
  EXPECT_EQ(run.events.seen().receipts[0].carrier_id, run.events.seen().ends.at(0).carrier_id);
}

}  // namespace
}  // namespace tocsin
