// Any bytes as what comes in over several connections: parts of long messages in any order, repeated, lost, forgotten
// with their connection, out of date.  What was given comes back once or was forgotten, and never more is held than the
// limits say.
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string>
#include <string_view>

#include "adapters/sms/reassembly.h"
#include "gateway/base/text.h"

namespace {

namespace sms = tocsin::sms;

constexpr std::size_t kMostMessages = 4, kMostParts = 12, kMostOctets = 256;

void require(bool holds) {
  if (!holds) std::abort();
}

class Run {
 public:
  explicit Run(std::string_view script) : script_(script) {}

  void play() {
    while (script_.size() >= 4) {
      const unsigned what = next();
      if (what < 0xE0) {
        add(what);
      } else if (what < 0xF0) {
        forget(what & 1U);
      } else {
        now_ += std::chrono::milliseconds(next() * 10);
        take(reassembly_.expired(now_));
      }
      require(reassembly_.incomplete() <= kMostMessages);
    }
    take(reassembly_.expired(now_ + std::chrono::hours(1)));
    require(reassembly_.incomplete() == 0);
    require(owed_.empty());
  }

 private:
  unsigned next() {
    if (script_.empty()) return 0;
    const auto octet = static_cast<unsigned char>(script_.front());
    script_.remove_prefix(1);
    return octet;
  }
  // The connection is the lowest bit of the token.
  void add(unsigned what) {
    sms::InboundPart part;
    part.from = (what & 1U) != 0 ? "a" : "b";
    part.to = "c";
    const int parts = 2 + static_cast<int>(next() % 4);
    part.concatenation = {static_cast<int>(what >> 6U),
                          (what & 2U) != 0 ? sms::ReferenceWidth::k8Bit : sms::ReferenceWidth::k16Bit,
                          1 + static_cast<int>((what >> 2U) % static_cast<unsigned>(parts)), parts};
    part.data_coding = (what & 0x10U) != 0 ? 8 : 0;
    const std::size_t length = std::min<std::size_t>(next() % 80, script_.size());
    part.text = script_.substr(0, length);
    script_.remove_prefix(length);
    part.token = ++last_ << 1U | (what >> 5U & 1U);
    owed_.insert(part.token);
    take(reassembly_.add(std::move(part), now_));
  }
  void forget(std::uint64_t connection) {
    reassembly_.forget([connection](std::uint64_t token) { return (token & 1U) == connection; });
    std::erase_if(owed_, [connection](std::uint64_t token) { return (token & 1U) == connection; });
    // Where a live connection repeated a part that a dead one had brought, nobody knows whose text was kept: the whole
    // message may be forgotten, and its peer asks again.
    forgetful_ = true;
  }
  void take(const std::vector<sms::JoinedMessage>& ready) {
    for (const sms::JoinedMessage& message : ready) {
      require(tocsin::base::is_utf8(message.text));
      require(message.text.size() <= 4 * kMostOctets + 64);
      for (const std::uint64_t token : message.tokens) require(owed_.erase(token) == 1);
    }
    if (forgetful_ && reassembly_.incomplete() == 0) owed_.clear();
  }

  std::string_view script_;
  sms::Reassembly reassembly_{std::chrono::seconds(1), kMostMessages, kMostParts, kMostOctets};
  tocsin::base::SteadyTime now_{std::chrono::hours(1)};
  std::set<std::uint64_t> owed_;
  std::uint64_t last_ = 0;
  bool forgetful_ = false;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Run(std::string_view(reinterpret_cast<const char*>(data), size)).play();
  return 0;
}
