#include "directory/table/encoding.h"

#include <unicode/ucnv.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "gateway/base/text.h"
#include "gateway/base/utf8.h"

namespace tocsin::table {
namespace {

using base::said;
using base::Said;

constexpr std::size_t kLooked = 64U << 10U;  // bytes that are enough to tell UTF-16

constexpr std::size_t kGood = std::string_view::npos;

unsigned char byte_at(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

std::size_t bad_utf8(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const base::Utf8Step step = base::utf8_step(bytes, at);
    if (!step.good) return at;
    at += step.bytes;
  }
  return kGood;
}

// Each of these gives the position of the first bad byte, or kGood.
std::size_t from_utf16(std::string_view bytes, bool big_endian, std::string& out) {
  const auto unit = [&](std::size_t at) {
    const unsigned first = byte_at(bytes, at), second = byte_at(bytes, at + 1);
    return static_cast<char32_t>(big_endian ? (first << 8U) | second : (second << 8U) | first);
  };
  std::size_t at = 0;
  for (; at + 1 < bytes.size(); at += 2) {
    char32_t character = unit(at);
    if (character >= 0xD800 && character <= 0xDFFF) {
      const bool pair = character < 0xDC00 && at + 3 < bytes.size();
      const char32_t low = pair ? unit(at + 2) : 0;
      if (low < 0xDC00 || low > 0xDFFF) return at;
      character = 0x10000 + ((character - 0xD800) << 10U) + (low - 0xDC00);
      at += 2;
    }
    base::append_utf8(out, character);
  }
  return at == bytes.size() ? kGood : at;
}

std::size_t from_gb18030(std::string_view bytes, std::string& out) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(ucnv_open("gb18030", &status), &ucnv_close);
  if (U_FAILURE(status)) return 0;
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  std::array<UChar, 4096> units{};
  const char* from = bytes.data();
  const char* const end = from + bytes.size();
  char32_t high = 0;
  while (true) {
    UChar* to = units.data();
    ucnv_toUnicode(converter.get(), &to, to + units.size(), &from, end, nullptr, true, &status);
    for (const UChar* one = units.data(); one != to; ++one) {
      const char32_t unit = *one;
      if (unit >= 0xD800 && unit < 0xDC00) {
        high = unit;
      } else {
        const bool low = unit >= 0xDC00 && unit <= 0xDFFF;
        base::append_utf8(out, low ? 0x10000 + ((high - 0xD800) << 10U) + (unit - 0xDC00) : unit);
      }
    }
    if (status == U_BUFFER_OVERFLOW_ERROR) {
      status = U_ZERO_ERROR;
    } else if (U_FAILURE(status)) {
      // The converter stands behind what it could not read.
      return static_cast<std::size_t>(std::max<std::ptrdiff_t>(from - bytes.data() - 1, 0));
    } else {
      return kGood;
    }
  }
}

// Of all characters that are not ASCII, in hundredths: those of GB 2312 (rows 1 to 9 signs, 16 to 87 Han; EUC-CN
// bytes).
int share_of_gb2312(std::string_view bytes) {
  std::size_t characters = 0, common = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    const unsigned char lead = byte_at(bytes, at);
    if (lead < 0x80) {
      ++at;
      continue;
    }
    const unsigned char trail = at + 1 < bytes.size() ? byte_at(bytes, at + 1) : 0;
    ++characters;
    if (trail >= 0xA1 && ((lead >= 0xA1 && lead <= 0xA9) || (lead >= 0xB0 && lead <= 0xF7))) ++common;
    at += trail >= '0' && trail <= '9' ? 4 : 2;
  }
  return characters == 0 ? 0 : static_cast<int>(common * 100 / characters);
}

// Strict UTF-8 whose characters beyond ASCII are all of two bytes and mostly stand next to another such one may as well
// be short GBK ("山" is C9 BD): a European letter stands among ASCII ones.
bool may_be_gb18030(std::string_view utf8) {
  std::size_t characters = 0, alone = 0, end_of_last = kGood;
  for (std::size_t at = 0; at < utf8.size();) {
    const base::Utf8Step step = base::utf8_step(utf8, at);
    if (step.bytes > 2) return false;
    if (step.bytes == 2) {
      const auto is_letter = [&](std::size_t i) {
        return i < utf8.size() && ((utf8[i] | 0x20) >= 'a') && ((utf8[i] | 0x20) <= 'z');
      };
      ++characters;
      if (end_of_last != at && (is_letter(at - 1) || is_letter(at + 2))) ++alone;
      end_of_last = at + 2;
    }
    at += step.bytes;
  }
  return characters > 0 && alone * 2 < characters && share_of_gb2312(utf8) >= 90;
}

// Of the first characters, in hundredths: those an office's table is made of.
int plausible_utf16(std::string_view bytes, bool big_endian) {
  std::size_t plausible = 0, all = 0;
  for (std::size_t at = 0; at + 1 < std::min(bytes.size(), kLooked); at += 2) {
    const unsigned high = byte_at(bytes, big_endian ? at : at + 1), low = byte_at(bytes, big_endian ? at + 1 : at);
    const unsigned unit = (high << 8U) | low;
    ++all;
    const bool ascii = (unit >= 0x20 && unit < 0x7F) || unit == '\t' || unit == '\r' || unit == '\n';
    if (ascii || (unit >= 0x4E00 && unit < 0xA000) || (unit >= 0x3000 && unit < 0x3040) || unit >= 0xFF00) ++plausible;
  }
  return all == 0 ? 0 : static_cast<int>(plausible * 100 / all);
}

std::optional<Encoding> marked_encoding(std::string_view bytes, std::size_t& mark) {
  constexpr std::array<std::pair<std::string_view, Encoding>, 3> kMarks = {
      {{"\xEF\xBB\xBF", Encoding::kUtf8}, {"\xFF\xFE", Encoding::kUtf16Le}, {"\xFE\xFF", Encoding::kUtf16Be}}};
  for (const auto& [sign, encoding] : kMarks) {
    if (!bytes.starts_with(sign)) continue;
    mark = sign.size();
    return encoding;
  }
  return std::nullopt;
}

TextForm detect(std::string_view bytes) {
  if (bytes.substr(0, kLooked).find('\0') != std::string_view::npos) {
    const int little = plausible_utf16(bytes, false), big = plausible_utf16(bytes, true);
    if (std::max(little, big) < 90) return {Encoding::kUtf8, false, true, {}};  // refused there, for its NUL bytes
    return {little >= big ? Encoding::kUtf16Le : Encoding::kUtf16Be, false, std::min(little, big) < 50, {}};
  }
  std::string ignored;
  if (bad_utf8(bytes) == kGood) {
    const bool both = may_be_gb18030(bytes) && from_gb18030(bytes, ignored) == kGood;
    return {both ? Encoding::kGb18030 : Encoding::kUtf8, false, !both, {}};
  }
  if (share_of_gb2312(bytes) >= 70 && from_gb18030(bytes, ignored) == kGood) {
    return {Encoding::kGb18030, false, true, {}};
  }
  return {Encoding::kUtf8, false, false, {}};
}

void fail_at(std::size_t bad, std::string_view bytes, const TextForm& form, bool guessed, Reading& reading) {
  const std::string_view before = bytes.substr(0, bad);
  const bool wide = form.encoding == Encoding::kUtf16Le || form.encoding == Encoding::kUtf16Be;
  int line = 1;
  for (std::size_t at = 0; at < before.size(); at += wide ? 2 : 1) {
    const std::size_t low = form.encoding == Encoding::kUtf16Be ? at + 1 : at;
    const bool narrow_or_ascii = !wide || (at + 1 < before.size() && before[at + (low == at ? 1 : 0)] == '\0');
    if (low < before.size() && before[low] == '\n' && narrow_or_ascii) ++line;
  }
  const Said hint = said("save it as \"CSV UTF-8\", or say its encoding", "请另存为“CSV UTF-8”，或指定编码");
  const std::size_t multi_byte = static_cast<std::size_t>(std::count_if(
      before.begin(), before.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0xC0U; }));
  if (guessed && multi_byte == 0) {
    reading.fail_in_text("unknown-encoding",
                         said("the text is neither UTF-8 nor UTF-16 nor GB18030", "文字不是UTF-8、UTF-16或GB18030编码"),
                         hint, line, 0);
  } else {
    reading.fail_in_text("bad-bytes",
                         said("line {0} holds bytes that are not {1}: the file may be cut or damaged",
                              "第{0}行有不符合{1}编码的字节，文件可能不完整或已损坏", line, name_of(form.encoding)),
                         hint, line, 0);
  }
}

}  // namespace

std::string_view name_of(Encoding encoding) {
  switch (encoding) {
    case Encoding::kUtf8: return "UTF-8";
    case Encoding::kUtf16Le: return "UTF-16LE";
    case Encoding::kUtf16Be: return "UTF-16BE";
    case Encoding::kGb18030: return "GB18030";
  }
  return {};
}

std::optional<Decoded> decode(std::string_view bytes, std::optional<Encoding> forced, Reading& reading) {
  std::size_t mark = 0;
  const std::optional<Encoding> marked = marked_encoding(bytes, mark);
  Decoded decoded;
  if (forced) {
    decoded.form.encoding = *forced;
    decoded.form.marked = marked == forced;
  } else if (marked) {
    decoded.form.encoding = *marked;
    decoded.form.marked = true;
  } else {
    decoded.form = detect(bytes);
  }
  if (decoded.form.marked) bytes.remove_prefix(mark);
  std::size_t bad = kGood;
  switch (decoded.form.encoding) {
    case Encoding::kUtf8:
      bad = bad_utf8(bytes);
      if (bad == kGood) decoded.text = bytes;
      break;
    case Encoding::kUtf16Le: bad = from_utf16(bytes, false, decoded.text); break;
    case Encoding::kUtf16Be: bad = from_utf16(bytes, true, decoded.text); break;
    case Encoding::kGb18030: bad = from_gb18030(bytes, decoded.text); break;
  }
  if (bad == kGood) return decoded;
  fail_at(bad, bytes, decoded.form, !forced && !marked, reading);
  return std::nullopt;
}

}  // namespace tocsin::table
