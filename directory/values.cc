#include "directory/values.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "gateway/base/text.h"
#include "gateway/base/typed_text.h"
#include "gateway/base/utf8.h"

namespace tocsin::directory {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kLongestName = 4;       // Chinese characters
constexpr std::size_t kFewestOfANumber = 7;   // digits: a local landline
constexpr std::size_t kMostOfAShortCode = 6;  // digits
constexpr std::size_t kFewestOfAShortCode = 3;
constexpr std::size_t kMostPieces = 32;  // of a cell: more are no list of numbers

// Surnames of two characters that are in use (compound ones).
constexpr std::array kLongSurnames = {
    U"欧阳"sv, U"上官"sv, U"司马"sv, U"诸葛"sv, U"东方"sv, U"皇甫"sv, U"尉迟"sv, U"公孙"sv, U"慕容"sv, U"令狐"sv,
    U"夏侯"sv, U"司徒"sv, U"司空"sv, U"长孙"sv, U"宇文"sv, U"鲜于"sv, U"闻人"sv, U"淳于"sv, U"单于"sv, U"太史"sv,
    U"申屠"sv, U"轩辕"sv, U"钟离"sv, U"濮阳"sv, U"澹台"sv, U"公冶"sv, U"东郭"sv, U"南宫"sv, U"西门"sv, U"端木"sv,
    U"呼延"sv, U"万俟"sv, U"赫连"sv, U"拓跋"sv, U"独孤"sv, U"百里"sv, U"第五"sv};

constexpr std::array kNone = {"无"sv, "暂无"sv, "没有"sv, "空"sv, "none"sv, "None"sv, "N/A"sv, "n/a"sv, "\\"sv};

bool is_han(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x20000 && c <= 0x323AF) || c == 0x3007;
}

bool is_blank(char32_t c) {
  return c == U' ' || c == U'\t' || c == 0x3000 || c == 0xA0 || c == U'\n';
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::size_t digits_in(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_digit));
}

std::vector<std::u32string> words_of(std::string_view cell) {
  std::vector<std::u32string> words(1);
  for (const char32_t c : base::to_utf32(cell)) {
    if (!is_blank(c)) {
      words.back() += c;
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

std::string joined_words(const std::vector<std::u32string>& words, std::string_view between) {
  std::string out;
  for (const std::u32string& word : words) out += (out.empty() ? "" : std::string(between)) + base::to_utf8(word);
  return out;
}

bool is_none(std::string_view text) {
  if (std::find(kNone.begin(), kNone.end(), text) != kNone.end()) return true;
  return text.find_first_not_of("-/ .") == std::string_view::npos ||
         std::all_of(text.begin(), text.end(), [](char c) { return c == '-'; });
}

// Signs between numbers, after to_plain_ascii() made full-width ones ASCII.
std::vector<std::string> divided(const std::string& text) {
  constexpr std::array kSigns = {"、"sv, "/"sv, ","sv, ";"sv, "|"sv, "或"sv, "\n"sv, "；"sv, "，"sv};
  std::vector<std::string> pieces(1);
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = std::string_view(text).substr(at);
    const auto sign = std::find_if(kSigns.begin(), kSigns.end(), [&](auto one) { return rest.starts_with(one); });
    if (sign == kSigns.end() || rest.starts_with(";ext=")) {
      pieces.back() += text[at++];
    } else {
      at += sign->size();
      pieces.emplace_back();
    }
  }
  for (std::string& piece : pieces) piece = base::trim(piece);
  pieces.erase(std::remove(pieces.begin(), pieces.end(), std::string()), pieces.end());
  return pieces;
}

// Words before a number, the number as typed with its extension, and words behind it.
struct Stretch {
  std::string label, number;
};

// A digit, or one behind "+", "(" or "(+".
bool may_begin_number(std::string_view rest) {
  if (rest.starts_with('(')) rest.remove_prefix(1);
  if (rest.starts_with('+')) rest.remove_prefix(1);
  return !rest.empty() && is_digit(rest.front());
}

// How much of `rest` goes on with a number that began before: its signs, or a word before an extension.
std::size_t goes_on(std::string_view rest) {
  constexpr std::array kMarks = {";ext="sv, "转接"sv, "转"sv,  "轉"sv,  "分机"sv, "分機"sv,
                                 "ext."sv,  "Ext."sv, "ext"sv, "Ext"sv, "x"sv,    "#"sv};
  if (is_digit(rest.front()) || rest.front() == ' ' || rest.front() == '-' || rest.front() == '.' ||
      rest.front() == ')')
    return 1;
  // "1.44E+10" is one thing: the reason it is refused for says what it is.
  if ((rest.front() == 'E' || rest.front() == 'e') && rest.size() > 1 && (rest[1] == '+' || is_digit(rest[1])))
    return 2;
  if (rest.front() == '(' && rest.size() > 1 && is_digit(rest[1])) return 1;
  for (const std::string_view mark : kMarks) {
    if (!rest.starts_with(mark)) continue;
    const std::size_t digit = rest.find_first_not_of(' ', mark.size());
    if (digit != std::string_view::npos && is_digit(rest[digit])) return digit;
  }
  return 0;
}

std::string plain_label(std::string_view words) {
  std::string label = base::trim(words);
  const auto cut_sign = [&](std::string_view sign) {
    if (label.ends_with(sign)) label.resize(label.size() - sign.size());
    if (label.starts_with(sign)) label.erase(0, sign.size());
  };
  for (const std::string_view sign : {":", "：", "(", ")", "（", "）", "[", "]"}) cut_sign(sign);
  return base::trim(label);
}

std::vector<Stretch> stretches_of(const std::string& piece) {
  std::vector<Stretch> found;
  std::string words;
  const auto give_words = [&] {
    const std::string label = plain_label(words);
    words.clear();
    if (label.empty()) return;
    if (found.empty() || !found.back().number.empty()) {
      found.push_back({label, {}});
    } else {
      found.back().label += " " + label;
    }
  };
  for (std::size_t at = 0; at < piece.size();) {
    const std::string_view rest = std::string_view(piece).substr(at);
    if (!may_begin_number(rest)) {
      words += piece[at++];
      continue;
    }
    give_words();
    if (found.empty() || !found.back().number.empty()) found.push_back({});
    // The signs before the first digit, and it.
    std::size_t step = piece.find_first_of("0123456789", at) + 1 - at;
    while (step > 0 && at < piece.size()) {
      found.back().number += piece.substr(at, step);
      at += step;
      step = at < piece.size() ? goes_on(std::string_view(piece).substr(at)) : 0;
    }
    // A bracket that closes what a label opened, a full stop.
    while (!is_digit(found.back().number.back())) found.back().number.pop_back();
  }
  // Words at the end are about the number before them: "14400000001（微信同号）".
  if (const std::string label = plain_label(words); !label.empty()) {
    if (found.empty()) {
      found.push_back({label, {}});
    } else {
      found.back().label += (found.back().label.empty() ? "" : " ") + label;
    }
  }
  return found;
}

NumberInCell read_one(std::string_view typed, const base::DialingRules& rules) {
  NumberInCell found;
  found.typed = typed;
  const std::size_t digits = digits_in(typed);
  if (digits >= kFewestOfAShortCode && digits <= kMostOfAShortCode && digits == typed.size()) {
    found.kind = NumberKind::kShortCode;
    found.code = typed;
    return found;
  }
  const auto number = base::parse_phone_number(typed, rules);
  if (number) {
    found.kind = NumberKind::kNumber;
    found.number = *number;
  } else {
    found.reason = number.error().message;
  }
  return found;
}

// One number, or several with blanks between.  Read as one when that is a number; else apart, when each piece has the
// digits of one, or is a short code behind one.
std::vector<NumberInCell> read_stretch(const std::string& typed, const base::DialingRules& rules) {
  NumberInCell whole = read_one(typed, rules);
  if (whole.kind != NumberKind::kUnreadable) return {std::move(whole)};
  std::vector<std::string> pieces = base::split(typed, ' ');
  pieces.erase(std::remove(pieces.begin(), pieces.end(), std::string()), pieces.end());
  const bool each = std::all_of(pieces.begin(), pieces.end(), [&](const std::string& piece) {
    const std::size_t digits = digits_in(piece);
    return digits >= kFewestOfANumber || (digits >= kFewestOfAShortCode && &piece != &pieces.front() &&
                                          digits_in(pieces.front()) >= kFewestOfANumber);
  });
  if (pieces.size() < 2 || pieces.size() > kMostPieces || !each) return {std::move(whole)};
  std::vector<NumberInCell> found;
  for (const std::string& piece : pieces) found.push_back(read_one(piece, rules));
  return found;
}

}  // namespace

NameInCell name_in_cell(std::string_view cell) {
  const std::vector<std::u32string> words = words_of(cell);
  NameInCell name;
  name.text = joined_words(words, " ");
  if (words.size() < 2) return name;
  std::size_t characters = 0, long_words = 0;
  for (const std::u32string& word : words) {
    if (!std::all_of(word.begin(), word.end(), is_han)) return name;
    characters += word.size();
    if (word.size() > 1) ++long_words;
  }
  const bool long_surname = std::find(kLongSurnames.begin(), kLongSurnames.end(), words.front()) != kLongSurnames.end();
  name.joined = characters <= kLongestName && (long_words < 2 || (long_surname && words.size() == 2));
  name.several = !name.joined && long_words > 1;
  if (name.joined) name.text = joined_words(words, "");
  return name;
}

std::size_t surname_length(std::string_view name) {
  const std::u32string words = base::to_utf32(name);
  return words.size() > 2 &&
                 std::find(kLongSurnames.begin(), kLongSurnames.end(), words.substr(0, 2)) != kLongSurnames.end()
             ? 2
             : 1;
}

std::vector<NumberInCell> numbers_in_cell(std::string_view cell, const base::DialingRules& rules) {
  const std::string text = base::to_plain_ascii(cell);
  if (is_none(text)) return {};
  std::vector<NumberInCell> found;
  for (const std::string& piece : divided(text)) {
    for (Stretch& stretch : stretches_of(piece)) {
      if (found.size() >= kMostPieces) return found;
      if (stretch.number.empty()) {
        // Words alone, behind a sign, are about the number before it.
        if (!found.empty()) {
          found.back().label += (found.back().label.empty() ? "" : " ") + stretch.label;
          continue;
        }
        NumberInCell none;
        none.typed = stretch.label;
        none.reason = "no digits in it";
        found.push_back(std::move(none));
        continue;
      }
      std::vector<NumberInCell> numbers = read_stretch(stretch.number, rules);
      numbers.back().label = std::move(stretch.label);
      std::move(numbers.begin(), numbers.end(), std::back_inserter(found));
    }
  }
  return found;
}

}  // namespace tocsin::directory
