#include "adapters/https/cursor.h"

#include <gtest/gtest.h>

#include <limits>

namespace tocsin::https {
namespace {

TEST(CursorTest, APositionComesBackAsItWas) {
  for (const std::int64_t position : {std::int64_t{1}, std::int64_t{500}, std::numeric_limits<std::int64_t>::max()}) {
    EXPECT_EQ(read_cursor(CursorOf::kRecord, cursor_text(CursorOf::kRecord, position)), position);
  }
}

TEST(CursorTest, TheCursorOfAnotherListIsRefused) {
  EXPECT_FALSE(read_cursor(CursorOf::kAlerts, cursor_text(CursorOf::kIncidents, 7)));
}

TEST(CursorTest, WhatWeDidNotWriteIsRefused) {
  const std::string good = cursor_text(CursorOf::kIncidents, 7);
  for (const std::string& bad :
       {std::string(), std::string("i"), std::string("7"), good + "0", good.substr(0, 13),
        std::string("i000000000000o"), std::string("i0000000000000"), std::string("iZZZZZZZZZZZZZ")}) {
    EXPECT_FALSE(read_cursor(CursorOf::kIncidents, bad)) << bad;
  }
}

}  // namespace
}  // namespace tocsin::https
