// Joins the parts of long inbound messages.
//
// Parts come in any order, more than once, or never.  A message is whole when all its parts are there; what is still
// incomplete after the time-out, or is pushed out by newer ones, is delivered with "[…]" where parts are missing: a
// report with a hole still rings.  Memory is bounded by the number of incomplete messages, of their parts, and of the
// octets of those.
// Each part carries a token of the caller, which comes back with the message (SMPP: the sequence numbers to answer).
// Not thread-safe; time is given.
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "adapters/sms/segments.h"
#include "gateway/base/time.h"

namespace tocsin::sms {

struct InboundPart {
  std::string from, to;
  Concatenation concatenation;
  std::string header;  // raw user data header
  std::string text;    // octets as they came: a foreign phone may cut a surrogate pair between two parts
  std::uint8_t data_coding = 0;
  std::uint64_t token = 0;
};

struct JoinedMessage {
  std::string from, to;
  std::string text;    // UTF-8
  std::string header;  // of the first part there is
  std::vector<std::uint64_t> tokens;
};

class Reassembly {
 public:
  // At most `most_messages` are kept incomplete; each waits `patience` from its first part on.
  explicit Reassembly(base::Duration patience, std::size_t most_messages = 64, std::size_t most_parts = 1024,
                      std::size_t most_octets = std::size_t{1} << 20U)
      : patience_(patience), most_messages_(most_messages), most_parts_(most_parts), most_octets_(most_octets) {}

  // What is ready because of this part: itself complete, or older ones that had to make room.
  [[nodiscard]] std::vector<JoinedMessage> add(InboundPart part, base::SteadyTime now);
  // What has waited long enough.
  [[nodiscard]] std::vector<JoinedMessage> expired(base::SteadyTime now);
  // Forgets the parts with such tokens: their peer was told nothing and will send them again.
  void forget(const std::function<bool(std::uint64_t token)>& such);
  [[nodiscard]] std::size_t incomplete() const { return waiting_.size(); }

 private:
  struct Incomplete {
    std::string from, to;
    int reference = 0, parts = 0;
    ReferenceWidth width = ReferenceWidth::k8Bit;
    base::SteadyTime since;
    std::map<int, InboundPart> have;  // by part
    std::vector<std::uint64_t> tokens;
    std::size_t octets = 0;  // of `have`
  };
  using Place = std::list<Incomplete>::iterator;

  [[nodiscard]] Place place_of(const InboundPart& part, base::SteadyTime now);
  [[nodiscard]] JoinedMessage take(Place place);

  base::Duration patience_;
  std::size_t most_messages_, most_parts_, most_octets_;
  std::list<Incomplete> waiting_;  // oldest first
  std::size_t parts_held_ = 0;     // tokens, so that repeats of one part are bounded too
  std::size_t octets_held_ = 0;
};

}  // namespace tocsin::sms
