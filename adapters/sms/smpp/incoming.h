// What a deliver_sm or data_sm is: a receipt, a message from a phone, or a part of a long one.
//
// Not thread-safe: the link's thread owns it.
#pragma once

#include <cstdint>
#include <vector>

#include "adapters/sms/reassembly.h"
#include "adapters/sms/smpp/link.h"
#include "adapters/sms/smpp/pdu.h"

namespace tocsin::sms::smpp {

// A request of the peer that is answered later.
struct Owed {
  CommandId request = CommandId::kDeliverSm;
  std::uint32_t sequence = 0;
};

struct Arrived {
  model::InboundMessage message;
  std::vector<Owed> owed;
};

class Incoming {
 public:
  // `settings` outlive it.
  explicit Incoming(const SmppSettings& settings) : settings_(settings), reassembly_(settings.segment_patience) {}

  // Sorts one in.  False: nobody has to store anything (a receipt that names no message); answer it at once.
  [[nodiscard]] bool take(const ShortMessage& message, Owed owed, base::SteadyTime now);
  // Long messages whose missing parts have not come in time.
  void expire(base::SteadyTime now);
  // The connection is gone: what was incomplete will be sent again.
  void forget_parts() { reassembly_.clear(); }

  // What take() and expire() found; the caller empties them.
  std::vector<model::Receipt> receipts;
  std::vector<Owed> receipts_owed;
  std::vector<Arrived> arrived;

 private:
  void take_text(const ShortMessage& message, Owed owed, base::SteadyTime now);
  void add_joined(std::vector<JoinedMessage> joined);
  [[nodiscard]] std::string number_of(const Address& address) const;

  const SmppSettings& settings_;
  Reassembly reassembly_;
};

// data_sm seen as a short message.
[[nodiscard]] ShortMessage as_short_message(const DataMessage& data);

}  // namespace tocsin::sms::smpp
