// What only a modem has: gammu-smsd played on its folders (tests/support/fake_smsd.h).
#include <gmock/gmock.h>

#include <algorithm>

#include "adapters/sms/modem/link.h"
#include "tests/support/fake_smsd.h"
#include "tests/support/recorded_events.h"

namespace tocsin {
namespace {

using namespace std::chrono_literals;
using model::SendOutcome;
using testing::FakeSmsd;
using testing::RecordedEvents;
using Seen = RecordedEvents::Seen;
using ::testing::HasSubstr;

constexpr const char* kPhone = "+8614400000017";

ports::OutMessage a_message(std::int64_t id, std::string text = "fire", int urgency = model::kMostUrgent) {
  return {{id}, kPhone, std::move(text), {}, static_cast<int>(id & 0xFF), urgency};
}

std::string long_text() {
  std::string text;
  for (int i = 0; i < 50; ++i) text += "水库";
  return text;
}

class ModemLinkTest : public ::testing::Test {
 protected:
  ModemLinkTest() {
    settings_.device = smsd_.device();
    settings_.folder = smsd_.folder();
    settings_.supervisor = "child";
    settings_.poll = 2ms;
  }
  ~ModemLinkTest() override {
    if (link_) link_->stop(0ms);
  }
  void start() {
    link_ = std::make_unique<sms::ModemLink>(settings_, smsd_.maker());
    link_->start(3, events_);
  }
  void start_up() {
    start();
    ASSERT_TRUE(wait([](const Seen& seen) { return seen.up(); }));
  }
  // Ends what there is and begins again on the same folders, as a restart of tocsin does.
  void restart() {
    link_->stop(0ms);
    link_.reset();
    start();
  }
  bool wait(const std::function<bool(const Seen&)>& reached) { return events_.wait_until(reached); }
  bool wait_ends(std::size_t count) {
    return wait([count](const Seen& seen) { return seen.ends.size() >= count; });
  }
  // Each look at the inbox comes after one at what was given to send: the second one's surely after this call.
  void take_what_was_given() {
    for (std::size_t i = 1; i <= 2; ++i) {
      smsd_.receive(testing::received(kPhone, "1"));
      ASSERT_TRUE(wait([i](const Seen& seen) { return seen.inbound.size() >= i; }));
    }
  }
  template <typename F>
  static bool eventually(F reached) {
    for (int i = 0; i < 5000 && !reached(); ++i) std::this_thread::sleep_for(2ms);
    return reached();
  }

  FakeSmsd smsd_;
  sms::ModemSettings settings_;
  RecordedEvents events_;
  std::unique_ptr<sms::ModemLink> link_;
};

TEST_F(ModemLinkTest, ALongTextGoesOutInPartsWithOneReferenceAndARepeatSendsWhatIsMissing) {
  start_up();
  link_->send({a_message(7, long_text())});
  ASSERT_TRUE(wait_ends(2));
  ports::OutMessage again = a_message(7, long_text());
  again.parts = {2};
  link_->send({again});
  ASSERT_TRUE(wait_ends(3));
  const auto sent = smsd_.sent();
  ASSERT_EQ(sent.size(), 3U);
  EXPECT_EQ(sent[0].sms.header, std::string("\x05\x00\x03\x07\x02\x01", 6));
  EXPECT_EQ(sent[1].sms.header, sent[2].sms.header);
  EXPECT_EQ(sent[1].sms.text, sent[2].sms.text);
  EXPECT_EQ(sms::decode_ucs2(sent[0].sms.text + sent[1].sms.text), long_text());
  for (const auto& end : events_.seen().ends) EXPECT_EQ(end.outcome, SendOutcome::kAccepted);
}

TEST_F(ModemLinkTest, TheMostUrgentPassesWhatHasNotBegun) {
  start_up();
  smsd_.hold(true);
  std::vector<ports::OutMessage> messages;
  for (std::int64_t id = 1; id <= 10; ++id) messages.push_back(a_message(id, "drill", model::kDrillUrgency));
  link_->send(std::move(messages));
  ASSERT_TRUE(eventually([this] { return smsd_.in_outbox() == 4; }));
  link_->send({a_message(99, "real")});
  take_what_was_given();
  smsd_.hold(false);
  ASSERT_TRUE(wait_ends(11));
  const auto ends = events_.seen().ends;
  const auto place =
      std::find_if(ends.begin(), ends.end(), [](const auto& e) { return e.delivery.value == 99; }) - ends.begin();
  EXPECT_GE(place, 1);
  EXPECT_LE(place, 4);  // after one of those that lay in the outbox, or all four, before the six behind them
}

TEST_F(ModemLinkTest, AStatusReportBecomesAReceiptAlsoAfterARestart) {
  smsd_.report(false);
  start_up();
  link_->send({a_message(1)});
  ASSERT_TRUE(wait_ends(1));
  const std::string id = events_.seen().ends[0].carrier_id;
  restart();
  const auto pending = smsd_.receive(testing::status_report("14400000017", "Pending", 0));
  ASSERT_TRUE(wait([](const Seen& seen) { return seen.receipts.size() == 1; }));
  const auto failed = smsd_.receive(testing::status_report("14400000017", "Failed", 0));
  ASSERT_TRUE(wait([](const Seen& seen) { return seen.receipts.size() == 2; }));
  const auto receipts = events_.seen().receipts;
  EXPECT_EQ(receipts[0].state, model::ReceiptState::kOnItsWay);
  EXPECT_EQ(receipts[1].state, model::ReceiptState::kUndelivered);
  EXPECT_EQ(receipts[1].error, "Failed");
  EXPECT_EQ(receipts[0].carrier_id, id);
  EXPECT_EQ(receipts[1].carrier_id, id);
  EXPECT_TRUE(eventually([&] { return !smsd_.in_inbox(pending) && !smsd_.in_inbox(failed); }));
}

TEST_F(ModemLinkTest, AFileStaysUntilWhatIsInItIsStored) {
  start_up();
  events_.answer_with(RecordedEvents::Answer::kLater);
  const std::string name = smsd_.receive(testing::received("14400000017", "1"));
  ASSERT_TRUE(wait([](const Seen& seen) { return seen.inbound.size() == 1; }));
  EXPECT_EQ(events_.seen().inbound[0].from, kPhone);
  link_->send({a_message(1)});
  ASSERT_TRUE(wait_ends(1));
  EXPECT_TRUE(smsd_.in_inbox(name));
  events_.answer_waiting(false);
  ASSERT_TRUE(wait([](const Seen& seen) { return seen.inbound.size() == 2; }));  // read again
  EXPECT_TRUE(smsd_.in_inbox(name));
  events_.answer_waiting(true);
  EXPECT_TRUE(eventually([&] { return !smsd_.in_inbox(name); }));
}

TEST_F(ModemLinkTest, PartsInTwoFilesAreJoinedInAnyOrder) {
  start_up();
  const auto part = [](int number, const std::string& text) {
    return testing::received(kPhone, text, sms::concatenation_header(9, number, 2, sms::ReferenceWidth::k8Bit));
  };
  const auto second = smsd_.receive(part(2, "1人被困"));
  const auto first = smsd_.receive(part(1, "东湖着火 "));
  ASSERT_TRUE(wait([](const Seen& seen) { return seen.inbound.size() == 1; }));
  EXPECT_EQ(events_.seen().inbound[0].text, "东湖着火 1人被困");
  EXPECT_TRUE(eventually([&] { return !smsd_.in_inbox(first) && !smsd_.in_inbox(second); }));
}

TEST_F(ModemLinkTest, AFileThatIsNoMessageHoldsNothingUp) {
  start_up();
  const auto odd = smsd_.receive("garbage");
  smsd_.receive(testing::received(kPhone, "2"));
  ASSERT_TRUE(wait([](const Seen& seen) { return seen.inbound.size() == 1; }));
  EXPECT_EQ(events_.seen().inbound[0].text, "2");
  EXPECT_TRUE(smsd_.in_inbox(odd));
}

TEST_F(ModemLinkTest, TheEndOfEachFailureIsWhatTheNetworkSaid) {
  start_up();
  smsd_.fail_with(
      {"SMS sent on device: \"x\" status=1, reference=-1\nX gammu-smsd[7]: Error getting send status of message: U. "
       "(UNKNOWN[27])",
       "Error sending SMS: No response. (TIMEOUT[14])", "nothing of use"});
  for (std::int64_t id = 1; id <= 3; ++id) {
    link_->send({a_message(id)});
    ASSERT_TRUE(wait_ends(static_cast<std::size_t>(id)));
  }
  const auto ends = events_.seen().ends;
  EXPECT_EQ(ends[0].outcome, SendOutcome::kRefused);
  EXPECT_EQ(ends[0].error, "CMS ERROR 1: unassigned number");
  EXPECT_EQ(ends[1].outcome, SendOutcome::kRetry);
  EXPECT_EQ(ends[2].outcome, SendOutcome::kUnknown);
}

TEST_F(ModemLinkTest, AStickThatSendsNothingThreeTimesInARowIsDown) {
  start_up();
  const std::string no_service =
      "SMS sent on device: \"x\" status=331, reference=-1\nX gammu-smsd[7]: Error getting send status of message: U. "
      "(UNKNOWN[27])";
  smsd_.fail_with({no_service, no_service, no_service});
  link_->send({a_message(1), a_message(2), a_message(3)});
  ASSERT_TRUE(wait([](const Seen& seen) { return !seen.up(); }));
  EXPECT_EQ(events_.seen().changes.back().reason, "the stick does not send: CMS ERROR 331: no network service");
  EXPECT_EQ(link_->condition().words.en, events_.seen().changes.back().reason);
  EXPECT_EQ(link_->free_window(), 0);
}

TEST_F(ModemLinkTest, WhatWasFirstIsUnknownAndTheRestIsRetriedWhenTheStickIsPulled) {
  start_up();
  smsd_.hold(true);
  link_->send({a_message(1), a_message(2), a_message(3), a_message(4), a_message(5), a_message(6)});
  ASSERT_TRUE(eventually([this] { return smsd_.in_outbox() == 4; }));
  smsd_.unplug();
  ASSERT_TRUE(wait_ends(6));
  for (const auto& end : events_.seen().ends) {
    EXPECT_EQ(end.outcome, end.delivery.value == 1 ? SendOutcome::kUnknown : SendOutcome::kRetry) << end.delivery.value;
  }
  EXPECT_THAT(events_.seen().changes.back().reason, HasSubstr("the stick is not there"));
  smsd_.hold(false);
  smsd_.replug();
  ASSERT_TRUE(wait([](const Seen& seen) { return seen.up(); }));
  link_->send({a_message(7)});
  ASSERT_TRUE(wait_ends(7));
  EXPECT_EQ(smsd_.sent().size(), 1U);  // nothing that was given back went out after all
}

TEST_F(ModemLinkTest, WithoutProgressGammuIsStartedAgainAndInTheEndSomebodyIsCalled) {
  settings_.patience = 20ms;
  settings_.restarts = 2;
  start_up();
  smsd_.hold(true);
  link_->send({a_message(1), a_message(2)});
  ASSERT_TRUE(wait([](const Seen& seen) { return !seen.up(); }));
  EXPECT_THAT(events_.seen().changes.back().reason, HasSubstr("nothing went out for 20ms while messages waited"));
  ASSERT_TRUE(wait([](const Seen& seen) { return seen.up(); }));
  EXPECT_EQ(smsd_.starts(), 2);
  link_->send({a_message(3)});
  ASSERT_TRUE(wait([](const Seen& seen) { return !seen.up(); }));
  EXPECT_THAT(events_.seen().changes.back().reason, HasSubstr("also after 2 starts: look at the stick"));
}

TEST_F(ModemLinkTest, AKilledGammuIsStartedAgain) {
  start_up();
  smsd_.die();
  ASSERT_TRUE(wait([](const Seen& seen) { return seen.changes.size() >= 3; }));  // up, down, up
  EXPECT_EQ(events_.seen().changes[1].reason, "gammu-smsd has ended");
  link_->send({a_message(1)});
  ASSERT_TRUE(wait_ends(1));
  EXPECT_EQ(events_.seen().ends[0].outcome, SendOutcome::kAccepted);
}

TEST_F(ModemLinkTest, ASimThatRefusedItsPinIsLeftAloneAlsoAfterARestart) {
  smsd_.answer(false);
  start();
  ASSERT_TRUE(eventually([this] { return smsd_.starts() == 1; }));
  smsd_.log("ERROR: incorrect PIN: Access denied. (SECURITYERROR[15])");
  smsd_.die();
  ASSERT_TRUE(wait([](const Seen& seen) { return !seen.changes.empty(); }));
  EXPECT_THAT(link_->condition().words.en, HasSubstr("the SIM refused the PIN"));
  const int starts = smsd_.starts();
  restart();
  ASSERT_TRUE(eventually([this] { return !link_->condition().words.empty(); }));
  EXPECT_THAT(link_->condition().words.en, HasSubstr("the SIM refused the PIN"));
  EXPECT_EQ(smsd_.starts(), starts);
}

TEST_F(ModemLinkTest, TheSignalIsShown) {
  start_up();
  EXPECT_TRUE(eventually([this] { return link_->condition().signal_percent == 42; }));
  EXPECT_EQ(events_.seen().changes[0].reason, "signal 42%");
}

}  // namespace
}  // namespace tocsin
