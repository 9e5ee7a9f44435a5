// Between a link and the core: a receipt that overtakes the answer to its own request waits for that answer.
//
// Providers post a receipt as soon as the phone has the message, now and then before their answer with its id is read.
// The core does not know the id yet and would pass the receipt over; posted once, it would never be heard again.  So
// receipts, one of whose ids was not seen of late, are kept until every request that was under way when they came has
// ended and the core has been told.  Few are kept: more are to be posted again.
//
// Thread-safe.  Calls the core under its own lock, which is fine: nothing there waits.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <unordered_set>
#include <vector>

#include "gateway/ports/sender.h"

namespace tocsin::sms::http {

class ReceiptsInOrder final : public ports::SenderEvents {
 public:
  void start(ports::SenderEvents& core);
  // After the link has stopped: what still waits is to be posted again.
  void stop();

  void begun(model::DeliveryId delivery);  // its request leaves from now on

  void sends_ended(model::SendsEnded ended) override;
  void receipts(model::ReceiptsIn receipts, DoneFn done) override;
  void inbound(model::InboundMessage message, DoneFn done) override;
  void link_changed(model::LinkChanged change) override;

 private:
  struct Kept {
    model::ReceiptsIn receipts;
    DoneFn done;
    std::uint64_t before;  // requests of lower turns are waited for
  };
  [[nodiscard]] bool all_known(const model::ReceiptsIn& receipts) const;
  void learn(std::string id);

  ports::SenderEvents* core_ = nullptr;  // set before anything is told
  std::mutex mutex_;                     // of all below
  std::uint64_t turn_ = 0;
  std::map<std::int64_t, std::uint64_t> under_way_;  // delivery -> turn
  std::deque<Kept> kept_;
  std::unordered_set<std::string> known_;
  std::deque<std::string> known_in_order_;
};

}  // namespace tocsin::sms::http
