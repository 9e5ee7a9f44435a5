#include "adapters/sms/segments.h"

#include <gmock/gmock.h>

#include "gateway/base/random.h"
#include "gateway/base/text.h"

namespace tocsin::sms {
namespace {

using testing::SizeIs;

EncodedText encoded(std::string_view text, ReferenceWidth width = ReferenceWidth::k8Bit) {
  auto result = encode_text(text, width);
  EXPECT_TRUE(result.ok());
  return result.ok() ? std::move(result).value() : EncodedText{};
}

std::string decoded(const EncodedText& text) {
  std::string all;
  for (const std::string& part : text.parts) {
    // Each alone: no surrogate pair and no escape is cut.
    all += decode_text(text.alphabet == Alphabet::kUcs2 ? 8 : text.alphabet == Alphabet::kLatin1 ? 3 : 0, part);
  }
  return all;
}

std::string repeated(std::string_view piece, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += piece;
  return out;
}

TEST(SegmentsTest, EveryCharacterOfTheDefaultAlphabetIsOneSeptetWithItsCode) {
  // 3GPP TS 23.038 6.2.1, written out as text in the order of the codes; 0x1B is the escape.
  const std::string alphabet =
      "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ"
      "ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
  const EncodedText text = encoded(alphabet);

  ASSERT_EQ(text.alphabet, Alphabet::kGsm7);
  ASSERT_THAT(text.parts, SizeIs(1));
  std::string codes;
  for (int code = 0; code < 128; ++code) {
    if (code != 0x1B) codes += static_cast<char>(code);
  }
  EXPECT_EQ(text.parts[0], codes);
}

TEST(SegmentsTest, CharactersOfTheExtensionTableAreAnEscapeAndACode) {
  EXPECT_EQ(encoded("^{}\\[~]|€\f").parts[0],
            "\x1B\x14\x1B\x28\x1B\x29\x1B\x2F\x1B\x3C\x1B\x3D\x1B\x3E\x1B\x40\x1B\x65\x1B\x0A");
}

TEST(SegmentsTest, OneCharacterOutsideTheAlphabetMakesTheWholeUcs2) {
  EXPECT_EQ(encoded("cafe\u0301").alphabet, Alphabet::kUcs2);  // a combining accent is not é
  EXPECT_EQ(encoded("café").alphabet, Alphabet::kGsm7);
  EXPECT_EQ(encoded("ç").alphabet, Alphabet::kUcs2);  // the alphabet has the capital only
  EXPECT_EQ(encoded("火").parts[0], "\x70\x6B");
  EXPECT_EQ(encoded("\U0001F525").parts[0], "\xD8\x3D\xDD\x25");
}

TEST(SegmentsTest, TheEmptyTextIsOneEmptyPart) {
  EXPECT_THAT(encoded("").parts, testing::ElementsAre(""));
}

struct Length {
  std::string_view piece;
  int times;
  ReferenceWidth width;
  std::size_t parts, octets_of_first;
};

TEST(SegmentsTest, PartsAreAsLongAsTheSpecificationAllows) {
  const auto narrow = ReferenceWidth::k8Bit, wide = ReferenceWidth::k16Bit;
  const Length table[] = {
      {"a", 160, narrow, 1, 160},         {"a", 161, narrow, 2, 153},
      {"a", 306, narrow, 2, 153},         {"a", 307, narrow, 3, 153},
      {"a", 160, wide, 1, 160},           {"a", 161, wide, 2, 152},
      {"a", 304, wide, 2, 152},           {"a", 305, wide, 3, 152},
      {"火", 70, narrow, 1, 140},         {"火", 71, narrow, 2, 134},
      {"火", 134, narrow, 2, 134},        {"火", 135, narrow, 3, 134},
      {"火", 70, wide, 1, 140},           {"火", 71, wide, 2, 132},
      {"火", 132, wide, 2, 132},          {"火", 133, wide, 3, 132},
      {"€", 80, narrow, 1, 160},          {"€", 81, narrow, 2, 152},           // an escape is never cut from its code
      {"\U0001F525", 35, narrow, 1, 140}, {"\U0001F525", 36, narrow, 2, 132},  // nor half a surrogate pair
  };
  for (const Length& row : table) {
    const EncodedText text = encoded(repeated(row.piece, row.times), row.width);
    EXPECT_THAT(text.parts, SizeIs(row.parts)) << row.piece << " x " << row.times;
    EXPECT_EQ(text.parts[0].size(), row.octets_of_first) << row.piece << " x " << row.times;
  }
}

TEST(SegmentsTest, AnEscapeThatDoesNotFitGoesToTheNextPartWhole) {
  const EncodedText text = encoded(repeated("a", 152) + "€" + repeated("b", 10));

  ASSERT_THAT(text.parts, SizeIs(2));
  EXPECT_EQ(text.parts[0], repeated("a", 152));
  EXPECT_EQ(text.parts[1].substr(0, 2), "\x1B\x65");
}

TEST(SegmentsTest, WhatCannotBeSentIsRefusedAndNotReplaced) {
  EXPECT_FALSE(encode_text("\xC3").ok());
  EXPECT_FALSE(encode_text("\xED\xA0\x80").ok());  // a surrogate in UTF-8
  EXPECT_TRUE(encode_text(repeated("a", 153 * 255)).ok());
  EXPECT_FALSE(encode_text(repeated("a", 153 * 255 + 1)).ok());
}

TEST(SegmentsTest, TheAlphabetIsTheFirstOfTheLinksThatHasEveryCharacter) {
  struct Row {
    const char* text;
    Carries carries;
    Alphabet alphabet;
    std::size_t parts;
  };
  const std::string cedilla = repeated("ç", 141);  // in Latin-1, not in GSM 7 bit (which has the capital)
  const Row rows[] = {{"fire", {true, true, true}, Alphabet::kGsm7, 1},
                      {"fire", {false, true, true}, Alphabet::kLatin1, 1},
                      {"fire", {false, false, true}, Alphabet::kUcs2, 1},
                      {"leçon", {true, true, true}, Alphabet::kLatin1, 1},
                      {"leçon", {true, false, true}, Alphabet::kUcs2, 1},
                      {"\u0085", {true, true, true}, Alphabet::kUcs2, 1},  // a control of C1
                      {"5 €", {false, true, true}, Alphabet::kUcs2, 1},    // Latin-1 has no euro
                      {cedilla.c_str(), {true, true, true}, Alphabet::kLatin1, 2}};
  for (const Row& row : rows) {
    const auto text = encode_text(row.text, ReferenceWidth::k8Bit, row.carries);
    ASSERT_TRUE(text.ok()) << row.text;
    EXPECT_EQ(text->alphabet, row.alphabet) << row.text;
    EXPECT_EQ(text->parts.size(), row.parts) << row.text;
    EXPECT_EQ(decoded(*text), row.text);
  }
  EXPECT_EQ(encode_text(cedilla, ReferenceWidth::k8Bit, {true, true, true})->parts[0].size(), 134U);
  EXPECT_EQ(encode_text(cedilla, ReferenceWidth::k16Bit, {true, true, true})->parts[0].size(), 133U);
}

TEST(SegmentsTest, WhatNoAlphabetOfTheLinkHasIsRefusedAndNeverAQuestionMark) {
  for (const Carries carries : {Carries{true, false, false}, Carries{false, true, false}, Carries{true, true, false}}) {
    const auto text = encode_text("水库危险", ReferenceWidth::k8Bit, carries);
    ASSERT_FALSE(text.ok());
    EXPECT_EQ(text.error().message, "the link cannot carry all characters of this text, and takes no UCS-2");
  }
}

TEST(SegmentsTest, AlphabetsAreReadByName) {
  const auto carries = carries_of("gsm7, latin1,ucs2");
  ASSERT_TRUE(carries);
  EXPECT_TRUE(carries->gsm7 && carries->latin1 && carries->ucs2);
  EXPECT_FALSE(carries_of("ucs2")->gsm7);
  for (const char* wrong : {"", "gsm7,", "ascii", "gsm7 ucs2"}) EXPECT_FALSE(carries_of(wrong)) << wrong;
}

TEST(SegmentsTest, HeadersAreThoseOfTheSpecification) {
  EXPECT_EQ(concatenation_header(0xCC, 1, 2, ReferenceWidth::k8Bit), std::string("\x05\x00\x03\xCC\x02\x01", 6));
  EXPECT_EQ(concatenation_header(0xABCD, 3, 3, ReferenceWidth::k16Bit), std::string("\x06\x08\x04\xAB\xCD\x03\x03", 7));
  EXPECT_EQ(concatenation_header(0xABCD, 1, 2, ReferenceWidth::k8Bit), std::string("\x05\x00\x03\xCD\x02\x01", 6));
}

TEST(SegmentsTest, AHeaderIsCutOffAndRead) {
  for (const ReferenceWidth width : {ReferenceWidth::k8Bit, ReferenceWidth::k16Bit}) {
    const std::string octets = concatenation_header(200, 2, 3, width) + "body";
    const UserData data = split_user_data(octets);
    EXPECT_EQ(data.body, "body");
    EXPECT_EQ(data.concatenation, (Concatenation{200, width, 2, 3}));
  }
  const std::string ports_first("\x0B\x05\x04\x01\x02\x03\x04\x00\x03\x07\x02\x01rest", 16);
  EXPECT_EQ(split_user_data(ports_first).concatenation, (Concatenation{7, ReferenceWidth::k8Bit, 1, 2}));
  EXPECT_EQ(split_user_data(ports_first).body, "rest");
}

TEST(SegmentsTest, ANonsensicalHeaderLosesNoText) {
  EXPECT_EQ(split_user_data("\x50short").body, "\x50short");  // longer than all there is
  const std::string part_zero("\x05\x00\x03\x07\x02\x00text", 10), beyond("\x05\x00\x03\x07\x02\x03text", 10);
  EXPECT_FALSE(split_user_data(part_zero).concatenation);
  EXPECT_FALSE(split_user_data(beyond).concatenation);
  EXPECT_EQ(split_user_data(beyond).body, "text");
  const std::string runs_over("\x03\x00\x09\x07text", 8);
  EXPECT_FALSE(split_user_data(runs_over).concatenation);
  EXPECT_EQ(split_user_data(std::string_view()).body, "");
}

TEST(SegmentsTest, InboundTextIsReadByItsCoding) {
  EXPECT_EQ(decode_text(0, std::string("\x00\x1B\x65", 3)), "@€");
  EXPECT_EQ(decode_text(1, "plain"), "plain");
  EXPECT_EQ(decode_text(3, "caf\xE9"), "café");
  EXPECT_EQ(decode_text(8, "\x70\x6B"), "火");
  EXPECT_EQ(decode_text(0xF1, std::string("\x00", 1)), "@");
  EXPECT_EQ(decode_text(0, "caf\xE9"), "café");     // Latin-1 under the wrong coding
  EXPECT_EQ(decode_text(0, "\xE7\x81\xAB"), "火");  // UTF-8 under the wrong coding
  EXPECT_EQ(decode_text(4, "\xE7\x81\xAB"), "火");
  EXPECT_EQ(decode_text(8, "\xD8\x3D"), "\uFFFD");
  EXPECT_EQ(decode_text(8, "\x70\x6B\x70"), "火\uFFFD");
  EXPECT_EQ(decode_gsm7("a\x1B"), "a ");
  EXPECT_EQ(decode_gsm7("\x1B\x61"), "a");  // an unknown extension shows the main character
}

// A text of characters chosen to sit at the edges: extension table, Greek, Chinese, outside the first plane.
std::string random_text(base::Random& random, bool only_gsm) {
  static const std::u32string gsm = U"@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"09AZaz§¿äöñüà^{}\\[~]|€\f";
  static const std::u32string more = U"火灾洪水ç\t\0\U0001F525\U0010FFFF\uFFFD\uE000\uFEFF";
  std::u32string text;
  for (std::uint64_t n = random.below(700); n > 0; --n) {
    const std::u32string& from = only_gsm || random.below(3) > 0 ? gsm : more;
    text += from[random.below(from.size())];
  }
  return base::to_utf8(text);
}

TEST(SegmentsTest, WhatIsEncodedDecodesToItself) {
  constexpr std::uint64_t kSeed = 20261122;
  base::Random random(kSeed);
  for (int i = 0; i < 2000; ++i) {
    const std::string text = random_text(random, i % 2 == 0);
    for (const ReferenceWidth width : {ReferenceWidth::k8Bit, ReferenceWidth::k16Bit}) {
      const EncodedText coded = encoded(text, width);
      ASSERT_EQ(decoded(coded), text) << "seed " << kSeed << " round " << i;
      for (const std::string& part : coded.parts) {
        const std::size_t header = coded.parts.size() == 1 ? 0 : width == ReferenceWidth::k8Bit ? 6 : 7;
        const std::size_t bits = coded.alphabet == Alphabet::kGsm7 ? part.size() * 7 : part.size() * 8;
        ASSERT_LE(header * 8 + bits, 140U * 8) << "seed " << kSeed << " round " << i;
      }
    }
  }
}

}  // namespace
}  // namespace tocsin::sms
