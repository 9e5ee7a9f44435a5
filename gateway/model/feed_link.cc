#include "gateway/model/feed_link.h"

#include "gateway/model/link_token.h"

namespace tocsin::model {
namespace {

constexpr LinkPurpose kPurpose{"feed-link", 16};

}  // namespace

std::string feed_token(const FeedLink& link, std::string_view key) {
  return link_token(kPurpose, {link.person.value, link.number}, key);
}

std::optional<FeedLink> read_feed_token(std::string_view token, std::string_view key) {
  if (token.size() != kFeedTokenLength) return std::nullopt;
  const auto numbers = read_link_token(kPurpose, token, key);
  if (!numbers) return std::nullopt;
  return FeedLink{PersonId{numbers->first}, numbers->second};
}

}  // namespace tocsin::model
