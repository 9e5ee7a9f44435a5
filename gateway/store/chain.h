// The chain hash of the record: what is hashed, byte by byte (docs/formats/store.md).  Pure.
//
// A commit's hash covers its entries and, since schema version 2, a short digest of each (its leaf), so that of a
// commit that was tampered with the very entry can be named.
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
  // Of the entries added since start(), in their order; kLeafBytes each.
  [[nodiscard]] const std::string& leaves() const { return leaves_; }
  // Over the entries and their leaves.
  [[nodiscard]] base::Digest finish();
  // Over the entries alone: commits of schema version 1.
  [[nodiscard]] base::Digest finish_without_leaves() const { return base::digest(bytes_); }
  [[nodiscard]] std::string give_back() && { return std::move(bytes_); }

 private:
  void put(std::int64_t number);
  std::string bytes_, leaves_;
};

// The leaf of one entry: the first bytes of the digest of what add() hashes.
inline constexpr std::size_t kLeafBytes = 8;
[[nodiscard]] std::string leaf_of(const model::RecordEntry& entry);

// Reads what to_hex wrote; all zeros when it is no digest.
[[nodiscard]] base::Digest digest_from_hex(std::string_view hex);

}  // namespace tocsin::store
