// A carrier with a memory: takes messages, ends them as it was told to, and remembers everything it was asked.
//
// Single-threaded: used on the test's thread, which is the engine's.
#pragma once

#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "gateway/ports/sender.h"

namespace tocsin::testing {

enum class CarrierMood {
  kConfirms,    // accepted at once, delivered at once
  kSilent,      // accepted, never confirmed
  kRefuses,     // refused at once
  kThrottles,   // retry, one second later
  kHolds,       // nothing is said until release() or lose()
  kUndelivers,  // accepted, then reported undelivered
};

struct CarriedText {
  model::DeliveryId delivery;
  std::string to, text;
  int reference = 0;
  bool expected = false;  // some line of the test asked for it
  model::Wording made_of = {};
};

class FakeCarrier final : public ports::Sender {
 public:
  explicit FakeCarrier(std::string name, model::Channel channel = model::Channel::kSms)
      : name_(std::move(name)), channel_(channel) {}

  [[nodiscard]] const std::string& name() const override { return name_; }
  [[nodiscard]] model::Channel channel() const override { return channel_; }
  [[nodiscard]] ports::LinkCan can() const override { return able; }
  [[nodiscard]] int parts_of(std::string_view text) const override {
    return base::count_short_messages(signature + std::string(text));
  }

  void start(model::LinkIndex link, ports::SenderEvents& events) override {
    link_ = link;
    events_ = &events;
    stopped_ = false;
    events.link_changed({link, up_, "start"});
  }
  [[nodiscard]] int free_window() const override {
    const int held = static_cast<int>(held_.size());
    return up_ && !stopped_ && window_ > held ? window_ - held : 0;
  }

  void send(std::vector<ports::OutMessage> messages) override {
    model::SendsEnded ended{link_, {}};
    for (auto& m : messages) {
      log.push_back({m.delivery, m.to, m.text, m.reference, false, m.made_of ? *m.made_of : model::Wording{}});
      if (mood == CarrierMood::kHolds) {
        held_.push_back(m.delivery);
        continue;
      }
      ended.ends.push_back(end_of(m.delivery));
    }
    if (!ended.ends.empty()) events_->sends_ended(std::move(ended));
    if (mood == CarrierMood::kConfirms) confirm_all(model::ReceiptState::kDelivered);
    if (mood == CarrierMood::kUndelivers) confirm_all(model::ReceiptState::kUndelivered);
  }

  void stop(base::Duration) override {
    if (stopped_) return;
    stopped_ = true;
    end_held(model::SendOutcome::kUnknown);
  }

  // ---- what the test plays ----
  CarrierMood mood = CarrierMood::kConfirms;
  ports::LinkCan able;           // set before the office opens
  std::string signature;         // counted as before each text, though `log` has them without
  std::vector<CarriedText> log;  // everything ever handed over, oldest first

  void set_window(int window) { window_ = window; }
  void go_down(const std::string& why = "down") {
    up_ = false;
    end_held(model::SendOutcome::kUnknown);
    events_->link_changed({link_, false, why});
  }
  void come_back() {
    up_ = true;
    events_->link_changed({link_, true, "back"});
  }
  void loses_one_connection(const std::string& why) { events_->link_changed({link_, true, why, true}); }
  void is_whole() { events_->link_changed({link_, true, "back", false}); }
  void release() { end_held(model::SendOutcome::kAccepted); }
  void lose() { end_held(model::SendOutcome::kUnknown); }
  void give_back() { end_held(model::SendOutcome::kRetry); }
  // The process died: what was held is nobody's any more.
  void forget() {
    held_.clear();
    unconfirmed_.clear();
    stopped_ = true;
  }
  void confirm_all(model::ReceiptState state) {
    model::ReceiptsIn receipts{link_, {}};
    for (auto& id : unconfirmed_)
      receipts.receipts.push_back({id, state, state == model::ReceiptState::kDelivered ? "DELIVRD" : "UNDELIV", {}});
    unconfirmed_.clear();
    if (!receipts.receipts.empty()) events_->receipts(std::move(receipts), {});
  }
  // Tells of all that is not confirmed yet that it is under way, in these words.
  void on_its_way(const std::string& code, model::Meaning meaning = model::Meaning::kNone) {
    model::ReceiptsIn receipts{link_, {}};
    for (auto& id : unconfirmed_) receipts.receipts.push_back({id, model::ReceiptState::kOnItsWay, code, meaning});
    if (!receipts.receipts.empty()) events_->receipts(std::move(receipts), {});
  }
  // Their receipts are somebody else's to send now.
  std::vector<std::string> take_unconfirmed() { return std::exchange(unconfirmed_, {}); }
  // Over this link, whichever carried them.
  void receipts_for(const std::vector<std::string>& carrier_ids, model::ReceiptState state) {
    unconfirmed_.insert(unconfirmed_.end(), carrier_ids.begin(), carrier_ids.end());
    confirm_all(state);
  }
  void phone_texts(const std::string& from, const std::string& text, ports::SenderEvents::DoneFn done = {}) {
    events_->inbound({link_, from, "10690000", text, ""}, std::move(done));
  }
  [[nodiscard]] bool up() const { return up_; }
  [[nodiscard]] bool started() const { return !stopped_; }

 private:
  model::SendEnd end_of(model::DeliveryId delivery) {
    model::SendEnd end;
    end.delivery = delivery;
    switch (mood) {
      case CarrierMood::kRefuses:
        end.outcome = model::SendOutcome::kRefused;
        end.error = "ESME_RINVDSTADR";
        return end;
      case CarrierMood::kThrottles:
        end.outcome = model::SendOutcome::kRetry;
        end.error = "ESME_RTHROTTLED";
        end.retry_after = std::chrono::seconds(1);
        return end;
      default:
        end.outcome = model::SendOutcome::kAccepted;
        end.carrier_id = name_ + "-" + std::to_string(++serial_);
        unconfirmed_.push_back(end.carrier_id);
        return end;
    }
  }
  void end_held(model::SendOutcome outcome) {
    model::SendsEnded ended{link_, {}};
    for (const auto delivery : held_) {
      model::SendEnd end;
      end.delivery = delivery;
      end.outcome = outcome;
      if (outcome == model::SendOutcome::kAccepted) {
        end.carrier_id = name_ + "-" + std::to_string(++serial_);
        unconfirmed_.push_back(end.carrier_id);
      } else {
        end.error = "lost connection";
      }
      ended.ends.push_back(std::move(end));
    }
    held_.clear();
    if (!ended.ends.empty() && events_ != nullptr) events_->sends_ended(std::move(ended));
  }

  std::string name_;
  model::Channel channel_;
  model::LinkIndex link_ = -1;
  ports::SenderEvents* events_ = nullptr;
  bool up_ = true, stopped_ = true;
  int window_ = 100;
  std::int64_t serial_ = 0;
  std::vector<model::DeliveryId> held_;
  std::vector<std::string> unconfirmed_;
};

}  // namespace tocsin::testing
