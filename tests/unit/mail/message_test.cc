#include "adapters/mail/message.h"

#include <gmock/gmock.h>

#include "gateway/base/text.h"

namespace tocsin::mail {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Letter a_letter(std::string text) {
  Letter letter;
  letter.from = "alarm@tocsin.example";
  letter.to = "ops@office.example";
  letter.id = "000000000001A";
  letter.text = std::move(text);
  letter.at = base::UtcTime{std::chrono::seconds(1'800'000'000)};
  return letter;
}

TEST(MailMessageTest, AMailHasTheHeadersThatMachinesAndPeopleGoBy) {
  EXPECT_EQ(rendered(a_letter("Fire at the lake\nReply: nothing")),
            "From: alarm@tocsin.example\r\n"
            "To: ops@office.example\r\n"
            "Date: Fri, 15 Jan 2027 08:00:00 +0000\r\n"
            "Message-ID: <000000000001A@tocsin.example>\r\n"
            "Subject: Fire at the lake\r\n"
            "Auto-Submitted: auto-generated\r\n"
            "MIME-Version: 1.0\r\n"
            "Content-Type: text/plain; charset=utf-8\r\n"
            "Content-Transfer-Encoding: base64\r\n"
            "\r\n"
            "RmlyZSBhdCB0aGUgbGFrZQ0KUmVwbHk6IG5vdGhpbmcNCg==\r\n");
}

TEST(MailMessageTest, AChineseSubjectIsInEncodedWordsThatEndBetweenCharacters) {
  std::string line;
  for (int i = 0; i < 20; ++i) line += "水库";
  // 39 octets are thirteen of these characters.
  EXPECT_THAT(rendered(a_letter(line + "\nmore")),
              HasSubstr("Subject: =?UTF-8?B?5rC05bqT5rC05bqT5rC05bqT5rC05bqT5rC05bqT5rC05bqT5rC0?=\r\n"
                        " =?UTF-8?B?5bqT5rC05bqT5rC05bqT5rC05bqT5rC05bqT5rC05bqT5rC05bqT?=\r\n"
                        " =?UTF-8?B?5rC05bqT5rC05bqT5rC05bqT5rC05bqT5rC05bqT5rC05bqT5rC0?=\r\n"
                        " =?UTF-8?B?5bqT?=\r\n"));
}

TEST(MailMessageTest, ASubjectThatLooksEncodedIsEncoded) {
  EXPECT_THAT(rendered(a_letter("=?UTF-8?B?eA==?=")), Not(HasSubstr("Subject: =?UTF-8?B?eA==?=")));
}

TEST(MailMessageTest, ALongFirstLineIsCutInTheSubjectAlone) {
  const auto text = rendered(a_letter(std::string(500, 'x')));
  EXPECT_THAT(text, HasSubstr("Subject: =?UTF-8?B?"));
  EXPECT_THAT(text, HasSubstr("eHh4eHh4"));
  EXPECT_LT(text.find("\r\n\r\n"), 600U);
}

TEST(MailMessageTest, NoLineIsLongerThanItMayBeAndAllEndWithCrLf) {
  std::string long_text;
  for (int i = 0; i < 300; ++i) long_text += "警报 alarm ";
  auto letter = a_letter(long_text);
  letter.from_name = "青石街道应急指挥中心值班室青石街道应急指挥中心值班室";
  const auto text = rendered(letter);
  std::size_t begin = 0, lines = 0;
  while (begin < text.size()) {
    const auto end = text.find("\r\n", begin);
    ASSERT_NE(end, std::string::npos);
    EXPECT_LE(end - begin, 76U);
    EXPECT_EQ(text.substr(begin, end - begin).find_first_of("\r\n"), std::string::npos);
    begin = end + 2;
    ++lines;
  }
  EXPECT_GT(lines, 20U);
}

TEST(MailMessageTest, ATextCannotAddAHeader) {
  const auto text = rendered(a_letter("Fire\rBcc: all@office.example\nX-More: 1"));
  EXPECT_THAT(text, Not(HasSubstr("Bcc")));
  EXPECT_THAT(text, Not(HasSubstr("X-More")));
}

TEST(MailMessageTest, WhatIsAnAddressIsNarrow) {
  for (const auto* good : {"a@b", "ops+night@office.example", "o'hara@office.example"}) EXPECT_TRUE(is_address(good));
  for (const auto* bad :
       {"", "a", "@b", "a@", "a@b@c", "a b@c", "<a@b>", "a@b,c@d", "a@b\r\nRCPT TO:<c@d>", "\"a\"@b", "警@b", "a@b>"}) {
    EXPECT_FALSE(is_address(bad)) << bad;
  }
  EXPECT_FALSE(is_address(std::string(254, 'x') + "@b"));
}

}  // namespace
}  // namespace tocsin::mail
