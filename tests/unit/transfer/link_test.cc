// What a link of transfers adds to them: window, rate, pauses, probes, up and down.
#include "adapters/transfer/link.h"

#include <gmock/gmock.h>

#include <stdexcept>

#include "tests/support/fake_provider.h"
#include "tests/support/recorded_events.h"

namespace tocsin::transfer {
namespace {

using namespace std::chrono_literals;
using model::SendOutcome;
using ::testing::ElementsAre;
using testing::FakeProvider;
using testing::ReceivedRequest;
using testing::RecordedEvents;
using Seen = RecordedEvents::Seen;

// Posts the text; what the texts "bad" and "broken" say happens.
class PostCourier final : public Courier {
 public:
  PostCourier(std::string url, bool probes) : url_(std::move(url)), probes_(probes) {}
  [[nodiscard]] model::Channel channel() const override { return model::Channel::kWebhook; }
  [[nodiscard]] ports::LinkCan can() const override { return {false, false, true}; }
  base::Result<Transfer> wrap(const ports::OutMessage& message, base::UtcTime) override {
    if (message.text == "bad") return base::invalid("bad text");
    if (message.text == "broken") throw std::runtime_error("bug");
    Request request;
    request.url = url_;
    request.body = message.text;
    return Transfer{request};
  }
  Judged judge(const ports::OutMessage&, const Ended& ended) override {
    Judged judged{outcome_of_http(ended), "id-" + ended.body, {}};
    if (judged.outcome.outcome == SendOutcome::kRetry && ended.status != 0) judged.hold_back = 40ms;
    return judged;
  }
  std::optional<Transfer> probe() override {
    if (!probes_) return std::nullopt;
    Request request;
    request.url = url_;
    request.only_connect = true;
    return Transfer{request};
  }

 private:
  const std::string url_;
  const bool probes_;
};

class TransferLinkTest : public ::testing::Test {
 protected:
  TransferLinkTest() {
    settings.name = "posts";
    settings.again_min = settings.again_max = 5ms;
    settings.probe_every = 10ms;
    settings.transfers.ca_file = provider.certificate();
  }
  ~TransferLinkTest() override {
    if (link) link->stop(0ms);
  }
  void start(bool probes = true) {
    link = std::make_unique<TransferLink>(settings, std::make_unique<PostCourier>(provider.url(), probes));
    link->start(3, events);
  }
  void start_up(bool probes = true) {
    start(probes);
    ASSERT_TRUE(events.wait_until([](const Seen& seen) { return seen.up(); }));
  }
  void send(std::vector<std::string> texts) {
    std::vector<ports::OutMessage> messages;
    for (auto& text : texts) messages.push_back({{++last_}, "somebody", std::move(text), {}, 0, 5});
    link->send(std::move(messages));
  }
  bool wait_ends(std::size_t count) {
    return events.wait_until([count](const Seen& seen) { return seen.ends.size() >= count; });
  }

  FakeProvider provider;
  LinkSettings settings;
  RecordedEvents events;
  std::unique_ptr<TransferLink> link;
  std::int64_t last_ = 0;
};

TEST_F(TransferLinkTest, AnEndCarriesTheIdOfTheAnswer) {
  provider.answer_with([](const ReceivedRequest&) { return FakeProvider::response(200, "77"); });
  start_up();
  send({"a"});
  ASSERT_TRUE(wait_ends(1));
  EXPECT_EQ(events.seen().ends[0].carrier_id, "id-77");
  EXPECT_EQ(events.seen().ends[0].outcome, SendOutcome::kAccepted);
}

TEST_F(TransferLinkTest, MessagesLeaveInOrderAndAtMostTheWindowAtOnce) {
  settings.window = 1;
  start_up();
  send({"1", "2", "3", "4"});
  ASSERT_TRUE(wait_ends(4));
  std::vector<std::string> bodies;
  for (const auto& request : provider.requests()) bodies.push_back(request.body);
  EXPECT_THAT(bodies, ElementsAre("1", "2", "3", "4"));
}

TEST_F(TransferLinkTest, ALinkWhosePeerIsNotThereIsDownFromTheStartAndComesUpByItself) {
  provider.peer().go_down();
  start();
  ASSERT_TRUE(events.wait_until([](const Seen& seen) { return seen.changes.size() == 1 && !seen.up(); }));
  EXPECT_EQ(link->free_window(), 0);
  provider.peer().come_back();
  ASSERT_TRUE(events.wait_until([](const Seen& seen) { return seen.up(); }));
  EXPECT_EQ(link->free_window(), 64);
}

TEST_F(TransferLinkTest, AnIdleLinkSeesThatItsPeerHasGone) {
  start_up();
  provider.peer().go_down();
  ASSERT_TRUE(events.wait_until([](const Seen& seen) { return !seen.up(); }));
}

TEST_F(TransferLinkTest, ATransferThatReachesNobodyTakesTheLinkDownAndEndsAsRetry) {
  settings.probe_every = 1h;
  start_up();
  provider.peer().go_down();
  send({"1", "2", "3"});
  ASSERT_TRUE(wait_ends(3));
  ASSERT_TRUE(events.wait_until([](const Seen& seen) { return !seen.up(); }));
  EXPECT_EQ(events.seen().count(SendOutcome::kRetry), 3);
}

TEST_F(TransferLinkTest, WithoutOnePeerAnAbsentOneIsNobodyElsesBusiness) {
  start_up(false);
  provider.peer().go_down();
  send({"1"});
  ASSERT_TRUE(wait_ends(1));
  EXPECT_EQ(events.seen().ends[0].outcome, SendOutcome::kRetry);
  provider.peer().come_back();
  send({"2"});
  ASSERT_TRUE(wait_ends(2));
  EXPECT_EQ(events.seen().ends[1].outcome, SendOutcome::kAccepted);
  EXPECT_EQ(events.seen().changes.size(), 1U);
}

TEST_F(TransferLinkTest, APeerThatAsksForTimeIsGivenIt) {
  settings.window = 1;
  provider.answer_with(
      [](const ReceivedRequest& request) { return FakeProvider::response(request.body == "1" ? 429 : 200); });
  start_up();
  const auto began = std::chrono::steady_clock::now();
  send({"1", "2"});
  ASSERT_TRUE(wait_ends(2));
  EXPECT_GE(std::chrono::steady_clock::now() - began, 40ms);
  EXPECT_EQ(events.seen().ends[0].outcome, SendOutcome::kRetry);
  EXPECT_EQ(events.seen().ends[1].outcome, SendOutcome::kAccepted);
}

TEST_F(TransferLinkTest, NoMoreThanTheRateLeavesInASecond) {
  settings.rate = 20;  // two at once, then one every 50 ms
  start_up();
  const auto began = std::chrono::steady_clock::now();
  send({"1", "2", "3", "4", "5"});
  ASSERT_TRUE(wait_ends(5));
  EXPECT_GE(std::chrono::steady_clock::now() - began, 140ms);
}

TEST_F(TransferLinkTest, WhatCannotBeWrappedIsRefusedAndABugIsNoSilence) {
  start_up();
  send({"bad", "broken", "good"});
  ASSERT_TRUE(wait_ends(3));
  EXPECT_EQ(events.seen().ends[0].outcome, SendOutcome::kRefused);
  EXPECT_EQ(events.seen().ends[0].error, "bad text");
  EXPECT_EQ(events.seen().ends[1].outcome, SendOutcome::kRefused);
  EXPECT_EQ(events.seen().ends[2].outcome, SendOutcome::kAccepted);
}

TEST_F(TransferLinkTest, StopWaitsForWhatIsOnItsWay) {
  start_up();
  send({"1", "2", "3"});
  link->stop(10s);
  EXPECT_EQ(events.seen().ends.size(), 3U);
  EXPECT_EQ(events.seen().count(SendOutcome::kUnknown), 0);
}

TEST_F(TransferLinkTest, StopBeforeStartAndStopTwiceAreNothing) {
  link = std::make_unique<TransferLink>(settings, std::make_unique<PostCourier>(provider.url(), true));
  link->stop(1s);
  link->start(3, events);
  link->stop(1s);
  link->stop(1s);
  EXPECT_EQ(events.seen().ends.size(), 0U);
}

}  // namespace
}  // namespace tocsin::transfer
