// All words one looks for, found as the longest match at a place.  Private to triage.
//
// A tree by character: the cost of a look-up is the length of what matches, however many words there are.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "gateway/model/ids.h"
#include "gateway/model/kinds.h"
#include "gateway/plan/plan.h"
#include "gateway/triage/letters.h"
#include "gateway/triage/units.h"

namespace tocsin::triage {

// Words that any plan shares: negations, doubts, bounds, fillers.
enum class SmallWord : std::uint8_t {
  kNone,
  kOther,     // protects what only looks like one of the others: 淹没, 不少
  kHard,      // 但, but: ends a clause as a comma does
  kSoft,      // 和, and: ends a clause, but a negation goes on
  kNo,        // 没有, nobody
  kWeakNo,    // 不: negates only what follows at once
  kYes,       // 是, yes: only behind a label
  kHindered,  // 需, 无法: what follows has not happened
  kUnsure,    // 不清楚, 可能, unknown
  kAtMost,    // 不到, up to
  kAbout,     // 约, over
  kEach,      // 各
  kPerson,    // 人, people, where no number stands before
  kHave,      // 有: never at once behind a negation
  kFiller,    // 发现, is
  kPast,      // 了, 共: filler, but ends a negation
  kLabel,     // 人数, ':'
  kToward,    // 送往, near: the place named next is not where it happens
  kBeside,    // 附近: nor the one named before
};
struct SmallWordList {
  SmallWord kind;
  const char32_t* words;  // separated by '|'
};
[[nodiscard]] std::span<const SmallWordList> small_words();

// Several counts at once, for negations: "无伤亡", "nobody hurt".
enum class HarmGroup : std::uint8_t { kNone, kCasualties, kInjuries };
struct HarmWordList {
  HarmGroup group;
  const char32_t* words;
};
[[nodiscard]] std::span<const HarmWordList> harm_words();
[[nodiscard]] std::vector<std::string_view> counts_of(HarmGroup group);

// What a word of the plan says about an attribute.
struct Meaning {
  const plan::Attribute* attribute = nullptr;  // null for a harm group
  int choice = -1;                             // index into attribute->choices
  HarmGroup group = HarmGroup::kNone;
  Unit unit;  // of a measure
};

struct Word {
  std::vector<model::AreaId> areas;  // several: ambiguous by itself
  std::vector<model::HazardKind> hazards;
  std::vector<Meaning> meanings;
  SmallWord small = SmallWord::kNone;
};

struct Match {
  const Word* word = nullptr;
  std::size_t length = 0;
  explicit operator bool() const { return word != nullptr; }
};
struct Matches {
  Match area, hazard, fact, small;
};

class WordTree {
 public:
  // The entry of a word, made if it is new.  The reference is good until the next call.  `word` is in normal form and
  // not empty.
  Word& entry(Text word);
  // The longest of each sort that begins at `at` and is no part of a longer word.  English plurals ("fires") match too.
  [[nodiscard]] Matches find(Text text, std::size_t at) const;

 private:
  struct Node {
    std::vector<std::pair<char32_t, int>> next;  // by character
    int word = -1;
  };
  [[nodiscard]] int child(int node, char32_t c) const;

  std::vector<Node> nodes_{1};
  std::unordered_map<char32_t, int> first_;  // children of the root
  std::vector<Word> words_;
};

}  // namespace tocsin::triage
