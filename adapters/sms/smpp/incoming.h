// What a deliver_sm or data_sm is: a receipt, a message from a phone, or a part of a long one.
//
// The binds of a link share it: the parts of a long message may come on any of them.  A receipt waits here until all
// that was sent before it came has been answered (open_turns.h).  Not thread-safe: the link's thread owns it.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "adapters/sms/reassembly.h"
#include "adapters/sms/smpp/pdu.h"
#include "adapters/sms/smpp/settings.h"

namespace tocsin::sms::smpp {

// A request of the peer that is answered later.
struct Owed {
  CommandId request = CommandId::kDeliverSm;
  std::uint32_t sequence = 0;
  std::uint32_t connection = 0;  // on which it came; 31 bits
};

struct Arrived {
  model::InboundMessage message;
  std::vector<Owed> owed;
};

class Incoming {
 public:
  // `settings` outlive it.
  explicit Incoming(const SmppSettings& settings)
      : settings_(settings),
        dialect_(dialect_of(settings.message_ids).value_or(IdDialect::kSame)),
        reassembly_(settings.segment_patience) {}

  // Sorts one in; `turn` is the link's next.  False: nobody has to store anything (a receipt that names no message);
  // answer it at once.
  [[nodiscard]] bool take(const ShortMessage& message, Owed owed, base::SteadyTime now, std::uint64_t turn = 0);
  // Long messages whose missing parts have not come in time.
  void expire(base::SteadyTime now);
  // A connection is gone: what came on it and was incomplete will be sent again.
  void forget_parts(std::uint32_t connection);

  // The receipts for which nothing sent before them is open any more, in the order they came.
  [[nodiscard]] std::vector<model::Receipt> ready_receipts(std::uint64_t oldest_turn, std::vector<Owed>& owed);
  // The messages that are whole.
  [[nodiscard]] std::vector<Arrived> ready_messages();

  // What is here and not given out yet, receipts and messages.
  [[nodiscard]] std::size_t waiting() const { return receipts_.size() + arrived_.size(); }
  [[nodiscard]] std::size_t waiting_octets() const { return arrived_octets_; }  // of their texts

 private:
  void add(Arrived arrived);
  void take_text(const ShortMessage& message, Owed owed, base::SteadyTime now);
  void add_joined(std::vector<JoinedMessage> joined);
  [[nodiscard]] std::string number_of(const Address& address) const;

  struct EarlyReceipt {
    std::uint64_t turn;
    model::Receipt receipt;
    Owed owed;
  };

  const SmppSettings& settings_;
  const IdDialect dialect_;
  Reassembly reassembly_;
  std::deque<EarlyReceipt> receipts_;
  std::vector<Arrived> arrived_;
  std::size_t arrived_octets_ = 0;
};

// data_sm seen as a short message.
[[nodiscard]] ShortMessage as_short_message(const DataMessage& data);

}  // namespace tocsin::sms::smpp
