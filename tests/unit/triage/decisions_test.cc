#include "gateway/triage/decisions.h"

#include <gtest/gtest.h>

namespace tocsin::triage {
namespace {

// "approved 123456 of 101", "declined", "-" when it decides nothing.
std::string decision(std::string_view text) {
  const auto read = read_decision(text);
  if (!read) return "-";
  std::string said = read->approved ? "approved" : "declined";
  if (!read->one_time_code.empty()) said += " " + read->one_time_code;
  if (read->incident) said += " of " + std::to_string(*read->incident);
  return said;
}

TEST(DecisionTest, WordsWithTheCodeDecide) {
  EXPECT_EQ(decision("批准 123456"), "approved 123456");
  EXPECT_EQ(decision("批准１２３４５６。"), "approved 123456");
  EXPECT_EQ(decision("同意启动，验证码：012345"), "approved 012345");
  EXPECT_EQ(decision("批准101 123456"), "approved 123456 of 101");
  EXPECT_EQ(decision("Approve 123456"), "approved 123456");
  EXPECT_EQ(decision("I approve no. 101, code 123456."), "approved 123456 of 101");
  EXPECT_EQ(decision("不批准 123456"), "declined 123456");
  EXPECT_EQ(decision("不同意123456"), "declined 123456");
  EXPECT_EQ(decision("decline 123456"), "declined 123456");
  EXPECT_EQ(decision("Not approved 123456"), "declined 123456");
}

TEST(DecisionTest, WordsWithoutTheCodeAreHeardAndHoldNone) {
  EXPECT_EQ(decision("批准"), "approved");
  EXPECT_EQ(decision("approve 101"), "approved of 101");
  EXPECT_EQ(decision("驳回"), "declined");
}

TEST(DecisionTest, AnythingElseDecidesNothing) {
  for (const auto* text : {"", "123456", "1", "2 101", "收到", "批准？", "批准吗", "approve?", "approve if it burns",
                           "批准 123456 不批准", "批准 123456 654321", "批准 1234567", "批准 12", "等会儿批准 123456",
                           "未批准 123456", "没批准", "approver 123456", "disapprove 123456", "no approve 123456"}) {
    EXPECT_EQ(decision(text), "-") << text;
  }
}

}  // namespace
}  // namespace tocsin::triage
