// vCards as RFC 6350 has them, read by a reader of its own that is strict about lines, folding and escapes.
#include "directory/paper/vcard.h"

#include <gmock/gmock.h>

#include <map>
#include <optional>

#include "gateway/base/text.h"
#include "tests/unit/paper/an_office_on_paper.h"

namespace tocsin::paper {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

// One card: "TEL;VALUE=uri;PREF=1;TYPE=cell" to its values, unescaped but for structured ones.
using Card = std::multimap<std::string, std::string>;

// RFC 6350, 3.2 and 3.3: CRLF, at most 75 octets a line, continued by one blank, each line UTF-8 of its own.
std::vector<std::string> unfolded(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t at = 0;
  while (at < text.size()) {
    const auto end = text.find("\r\n", at);
    if (end == std::string::npos) {
      ADD_FAILURE() << "the last line does not end";
      break;
    }
    const auto line = text.substr(at, end - at);
    EXPECT_LE(line.size(), 75U) << line;
    EXPECT_EQ(base::to_valid_utf8(line), line) << "a character is split";
    EXPECT_EQ(line.find_first_of("\r\n"), std::string::npos);
    if (!line.empty() && line[0] == ' ') {
      lines.back() += line.substr(1);
    } else {
      lines.push_back(line);
    }
    at = end + 2;
  }
  return lines;
}

std::vector<Card> cards_in(const std::string& text) {
  std::vector<Card> cards;
  bool open = false;
  for (const auto& line : unfolded(text)) {
    if (line == "BEGIN:VCARD") {
      EXPECT_FALSE(open);
      open = true;
      cards.emplace_back();
      continue;
    }
    EXPECT_TRUE(open) << line;
    if (line == "END:VCARD") {
      open = false;
      continue;
    }
    const auto colon = line.find(':');
    EXPECT_NE(colon, std::string::npos) << line;
    EXPECT_TRUE(!cards.back().empty() || line == "VERSION:4.0") << "it comes first (6.7.9)";
    cards.back().emplace(line.substr(0, colon), line.substr(colon + 1));
  }
  EXPECT_FALSE(open);
  return cards;
}

std::vector<std::string> values(const Card& card, const std::string& name) {
  std::vector<std::string> all;
  const auto [first, last] = card.equal_range(name);
  for (auto it = first; it != last; ++it) all.push_back(it->second);
  return all;
}

Card card_of(const std::vector<Card>& cards, const std::string& code) {
  for (const auto& card : cards) {
    if (values(card, "UID;VALUE=text") == std::vector<std::string>{code}) return card;
  }
  ADD_FAILURE() << "no card of " << code;
  return {};
}

TEST(VCard, SaysAPersonWithPostUnitAndNumbersInOrder) {
  const auto cards = cards_in(vcards_of(an_office_on_paper(), kNow));
  EXPECT_EQ(cards.size(), an_office_on_paper().persons.size());
  const auto card = card_of(cards, "shi-qingsong");
  EXPECT_THAT(values(card, "FN"), ElementsAre("石青松"));
  EXPECT_THAT(values(card, "N"), ElementsAre("石;青松;;;"));
  EXPECT_THAT(values(card, "KIND"), ElementsAre("individual"));
  EXPECT_THAT(values(card, "TITLE"), ElementsAre("指挥长"));
  EXPECT_THAT(values(card, "LANG"), ElementsAre("zh"));
  EXPECT_THAT(values(card, "TEL;VALUE=uri;PREF=1;TYPE=cell"), ElementsAre("tel:+8614400000001"));
  EXPECT_THAT(values(card, "TEL;VALUE=uri;PREF=2;TYPE=work,voice"), ElementsAre("tel:+865390000001;ext=8001"));
  EXPECT_THAT(values(card, "EMAIL;PREF=3"), ElementsAre("shi@qingshi.example"));
  EXPECT_THAT(values(card, "REV"), ElementsAre("20260921T141320Z"));
  EXPECT_THAT(values(card_of(cards, "tie-zhushan"), "ORG"), ElementsAre("工程抢险队", "自来水公司"));
  EXPECT_THAT(values(card_of(cards, "ann-reed"), "N"), ElementsAre("Reed;Ann;;;"));
  EXPECT_THAT(values(card_of(cards, "ouyang-xue"), "N"), ElementsAre("欧阳;雪;;;"));
}

TEST(VCard, ASectionOfAnOfficeIsNoHumanBeing) {
  const auto card = card_of(cards_in(vcards_of(an_office_on_paper(), kNow)), "center");
  EXPECT_THAT(values(card, "KIND"), ElementsAre("org"));
  EXPECT_THAT(values(card, "ORG"), ElementsAre("区应急管理局;指挥中心"));
  EXPECT_THAT(values(card, "N"), IsEmpty());
}

TEST(VCard, OnlyNumbersWhoseOwnersAgreedAreInIt) {
  const auto text = vcards_of(an_office_on_paper(), kNow);
  EXPECT_NE(text.find("+8614400000002"), std::string::npos);
  EXPECT_EQ(text.find("+8614400000092"), std::string::npos) << "taken back";
  EXPECT_EQ(text.find("+8614400000093"), std::string::npos) << "never agreed to";
}

TEST(VCard, SignsAreEscapedAndLongChineseLinesFoldedBetweenCharacters) {
  directory::Tables tables;
  for (int padding = 0; padding < 6; ++padding) {  // every place within a character of three bytes
    directory::PersonRow person;
    person.code = "p" + std::to_string(padding);
    person.name = std::string(static_cast<std::size_t>(padding), 'a') + "甲,乙;丙\\丁";
    for (int i = 0; i < 60; ++i) person.name += "长";
    person.language = "zh";
    tables.persons.push_back(std::move(person));
  }
  const auto cards = cards_in(vcards_of(tables, kNow));
  ASSERT_EQ(cards.size(), 6U);
  for (const auto& card : cards) {
    ASSERT_EQ(values(card, "FN").size(), 1U);
    EXPECT_THAT(values(card, "FN")[0], testing::HasSubstr("甲\\,乙\\;丙\\\\丁长长"));
  }
}

}  // namespace
}  // namespace tocsin::paper
