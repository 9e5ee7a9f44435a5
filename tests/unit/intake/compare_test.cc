#include "directory/intake/compare.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/intake/an_office.h"

namespace tocsin::intake {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(CompareTest, AListThatSaysWhatIsKnownChangesNothing) {
  const directory::Tables before = an_office();
  ASSERT_THAT(before.persons, SizeIs(4));
  const Comparison same = compare(
      list_of(
          "姓名,职务,单位,手机,座机\n石青松,指挥长,,14400000001,0539-0000001\n柳溪桥,队长,工程抢险队,14400000002,\n"),
      {}, before, with_posts());
  EXPECT_THAT(said_of(same), ElementsAre("same shi-qingsong 石青松", "same liu-xiqiao 柳溪桥"));
  EXPECT_THAT(same.open, IsEmpty());
  EXPECT_EQ(same.after.contacts.size(), before.contacts.size());
  EXPECT_EQ(same.after.posts.size(), before.posts.size());
  EXPECT_EQ(same.after.unit_members.size(), before.unit_members.size());
}

TEST(CompareTest, NewPeopleGetACodeTheirNumbersAndTheirUnit) {
  CompareOptions options = with_posts();
  options.agreed_when = kNow;
  options.agreed_how = "会议上签字";
  const Comparison out =
      compare(list_of("姓名,职务,单位,手机\n江雨荷,队员,工程抢险队,14400000011\n高远山,站长,农技站,14400000012\n"), {},
              an_office(), options);
  EXPECT_THAT(said_of(out), ElementsAre("added jiang-yuhe 江雨荷: mobile ++8614400000011, unit +工程抢险队",
                                        "added gao-yuanshan 高远山: mobile ++8614400000012, head +农技站"));
  EXPECT_THAT(out.new_units, ElementsAre("nongjizhan"));
  EXPECT_EQ(out.after.units.back().responsible, "gao-yuanshan");
  EXPECT_TRUE(out.after.contacts.back().agreed());
  EXPECT_THAT(out.findings, IsEmpty());
  EXPECT_THAT(errors_in(out.after), IsEmpty());
}

TEST(CompareTest, WithoutAWordOfAgreementANewNumberIsTold) {
  const Comparison out = compare(list_of("姓名,手机\n江雨荷,14400000011\n"), {}, an_office(), with_posts());
  ASSERT_THAT(out.findings, SizeIs(1));
  EXPECT_EQ(out.findings[0].code, "no-agreement");
  EXPECT_FALSE(out.after.contacts.back().agreed());
}

TEST(CompareTest, OfEachKindOfNumberTheListsAreThePersons) {
  // The same name and unit: another mobile is a new number; the landline, of which the list is silent, stays.
  const Comparison out = compare(list_of("姓名,职务,手机\n石青松,指挥长,14400000021\n"), {}, an_office(), with_posts());
  EXPECT_THAT(said_of(out), ElementsAre("changed shi-qingsong 石青松: mobile -+8614400000001, mobile ++8614400000021"));
  std::vector<std::string> left;
  for (const auto& row : out.after.contacts) {
    if (row.person == "shi-qingsong") left.push_back(std::to_string(row.order) + " " + row.address);
  }
  EXPECT_THAT(left, ElementsAre("2 +865390000001", "1 +8614400000021"));
  EXPECT_THAT(errors_in(out.after), IsEmpty());
}

TEST(CompareTest, AWithdrawnNumberStaysWithdrawn) {
  const Comparison out =
      compare(list_of("姓名,手机\n柳溪桥,14400000002、14400000092\n"), {}, an_office(), with_posts());
  EXPECT_THAT(said_of(out), ElementsAre("same liu-xiqiao 柳溪桥"));
  ASSERT_THAT(out.findings, SizeIs(1));
  EXPECT_EQ(out.findings[0].code, "number-withdrawn");
}

TEST(CompareTest, AKnownNameWithAnotherNumberAndNothingInCommonIsAsked) {
  const Draft list = list_of("姓名,手机\n王伟,14400000031\n");
  const Comparison open = compare(list, {}, an_office(), with_posts());
  EXPECT_THAT(open.open, ElementsAre("same-person@1!A2"));
  EXPECT_THAT(said_of(open), ElementsAre("open  王伟"));
  EXPECT_EQ(open.after.contacts.size(), an_office().contacts.size());
  EXPECT_THAT(said_of(compare(list, {{"same-person@1!A2", "wang-wei"}}, an_office(), with_posts())),
              ElementsAre("changed wang-wei 王伟: mobile -+8614400000004, mobile ++8614400000031"));
  EXPECT_THAT(said_of(compare(list, {{"same-person@1!A2", "new"}}, an_office(), with_posts())),
              ElementsAre("added wang-wei-2 王伟: mobile ++8614400000031"));
  EXPECT_THAT(compare(list, {{"same-person@1!A2", "perhaps"}}, an_office(), with_posts()).open, SizeIs(1));
}

TEST(CompareTest, ANumberOfSomebodyWhoIsNotInTheListIsAsked) {
  const Draft list = list_of("姓名,手机\n王维,14400000004\n");
  const std::string id = "number-of-another@1!A2";
  EXPECT_THAT(compare(list, {}, an_office(), with_posts()).open, ElementsAre(id));
  EXPECT_THAT(said_of(compare(list, {{id, "renamed"}}, an_office(), with_posts())),
              ElementsAre("changed wang-wei 王维: name -王伟 +王维"));
  const Comparison taken = compare(list, {{id, "taken-over"}}, an_office(), with_posts());
  EXPECT_THAT(said_of(taken), ElementsAre("added wang-wei-2 王维: mobile ++8614400000004"));
  EXPECT_EQ(taken.after.contacts.size(), an_office().contacts.size());
  const Comparison shared = compare(list, {{id, "shared"}}, an_office(), with_posts());
  EXPECT_EQ(shared.after.contacts.size(), an_office().contacts.size() + 1);
}

TEST(CompareTest, OpenNamesOfTheListAreLeftOut) {
  const Draft list = list_of("姓名,手机\n江雨荷,14400000011\n江雨荷,14400000012\n高远山,14400000013\n");
  const Comparison out = compare(list, {}, an_office(), with_posts());
  EXPECT_THAT(out.open, ElementsAre("one-name-two-numbers@1!A3"));
  EXPECT_THAT(said_of(out),
              ElementsAre("open  江雨荷", "open  江雨荷", "added gao-yuanshan 高远山: mobile ++8614400000013"));
  EXPECT_THAT(said_of(compare(list, {{"one-name-two-numbers:*", "two"}}, an_office(), with_posts())),
              ElementsAre("added jiang-yuhe 江雨荷: mobile ++8614400000011",
                          "added jiang-yuhe-2 江雨荷: mobile ++8614400000012",
                          "added gao-yuanshan 高远山: mobile ++8614400000013"));
}

TEST(CompareTest, WhoIsMissingIsAskedOfThoseExpected) {
  const Draft list = list_of("姓名,手机\n石青松,14400000001\n");
  EXPECT_THAT(compare(list, {}, an_office(), with_posts()).open, IsEmpty());
  CompareOptions some = with_posts();
  some.expected = {"shi-qingsong", "wang-wei", "somebody-gone"};
  EXPECT_THAT(compare(list, {}, an_office(), some).open, ElementsAre("missing:wang-wei"));
  CompareOptions all = with_posts();
  all.expect_everybody = true;
  EXPECT_THAT(compare(list, {}, an_office(), all).open, SizeIs(3));
  EXPECT_THAT(compare(list, {{"missing:*", "keep"}}, an_office(), all).open, IsEmpty());
}

TEST(CompareTest, AreasFollowTheListWhereItHasOthersInTheirPlace) {
  // 谷雨田 goes from 东湖 to 河滨; 王伟, whom the list does not name, stays in the team.
  const Comparison out = compare(list_of("社区,姓名,职务,手机\n河滨社区,谷雨田,书记,14400000003\n"
                                         "东湖,江雨荷,网格员,14400000011\n东湖,秦岭松,书记,14400000013\n"
                                         "南山村,高远山,书记,14400000012\n"),
                                 {}, an_office(), with_posts());
  EXPECT_EQ(said_of(out)[0], "changed gu-yutian 谷雨田: area +河滨社区 heads, area -东湖社区 heads");
  EXPECT_EQ(said_of(out)[1], "added jiang-yuhe 江雨荷: mobile ++8614400000011, area +东湖社区 workers");
  EXPECT_THAT(out.findings, SizeIs(2));
  EXPECT_EQ(out.findings[0].code, "unknown-area");
  EXPECT_EQ(out.after.unit_members.size(), 2U);
  EXPECT_THAT(errors_in(out.after), IsEmpty());
}

TEST(CompareTest, AnAreaIsNotLeftWithoutItsHead) {
  const Comparison out =
      compare(list_of("社区,姓名,职务,手机\n河滨社区,谷雨田,书记,14400000003\n东湖,江雨荷,网格员,14400000011\n"), {},
              an_office(), with_posts());
  EXPECT_EQ(said_of(out)[0], "changed gu-yutian 谷雨田: area +河滨社区 heads");
}

TEST(CompareTest, WhoWorksForAnOfficeIsNoWorkerOfItsArea) {
  const Comparison out =
      compare(list_of("单位,姓名,职务,手机\n青石街道,谷雨田,会计,14400000003\n青石街道,江雨荷,负责人,14400000011\n"),
              {}, an_office(), with_posts());
  EXPECT_EQ(said_of(out)[0], "same gu-yutian 谷雨田");
  EXPECT_EQ(said_of(out)[1], "added jiang-yuhe 江雨荷: mobile ++8614400000011, area +青石街道 heads");
  EXPECT_THAT(out.new_units, IsEmpty());
}

TEST(CompareTest, WhoGoesToAnotherUnitLeavesTheOneTheListHasThemInNoMore) {
  const Comparison out =
      compare(list_of("单位,姓名,职务,手机\n工程抢险队,谷雨田,队员,14400000003\n农技站,王伟,技术员,14400000004\n"), {},
              an_office(), with_posts());
  EXPECT_EQ(said_of(out)[1], "changed wang-wei 王伟: unit +农技站, unit -工程抢险队");
}

TEST(CompareTest, AnotherHeadReplacesTheOneBeforeAndASecondIsAMember) {
  const Comparison out =
      compare(list_of("单位,负责人,手机\n工程抢险队,谷雨田,14400000003\n工程抢险队,江雨荷,14400000011\n"), {},
              an_office(), with_posts());
  EXPECT_EQ(said_of(out)[0], "changed gu-yutian 谷雨田: head -工程抢险队: 柳溪桥 +工程抢险队");
  EXPECT_EQ(said_of(out)[1], "added jiang-yuhe 江雨荷: mobile ++8614400000011, unit +工程抢险队");
  EXPECT_EQ(out.findings[0].code, "second-head");
}

TEST(CompareTest, TitlesFillPostsByTheirNamesAndWordsLikeThem) {
  const Comparison out = compare(list_of("姓名,职务,手机\n江雨荷,总指挥,14400000011\n高远山,带班领导,14400000012\n"),
                                 {}, an_office(), with_posts());
  EXPECT_EQ(said_of(out)[0], "added jiang-yuhe 江雨荷: mobile ++8614400000011, post +指挥长");
  EXPECT_EQ(said_of(out)[1], "added gao-yuanshan 高远山: mobile ++8614400000012, post +值班长");
  ASSERT_THAT(out.after.posts, SizeIs(3));
  EXPECT_EQ(out.after.posts[0].period.to, kNow);
  EXPECT_EQ(out.after.posts[2].period.from, kNow);
  EXPECT_THAT(out.empty_posts, IsEmpty());
  EXPECT_THAT(errors_in(out.after), IsEmpty());
}

TEST(CompareTest, SeveralOfOneTitleAreAskedAndEmptyPostsListed) {
  const Draft list = list_of("姓名,职务,手机\n江雨荷,值班长,14400000011\n高远山,值班长,14400000012\n");
  CompareOptions options = with_posts();
  options.posts.push_back({"spokesperson", {"新闻发言人"}});
  const Comparison open = compare(list, {}, an_office(), options);
  EXPECT_THAT(open.open, ElementsAre("post:duty-leader"));
  ASSERT_THAT(open.empty_posts, SizeIs(2));
  EXPECT_EQ(open.empty_posts[1].code, "spokesperson");
  const Comparison out = compare(list, {{"post:duty-leader", "1!A3"}}, an_office(), options);
  EXPECT_THAT(out.open, IsEmpty());
  EXPECT_EQ(out.after.posts[1].person, "gao-yuanshan");
  EXPECT_THAT(out.empty_posts, SizeIs(1));
}

TEST(CompareTest, ATitleWithItsPlaceIsThePostOfThatPlace) {
  CompareOptions options = with_posts();
  options.posts = {{"donghu-secretary", {"东湖社区书记"}}};
  const Comparison out =
      compare(list_of("社区,姓名,职务,手机\n东湖社区,江雨荷,书记,14400000011\n河滨社区,高远山,书记,14400000012\n"), {},
              an_office(), options);
  EXPECT_THAT(out.open, IsEmpty());
  EXPECT_EQ(out.after.posts.back().code, "donghu-secretary");
  EXPECT_EQ(out.after.posts.back().person, "jiang-yuhe");
  EXPECT_THAT(errors_in(out.after), IsEmpty());
}

TEST(CompareTest, AnAnswerToWhatWasNotAskedIsTold) {
  const Comparison out =
      compare(list_of("姓名,手机\n石青松,14400000001\n"), {{"missing:nobody", "left"}}, an_office(), with_posts());
  ASSERT_THAT(out.findings, SizeIs(1));
  EXPECT_EQ(out.findings[0].code, "answer-to-nothing");
}

TEST(CompareTest, OneNameWithTwoNumbersIsNotAskedWhereTheDirectoryKnowsWhoseTheyAre) {
  auto office = an_office();
  office.persons.push_back({{}, "wang-wei-2", "王伟", "zh", "", ""});
  directory::ContactRow phone;
  phone.person = "wang-wei-2";
  phone.order = 1;
  phone.address = "+8614400000014";
  office.contacts.push_back(phone);
  const auto two = compare(list_of("姓名,手机\n王伟,14400000004\n王伟,14400000014\n"), {}, office, {});
  EXPECT_TRUE(two.questions.empty());
  EXPECT_EQ(said_of(two), (std::vector<std::string>{"same wang-wei 王伟", "same wang-wei-2 王伟"}));
  // One person with both numbers, on two rows.
  office.contacts.back().person = "wang-wei";
  office.persons.pop_back();
  const auto one = compare(list_of("姓名,手机\n王伟,14400000004\n王伟,14400000014\n"), {}, office, {});
  EXPECT_TRUE(one.questions.empty());
  EXPECT_EQ(said_of(one), (std::vector<std::string>{"same wang-wei 王伟"}));
  // A number that it does not know: asked, as ever.
  const auto unknown = compare(list_of("姓名,手机\n王伟,14400000004\n王伟,14400000015\n"), {}, office, {});
  EXPECT_EQ(unknown.open.size(), 1U);
}

TEST(CompareTest, TheGuardOfAFormulaIsNoPartOfANameOrANumber) {
  const auto draft = list_of("姓名,单位,手机\n'=石青松,'@工程抢险队,'+8614400000001\n");
  ASSERT_EQ(draft.entries.size(), 1U);
  EXPECT_EQ(draft.entries[0].name, "=石青松");
  EXPECT_EQ(draft.entries[0].hats[0].unit, "@工程抢险队");
  EXPECT_EQ(draft.entries[0].numbers[0].address, "+8614400000001");
}

}  // namespace
}  // namespace tocsin::intake
