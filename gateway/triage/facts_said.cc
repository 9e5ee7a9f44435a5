#include "gateway/triage/facts_said.h"

#include <algorithm>
#include <optional>
#include <tuple>

namespace tocsin::triage {
namespace {

using model::Quantity;
using plan::AttributeType;

constexpr std::size_t kFarthest = 24;  // tokens between a number and its word
constexpr int kFarCost = 100;

bool counts_people(const Meaning& meaning) {
  return meaning.attribute == nullptr || meaning.attribute->type == AttributeType::kCount;
}
bool measures(const Meaning& meaning) {
  return meaning.attribute != nullptr && meaning.attribute->type == AttributeType::kMeasure;
}

// May this number be the value of that attribute?
bool fits(const Number& number, const Meaning& meaning) {
  if (number.of == Of::kSomethingElse) return false;
  if (counts_people(meaning)) {
    return number.of != Of::kMeasure && (!number.value || number.value->thousandths % 1000 == 0);
  }
  if (!measures(meaning)) return false;
  return number.of == Of::kBare || (number.of == Of::kMeasure && number.unit.dimension == meaning.unit.dimension);
}

bool fits(const Number& number, const Word& word) {
  return std::any_of(word.meanings.begin(), word.meanings.end(), [&](const Meaning& m) { return fits(number, m); });
}

bool is_filler(const Token& token) {
  if (token.kind != TokenKind::kSmall) return false;
  switch (token.small) {
    case SmallWord::kPerson:
    case SmallWord::kHave:
    case SmallWord::kFiller:
    case SmallWord::kPast:
    case SmallWord::kLabel:
    case SmallWord::kAbout:
    case SmallWord::kAtMost:
    case SmallWord::kUnsure:
    case SmallWord::kYes: return true;
    default: return false;
  }
}

bool ends_reach(const Token& token) {
  return token.is(SmallWord::kHard) || token.is(SmallWord::kSoft) || token.is(SmallWord::kNo);
}

enum class Said : std::uint8_t { kNothing, kYes, kNo };

class Binder {
 public:
  Binder(Text text, const std::vector<Token>& tokens)
      : text_(text),
        tokens_(tokens),
        number_of_(tokens.size(), kNone),
        used_(tokens.size()),
        denied_(tokens.size()),
        unsure_(tokens.size()) {}

  model::Facts facts() {
    mark_other_things();
    mark_doubt();
    bind_each();
    bind_nearest();
    bind_lone_numbers();
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (tokens_[i].kind == TokenKind::kFact) state(i);
    }
    return std::move(facts_);
  }

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  // --- Which numbers count nothing ------------------------------------------------------------

  // A bare number must end what it says: "被困3" does, "被困3号楼" and "trapped 3 floors" do not.
  void mark_other_things() {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      const auto& token = tokens_[i];
      if (token.kind != TokenKind::kNumber) continue;
      used_[i] = token.number.of == Of::kSomethingElse;
      if (token.number.of != Of::kBare || i + 1 == tokens_.size()) continue;
      const auto& next = tokens_[i + 1];
      const bool glued = next.begin == token.end;
      if (glued && next.kind == TokenKind::kOther) used_[i] = true;
      if (next.kind != TokenKind::kFact && names_other_things(text_, next.begin)) used_[i] = true;
    }
  }
  [[nodiscard]] bool is_free_number(std::size_t i) const { return tokens_[i].kind == TokenKind::kNumber && !used_[i]; }

  // --- Which word a number belongs to ---------------------------------------------------------

  struct Pair {
    int cost = 0;
    std::size_t first = 0;  // the earlier of the two: from left to right among equals
    std::size_t number = 0, word = 0;
    [[nodiscard]] auto order() const { return std::tuple(cost, first, number); }
  };

  [[nodiscard]] bool spaced(std::size_t a, std::size_t b) const {
    for (auto i = a; i < b; ++i) {
      if (tokens_[i].end < tokens_[i + 1].begin) return true;
    }
    return false;
  }

  // From the number outwards to the nearest word it fits; other countable numbers and ends of clauses stop it.
  void add_pair(std::size_t number, int step, std::vector<Pair>& pairs) const {
    bool label = false, far = false;
    std::size_t at = number;
    for (std::size_t walked = 0; walked < kFarthest; ++walked) {
      if ((step < 0 && at == 0) || (step > 0 && at + 1 == tokens_.size())) return;
      at = step < 0 ? at - 1 : at + 1;
      const auto& token = tokens_[at];
      if (ends_reach(token) || is_free_number(at)) return;
      if (token.kind == TokenKind::kFact && fits(tokens_[number].number, *token.word)) {
        const auto first = std::min(at, number), last = std::max(at, number);
        if (far && tokens_[number].number.of == Of::kBare) return;
        int cost = spaced(first, last) && !(label && step < 0) ? 1 : 0;
        if (far) cost = kFarCost + static_cast<int>(tokens_[last].begin - tokens_[first].end);
        pairs.push_back({cost, first, number, at});
        return;
      }
      label = label || token.is(SmallWord::kLabel);
      far = far || !is_filler(token);
    }
  }

  void bind(std::size_t number, std::size_t word) {
    number_of_[word] = number;
    used_[number] = true;
  }

  void bind_nearest() {
    std::vector<Pair> pairs;
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (!is_free_number(i)) continue;
      add_pair(i, -1, pairs);
      add_pair(i, +1, pairs);
    }
    std::sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) { return a.order() < b.order(); });
    for (const auto& pair : pairs) {
      if (!used_[pair.number] && number_of_[pair.word] == kNone) bind(pair.number, pair.word);
    }
  }

  // "重伤、轻伤各2人": each of the words before it, back to one that has its own number.
  void bind_each() {
    for (std::size_t i = 1; i < tokens_.size(); ++i) {
      if (!is_free_number(i) || !tokens_[i - 1].is(SmallWord::kEach)) continue;
      std::vector<std::size_t> words;
      for (auto at = i - 1; at-- > 0 && !tokens_[at].is(SmallWord::kHard);) {
        if (tokens_[at].kind == TokenKind::kNumber) {
          if (!words.empty()) words.pop_back();
          break;
        }
        if (tokens_[at].kind == TokenKind::kFact && fits(tokens_[i].number, *tokens_[at].word)) words.push_back(at);
      }
      for (const auto word : words) bind(i, word);
    }
  }

  // "有人被困，3人": a clause of nothing but a number of persons belongs to the clause before.
  void bind_lone_numbers() {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (!is_free_number(i) || tokens_[i].number.of != Of::kPersons) continue;
      auto after = i + 1;
      while (after < tokens_.size() && is_filler(tokens_[after])) ++after;
      if (after < tokens_.size() && !tokens_[after].is(SmallWord::kHard)) continue;
      auto before = skip_back(i);
      if (before == kNone || !tokens_[before].is(SmallWord::kHard)) continue;
      before = skip_back(before);
      if (before == kNone || tokens_[before].kind != TokenKind::kFact || number_of_[before] != kNone) continue;
      if (fits(tokens_[i].number, *tokens_[before].word) && !denied(before, true)) bind(i, before);
    }
  }
  // The first token before `i` that is no filler.
  [[nodiscard]] std::size_t skip_back(std::size_t i) const {
    while (i-- > 0) {
      if (!is_filler(tokens_[i])) return i;
    }
    return kNone;
  }

  // --- No and not known -----------------------------------------------------------------------

  void mark_doubt() {
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= tokens_.size(); ++i) {
      if (i < tokens_.size() && !tokens_[i].is(SmallWord::kHard)) continue;
      const auto unsure = std::any_of(tokens_.begin() + static_cast<std::ptrdiff_t>(begin),
                                      tokens_.begin() + static_cast<std::ptrdiff_t>(i),
                                      [](const Token& t) { return t.is(SmallWord::kUnsure); });
      for (auto at = begin; at < i; ++at) unsure_[at] = unsure;
      begin = i + 1;
    }
  }

  // Is the negation at `no` one of the word at `at`?
  [[nodiscard]] bool reaches(std::size_t no, std::size_t at) const {
    if (tokens_[no + 1].is(SmallWord::kHave)) return false;  // 没有 有人被困
    if (is_cjk(text_[tokens_[no].begin]) && spaced(no, at)) return false;
    if (no == 0) return true;
    const auto& before = tokens_[no - 1];
    if (before.is(SmallWord::kNo) || before.is(SmallWord::kWeakNo)) return false;  // 不是没有人被困
    const bool unbound = before.kind == TokenKind::kNumber && !used_[no - 1];
    return !(unbound && before.number.of == Of::kPersons);  // 2人没有被困
  }

  [[nodiscard]] bool denied(std::size_t at, bool people) const {
    for (auto i = at; i-- > 0;) {
      const auto& token = tokens_[i];
      if (token.kind != TokenKind::kSmall) return false;
      switch (token.small) {
        case SmallWord::kFiller:
        case SmallWord::kHave:
        case SmallWord::kYes: continue;
        case SmallWord::kPerson:
          if (people) continue;
          return false;
        case SmallWord::kNo: return reaches(i, at);
        case SmallWord::kWeakNo: return !people && i + 1 == at && !spaced(i, at);
        case SmallWord::kSoft: return i + 1 == at && i > 0 && denied_[i - 1];  // 无死亡、受伤
        default: return false;
      }
    }
    return false;
  }

  // "被困：无", "injured: none", "蔓延：否", "spreading: yes".
  [[nodiscard]] Said said_behind(std::size_t at) const {
    bool label = false;
    for (auto i = at + 1; i < tokens_.size(); ++i) {
      const auto& token = tokens_[i];
      if (token.is(SmallWord::kNo)) return ends_there(i, label) ? Said::kNo : Said::kNothing;
      if (token.is(SmallWord::kYes)) return ends_there(i, label) ? Said::kYes : Said::kNothing;
      if (!token.is(SmallWord::kLabel) && !token.is(SmallWord::kPerson) && !token.is(SmallWord::kFiller)) break;
      label = label || token.is(SmallWord::kLabel);
    }
    return Said::kNothing;
  }
  [[nodiscard]] bool ends_there(std::size_t i, bool label) const {
    if (i + 1 == tokens_.size()) return true;
    const auto& next = tokens_[i + 1];
    if (next.is(SmallWord::kHard) || next.is(SmallWord::kSoft)) return true;
    const bool cjk = is_cjk(text_[tokens_[i].begin]);
    if (!spaced(i, i + 1)) return false;
    if (cjk) return label || next.kind == TokenKind::kNumber;
    return label && (next.kind == TokenKind::kNumber || next.kind == TokenKind::kFact);
  }

  [[nodiscard]] bool stands_before(std::size_t at, SmallWord what) const {
    for (auto i = at; i-- > 0;) {
      if (tokens_[i].is(what)) return true;
      if (!is_filler(tokens_[i])) return false;
    }
    return false;
  }

  // --- What a word says -----------------------------------------------------------------------

  void state(std::size_t at) {
    denied_[at] = number_of_[at] == kNone && denied(at, true);
    for (const auto& meaning : tokens_[at].word->meanings) {
      if (counts_people(meaning)) {
        state_count(at, meaning);
      } else if (measures(meaning)) {
        state_measure(at, meaning);
      } else if (meaning.choice >= 0) {
        state_choice(at, meaning);
      } else if (meaning.attribute->type == AttributeType::kFlag) {
        state_flag(at, *meaning.attribute);
      }
    }
  }

  // The value as the words before the number leave it: 不到5人 says nothing, 无一人 says none.
  [[nodiscard]] std::optional<Quantity> value_of(std::size_t number) const {
    auto value = tokens_[number].number.value;
    if (stands_before(number, SmallWord::kAtMost)) return std::nullopt;
    const bool negated = number > 0 && tokens_[number - 1].is(SmallWord::kNo) && !spaced(number - 1, number);
    if (!negated || value == Quantity{}) return value;
    if (value == Quantity::whole(1)) return Quantity{};
    return std::nullopt;
  }

  void state_count(std::size_t at, const Meaning& meaning) {
    std::optional<Quantity> value;
    if (const auto number = number_of_[at]; number != kNone) {
      if (fits(tokens_[number].number, meaning)) value = value_of(number);
    } else if (said_behind(at) == Said::kNo || (denied_[at] && !unsure_[at])) {
      value = Quantity{};
    }
    if (!value) return;
    if (meaning.attribute == nullptr) {
      if (*value == Quantity{}) none_of(meaning.group);
      return;
    }
    // Of all counts only this one is a deed that can be still to do: 需转移200人, 未转移200人.
    const bool to_do = meaning.attribute->name == "evacuated" &&
                       (stands_before(at, SmallWord::kHindered) || (value > Quantity{} && denied(at, true)));
    if (!to_do) keep(*meaning.attribute, *value);
  }
  void none_of(HarmGroup group) {
    for (const auto name : counts_of(group)) none_.push_back(name);
  }

  void state_measure(std::size_t at, const Meaning& meaning) {
    const auto index = number_of_[at];
    if (index == kNone) return;
    const auto& number = tokens_[index].number;
    const auto value = value_of(index);
    if (!value || !fits(number, meaning)) return;
    const auto converted = number.of == Of::kMeasure ? convert(*value, number.unit, meaning.unit) : value;
    if (converted) keep(*meaning.attribute, *converted);
  }

  void state_flag(std::size_t at, const plan::Attribute& attribute) {
    const auto behind = said_behind(at);
    if (behind != Said::kNothing) {
      keep(attribute, behind == Said::kYes);
    } else if (!unsure_[at] && !stands_before(at, SmallWord::kHindered)) {
      const bool no = denied(at, false);
      denied_[at] = denied_[at] || no;
      keep(attribute, !no);
    }
  }

  void state_choice(std::size_t at, const Meaning& meaning) {
    const bool elsewhere =
        stands_before(at, SmallWord::kToward) || (at + 1 < tokens_.size() && tokens_[at + 1].is(SmallWord::kBeside));
    if (elsewhere || unsure_[at] || denied(at, false)) return;
    const auto& choices = meaning.attribute->choices;
    const auto& name = choices[static_cast<std::size_t>(meaning.choice)];
    auto [entry, first] = facts_.try_emplace(meaning.attribute->name, model::Choice{name});
    if (first) return;
    const auto& kept = std::get<model::Choice>(entry->second).name;
    const auto before = std::find(choices.begin(), choices.end(), kept) - choices.begin();
    const bool worse =
        meaning.attribute->worse == plan::Worse::kHigher ? meaning.choice > before : meaning.choice < before;
    if (worse) entry->second = model::Choice{name};
  }

  // Said twice: the worse.
  void keep(const plan::Attribute& attribute, const model::FactValue& value) {
    auto [entry, first] = facts_.try_emplace(attribute.name, value);
    if (first) return;
    const bool worse = attribute.worse == plan::Worse::kHigher ? entry->second < value : value < entry->second;
    if (worse) entry->second = value;
  }

 public:
  // Counts of which the text says that there are none at all, as a group.
  [[nodiscard]] const std::vector<std::string_view>& none() const { return none_; }

 private:
  Text text_;
  const std::vector<Token>& tokens_;
  std::vector<std::size_t> number_of_;  // by word: the number bound to it
  std::vector<bool> used_;              // by number: bound, or counting something else
  std::vector<bool> denied_;            // by word, filled from left to right
  std::vector<bool> unsure_;            // by token: something in its clause is in doubt
  std::vector<std::string_view> none_;
  model::Facts facts_;
};

}  // namespace

model::Facts facts_said(Text text, const std::vector<Token>& tokens) {
  Binder binder(text, tokens);
  auto facts = binder.facts();
  for (const auto name : binder.none()) facts.try_emplace(std::string(name), Quantity{});
  return facts;
}

bool is_denied(Text text, const std::vector<Token>& tokens, std::size_t at, std::size_t begin) {
  bool cjk_space = at > 0 && tokens[at - 1].end < begin;
  for (auto i = at; i-- > 0;) {
    const auto& token = tokens[i];
    if (token.is(SmallWord::kWeakNo)) return i + 1 == at && token.end == begin;
    if (token.is(SmallWord::kNo)) {
      if (i + 1 < at && tokens[i + 1].is(SmallWord::kHave)) return false;
      return !(cjk_space && is_cjk(text[token.begin])) && token.end <= begin;
    }
    if (!token.is(SmallWord::kFiller) && !token.is(SmallWord::kHave) && !token.is(SmallWord::kYes)) return false;
    cjk_space = cjk_space || (i > 0 && tokens[i - 1].end < token.begin);
  }
  return false;
}

}  // namespace tocsin::triage
