#include "gateway/model/selector.h"

#include <gtest/gtest.h>

#include <string>

namespace tocsin::model {
namespace {

TEST(SelectorTest, EachFormIsReadAndWrittenBack) {
  const auto kind = [](std::string_view text) { return parse_selector(text).value().kind; };
  EXPECT_EQ(kind("post:commander"), SelectorKind::kPost);
  EXPECT_EQ(kind("unit:fire-station"), SelectorKind::kUnit);
  EXPECT_EQ(kind("group:flood-team"), SelectorKind::kGroup);
  EXPECT_EQ(kind("area:heads"), SelectorKind::kAreaRole);
  EXPECT_EQ(kind("area+up:heads"), SelectorKind::kAreaUpRole);
  EXPECT_EQ(kind("duty:desk"), SelectorKind::kDuty);
  for (const std::string text : {"post:commander", "unit:fire-station", "group:flood-team", "area:heads",
                                 "area+up:heads", "duty:leader", "unit:119_x"}) {
    EXPECT_EQ(to_text(parse_selector(text).value()), text);
  }
}

TEST(SelectorTest, EverythingElseIsRefused) {
  for (const std::string text :
       {"", ":", "post", "post:", ":commander", "person:li", "post:Commander", "post:-x", "post:_x", "post:a b",
        "post:a:b", " post:a", "post: a", "area-up:heads", "post:指挥", "POST:a"}) {
    EXPECT_FALSE(parse_selector(text).has_value()) << text;
  }
  EXPECT_FALSE(parse_selector("post:" + std::string(65, 'a')).has_value());
}

}  // namespace
}  // namespace tocsin::model
