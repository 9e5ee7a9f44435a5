#include "gateway/store/chain.h"

namespace tocsin::store {

namespace {

// Where an entry's seq would stand, which is never negative: leaves follow.
constexpr std::int64_t kLeavesFollow = -1;

std::string_view leaf_in(const base::Digest& digest) {
  return base::as_bytes(digest).substr(0, kLeafBytes);
}

}  // namespace

void ChainLink::start(const base::Digest& previous, std::int64_t commit_no, base::UtcTime at) {
  bytes_.assign(base::as_bytes(previous));
  put(commit_no);
  put(base::to_micros(at));
  leaves_.clear();
}

void ChainLink::add(const model::RecordEntry& entry) {
  const std::size_t begin = bytes_.size();
  put(entry.seq);
  put(base::to_micros(entry.at));
  put(static_cast<std::int64_t>(entry.kind));
  put(entry.incident.value);
  put(entry.subject);
  put(entry.a);
  put(entry.b);
  put(static_cast<std::int64_t>(entry.detail.size()));
  bytes_ += entry.detail;
  leaves_ += leaf_in(base::digest(std::string_view(bytes_).substr(begin)));
}

base::Digest ChainLink::finish() {
  put(kLeavesFollow);
  bytes_ += leaves_;
  return base::digest(bytes_);
}

std::string leaf_of(const model::RecordEntry& entry) {
  ChainLink link;
  link.add(entry);
  return link.leaves();
}

void ChainLink::put(std::int64_t number) {
  char bytes[8];
  for (int i = 0; i < 8; ++i) bytes[i] = static_cast<char>(static_cast<std::uint64_t>(number) >> (56 - 8 * i) & 0xffU);
  bytes_.append(bytes, sizeof bytes);
}

base::Digest digest_from_hex(std::string_view hex) {
  base::Digest digest{};
  if (hex.size() != 2 * digest.size()) return digest;
  for (std::size_t i = 0; i < hex.size(); ++i) {
    const char c = hex[i];
    int value = 0;
    if (c >= '0' && c <= '9') {
      value = c - '0';
    } else if (c >= 'a' && c <= 'f') {
      value = c - 'a' + 10;
    } else {
      return {};
    }
    auto& byte = digest[i / 2];
    byte = static_cast<std::uint8_t>(i % 2 == 0 ? value << 4 : byte | value);
  }
  return digest;
}

}  // namespace tocsin::store
