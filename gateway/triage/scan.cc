#include "gateway/triage/scan.h"

#include <algorithm>
#include <optional>

#include "gateway/base/text.h"
#include "gateway/triage/understand.h"

namespace tocsin::triage {
namespace {

constexpr std::size_t kKeyLength = 13, kShortestMarkedKey = 8;

class Scanner {
 public:
  Scanner(Text text, const WordTree& words, const Units& units) : text_(text), words_(words), units_(units) {}

  Scanned run(std::size_t from) {
    for (auto at = from; at < text_.size(); ++at) {
      if (at >= hazard_end_ || at >= token_end_) look_at(at);
    }
    return std::move(out_);
  }

 private:
  // A hazard and the tokens are found side by side; an area takes its characters from both.
  void look_at(std::size_t at) {
    const auto found = words_.find(text_, at);
    const bool free = at >= hazard_end_ && at >= token_end_;
    if (free && found.area && found.area.length >= std::max(found.hazard.length, found.fact.length)) {
      push({TokenKind::kArea, SmallWord::kNone, at, at + found.area.length, found.area.word, {}});
      hazard_end_ = token_end_;
      return;
    }
    if (found.hazard && at >= hazard_end_) {
      out_.hazards.push_back({found.hazard.word, at, found.hazard.length, out_.tokens.size()});
      hazard_end_ = at + found.hazard.length;
    }
    if (at >= token_end_) take_token(at, found);
  }

  void take_token(std::size_t at, const Matches& found) {
    if (found.fact) {
      push({TokenKind::kFact, SmallWord::kNone, at, at + found.fact.length, found.fact.word, {}});
    } else if (at < hazard_end_) {
      push_other(at);
    } else if (found.small && is_meant(at, found.small.length)) {
      push_small(found.small.word->small, at, at + found.small.length);
    } else if (!take_key(at) && !take_number(at)) {
      take_character(at);
    }
  }

  // 淹没有人 is no 没有; a small word does not cut into the name of an area.
  bool is_meant(std::size_t at, std::size_t length) const {
    if (text_[at] == U'没' && at > 0 && Text(U"淹吞沉埋覆漫湮出").find(text_[at - 1]) != Text::npos) return false;
    return !area_across(at, at + length);
  }
  bool area_across(std::size_t at, std::size_t end) const {
    for (auto inside = at + 1; inside < end; ++inside) {
      const auto area = words_.find(text_, inside).area;
      if (area && inside + area.length > end) return true;
    }
    return false;
  }

  bool take_key(std::size_t at) {
    if (text_[at] != U'#' || !out_.key.empty()) return false;
    const bool marked = starts_at(text_, at + 1, U"k:");
    const auto begin = at + (marked ? 3 : 1);
    std::string key;
    for (auto i = begin; i < text_.size() && key.size() <= kKeyLength; ++i) {
      const auto letter = base32_letter(text_[i]);
      if (!letter) break;
      key += *letter;
    }
    const auto end = begin + key.size();
    const auto shortest = marked ? kShortestMarkedKey : kKeyLength;
    if (key.size() < shortest || key.size() > kKeyLength || is_latin(char_at(text_, end))) return false;
    out_.key = std::move(key);
    push_small(SmallWord::kHard, at, end);
    return true;
  }
  // Crockford: I and L are 1, O is 0, there is no U.
  static std::optional<char> base32_letter(char32_t c) {
    if (is_digit(c)) return static_cast<char>(c);
    if (c == U'i' || c == U'l') return '1';
    if (c == U'o') return '0';
    if (c == U'u' || c < U'a' || c > U'z') return std::nullopt;
    return static_cast<char>(c - U'a' + U'A');
  }

  bool take_number(std::size_t at) {
    auto number = read_number(text_, at, units_);
    if (!number) return false;
    give_back(at, *number);
    const bool glued = !out_.tokens.empty() && out_.tokens.back().end == at;
    if (glued && out_.tokens.back().kind == TokenKind::kOther && is_latin(text_[at - 1])) {
      number->of = Of::kSomethingElse;  // B2
    }
    push({TokenKind::kNumber, SmallWord::kNone, at, number->end, nullptr, *number});
    return true;
  }
  // What a number took as its classifier may begin a word of the plan: 2人被困 with the word 人被困.
  void give_back(std::size_t at, Number& number) const {
    for (auto inside = at + 1; inside < number.end; ++inside) {
      if (is_digit(text_[inside]) || is_numeral(text_[inside])) continue;
      const auto found = words_.find(text_, inside);
      if (inside + std::max(found.fact.length, found.area.length) <= number.end) continue;
      number.end = inside;
      if (number.of == Of::kMeasure) number.of = Of::kBare;
      return;
    }
  }

  void take_character(std::size_t at) {
    constexpr Text kBreaks = U"。,;!.()[]{}【】《》〈〉「」『』\"“”…|\\·•・~～—–-";
    const auto c = text_[at];
    if (c == U' ') {
      token_end_ = at + 1;
    } else if (c == U'?') {
      push_small(SmallWord::kUnsure, at, at);
      push_small(SmallWord::kHard, at, at + 1);
    } else if (kBreaks.find(c) != Text::npos) {
      push_small(SmallWord::kHard, at, at + 1);
    } else {
      push_other(at);
    }
  }

  void push(const Token& token) {
    out_.tokens.push_back(token);
    token_end_ = token.end;
  }
  void push_small(SmallWord small, std::size_t begin, std::size_t end) {
    push({TokenKind::kSmall, small, begin, end, nullptr, {}});
  }
  void push_other(std::size_t at) {
    auto& tokens = out_.tokens;
    const bool goes_on = !tokens.empty() && tokens.back().kind == TokenKind::kOther && tokens.back().end == at;
    if (!goes_on) {
      push({TokenKind::kOther, SmallWord::kNone, at, at + 1, nullptr, {}});
    } else {
      tokens.back().end = token_end_ = at + 1;
    }
  }

  Text text_;
  const WordTree& words_;
  const Units& units_;
  Scanned out_;
  std::size_t hazard_end_ = 0, token_end_ = 0;
};

}  // namespace

std::u32string prepared(std::string_view utf8) {
  auto text = base::to_utf32(normal_form(utf8));
  std::replace(text.begin(), text.end(), U'’', U'\'');
  return text;
}

Scanned scan(Text text, std::size_t from, const WordTree& words, const Units& units) {
  return Scanner(text, words, units).run(from);
}

}  // namespace tocsin::triage
