// The chain hash of the record: what is hashed, byte by byte (docs/formats/store.md).  Pure.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "gateway/base/digest.h"
#include "gateway/base/time.h"
#include "gateway/model/record.h"

namespace tocsin::store {

// Collects the entries of one commit in the order of their seq, then gives the hash of the chain after it.
// May be used for one commit after the other.
class ChainLink {
 public:
  // `room` is memory to reuse, whatever is in it; give_back() returns it.
  explicit ChainLink(std::string room = {}) : bytes_(std::move(room)) {}
  // `previous` is the hash of the commit before; all zeros before the first.
  void start(const base::Digest& previous, std::int64_t commit_no, base::UtcTime at);
  void add(const model::RecordEntry& entry);
  [[nodiscard]] base::Digest finish() const { return base::digest(bytes_); }
  [[nodiscard]] std::string give_back() && { return std::move(bytes_); }

 private:
  void put(std::int64_t number);
  std::string bytes_;
};

// Reads what to_hex wrote; all zeros when it is no digest.
[[nodiscard]] base::Digest digest_from_hex(std::string_view hex);

}  // namespace tocsin::store
