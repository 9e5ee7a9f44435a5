#include "adapters/sms/segments.h"

#include <algorithm>
#include <array>
#include <utility>

#include "gateway/base/text.h"

namespace tocsin::sms {
namespace {

constexpr std::uint8_t kEscape = 0x1B;
constexpr std::uint8_t kNotThere = 0xFF;

// 3GPP TS 23.038 6.2.1, in the order of the code; 0x1B is the escape to the extension table.
constexpr std::array<char16_t, 128> kDefaultAlphabet = {
    u'@',   0x00A3, u'$',   0x00A5, 0x00E8, 0x00E9, 0x00F9, 0x00EC,
    0x00F2, 0x00C7, u'\n',  0x00D8, 0x00F8, u'\r',  0x00C5, 0x00E5,  //
    0x0394, u'_',   0x03A6, 0x0393, 0x039B, 0x03A9, 0x03A0, 0x03A8,
    0x03A3, 0x0398, 0x039E, 0,      0x00C6, 0x00E6, 0x00DF, 0x00C9,  //
    u' ',   u'!',   u'"',   u'#',   0x00A4, u'%',   u'&',   u'\'',
    u'(',   u')',   u'*',   u'+',   u',',   u'-',   u'.',   u'/',  //
    u'0',   u'1',   u'2',   u'3',   u'4',   u'5',   u'6',   u'7',
    u'8',   u'9',   u':',   u';',   u'<',   u'=',   u'>',   u'?',  //
    0x00A1, u'A',   u'B',   u'C',   u'D',   u'E',   u'F',   u'G',
    u'H',   u'I',   u'J',   u'K',   u'L',   u'M',   u'N',   u'O',  //
    u'P',   u'Q',   u'R',   u'S',   u'T',   u'U',   u'V',   u'W',
    u'X',   u'Y',   u'Z',   0x00C4, 0x00D6, 0x00D1, 0x00DC, 0x00A7,  //
    0x00BF, u'a',   u'b',   u'c',   u'd',   u'e',   u'f',   u'g',
    u'h',   u'i',   u'j',   u'k',   u'l',   u'm',   u'n',   u'o',  //
    u'p',   u'q',   u'r',   u's',   u't',   u'u',   u'v',   u'w',
    u'x',   u'y',   u'z',   0x00E4, 0x00F6, 0x00F1, 0x00FC, 0x00E0};

// 3GPP TS 23.038 6.2.1.1: escape, then this code.
constexpr std::array<std::pair<std::uint8_t, char16_t>, 10> kExtension = {{{0x0A, 0x000C},
                                                                           {0x14, u'^'},
                                                                           {0x28, u'{'},
                                                                           {0x29, u'}'},
                                                                           {0x2F, u'\\'},
                                                                           {0x3C, u'['},
                                                                           {0x3D, u'~'},
                                                                           {0x3E, u']'},
                                                                           {0x40, u'|'},
                                                                           {0x65, 0x20AC}}};

struct Septets {
  std::uint8_t code = kNotThere;
  bool escaped = false;
};

// Everything of the default alphabet but the Greek capitals and the euro lies below U+0100.
struct EncodeTable {
  std::array<Septets, 256> low{};
  EncodeTable() {
    for (std::size_t code = 0; code < kDefaultAlphabet.size(); ++code) {
      const char16_t c = kDefaultAlphabet[code];
      if (code != kEscape && c < 256) low[c] = {static_cast<std::uint8_t>(code), false};
    }
    for (const auto& entry : kExtension) {
      if (entry.second < 256) low[entry.second] = {entry.first, true};
    }
  }
};

Septets septets_of(char32_t c) {
  static const EncodeTable table;
  if (c < 256) return table.low[c];
  if (c == 0x20AC) return {0x65, true};
  for (std::uint8_t code = 0x10; code <= 0x1A; ++code) {  // the Greek capitals
    if (c == kDefaultAlphabet[code]) return {code, false};
  }
  return {};
}

// A text as units that must not be cut: (octets of one character) of 1..2 septets, or 2..4 octets of UTF-16.
struct Unit {
  std::array<char, 4> octets{};
  std::uint8_t length = 0;
};

std::optional<std::vector<Unit>> as_gsm7(const std::u32string& text) {
  std::vector<Unit> units;
  units.reserve(text.size());
  for (const char32_t c : text) {
    const Septets septets = septets_of(c);
    if (septets.code == kNotThere) return std::nullopt;
    Unit unit;
    if (septets.escaped) unit.octets[unit.length++] = static_cast<char>(kEscape);
    unit.octets[unit.length++] = static_cast<char>(septets.code);
    units.push_back(unit);
  }
  return units;
}

// Without the controls of C1 (0x80 to 0x9F), which no phone shows.
std::optional<std::vector<Unit>> as_latin1(const std::u32string& text) {
  std::vector<Unit> units;
  units.reserve(text.size());
  for (const char32_t c : text) {
    if (c > 0xFF || (c >= 0x80 && c < 0xA0)) return std::nullopt;
    units.push_back({{static_cast<char>(c)}, 1});
  }
  return units;
}

void put_utf16(Unit& unit, char32_t code) {
  unit.octets[unit.length++] = static_cast<char>((code >> 8U) & 0xFFU);
  unit.octets[unit.length++] = static_cast<char>(code & 0xFFU);
}

std::vector<Unit> as_utf16(const std::u32string& text) {
  std::vector<Unit> units;
  units.reserve(text.size());
  for (const char32_t c : text) {
    Unit unit;
    if (c < 0x10000) {
      put_utf16(unit, c);
    } else {
      put_utf16(unit, 0xD800 + ((c - 0x10000) >> 10U));
      put_utf16(unit, 0xDC00 + ((c - 0x10000) & 0x3FFU));
    }
    units.push_back(unit);
  }
  return units;
}

// Limits in octets as SMPP carries them: a septet is one octet there.
struct Limits {
  std::size_t alone, joined;
};

Limits limits_of(Alphabet alphabet, ReferenceWidth width) {
  const bool narrow = width == ReferenceWidth::k8Bit;
  switch (alphabet) {
    case Alphabet::kGsm7: return {160, narrow ? 153U : 152U};
    case Alphabet::kLatin1: return {140, narrow ? 134U : 133U};
    case Alphabet::kUcs2: break;
  }
  return {140, narrow ? 134U : 132U};
}

std::vector<std::string> fill_parts(const std::vector<Unit>& units, std::size_t limit) {
  std::vector<std::string> parts(1);
  for (const Unit& unit : units) {
    if (parts.back().size() + unit.length > limit) parts.emplace_back();
    parts.back().append(unit.octets.data(), unit.length);
  }
  return parts;
}

std::size_t total_octets(const std::vector<Unit>& units) {
  std::size_t total = 0;
  for (const Unit& unit : units) total += unit.length;
  return total;
}

std::uint8_t octet(std::string_view octets, std::size_t at) {
  return static_cast<std::uint8_t>(octets[at]);
}

// The value of one information element, when it is a concatenation that makes sense.
std::optional<Concatenation> read_concatenation(std::uint8_t id, std::string_view value) {
  Concatenation found;
  if (id == 0x00 && value.size() == 3) {
    found = {octet(value, 0), ReferenceWidth::k8Bit, octet(value, 2), octet(value, 1)};
  } else if (id == 0x08 && value.size() == 4) {
    found = {octet(value, 0) << 8 | octet(value, 1), ReferenceWidth::k16Bit, octet(value, 3), octet(value, 2)};
  } else {
    return std::nullopt;
  }
  if (found.part < 1 || found.part > found.parts) return std::nullopt;
  return found;
}

char32_t extended(std::uint8_t code) {
  for (const auto& entry : kExtension) {
    if (entry.first == code) return entry.second;
  }
  // Unknown: the character of the main table is shown; a second escape is shown as a space (23.038 6.2.1.1).
  return code == kEscape ? U' ' : char32_t{kDefaultAlphabet[code]};
}

}  // namespace

std::optional<Carries> carries_of(std::string_view names) {
  Carries carries{false, false, false};
  while (true) {
    const std::size_t comma = names.find(',');
    const std::string name = base::trim(names.substr(0, comma));
    bool* const one = name == "gsm7"     ? &carries.gsm7
                      : name == "latin1" ? &carries.latin1
                      : name == "ucs2"   ? &carries.ucs2
                                         : nullptr;
    if (one == nullptr) return std::nullopt;
    *one = true;
    if (comma == std::string_view::npos) return carries;
    names.remove_prefix(comma + 1);
  }
}

base::Result<EncodedText> encode_text(std::string_view utf8, ReferenceWidth width, Carries carries) {
  if (!base::is_utf8(utf8)) return base::invalid("the text is not UTF-8");
  const std::u32string text = base::to_utf32(utf8);
  EncodedText encoded;
  std::optional<std::vector<Unit>> units;
  if (carries.gsm7) units = as_gsm7(text);
  if (!units && carries.latin1) {
    encoded.alphabet = Alphabet::kLatin1;
    units = as_latin1(text);
  }
  if (!units && carries.ucs2) {
    encoded.alphabet = Alphabet::kUcs2;
    units = as_utf16(text);
  }
  if (!units) return base::invalid("the link cannot carry all characters of this text, and takes no UCS-2");
  const Limits limits = limits_of(encoded.alphabet, width);
  encoded.parts = fill_parts(*units, total_octets(*units) <= limits.alone ? limits.alone : limits.joined);
  if (encoded.parts.size() > kMostParts) return base::invalid("the text is longer than 255 short messages");
  return encoded;
}

std::string concatenation_header(int reference, int part, int parts, ReferenceWidth width) {
  const auto byte = [](int value) { return static_cast<char>(value & 0xFF); };
  if (width == ReferenceWidth::k8Bit) return {5, 0, 3, byte(reference), byte(parts), byte(part)};
  return {6, 8, 4, byte(reference >> 8), byte(reference), byte(parts), byte(part)};
}

UserData split_user_data(std::string_view octets) {
  if (octets.empty()) return {};
  const std::size_t length = 1U + octet(octets, 0);
  if (length > octets.size()) return {{}, octets, std::nullopt};
  UserData data{octets.substr(0, length), octets.substr(length), std::nullopt};
  // Of several concatenations the last counts (23.040 9.2.3.24).
  std::size_t at = 1;
  while (at + 2 <= length) {
    const std::uint8_t id = octet(octets, at);
    const std::size_t size = octet(octets, at + 1);
    at += 2;
    if (at + size > length) break;
    if (const auto found = read_concatenation(id, octets.substr(at, size))) data.concatenation = found;
    at += size;
  }
  return data;
}

std::string decode_gsm7(std::string_view septets) {
  if (std::any_of(septets.begin(), septets.end(),
                  [](char c) { return (static_cast<unsigned char>(c) & 0x80U) != 0; })) {
    return base::is_utf8(septets) ? std::string(septets) : decode_latin1(septets);
  }
  std::u32string text;
  text.reserve(septets.size());
  for (std::size_t i = 0; i < septets.size(); ++i) {
    const std::uint8_t code = octet(septets, i);
    if (code != kEscape) {
      text += char32_t{kDefaultAlphabet[code]};
    } else if (i + 1 < septets.size()) {
      text += extended(octet(septets, ++i));
    } else {
      text += U' ';  // an escape that escapes nothing
    }
  }
  return base::to_utf8(text);
}

std::string decode_ucs2(std::string_view octets) {
  constexpr char32_t kBroken = 0xFFFD;
  const auto unit_at = [octets](std::size_t at) {
    return static_cast<char32_t>(octet(octets, at) << 8 | octet(octets, at + 1));
  };
  std::u32string text;
  text.reserve(octets.size() / 2 + 1);
  std::size_t at = 0;
  while (at + 2 <= octets.size()) {
    const char32_t unit = unit_at(at);
    at += 2;
    if (unit < 0xD800 || unit > 0xDFFF) {
      text += unit;
      continue;
    }
    const char32_t next = unit < 0xDC00 && at + 2 <= octets.size() ? unit_at(at) : 0;
    if (next >= 0xDC00 && next <= 0xDFFF) {
      text += 0x10000 + ((unit - 0xD800) << 10U) + (next - 0xDC00);
      at += 2;
    } else {
      text += kBroken;
    }
  }
  if (at < octets.size()) text += kBroken;
  return base::to_utf8(text);
}

std::string decode_latin1(std::string_view octets) {
  std::u32string text;
  text.reserve(octets.size());
  for (const char c : octets) text += static_cast<unsigned char>(c);
  return base::to_utf8(text);
}

std::string decode_text(std::uint8_t data_coding, std::string_view octets) {
  switch (data_coding) {
    case 0x00: return decode_gsm7(octets);
    case 0x03: return decode_latin1(octets);
    case 0x08: return decode_ucs2(octets);
    default: break;
  }
  // 23.038 4, coding group 1111: bit 2 says 8-bit data, otherwise the default alphabet.
  if (data_coding >= 0xF0 && (data_coding & 0x04U) == 0) return decode_gsm7(octets);
  return base::is_utf8(octets) ? std::string(octets) : decode_latin1(octets);
}

}  // namespace tocsin::sms
