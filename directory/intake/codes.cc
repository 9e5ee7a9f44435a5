#include "directory/intake/codes.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "directory/values.h"
#include "gateway/base/text.h"

namespace tocsin::intake {
namespace {

constexpr std::size_t kLongestCode = 56;  // bytes, of the 64 a code may have: a number fits behind it

}  // namespace

CodeMaker::CodeMaker(std::string prefix) : prefix_(std::move(prefix)) {}
CodeMaker::~CodeMaker() = default;

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
  if (words.empty() || !HanReader::is_han(words.front())) {
    std::string code;
    std::u32string word;
    const auto end_word = [&] {
      const std::string letters = reader_.letters_of(word, false);
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
  for (std::size_t i = surname; i < words.size(); ++i) given += reader_.letters_of({&words[i], 1}, false);
  std::string code = reader_.letters_of({words.data(), surname}, true);
  if (!code.empty() && !given.empty()) code += "-";
  return free_one(code + given);
}

std::string CodeMaker::code_of_unit(std::string_view name) {
  std::string code;
  for (const char32_t c : base::to_utf32(name)) {
    const bool between = c == U' ' || c == U'-';
    if (between && !code.empty() && code.back() != '-') code += '-';
    if (!between) code += reader_.letters_of({&c, 1}, false);
  }
  return free_one(std::move(code));
}

}  // namespace tocsin::intake
