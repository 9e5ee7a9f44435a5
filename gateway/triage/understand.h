// Reads what people type into an SMS or a free-text box: a report's facts, or an answer.
//
// Normal form first (ICU NFKC case fold, traditional to simplified), then the plan's keywords.
// Numbers are Arabic or Chinese (两, 十二, 半 is none) and bind to the nearest keyword: "伤2", "两人被困",
// "2 injured", "injured: 2".  A keyword without a number makes a flag true and leaves a count unknown.
// "没有人被困", "无人伤亡", "no injured" are zero; "不清楚", "unknown" leave it unknown.
// Area names and aliases are found as the longest match.  Any thread after construction.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "gateway/model/answer.h"
#include "gateway/model/recipient.h"
#include "gateway/model/report.h"
#include "gateway/plan/plan.h"

namespace tocsin::triage {

struct Understood {
  model::HazardKind kind = model::HazardKind::kUnclassified;
  model::Facts facts;
  model::AreaId area;
  std::string key;     // "#" + 13 base32 characters of a pre-filled SMS, without the #
  bool drill = false;  // begins with 演练 or DRILL
};

struct UnderstoodAnswer {
  model::AnswerKind kind = model::AnswerKind::kNone;  // kReplied: words that are no clear answer
  std::optional<int> code;   // an incident code said with it ("2 107", "107 coming")
  bool bare = false;         // nothing but the digit or word (and the code)
};

// The plan's and the areas' words, prepared once.  Immutable; make a new one when either is swapped.
class Vocabulary {
 public:
  Vocabulary(plan::PlanPtr plan, std::span<const model::AreaInfo> areas);
  ~Vocabulary();
  Vocabulary(Vocabulary&&) noexcept;
  Vocabulary& operator=(Vocabulary&&) noexcept;

  // Never fails: what is not understood stays unknown.  At most 2,000 characters are read.
  [[nodiscard]] Understood read_report(std::string_view text) const;
  // An area by code, name or alias, exactly (after normal form); 0 when none or several.
  [[nodiscard]] model::AreaId find_area(std::string_view name) const;

 private:
  struct Words;
  std::unique_ptr<const Words> words_;
};

// 1 received, 2 coming, 3 arrived, 0 cannot; any width and alphabet; words (收到, 到, ok, coming); a
// three- to six-digit number beside it is an incident code.  Empty when the text is no answer at all
// (it names a hazard or a count: "被困2").  Pure.
[[nodiscard]] std::optional<UnderstoodAnswer> read_answer(std::string_view text);

// NFKC case fold, traditional to simplified, white space runs to one space.  Pure.
[[nodiscard]] std::string normal_form(std::string_view utf8);

}  // namespace tocsin::triage
