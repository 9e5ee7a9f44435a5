// A USB modem on the desk: short messages through gammu-smsd, a process of its own, over a folder that both share.
//
// A thread of its own looks at the folders and at the stick; every function of ports::Sender may be called as sender.h
// says.
//  - Accepted means that the network took the message (the stick's +CMGS); the order is by urgency, then of send().
//  - Accepted, refused and retry are read from where gammu-smsd moved the file and from its log; what may have been on
//    the air when the stick or gammu-smsd went away ends as unknown, everything behind it as retry.
//  - A status report becomes a receipt by the network's reference and the number.  It may come days later and over a
//    restart; after three days it is no longer waited for.
//  - Up when gammu-smsd has the stick open.  Down when the device is gone, when gammu-smsd ends, when nothing goes out
//    for `patience` while messages wait (it is then started again), or when three messages in a row fail for a reason
//    that is the stick's.  After `restarts` of them in vain the reason says so, and it is tried every `long_pause`.
//  - A SIM that refused its PIN is left alone: a third wrong try locks it.
//  - What the SIM may send in an hour and a day is counted by whoever hands it over (parts_of()), not here.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "adapters/sms/modem/keeper.h"
#include "adapters/sms/modem/settings.h"
#include "gateway/ports/link_condition.h"
#include "gateway/ports/sender.h"

namespace tocsin::sms {

using KeeperMaker = std::function<std::unique_ptr<Keeper>(const ModemSettings&, Spool&)>;

class ModemLink final : public ports::Sender, public ports::TellsCondition {
 public:
  // `settings` must have passed check().
  explicit ModemLink(ModemSettings settings, const KeeperMaker& make = make_keeper);
  ~ModemLink() override;  // stops at once if stop() was not called
  ModemLink(const ModemLink&) = delete;
  ModemLink& operator=(const ModemLink&) = delete;

  [[nodiscard]] const std::string& name() const override;
  [[nodiscard]] model::Channel channel() const override { return model::Channel::kSms; }
  [[nodiscard]] ports::LinkCan can() const override;
  [[nodiscard]] int parts_of(std::string_view text) const override;
  [[nodiscard]] ports::LinkCondition condition() const override;
  void start(model::LinkIndex link, ports::SenderEvents& events) override;
  // 8, less every part not ended yet.
  [[nodiscard]] int free_window() const override;
  void send(std::vector<ports::OutMessage> messages) override;
  // Gives the part on the air three quarters of `limit` to end, then ends gammu-smsd where it is our own.
  void stop(base::Duration limit) override;

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace tocsin::sms
