// What a phone can show, and how a long text is cut into short messages and joined again.
//
// Rules: 3GPP TS 23.038 (GSM 7 bit default alphabet 6.2.1 with its extension table 6.2.1.1; UCS-2 6.2.3, read and
// written as UTF-16 big endian, as phones do) and 3GPP TS 23.040 (user data header 9.2.3.24, concatenation 9.2.3.24.1
// with an 8-bit reference, 9.2.3.24.8 with a 16-bit one). One short message holds 140 octets: 160 septets or 70 UTF-16
// units.  A concatenated one gives 7 septets (8 with the longer header) or 3 units (4, since half a unit is lost) to
// the header: 153/67 with an 8-bit reference, 152/66 with a 16-bit one.  Latin-1 (ISO 8859-1 without its controls;
// 8-bit data for the network, data_coding 3 in SMPP 3.4 5.2.19) has 140, 134 and 133 octets.  Pure functions; no
// character is ever replaced on the way out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/result.h"

namespace tocsin::sms {

enum class Alphabet : std::uint8_t { kGsm7, kLatin1, kUcs2 };

// The alphabets that a link's carrier takes, tried in this order.
struct Carries {
  bool gsm7 = true, latin1 = false, ucs2 = true;
};
// "gsm7, ucs2": names with commas between.  Empty: one of them is unknown, or there is none.
[[nodiscard]] std::optional<Carries> carries_of(std::string_view names);

// Of the concatenation reference.  Every phone joins 8-bit ones; 16-bit ones are mistaken for each other less often.
enum class ReferenceWidth : std::uint8_t { k8Bit, k16Bit };

struct EncodedText {
  Alphabet alphabet = Alphabet::kGsm7;
  // User data of each part without header: one septet per octet (how SMPP carries GSM 7 bit), Latin-1, or UTF-16 big
  // endian.
  // One part: no header is needed.  An escape or a surrogate pair is never cut.
  std::vector<std::string> parts;
};

inline constexpr std::size_t kMostParts = 255;  // what the header can count

// In the first alphabet of `carries` that has every character.  kInvalid: not UTF-8, more than 255 parts, or a
// character that none of them has; the words are for the desk and hold nothing of the text.  The empty text is one
// empty part.
[[nodiscard]] base::Result<EncodedText> encode_text(std::string_view utf8, ReferenceWidth width = ReferenceWidth::k8Bit,
                                                    Carries carries = {});

// The user data header of part `part` (from 1) of `parts`, its length octet included; of the reference the low bits.
[[nodiscard]] std::string concatenation_header(int reference, int part, int parts, ReferenceWidth width);

// Where a part belongs.
struct Concatenation {
  int reference = 0;
  ReferenceWidth width = ReferenceWidth::k8Bit;
  int part = 1, parts = 1;  // 1 <= part <= parts
  bool operator==(const Concatenation&) const = default;
};

struct UserData {
  std::string_view header;  // with its length octet; empty when there is none
  std::string_view body;
  std::optional<Concatenation> concatenation;  // of the header; a nonsensical one is ignored (23.040 9.2.3.24.1)
};

// Cuts the header off user data that begins with one (SMPP: esm_class has the UDHI bit).
// A header longer than the data leaves everything in the body.
[[nodiscard]] UserData split_user_data(std::string_view octets);

// Septets, one per octet, as UTF-8.  What has the eighth bit set cannot be GSM 7 bit: the whole is then read as UTF-8
// if it is that, else as Latin-1 (some centres send either under data_coding 0).
[[nodiscard]] std::string decode_gsm7(std::string_view septets);
// UTF-16 big endian as UTF-8; a lone surrogate and half a unit at the end become U+FFFD.
[[nodiscard]] std::string decode_ucs2(std::string_view octets);
[[nodiscard]] std::string decode_latin1(std::string_view octets);
// By SMPP 3.4 data_coding (5.2.19): 0 default alphabet, 1 IA5, 3 Latin-1, 8 UCS-2; 0xF0..0xFF by the GSM message class
// bits.  Anything else: as UTF-8 if it is that, else Latin-1; so a text is odd rather than lost.
[[nodiscard]] std::string decode_text(std::uint8_t data_coding, std::string_view octets);

}  // namespace tocsin::sms
