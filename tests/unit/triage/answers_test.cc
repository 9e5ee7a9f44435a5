#include <gtest/gtest.h>

#include "gateway/triage/understand.h"

namespace tocsin::triage {
namespace {

// "coming 107 bare", "replied", "-" when it is no answer.
std::string answer(std::string_view text) {
  const auto read = read_answer(text);
  if (!read) return "-";
  std::string said(model::name_of(read->kind));
  if (read->code) said += " " + std::to_string(*read->code);
  return said + (read->bare ? " bare" : "");
}

struct Case {
  const char* text;
  const char* means;
};
void PrintTo(const Case& c, std::ostream* out) {
  *out << c.text;
}

class AnswerTest : public testing::TestWithParam<Case> {};

TEST_P(AnswerTest, IsReadAsPeopleTypeIt) {
  EXPECT_EQ(answer(GetParam().text), GetParam().means) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(Digits, AnswerTest,
                         testing::Values(Case{"1", "received bare"}, Case{"2", "coming bare"},
                                         Case{"3", "arrived bare"}, Case{"0", "cannot bare"},
                                         Case{"１", "received bare"}, Case{"②", "coming bare"},
                                         Case{"٣", "arrived bare"}, Case{"一", "received bare"},
                                         Case{" 2。", "coming bare"}, Case{"1.", "received bare"},
                                         Case{"回复：1", "received bare"}, Case{"回复2", "coming bare"},
                                         Case{"1 1", "received bare"}, Case{"1【张三】", "received bare"},
                                         Case{"【张三】2", "coming bare"}, Case{"【收到】", "received bare"}));

INSTANTIATE_TEST_SUITE_P(Codes, AnswerTest,
                         testing::Values(Case{"2 107", "coming 107 bare"}, Case{"107 2", "coming 107 bare"},
                                         Case{"2#107", "coming 107 bare"}, Case{"2，107", "coming 107 bare"},
                                         Case{"107收到", "received 107 bare"}, Case{"收到107", "received 107 bare"},
                                         Case{"107号收到", "received 107 bare"}, Case{"107 coming", "coming 107 bare"},
                                         Case{"on my way 107", "coming 107 bare"}, Case{"2 １０７", "coming 107 bare"},
                                         Case{"107", "replied 107"}, Case{"2107", "replied 2107"},
                                         Case{"2 107 108", "replied"}, Case{"1234567", "replied"}));

INSTANTIATE_TEST_SUITE_P(
    Words, AnswerTest,
    testing::Values(Case{"收到", "received bare"}, Case{"收到！", "received bare"}, Case{"好的", "received bare"},
                    Case{"OK", "received bare"}, Case{"Ok, got it, thanks", "received bare"},
                    Case{"收到，谢谢领导", "received bare"}, Case{"👍", "received bare"}, Case{"收到🙏", "received bare"},
                    Case{"到", "arrived bare"}, Case{"到了", "arrived bare"}, Case{"已到", "arrived bare"},
                    Case{"我已到达现场", "arrived bare"}, Case{"去", "coming bare"}, Case{"前往", "coming bare"},
                    Case{"在路上", "coming bare"}, Case{"马上到", "coming bare"}, Case{"馬上到", "coming bare"},
                    Case{"coming", "coming bare"}, Case{"I’m coming", "coming bare"}, Case{"On my way!", "coming bare"},
                    Case{"ok, on my way", "coming bare"}, Case{"收到，马上到", "coming bare"},
                    Case{"来不了", "cannot bare"}, Case{"不能到", "cannot bare"}, Case{"收到，来不了", "cannot bare"},
                    Case{"can't come", "cannot bare"}, Case{"not coming", "cannot bare"}, Case{"no", "cannot bare"}));

INSTANTIATE_TEST_SUITE_P(
    Free, AnswerTest,
    testing::Values(Case{"not now, in 2 hours", "replied"}, Case{"2小时后到", "replied"},
                    Case{"不能马上到，1小时后", "replied"}, Case{"coming in 2 hours", "replied"},
                    Case{"20分钟后到", "replied"}, Case{"没到", "replied"}, Case{"还没到", "replied"},
                    Case{"不到", "replied"}, Case{"0 马上到", "replied"}, Case{"1 2", "replied"},
                    Case{"收到，请问具体地址在哪里，需要带什么设备过去", "replied"}, Case{"堵车", "replied"},
                    Case{"谁？", "replied"}, Case{"?", "replied"}, Case{"12", "replied"}, Case{"4", "replied"},
                    Case{"I will come if my deputy is not there", "replied"}, Case{"coming 107 later", "replied 107"}));

INSTANTIATE_TEST_SUITE_P(NoAnswers, AnswerTest,
                         testing::Values(Case{"", "-"}, Case{"  ", "-"}, Case{"被困2", "-"}, Case{"2人被困", "-"},
                                         Case{"伤2", "-"}, Case{"3人", "-"}, Case{"东湖社区着火", "-"},
                                         Case{"2 injured", "-"}, Case{"收到，有2人被困", "-"},
                                         Case{"ok fire is spreading", "-"}, Case{"困3", "-"},
                                         Case{"一楼进水三十厘米，二楼有个老人行动不便", "-"},
                                         Case{"西边那条新修的马路上有很多石头挡住了去路", "-"}));

TEST(AnswerTest, LongTextIsReadWithinBounds) {
  std::string text;
  for (int i = 0; i < 100000; ++i) text += "收到";

  EXPECT_EQ(answer(text), "received bare");
}

TEST(NormalFormTest, FoldsWidthCaseAndScript) {
  EXPECT_EQ(normal_form("ＦＩＲＥ　２"), "fire 2");
  EXPECT_EQ(normal_form("東湖社區著火"), "东湖社区着火");
  EXPECT_EQ(normal_form("  a \t\n b  "), "a b");
  EXPECT_EQ(normal_form("①②"), "12");
  EXPECT_EQ(normal_form("被\u200b困"), "被困");
  EXPECT_EQ(normal_form(""), "");
}

TEST(NormalFormTest, IsItsOwnNormalForm) {
  for (const auto* text : {"東湖社區 ＡＢＣ ①", "½ m² ㎝", "乾坤乾旱頭髮"}) {
    const auto once = normal_form(text);
    EXPECT_EQ(normal_form(once), once);
  }
}

TEST(NormalFormTest, BadBytesDoNoHarm) {
  EXPECT_EQ(normal_form("a\xff\xfe"), "a\uFFFD\uFFFD");
}

}  // namespace
}  // namespace tocsin::triage
