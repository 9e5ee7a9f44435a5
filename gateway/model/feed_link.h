// The secret part of the address of one person's calendar: it opens that calendar alone, without signing in.
//
// 38 characters: base64url of the person's id (8 bytes), the number of the address (4 bytes) and a keyed BLAKE2b over
// both (16 bytes).  A person's number grows when they ask for another address, so that what was given away can be taken
// back; only the number is stored.  Pure, thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/model/ids.h"

namespace tocsin::model {

inline constexpr std::size_t kFeedTokenLength = 38;

struct FeedLink {
  PersonId person;
  std::uint32_t number = 0;
  bool operator==(const FeedLink&) const = default;
};

// `key`: 16 to 64 bytes.
[[nodiscard]] std::string feed_token(const FeedLink& link, std::string_view key);
// Empty when it was not made with `key`; compared in constant time.
[[nodiscard]] std::optional<FeedLink> read_feed_token(std::string_view token, std::string_view key);

}  // namespace tocsin::model
