// Requests that wait for their response, found by sequence number (SMPP 3.4, 5.1.4) without allocating.
//
// A sequence number's slot is its low bits; a number whose slot is still taken is skipped.  There are four slots for
// each place of the window, so skipping is rare.  Not thread-safe.
#pragma once

#include <bit>
#include <cstdint>
#include <optional>
#include <vector>

#include "adapters/sms/smpp/pdu.h"
#include "gateway/base/time.h"
#include "gateway/model/ids.h"

namespace tocsin::sms::smpp {

struct InFlight {
  std::uint32_t sequence = 0;  // 0: a free slot
  model::DeliveryId delivery;
  int part = 1, parts = 1;
  base::SteadyTime sent_at;
  std::uint64_t turn = 0;  // its place among all that the link has sent (open_turns.h)
};

class InFlightTable {
 public:
  explicit InFlightTable(std::size_t window) : slots_(std::bit_ceil(window * 4 + 4)) {}

  // A number for a request that is not kept here (bind, enquire_link, unbind).
  [[nodiscard]] std::uint32_t other_sequence() { return advance(); }
  // Keeps it and returns its number.  size() must be below the window.
  [[nodiscard]] std::uint32_t add(InFlight request) {
    while (slot(advance()).sequence != 0) {
    }
    request.sequence = last_;
    slot(last_) = request;
    ++size_;
    return last_;
  }
  [[nodiscard]] std::optional<InFlight> take(std::uint32_t sequence) {
    InFlight& found = slot(sequence);
    if (sequence == 0 || found.sequence != sequence) return std::nullopt;
    const InFlight request = found;
    free(found);
    return request;
  }
  // Takes out everything sent at or before `time` and gives it to f.
  template <typename F>
  void take_sent_until(base::SteadyTime time, F&& f) {
    if (size_ == 0) return;
    for (InFlight& request : slots_) {
      if (request.sequence == 0 || request.sent_at > time) continue;
      const InFlight taken = request;
      free(request);
      f(taken);
    }
  }
  template <typename F>
  void take_all(F&& f) {
    take_sent_until(base::SteadyTime::max(), f);
  }
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  InFlight& slot(std::uint32_t sequence) { return slots_[sequence & (slots_.size() - 1)]; }
  std::uint32_t advance() { return last_ = last_ == kLastSequence ? 1 : last_ + 1; }
  void free(InFlight& request) {
    request.sequence = 0;
    --size_;
  }

  std::vector<InFlight> slots_;
  std::uint32_t last_ = 0;
  std::size_t size_ = 0;
};

}  // namespace tocsin::sms::smpp
