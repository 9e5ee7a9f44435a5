// A link on a bad night: answers take a moment, it throttles, falls silent, loses its connection; receipts come late,
// twice, and over another link of the same carrier.
//
// Single-threaded: used on the test's thread, which is the engine's.  All chance comes from one seed.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "gateway/base/random.h"
#include "gateway/ports/sender.h"

namespace tocsin::testing {

struct NightHabits {
  int per_tick = 10;      // messages answered at once, and its window
  int throttled = 0;      // of the first so many it takes every second one back, for a second
  int silent_after = -1;  // from then on it accepts, and neither delivers nor confirms; -1 = never
  int loses_every = 0;    // after so many messages its connection breaks; 0 = never
  base::Duration away = std::chrono::seconds(2);
  int receipts_from_s = 1, receipts_to_s = 20;
};

// Who got what, over which link; a number may have several.
using Phones = std::map<std::string, std::vector<std::string>>;

class NightLink final : public ports::Sender {
 public:
  NightLink(std::string name, NightHabits habits, Phones& phones, std::uint64_t seed)
      : name_(std::move(name)), habits_(habits), phones_(phones), chance_(seed) {}

  [[nodiscard]] const std::string& name() const override { return name_; }
  [[nodiscard]] model::Channel channel() const override { return model::Channel::kSms; }
  [[nodiscard]] ports::LinkCan can() const override { return {}; }
  void start(model::LinkIndex link, ports::SenderEvents& events) override {
    link_ = link;
    events_ = &events;
    change(true, "start");
  }
  [[nodiscard]] int free_window() const override {
    return up_ ? std::max(0, habits_.per_tick - static_cast<int>(waiting_.size())) : 0;
  }
  void send(std::vector<ports::OutMessage> messages) override {
    waiting_.insert(waiting_.end(), std::make_move_iterator(messages.begin()), std::make_move_iterator(messages.end()));
  }
  void stop(base::Duration) override { waiting_.clear(); }

  // Receipts that another link is to bring: every third.
  void set_other(NightLink& other) { other_ = &other; }

  void tick(base::UtcTime now) {
    if (!up_ && now >= back_at_) change(true, "back");
    model::SendsEnded ended{link_, {}};
    bool breaks = false;
    for (auto& message : std::exchange(waiting_, {})) {
      ended.ends.push_back(breaks || !up_ ? lost(message) : answer(message, now, breaks));
    }
    if (!ended.ends.empty()) events_->sends_ended(std::move(ended));
    if (breaks) {
      back_at_ = now + habits_.away;
      change(false, "connection lost");
    }
    bring_receipts(now);
  }

  int accepted = 0, swallowed = 0, lost_ones = 0;

 private:
  struct Owed {
    base::UtcTime at;
    std::string id;
    NightLink* over;
  };

  model::SendEnd answer(const ports::OutMessage& message, base::UtcTime now, bool& breaks) {
    model::SendEnd end;
    end.delivery = message.delivery;
    if (++taken_ <= habits_.throttled && taken_ % 2 == 0) {
      end.outcome = model::SendOutcome::kRetry;
      end.error = "ESME_RTHROTTLED";
      end.retry_after = std::chrono::seconds(1);
      return end;
    }
    end.outcome = model::SendOutcome::kAccepted;
    end.carrier_id = name_ + "-" + std::to_string(++accepted);
    if (habits_.silent_after >= 0 && accepted > habits_.silent_after) {
      ++swallowed;
      return end;
    }
    phones_[message.to].push_back(name_);
    const auto late = habits_.receipts_from_s + static_cast<int>(chance_.below(static_cast<std::uint64_t>(
                                                    habits_.receipts_to_s - habits_.receipts_from_s + 1)));
    auto* over = other_ != nullptr && chance_.one_in(3) ? other_ : this;
    owed_.push_back({now + std::chrono::seconds(late), end.carrier_id, over});
    if (chance_.one_in(4)) owed_.push_back({now + std::chrono::seconds(late + 3), end.carrier_id, this});
    breaks = habits_.loses_every > 0 && accepted % habits_.loses_every == 0;
    return end;
  }

  // It was on its way: every second one arrived.
  model::SendEnd lost(const ports::OutMessage& message) {
    ++lost_ones;
    if (chance_.one_in(2)) phones_[message.to].push_back(name_);
    model::SendEnd end;
    end.delivery = message.delivery;
    end.outcome = model::SendOutcome::kUnknown;
    end.error = "connection lost";
    return end;
  }

  void bring_receipts(base::UtcTime now) {
    std::map<NightLink*, model::ReceiptsIn> due;
    std::vector<Owed> later;
    for (auto& owed : owed_) {
      if (owed.at > now) {
        later.push_back(std::move(owed));
        continue;
      }
      auto& in = due[owed.over];
      in.link = owed.over->link_;
      in.receipts.push_back({owed.id, model::ReceiptState::kDelivered, "DELIVRD"});
    }
    owed_ = std::move(later);
    for (auto& [over, in] : due) events_->receipts(std::move(in), {});
  }

  void change(bool up, const std::string& why) {
    up_ = up;
    events_->link_changed({link_, up, why});
  }

  std::string name_;
  NightHabits habits_;
  Phones& phones_;
  base::Random chance_;
  NightLink* other_ = nullptr;
  model::LinkIndex link_ = -1;
  ports::SenderEvents* events_ = nullptr;
  bool up_ = false;
  base::UtcTime back_at_{};
  int taken_ = 0;
  std::vector<ports::OutMessage> waiting_;
  std::vector<Owed> owed_;
};

}  // namespace tocsin::testing
