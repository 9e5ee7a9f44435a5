// Messages that wait to be written: cut into parts, in the order they came, each as a submit_sm (SMPP 3.4, 4.4.1).
//
// Not thread-safe: the link's thread owns it.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "adapters/sms/segments.h"
#include "adapters/sms/smpp/in_flight.h"
#include "adapters/sms/smpp/settings.h"
#include "gateway/ports/sender.h"

namespace tocsin::sms::smpp {

class Outbox {
 public:
  // `settings` outlive it.
  explicit Outbox(const SmppSettings& settings);
  Outbox(const Outbox&) = delete;
  Outbox& operator=(const Outbox&) = delete;

  // Cuts it and appends its parts.  What cannot be sent at all goes to `refused`.
  // How many parts the message makes, refused ones included: each ends once.
  [[nodiscard]] int take(const ports::OutMessage& message, std::vector<model::SendEnd>& refused);

  [[nodiscard]] bool empty() const { return waiting_.empty(); }
  // Writes the first to `out`, and keeps it in `in_flight` as of that turn.  Not on an empty one.
  void write_first(std::string& out, InFlightTable& in_flight, base::SteadyTime now, std::uint64_t turn);
  // Ends all of them as retry.
  void give_back(std::vector<model::SendEnd>& ends, const std::string& why, base::Duration retry_after);

 private:
  struct Text {
    std::string source;  // what was encoded, with the signature
    EncodedText encoded;
    bool payload = false;  // one part, too long for short_message
  };
  struct Part {
    model::DeliveryId delivery;
    std::string digits;
    bool international = false;
    int part = 1, reference = 0, priority = 0;
    std::shared_ptr<const Text> text;
  };

  [[nodiscard]] base::Result<std::shared_ptr<const Text>> encoded(const ports::OutMessage& message);

  const SmppSettings& settings_;
  const LongMessages long_messages_;
  const Carries carries_;
  ShortMessage frame_;  // what all have in common
  std::string source_digits_, validity_, urgent_validity_;
  std::deque<Part> waiting_;
  std::weak_ptr<const Text> latest_;  // a call-out sends one text to many; gone with the last part that waits
};

}  // namespace tocsin::sms::smpp
