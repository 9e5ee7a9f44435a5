#include "directory/intake/codes.h"

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cstdio>
#include <utility>

#include "directory/values.h"
#include "gateway/base/text.h"

namespace tocsin::intake {
namespace {

constexpr std::size_t kLongestCode = 56;  // bytes, of the 64 a code may have: a number fits behind it

bool is_han(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x20000 && c <= 0x323AF);
}

std::unique_ptr<icu::Transliterator> made(const char* id) {
  UErrorCode failure = U_ZERO_ERROR;
  std::unique_ptr<icu::Transliterator> one(icu::Transliterator::createInstance(id, UTRANS_FORWARD, failure));
  return U_SUCCESS(failure) ? std::move(one) : nullptr;
}

}  // namespace

// Null where this ICU has no such rules: then codes are numbers.
struct CodeMaker::Letters {
  std::unique_ptr<icu::Transliterator> plain = made("Han-Latin; Latin-ASCII; Lower");
  std::unique_ptr<icu::Transliterator> surnames = made("Han-Latin/Names; Latin-ASCII; Lower");
};

CodeMaker::CodeMaker(std::string prefix) : prefix_(std::move(prefix)) {}
CodeMaker::~CodeMaker() = default;

std::string CodeMaker::letters_of(std::u32string_view words, bool surname) {
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

std::string CodeMaker::free_one(std::string code) {
  if (code.size() > kLongestCode) code.resize(kLongestCode);
  while (!code.empty() && code.back() == '-') code.pop_back();
  const bool letter = !code.empty() && code.front() >= 'a' && code.front() <= 'z';
  if (!letter) {
    int& next = next_[""];
    char text[32];
    do {
      std::snprintf(text, sizeof text, "-%04d", ++next);
    } while (!taken_.insert(prefix_ + text).second);
    return prefix_ + text;
  }
  if (taken_.insert(code).second) return code;
  int& next = next_[code];
  if (next == 0) next = 1;
  std::string numbered;
  do {
    numbered = code + "-" + std::to_string(++next);
  } while (!taken_.insert(numbered).second);
  return numbered;
}

std::string CodeMaker::code_of_person(std::string_view name) {
  const std::u32string words = base::to_utf32(name);
  if (words.empty() || !is_han(words.front())) {
    std::string code;
    std::u32string word;
    const auto end_word = [&] {
      const std::string letters = letters_of(word, false);
      if (!letters.empty()) code += (code.empty() ? "" : "-") + letters;
      word.clear();
    };
    for (const char32_t c : words) {
      if (c == U' ' || c == U'·' || c == U'-') {
        end_word();
      } else {
        word += c;
      }
    }
    end_word();
    return free_one(std::move(code));
  }
  const std::size_t surname = std::min(directory::surname_length(name), words.size());
  std::string given;
  for (std::size_t i = surname; i < words.size(); ++i) given += letters_of({&words[i], 1}, false);
  std::string code = letters_of({words.data(), surname}, true);
  if (!code.empty() && !given.empty()) code += "-";
  return free_one(code + given);
}

std::string CodeMaker::code_of_unit(std::string_view name) {
  std::string code;
  for (const char32_t c : base::to_utf32(name)) {
    const bool between = c == U' ' || c == U'-';
    if (between && !code.empty() && code.back() != '-') code += '-';
    if (!between) code += letters_of({&c, 1}, false);
  }
  return free_one(std::move(code));
}

}  // namespace tocsin::intake
