// Cuts a text in normal form into what triage knows: areas, words of the plan, small words, numbers, and the rest.
// Private to triage.
#pragma once

#include <string>
#include <vector>

#include "gateway/triage/numbers.h"
#include "gateway/triage/word_tree.h"

namespace tocsin::triage {

enum class TokenKind : std::uint8_t { kOther, kArea, kFact, kNumber, kSmall };

// Tokens follow each other without overlap; only spaces lie between them.
struct Token {
  TokenKind kind = TokenKind::kOther;
  SmallWord small = SmallWord::kNone;  // with kSmall
  std::size_t begin = 0, end = 0;
  const Word* word = nullptr;  // with kArea and kFact
  Number number;               // with kNumber
  [[nodiscard]] bool is(SmallWord s) const { return kind == TokenKind::kSmall && small == s; }
};

// A word for a hazard.  It may hold words for facts ("食物中毒"), so it is no token of its own.
struct Mention {
  const Word* word = nullptr;
  std::size_t begin = 0, length = 0;
  std::size_t token = 0;  // index of the first token that does not begin before it
};

struct Scanned {
  std::vector<Token> tokens;
  std::vector<Mention> hazards;
  std::string key;  // of a pre-filled SMS, upper case
};

// UTF-8 to the characters that are compared: normal form, one kind of apostrophe.
[[nodiscard]] std::u32string prepared(std::string_view utf8);
[[nodiscard]] Scanned scan(Text text, std::size_t from, const WordTree& words, const Units& units);

}  // namespace tocsin::triage
