#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/intake/an_office.h"

namespace tocsin::intake {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(ApplyTest, NothingIsAppliedWhileAQuestionIsOpen) {
  const auto tables = apply(list_of("姓名,手机\n王伟,14400000031\n"), {}, an_office(), with_posts());
  ASSERT_FALSE(tables);
  EXPECT_EQ(tables.error().code, base::ErrorCode::kRefused);
  EXPECT_THAT(tables.error().message, HasSubstr("same-person@1!A2"));
}

TEST(ApplyTest, WhoLeftIsNowhereAndNothingRefersToThem) {
  CompareOptions options = with_posts();
  options.expect_everybody = true;
  const auto tables = apply(list_of("姓名,手机\n谷雨田,14400000003\n"), {{"missing:*", "left"}}, an_office(), options);
  ASSERT_TRUE(tables) << tables.error().message;
  EXPECT_EQ(tables->persons.size(), 1U);
  EXPECT_THAT(errors_in(*tables), IsEmpty());
  EXPECT_THAT(tables->deputies, IsEmpty());
  EXPECT_THAT(tables->duty, IsEmpty());
  EXPECT_EQ(tables->units[0].responsible, "");
  EXPECT_EQ(tables->posts[0].person, "");
}

TEST(ApplyTest, TheSameListTwiceChangesNothingMore) {
  const Draft list = list_of(
      "单位,姓名,职务,手机,座机\n工程抢险队,江雨荷,总指挥,14400000011,0539-0000011转8001\n农技站,高远山,站长,"
      "14400000012,\n"
      "东湖社区,秦岭松,书记,14400000013,\n农技站,王伟,技术员,14400000004,\n");
  const auto once = apply(list, {}, an_office(), with_posts());
  ASSERT_TRUE(once) << once.error().message;
  EXPECT_THAT(errors_in(*once), IsEmpty());
  CompareOptions later = with_posts();
  later.at = kNow + std::chrono::hours(24);
  const Comparison again = compare(list, {}, *once, later);
  for (const PersonDiff& diff : again.persons) {
    EXPECT_EQ(diff.verdict, Verdict::kSame) << diff.code;
    EXPECT_THAT(diff.changes, IsEmpty()) << diff.code << " " << (diff.changes.empty() ? "" : diff.changes[0].field);
  }
  EXPECT_THAT(again.new_units, IsEmpty());
}

TEST(ApplyTest, TenThousandRowsAreOneListQuickly) {
  std::string csv = "单位,姓名,职务,手机\n";
  constexpr std::string_view kHan[] = {"石", "柳", "江", "谷", "高", "白", "方", "秦", "钟", "夏"};
  for (int i = 0; i < 10'000; ++i) {
    const std::string number = std::to_string(14'400'001'000 + i);
    csv += "单位" + std::to_string(i / 20) + "," + std::string(kHan[i / 1000]);
    for (const int digit : {i / 100 % 10, i / 10 % 10, i % 10}) csv += kHan[digit];
    csv += i % 20 == 0 ? ",站长," : ",队员,";
    csv += number + "\n";
  }
  const Draft list = list_of(csv);
  EXPECT_EQ(list.entries.size(), 10'000U);
  const auto once = apply(list, {}, an_office(), with_posts());
  ASSERT_TRUE(once) << once.error().message;
  EXPECT_EQ(once->persons.size(), 10'004U);
  EXPECT_EQ(once->units.size(), 501U);
  const Comparison again = compare(list, {}, *once, with_posts());
  EXPECT_TRUE(std::all_of(again.persons.begin(), again.persons.end(),
                          [](const PersonDiff& diff) { return diff.verdict == Verdict::kSame; }));
}

}  // namespace
}  // namespace tocsin::intake
