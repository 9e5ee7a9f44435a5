// Time-ordered 63-bit ids, one C++ type per noun.
//
// Layout (most significant first): 41 bits milliseconds since 2024-01-01T00:00:00Z, 6 bits node,
// 16 bits sequence.  Ids of one source strictly increase, so a row id is also its order, and
// SQLite keeps such keys at the end of the tree.  0 means "none".
// Text form: 13 characters of Crockford base32 (no I L O U), most significant first.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/base/time.h"

namespace tocsin::base {

template <typename Tag>
struct Id {
  std::int64_t value = 0;
  constexpr auto operator<=>(const Id&) const = default;
  explicit constexpr operator bool() const { return value != 0; }
};

// Makes ids.  Not thread-safe: the engine owns the one of a process.
class IdSource {
 public:
  // `node` is 0..63 (one per process that shares a database).
  explicit IdSource(unsigned node = 0) : node_(node & 63U) {}

  // A new id, greater than all before it.  If `now` stands still or goes back, or the sequence of
  // a millisecond is used up, the id runs ahead of the time.
  [[nodiscard]] std::int64_t next(UtcTime now);
  template <typename T>
  [[nodiscard]] T next_id(UtcTime now) {
    return T{next(now)};
  }
  // Never give out an id at or below this one (after a restart: the highest stored).
  void start_after(std::int64_t highest);

 private:
  unsigned node_;
  std::int64_t last_ = 0;
};

[[nodiscard]] std::string to_base32(std::int64_t id);
// Case-insensitive; I and L read as 1, O as 0 (Crockford).  Empty when it is not 13 such characters or above 63 bits.
[[nodiscard]] std::optional<std::int64_t> from_base32(std::string_view text);
// The time inside an id (millisecond).
[[nodiscard]] UtcTime time_of_id(std::int64_t id);
// No id of that millisecond or later is smaller.
[[nodiscard]] std::int64_t first_id_at(UtcTime time);

}  // namespace tocsin::base

template <typename Tag>
struct std::hash<tocsin::base::Id<Tag>> {
  std::size_t operator()(const tocsin::base::Id<Tag>& id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
