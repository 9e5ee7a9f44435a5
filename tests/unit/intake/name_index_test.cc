// Somebody is found by what an administrator types of them.
#include "directory/intake/name_index.h"

#include <gmock/gmock.h>

namespace tocsin::intake {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

NameIndex an_index() {
  return NameIndex(std::vector<directory::NamedPerson>{{"chen-gang", "Chen Gang", {}},
                                                       {"gu-yutian", "谷雨田", {"工程抢险队"}},
                                                       {"ouyang-he", "欧阳禾", {}},
                                                       {"p-0001", "单松", {"Rescue Team"}},
                                                       {"shi-qingsong", "石青松", {"工程抢险队", "Rescue Team"}}},
                   3);
}

std::vector<std::string> find(std::string_view words) {
  return an_index().find(words, "", 50);
}

TEST(NameIndexTest, InitialsAndSyllablesFindAName) {
  for (const auto* words :
       {"gyt", "GYT", "guyu", "guyutian", "gu yu tian", "yutian", "yt", "guyt", "gyut", "tian", "g"}) {
    EXPECT_THAT(find(words), ::testing::Contains("gu-yutian")) << words;
  }
  for (const auto* words : {"ut", "gt", "uyu", "gytx", "ygt"}) EXPECT_THAT(find(words), IsEmpty()) << words;
}

TEST(NameIndexTest, SurnamesAreReadAsSurnames) {
  EXPECT_THAT(find("shans"), ElementsAre("p-0001")) << "单 as a surname is shan";
  EXPECT_THAT(find("oyh"), ElementsAre("ouyang-he"));
  EXPECT_THAT(find("ouyanghe"), ElementsAre("ouyang-he"));
}

TEST(NameIndexTest, NamesInLettersAreFoundByWordsAndTheirBeginnings) {
  EXPECT_THAT(find("cg"), ElementsAre("chen-gang"));
  EXPECT_THAT(find("chen g"), ElementsAre("chen-gang"));
  EXPECT_THAT(find("gang"), ElementsAre("chen-gang"));
}

TEST(NameIndexTest, PartOfANameTheBeginningOfACodeAndAUnitFindThem) {
  EXPECT_THAT(find("雨"), ElementsAre("gu-yutian"));
  EXPECT_THAT(find("p-0"), ElementsAre("p-0001"));
  EXPECT_THAT(find("抢险"), ElementsAre("gu-yutian", "shi-qingsong"));
  EXPECT_THAT(find("rescue"), ElementsAre("p-0001", "shi-qingsong"));
  EXPECT_THAT(find("nobody at all"), IsEmpty());
}

TEST(NameIndexTest, APageGoesOnBehindTheCodeThatTheLastEndedWith) {
  const auto index = an_index();
  EXPECT_THAT(index.find("", "", 2), ElementsAre("chen-gang", "gu-yutian"));
  EXPECT_THAT(index.find("", "gu-yutian", 2), ElementsAre("ouyang-he", "p-0001"));
  EXPECT_THAT(index.find("队", "gu-yutian", 9), ElementsAre("shi-qingsong"));
  EXPECT_THAT(index.find("", "shi-qingsong", 9), IsEmpty());
}

}  // namespace
}  // namespace tocsin::intake
