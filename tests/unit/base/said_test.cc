#include "gateway/base/said.h"

#include <gtest/gtest.h>

#include "gateway/base/diagnostic.h"

namespace tocsin::base {
namespace {

TEST(SaidTest, EachLanguagePutsThePartsWhereItWantsThem) {
  const auto sentence = said("{0} of {1}", "{1}的{0}", "\"wait\"", said("step {0}", "步骤{0}", 3));
  EXPECT_EQ(sentence.en, "\"wait\" of step 3");
  EXPECT_EQ(sentence.zh, "步骤3的\"wait\"");
}

TEST(SaidTest, BracesThatNumberNothingStay) {
  EXPECT_EQ(said("write { zh = {0} } or {{/x}} {7}", "{0}", "a"), (Said{"write { zh = a } or {{/x}} {7}", "a"}));
}

TEST(SaidTest, WhatIsPutInIsNotReadAgain) {
  EXPECT_EQ(said("{0}{1}", "{1}{0}", "{1}", "x"), (Said{"{1}x", "x{1}"}));
}

TEST(SaidTest, ListsAreSeparatedAsEachLanguageDoes) {
  EXPECT_EQ(listed({"a", "b"}), (Said{"a, b", "a、b"}));
  EXPECT_TRUE(listed({}).empty());
}

TEST(SaidTest, AFindingIsShownInTheLanguageAsked) {
  const auto made =
      finding(Severity::kWarning, "no-wait", said("no wait", "没有等待时间"), same("wait = \"5m\""), "fire/III");
  EXPECT_EQ(render(made, "", false), "warning: no wait [no-wait]\n    = hint: wait = \"5m\"\n");
  EXPECT_EQ(render(made, "", true), "警告: 没有等待时间 [no-wait]\n    = 提示：wait = \"5m\"\n");
  EXPECT_EQ(made.where, "fire/III");
}

}  // namespace
}  // namespace tocsin::base
