// A person's words are found where they mean the person, and nowhere else.
#include "gateway/store/person_words.h"

#include <gtest/gtest.h>

namespace tocsin::store {
namespace {

PersonKeys keys() {
  PersonKeys keys;
  keys.code = "wang-wei";
  keys.names = {"王伟", "Wei"};
  keys.addresses = {"+8614400000017", "wei@qingshi.example"};
  keys.longer_names = {"王伟明"};
  return keys;
}
std::string without(const std::string& text) {
  return PersonWords(keys()).without(text, "X");
}

TEST(PersonWordsTest, NamesNumbersAndCodesAreReplaced) {
  EXPECT_EQ(without("王伟说，14400000017 是 wang-wei 的号码（+8614400000017）"), "X说，X 是 X 的号码（X）");
  EXPECT_EQ(without("mail wei@qingshi.example."), "mail X.");
}

TEST(PersonWordsTest, SomebodyWhoseNameOnlyContainsItKeepsTheirs) {
  EXPECT_EQ(without("王伟明和王伟"), "王伟明和X");
}

TEST(PersonWordsTest, WordsOfLettersAreReplacedWholeOnly) {
  EXPECT_EQ(without("Weight of Wei, wang-wei-2, 114400000017"), "Weight of X, wang-wei-2, 114400000017");
}

TEST(PersonWordsTest, ACodeThatIsAPlainWordIsNoWordOfTheirs) {
  PersonKeys plain;
  plain.code = "desk";
  EXPECT_EQ(PersonWords(plain).without("told the desk", "X"), "told the desk");
}

}  // namespace
}  // namespace tocsin::store
