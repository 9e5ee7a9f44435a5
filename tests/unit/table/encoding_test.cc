#include "directory/table/encoding.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tocsin::table {
namespace {

using namespace std::string_literals;

// 姓名,手机 and 王伟,1 on two lines.
const std::string kGb = "\xD0\xD5\xC3\xFB,\xCA\xD6\xBB\xFA\n\xCD\xF5\xCE\xB0,1\n";
const std::string kUtf8 = "姓名,手机\n王伟,1\n";

std::string utf16(std::u16string_view text, bool big_endian) {
  std::string out;
  for (const char16_t unit : text) {
    const char low = static_cast<char>(unit & 0xFF), high = static_cast<char>(unit >> 8);
    out += big_endian ? high : low;
    out += big_endian ? low : high;
  }
  return out;
}

class EncodingTest : public ::testing::Test {
 protected:
  std::optional<Decoded> decoded(std::string_view bytes, std::optional<Encoding> forced = {}) {
    return decode(bytes, forced, reading_);
  }
  void then_is(const std::optional<Decoded>& found, Encoding encoding, bool certain, std::string_view text) {
    ASSERT_TRUE(found) << (reading_.findings.empty() ? "" : reading_.findings[0].message);
    EXPECT_EQ(name_of(found->form.encoding), name_of(encoding));
    EXPECT_EQ(found->form.certain, certain);
    EXPECT_EQ(found->text, text);
  }
  void then_only_finding_is(std::string_view code, int line) {
    ASSERT_EQ(reading_.findings.size(), 1U);
    EXPECT_EQ(reading_.findings[0].code, code);
    EXPECT_EQ(reading_.findings[0].line, line);
    EXPECT_FALSE(reading_.findings[0].message_zh.empty());
  }
  Reading reading_{"t.csv"};
};

TEST_F(EncodingTest, AMarkDecides) {
  then_is(decoded("\xEF\xBB\xBF" + kUtf8), Encoding::kUtf8, true, kUtf8);
  then_is(decoded("\xFF\xFE" + utf16(u"姓名\t𠀀", false)), Encoding::kUtf16Le, true, "姓名\t𠀀");
  then_is(decoded("\xFE\xFF" + utf16(u"姓名\t𠀀", true)), Encoding::kUtf16Be, true, "姓名\t𠀀");
}

TEST_F(EncodingTest, WithoutAMarkTheBytesDecide) {
  then_is(decoded(kUtf8), Encoding::kUtf8, true, kUtf8);
  then_is(decoded("name,phone\n"), Encoding::kUtf8, true, "name,phone\n");
  then_is(decoded(kGb), Encoding::kGb18030, true, kUtf8);
  then_is(decoded(utf16(u"姓名,手机\n王伟,1\n", false)), Encoding::kUtf16Le, true, kUtf8);
  then_is(decoded(utf16(u"姓名,手机\n王伟,1\n", true)), Encoding::kUtf16Be, true, kUtf8);
}

TEST_F(EncodingTest, CharactersOfFourBytesAreGb18030Too) {
  then_is(decoded(kGb + "\x95\x32\x82\x36"), Encoding::kGb18030, true, kUtf8 + "𠀀");
}

TEST_F(EncodingTest, ShortGbkThatIsUtf8ByChanceIsTakenForWhatIsLikelierAndNotCertain) {
  then_is(decoded("\xC9\xBD\xC9\xBD,1\n"), Encoding::kGb18030, false, "山山,1\n");
  then_is(decoded("Ren\xC3\xA9,1\n"), Encoding::kUtf8, true, "René,1\n");
}

TEST_F(EncodingTest, TheCallersWordGoesBeforeWhatWasFound) {
  then_is(decoded("\xC9\xBD", Encoding::kUtf8), Encoding::kUtf8, true, "\xC9\xBD");
  EXPECT_FALSE(decoded(kGb, Encoding::kUtf8));
  then_only_finding_is("bad-bytes", 1);
}

TEST_F(EncodingTest, BytesOfNoKnownEncodingAreRefused) {
  EXPECT_FALSE(decoded("a,b\nc,\xE9\xE8 caf\xE9,\x80\xFF\n"));
  then_only_finding_is("unknown-encoding", 2);
}

TEST_F(EncodingTest, ACutInACharacterIsSaidWithItsLine) {
  EXPECT_FALSE(decoded(kUtf8 + "\xE7\x8E"));
  then_only_finding_is("bad-bytes", 3);
}

TEST_F(EncodingTest, HalfACharacterOfUtf16IsSaid) {
  EXPECT_FALSE(decoded("\xFF\xFE" + utf16(u"甲\n乙", false) + "x"));
  then_only_finding_is("bad-bytes", 2);
  reading_.findings.clear();
  EXPECT_FALSE(decoded("\xFF\xFE" + utf16(u"甲\xD800", false)));
  then_only_finding_is("bad-bytes", 1);
}

}  // namespace
}  // namespace tocsin::table
