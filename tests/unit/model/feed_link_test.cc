// The address of a calendar says whose it is, and nobody can make one.
#include "gateway/model/feed_link.h"

#include <gtest/gtest.h>

namespace tocsin::model {
namespace {

const std::string kKey(32, 'k');

TEST(FeedLinkTest, WhatWasMadeIsRead) {
  const FeedLink link{PersonId{77}, 3};
  const auto token = feed_token(link, kKey);
  EXPECT_EQ(token.size(), kFeedTokenLength);
  EXPECT_EQ(read_feed_token(token, kKey), link);
}

TEST(FeedLinkTest, ChangedOrOfAnotherOfficeItOpensNothing) {
  const auto token = feed_token({PersonId{77}, 3}, kKey);
  for (std::size_t i = 0; i < token.size(); ++i) {
    auto changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(read_feed_token(changed, kKey).has_value()) << i;
  }
  EXPECT_FALSE(read_feed_token(token, std::string(32, 'j')).has_value());
  EXPECT_FALSE(read_feed_token("", kKey).has_value());
  EXPECT_FALSE(read_feed_token(token + "A", kKey).has_value());
}

}  // namespace
}  // namespace tocsin::model
