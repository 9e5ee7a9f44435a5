#include "directory/intake/draft.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "directory/table/read.h"

namespace tocsin::intake {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const base::DialingRules kRules{"CN", "539"};

Draft draft_of(const std::string& csv) {
  const table::Book book = table::read_tables(csv, "a.csv").book;
  return read_draft(book, guess_mapping(book), kRules);
}

std::vector<std::string> codes_of(const Draft& draft) {
  std::vector<std::string> codes;
  for (const Finding& finding : draft.findings) codes.push_back(finding.code + "@" + text_of(finding.at));
  return codes;
}

TEST(DraftTest, RowsThatShareAMobileAreOnePersonWithSeveralHats) {
  const Draft draft = draft_of("单位,负责人,手机\n供电所,关文发,14400000001\n水务所,关文发,144 0000 0001\n");
  ASSERT_THAT(draft.entries, SizeIs(1));
  EXPECT_THAT(draft.entries[0].hats, SizeIs(2));
  EXPECT_THAT(draft.findings, IsEmpty());
  EXPECT_THAT(draft.one_name, IsEmpty());
}

TEST(DraftTest, OneNameWithTwoNumbersIsAskedAndNeverGuessed) {
  const Draft draft = draft_of("姓名,手机\n王伟,14400000001\n王 伟,14400000002\n");
  ASSERT_THAT(draft.entries, SizeIs(2));
  ASSERT_THAT(draft.one_name, SizeIs(1));
  EXPECT_EQ(draft.one_name[0].question.id, "one-name-two-numbers@1!A3");
  EXPECT_THAT(settled(draft, {}).entries, SizeIs(2));
  EXPECT_THAT(settled(draft, {{"one-name-two-numbers@1!A3", "two"}}).entries, SizeIs(2));
  const Draft one = settled(draft, {{"one-name-two-numbers@1!A3", "one"}});
  ASSERT_THAT(one.entries, SizeIs(1));
  EXPECT_THAT(one.entries[0].numbers, SizeIs(2));
}

TEST(DraftTest, AnOfficesLandlineDoesNotMakeTwoPeopleOne) {
  EXPECT_THAT(draft_of("姓名,手机,座机\n王伟,14400000001,0539-0000001\n王伟,14400000002,0539-0000001\n").one_name,
              SizeIs(1));
  // But who has nothing else is the one who has it.
  EXPECT_THAT(draft_of("姓名,电话\n王伟,14400000001、0539-0000001\n王伟,0539-0000001\n").entries, SizeIs(1));
}

TEST(DraftTest, ANameWithoutANumberIsTheOnlyOneOfThatName) {
  EXPECT_THAT(draft_of("姓名,单位,手机\n王伟,供电所,\n王伟,水务所,14400000001\n").entries, SizeIs(1));
  EXPECT_THAT(draft_of("姓名,单位,手机\n王伟,甲,\n王伟,乙,14400000001\n王伟,丙,14400000002\n").entries, SizeIs(3));
}

TEST(DraftTest, ANumberThatCannotBeReadMakesNobodyTheSame) {
  EXPECT_THAT(draft_of("姓名,手机\n王伟,1440000001\n王伟,14400000002\n").one_name, SizeIs(1));
}

TEST(DraftTest, BlankPlacesAreToldWithTheWayToFillThem) {
  const std::string csv = "片区,姓名,手机\n东片区,王伟,14400000001\n,谷雨田,14400000002\n";
  EXPECT_THAT(codes_of(draft_of(csv)), ElementsAre("blank-below-filled@1!A3"));
  const table::Book book = table::read_tables(csv, "a.csv").book;
  const Draft draft = read_draft(book, *parse_mapping("1@1: A=area+ B=name C=mobile"), kRules);
  EXPECT_EQ(draft.entries[1].hats[0].area, "东片区");
  EXPECT_THAT(draft.findings, IsEmpty());
}

TEST(DraftTest, ThreeOfOneNameCanBecomeOne) {
  const Draft draft = draft_of("姓名,手机\n王伟,14400000001\n王伟,14400000002\n王伟,14400000003\n谷雨田,14400000004\n");
  const Draft one = settled(draft, {{"one-name-two-numbers@1!A3", "one"}, {"one-name-two-numbers@1!A4", "one"}});
  ASSERT_THAT(one.entries, SizeIs(2));
  EXPECT_THAT(one.entries[0].numbers, SizeIs(3));
  EXPECT_EQ(one.entries[1].name, "谷雨田");
  for (const Draft::OneName& pair : one.one_name) EXPECT_EQ(pair.second, 0U);
}

TEST(DraftTest, AMappingOfTheCallersOwnIsObeyed) {
  const table::Book book = table::read_tables("14400000001,石青松\n14400000002,柳溪桥\n", "a.csv").book;
  EXPECT_THAT(codes_of(read_draft(book, guess_mapping(book), kRules)), ElementsAre("no-header@1!"));
  const Draft draft = read_draft(book, *parse_mapping("1@0: A=mobile B=name"), kRules);
  EXPECT_THAT(draft.entries, SizeIs(2));
  EXPECT_THAT(read_draft(book, *parse_mapping("7@0: A=mobile B=name"), kRules).entries, IsEmpty());
}

TEST(DraftTest, NobodyStandsInThePlaceOfAName) {
  for (const char* nobody : {"空缺", "无", "-", "待定", "Vacant"}) {
    EXPECT_THAT(draft_of("单位,负责人,手机\n供电所," + std::string(nobody) + ",\n").entries, IsEmpty()) << nobody;
  }
}

TEST(DraftTest, TheFirstThousandFindingsAreShown) {
  std::string csv = "姓名,手机\n";
  for (int i = 0; i < 1'500; ++i) csv += "人" + std::to_string(i) + ",144000\n";
  const Draft draft = draft_of(csv);
  EXPECT_THAT(draft.findings, SizeIs(kMostFindings + 1));
  EXPECT_EQ(draft.findings.back().code, "findings-not-shown");
}

TEST(DraftTest, CellsAreShownWithTheirNumbersMasked) {
  EXPECT_EQ(masked_cell("石青松 144 0000 0001、8001"), "石青松 *** **** 0001、8001");
  EXPECT_EQ(masked_cell("+8614400000001"), "+*********0001");
  EXPECT_EQ(masked_cell("10 digits"), "10 digits");
}

TEST(AnswersTest, TheirTextGivesThemBack) {
  const auto answers = parse_answers("one-name-two-numbers@1!A3=two; missing:liu-xiqiao = left\n");
  ASSERT_TRUE(answers);
  EXPECT_EQ(answers_text(*answers), "missing:liu-xiqiao=left\none-name-two-numbers@1!A3=two\n");
  EXPECT_FALSE(parse_answers("missing:liu-xiqiao"));
  EXPECT_FALSE(parse_answers("=left"));
  EXPECT_FALSE(parse_answers("a=b\na=c"));
}

TEST(DraftTest, ARowThatIsLeftOutIsNobodyAndNoFinding) {
  const table::Book book = table::read_tables("姓名,手机\n王伟,14400000001\n李娜,1440000002\n", "a.csv").book;
  const auto answers = parse_answers("row@1!3=out");
  ASSERT_TRUE(answers.ok());
  const Draft draft = read_draft(book, guess_mapping(book), kRules, rows_left_out(*answers));
  ASSERT_THAT(draft.entries, SizeIs(1));
  EXPECT_EQ(draft.entries[0].name, "王伟");
  EXPECT_THAT(draft.findings, IsEmpty());
}

TEST(DraftTest, RowsBelowOneThatIsLeftOutKeepTheirUnit) {
  const table::Book book =
      table::read_tables("单位,姓名,手机\n供电所,王伟,14400000001\n,李娜,14400000002\n", "a.csv").book;
  const Draft draft = read_draft(book, *parse_mapping("1@1: A=unit+ B=name C=mobile"), kRules, {{1, 2}});
  ASSERT_THAT(draft.entries, SizeIs(1));
  EXPECT_EQ(draft.entries[0].name, "李娜");
  EXPECT_EQ(draft.entries[0].hats[0].unit, "供电所");
}

TEST(DraftTest, OnlyARowThatIsSaidToBeOutIsLeftOut) {
  const auto answers = parse_answers("row@1!3=in; row@x!3=out; row@1!=out; row@0!3=out; row@2!5=out; missing:x=keep");
  ASSERT_TRUE(answers.ok());
  EXPECT_THAT(rows_left_out(*answers), ElementsAre(std::pair(2, 5)));
}

}  // namespace
}  // namespace tocsin::intake
