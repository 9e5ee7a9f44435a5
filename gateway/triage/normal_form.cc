// The only file that sees ICU here.  Both ICU objects live as long as the process: making the transliterator costs 16
// ms.
#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "gateway/triage/understand.h"

namespace tocsin::triage {
namespace {

const icu::Normalizer2* case_fold() {
  static const icu::Normalizer2* const instance = [] {
    UErrorCode status = U_ZERO_ERROR;
    const auto* made = icu::Normalizer2::getNFKCCasefoldInstance(status);
    return U_SUCCESS(status) ? made : nullptr;
  }();
  return instance;
}

const icu::Transliterator* to_simplified() {
  static const icu::Transliterator* const instance = [] {
    UErrorCode status = U_ZERO_ERROR;
    const auto* made =
        icu::Transliterator::createInstance(icu::UnicodeString("Traditional-Simplified"), UTRANS_FORWARD, status);
    return U_SUCCESS(status) ? made : nullptr;
  }();
  return instance;
}

bool has_ideographs(const icu::UnicodeString& text) {
  for (std::int32_t i = 0; i < text.length(); ++i) {
    if (text.charAt(i) >= 0x2E80) return true;
  }
  return false;
}

// One space for a run of white space, none at the ends; digits of any alphabet become 0-9.
icu::UnicodeString tidied(const icu::UnicodeString& text) {
  icu::UnicodeString out;
  bool space = false;
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 c = text.char32At(i);
    if (u_isUWhiteSpace(c)) {
      space = !out.isEmpty();
      continue;
    }
    if (space) out.append(UChar32{' '});
    space = false;
    const bool digit = u_charType(c) == U_DECIMAL_DIGIT_NUMBER;
    out.append(digit ? static_cast<UChar32>('0' + u_charDigitValue(c)) : c);
  }
  return out;
}

}  // namespace

std::string normal_form(std::string_view utf8) {
  auto text = icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())));
  if (const auto* fold = case_fold()) {
    UErrorCode status = U_ZERO_ERROR;
    auto folded = fold->normalize(text, status);
    if (U_SUCCESS(status)) text = std::move(folded);
  }
  if (const auto* simplify = to_simplified(); simplify != nullptr && has_ideographs(text))
    simplify->transliterate(text);
  std::string out;
  tidied(text).toUTF8String(out);
  return out;
}

}  // namespace tocsin::triage
