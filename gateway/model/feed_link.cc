#include "gateway/model/feed_link.h"

#include "gateway/base/digest.h"
#include "gateway/base/encoding.h"
#include "gateway/base/text.h"

namespace tocsin::model {
namespace {

constexpr std::size_t kBytes = 12, kMac = 16;

std::string signed_with(std::string_view key, const std::string& what) {
  const auto digest = base::digest("feed-link:" + what, key);
  return what + std::string(base::as_bytes(digest).substr(0, kMac));
}

}  // namespace

std::string feed_token(const FeedLink& link, std::string_view key) {
  const auto what =
      base::big_endian(static_cast<std::uint64_t>(link.person.value), 8) + base::big_endian(link.number, 4);
  return base::to_base64url(signed_with(key, what));
}

std::optional<FeedLink> read_feed_token(std::string_view token, std::string_view key) {
  if (token.size() != kFeedTokenLength) return std::nullopt;
  const auto bytes = base::from_base64url(token);
  if (!bytes || bytes->size() != kBytes + kMac) return std::nullopt;
  const auto what = bytes->substr(0, kBytes);
  if (!base::equal_secrets(*bytes, signed_with(key, what))) return std::nullopt;
  const std::string_view numbers = what;
  return FeedLink{PersonId{static_cast<std::int64_t>(base::from_big_endian(numbers.substr(0, 8)))},
                  static_cast<std::uint32_t>(base::from_big_endian(numbers.substr(8)))};
}

}  // namespace tocsin::model
