#include "directory/intake/han_reader.h"

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <utility>

#include "directory/values.h"
#include "gateway/base/text.h"

namespace tocsin::intake {
namespace {

std::unique_ptr<icu::Transliterator> made(const char* id) {
  UErrorCode failure = U_ZERO_ERROR;
  std::unique_ptr<icu::Transliterator> one(icu::Transliterator::createInstance(id, UTRANS_FORWARD, failure));
  return U_SUCCESS(failure) ? std::move(one) : nullptr;
}

}  // namespace

// Null where this ICU has no such rules.
struct HanReader::Letters {
  std::unique_ptr<icu::Transliterator> plain = made("Han-Latin; Latin-ASCII; Lower");
  std::unique_ptr<icu::Transliterator> surnames = made("Han-Latin/Names; Latin-ASCII; Lower");
};

HanReader::HanReader() = default;
HanReader::~HanReader() = default;

std::string HanReader::letters_of(std::u32string_view words, bool surname) {
  const std::string key = (surname ? "+" : "-") + base::to_utf8(words);
  if (const auto known = known_.find(key); known != known_.end()) return known->second;
  if (letters_ == nullptr) letters_ = std::make_unique<Letters>();
  const icu::Transliterator* reader = surname ? letters_->surnames.get() : letters_->plain.get();
  std::string out;
  if (reader != nullptr) {
    icu::UnicodeString text = icu::UnicodeString::fromUTF8(base::to_utf8(words));
    reader->transliterate(text);
    std::string ascii;
    text.toUTF8String(ascii);
    for (const char c : ascii) {
      if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
    }
  }
  known_.emplace(key, out);
  return out;
}

std::vector<std::string> HanReader::syllables_of(std::string_view name) {
  const std::u32string words = base::to_utf32(name);
  const auto surname = std::min(directory::surname_length(name), words.size());
  std::vector<std::string> syllables;
  const auto add = [&](std::u32string_view part, bool head) {
    auto letters = letters_of(part, head);
    if (!letters.empty()) syllables.push_back(std::move(letters));
  };
  for (std::size_t at = 0; at < words.size();) {
    auto end = at + 1;
    if (HanReader::is_han(words[at])) {
      // A surname of two characters is read as a whole; where that is not how its characters are read (尉迟 is yuchi),
      // its syllables are not told apart.
      if (at == 0 && surname > 1 &&
          letters_of({words.data(), surname}, true) !=
              letters_of({words.data(), 1}, false) + letters_of({words.data() + 1, surname - 1}, false)) {
        end = surname;
      }
      add({&words[at], end - at}, at == 0 && (surname == 1 || end > 1));
    } else {
      const auto in_word = [&](char32_t c) { return c != U' ' && c != U'-' && c != U'·' && !HanReader::is_han(c); };
      while (end < words.size() && in_word(words[at]) && in_word(words[end])) ++end;
      if (in_word(words[at])) add({&words[at], end - at}, false);
    }
    at = end;
  }
  return syllables;
}

}  // namespace tocsin::intake
