#include "gateway/base/ids.h"

#include <algorithm>

namespace tocsin::base {
namespace {

constexpr UtcTime kEpoch = std::chrono::sys_days{std::chrono::January / 1 / 2024};
constexpr int kSequenceBits = 16, kNodeBits = 6, kTimeShift = kSequenceBits + kNodeBits;
constexpr std::int64_t kSequenceMask = (std::int64_t{1} << kSequenceBits) - 1;
constexpr std::int64_t kNodeMask = (std::int64_t{1} << kNodeBits) - 1;
constexpr std::int64_t kLastMillisecond = (std::int64_t{1} << 41) - 1;

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kTextLength = 13;

// Value of one Crockford digit, -1 when it is none.
int digit_value(char c) {
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (c == 'I' || c == 'L') c = '1';
  if (c == 'O') c = '0';
  const std::size_t at = kAlphabet.find(c);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

}  // namespace

std::int64_t IdSource::next(UtcTime now) {
  const auto since = std::chrono::floor<std::chrono::milliseconds>(now - kEpoch).count();
  const std::int64_t node = static_cast<std::int64_t>(node_);
  std::int64_t id = (std::clamp<std::int64_t>(since, 0, kLastMillisecond) << kTimeShift) | (node << kSequenceBits);
  if (id <= last_) {
    // The time stood still or went back: stay in the millisecond of the last id while its sequence lasts.
    const std::int64_t last_node = (last_ >> kSequenceBits) & kNodeMask;
    const std::int64_t last_time = last_ >> kTimeShift;
    if (node == last_node && (last_ & kSequenceMask) < kSequenceMask) {
      id = last_ + 1;
    } else {
      const std::int64_t time = node > last_node ? last_time : last_time + 1;
      id = (time << kTimeShift) | (node << kSequenceBits);
    }
  }
  last_ = id;
  return id;
}

void IdSource::start_after(std::int64_t highest) {
  last_ = std::max(last_, highest);
}

std::string to_base32(std::int64_t id) {
  std::string out(kTextLength, '0');
  auto rest = static_cast<std::uint64_t>(id);
  for (std::size_t i = kTextLength; i-- > 0; rest >>= 5U) out[i] = kAlphabet[rest & 31U];
  return out;
}

std::optional<std::int64_t> from_base32(std::string_view text) {
  if (text.size() != kTextLength) return std::nullopt;
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < kTextLength; ++i) {
    const int digit = digit_value(text[i]);
    // Thirteen digits hold 65 bits; the first may only be 0..7 for 63.
    if (digit < 0 || (i == 0 && digit > 7)) return std::nullopt;
    value = (value << 5U) | static_cast<std::uint64_t>(digit);
  }
  return static_cast<std::int64_t>(value);
}

UtcTime time_of_id(std::int64_t id) {
  return kEpoch + std::chrono::milliseconds{id >> kTimeShift};
}

std::int64_t first_id_at(UtcTime time) {
  const auto ms = std::chrono::floor<std::chrono::milliseconds>(time - kEpoch).count();
  return ms <= 0 ? 0 : static_cast<std::int64_t>(ms) << kTimeShift;
}

}  // namespace tocsin::base
