// How the read side reads: one transaction of less than a second on a borrowed connection.  For sqlite_queries*.cc
// only.
#pragma once

#include <algorithm>
#include <chrono>
#include <span>
#include <string>

#include "gateway/store/sqlite_queries.h"

namespace tocsin::store {

inline constexpr std::chrono::milliseconds kLongestRead{1000};
inline constexpr int kMostRows = 10000;

inline int capped(int limit) {
  return std::clamp(limit, 0, kMostRows);
}

// The ids as a JSON array: one statement for all of them.
template <typename Tag>
std::string array_of(std::span<const base::Id<Tag>> ids) {
  std::string text = "[";
  for (const auto id : ids) text += (text.size() == 1 ? "" : ",") + std::to_string(id.value);
  return text + "]";
}

template <typename Read>
auto SqliteQueries::in_one_picture(Read read) const -> base::Result<decltype(read(std::declval<db::Session&>()))> {
  auto session = borrow();
  if (!session.ok()) return session.error();
  db::Session& db = **session;
  if (const auto begun = db.begin_read(kLongestRead); !begun.ok()) return begun.error();
  auto value = read(db);
  const base::Status end = db.status();
  db.end_read();
  // One that failed is closed, not given back: its file may be gone or damaged.
  if (!end.ok()) return end.error();
  idle_.with([&](auto& sessions) {
    if (sessions.size() < options_.kept) sessions.push_back(std::move(session).value());
  });
  return value;
}

}  // namespace tocsin::store
