#include "gateway/engine/link_reason.h"

#include <gtest/gtest.h>

namespace tocsin::engine {
namespace {

TEST(LinkReasonTest, WhatTheSystemSaysOfAConnectionIsSaidInChinese) {
  const auto said = reason_in_words("connect: Connection refused");
  EXPECT_EQ(said.en, "connect: Connection refused");
  EXPECT_EQ(said.zh, "连接：连接被拒绝");
  EXPECT_EQ(reason_in_words("closed by the centre").zh, "短信中心断开了连接");
}

TEST(LinkReasonTest, WhatIsNotKnownStaysAsItIs) {
  EXPECT_EQ(reason_in_words("bind refused: ESME_RINVPASWD").zh, "登录被短信中心拒绝：ESME_RINVPASWD");
  EXPECT_EQ(reason_in_words("the stick was pulled out").zh, "the stick was pulled out");
  EXPECT_TRUE(reason_in_words("").empty());
}

}  // namespace
}  // namespace tocsin::engine
