// Reads what people type into an SMS or a free-text box: a report's facts, or an answer.
//
// Normal form first (ICU NFKC case fold, traditional to simplified), then the plan's keywords: names and keywords of
// hazards, keywords of attributes and choices, labels of counts and measures, in every language of the plan.  A word
// matches as the longest at its place, never inside a longer Latin word or number, English plurals included.
//
// Numbers are Arabic, Chinese (两, 十二, 俩, 零点五; 半 is none) or English up to twelve.
//   - They bind to the nearest keyword of their clause: "伤2", "两人被困", "2人重伤1人死亡", "2 injured, 1 trapped",
//     "injured: 2", "重伤、轻伤各2人".  Clauses end at punctuation, line breaks, 和, and, 但, but.
//   - A count needs persons behind it (人, 名, people) or its keyword right beside it.  "3号楼", "12栋", "5单元",
//   "K12+300",
//     "#3", "12:30", "2辆车", "20名消防员" and 110, 119, 120 count nobody; nor do digits inside the name of an area.
//   - "20多人", "3-5人", "两三人", "十几人", "至少5人", "more than 5" give their lower bound, "约30" and "近30" what
//   they say.
//     "十来人", "几十人", "不到5人", "5人以下", "at most 5" give nothing: the count stays unknown and is asked.
//   - A measure takes its unit along: "水深50厘米" is 0.5 where the plan counts metres, "水深1米2" is 1.2; a number
//     without unit is in the plan's; one with a unit of another sort is not taken.
// A keyword without a number makes a flag true and leaves a count unknown.
// "没有人被困", "被困：无", "无一人受伤", "no one trapped" are zero, "没有蔓延", "not spreading" and "蔓延：否" no.
// 伤亡, casualties and hurt stand for dead, serious and light there, 受伤 and injured for serious and light.  A doubt
// in the same clause (不清楚, 是否, 可能, unknown, "?") leaves counts without a number and flags unknown.  A negation
// goes on over 、和 or ("无死亡、受伤"), not over a comma.
// A choice is named by its keywords, of several the worst; not by a place that is only near or gone to ("学校附近",
// "已送医院").  Said twice, the worse counts.  Only facts the hazard knows are kept (of an unclassified report: that
// the plan knows), so check_facts accepts what read_report gives.
//
// The hazard is that of the longest keyword not negated, of equals the first; a word of two hazards goes to the one
// also named otherwise, else the one whose default level is higher.
// The area is the first one named, made exact by one named within it ("东风社区 一网格").  A name that two areas share
// counts only when another name in the text decides.  Names without a letter, or of one character, are no place in
// running text.
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
  // Of a pre-filled SMS: "#" + 13, or "#k:" + 8 to 13 base32 characters, without the sign, upper case, I L O as 1 1 0.
  std::string key;
  bool drill =
      false;  // begins with 演练 or DRILL (in brackets or not); "演练场着火", "演练中真的着火" and "drilling" do not
};

struct UnderstoodAnswer {
  model::AnswerKind kind = model::AnswerKind::kNone;  // kReplied: words that are no clear answer
  std::optional<int> code;                            // an incident code said with it ("2 107", "107 coming")
  bool bare = false;  // nothing but the digit or word (and the code); never with kReplied
};

// The plan's and the areas' words, prepared once.  Immutable; make a new one when either is swapped.
// Any thread after construction.
class Vocabulary {
 public:
  Vocabulary(plan::PlanPtr plan, std::span<const model::AreaInfo> areas);
  ~Vocabulary();
  Vocabulary(Vocabulary&&) noexcept;
  Vocabulary& operator=(Vocabulary&&) noexcept;

  // Never fails: what is not understood stays unknown.  At most 2,000 characters are read.
  [[nodiscard]] Understood read_report(std::string_view text) const;
  // An area by code, name or alias, exactly (after normal form); 0 when none or several.  A code wins over names.
  [[nodiscard]] model::AreaId find_area(std::string_view name) const;

 private:
  struct Words;
  std::unique_ptr<const Words> words_;
};

// 1 received, 2 coming, 3 arrived, 0 cannot; any width and alphabet (１, ①, 一); words (收到, 到, ok, coming).  A
// three- to six-digit number beside it is an incident code ("2 107", "107收到", "2#107").  Pure; 300 characters are
// read.
//   - Clear when every word is an answer, a code or polite noise (回复, 谢谢, punctuation, a signature 【…】).  Of
//   several
//     the one that says most counts ("收到，马上到" is coming, "收到，来不了" cannot); "0 马上到" and "1 2" are
//     kReplied.
//   - Anything further makes it kReplied, never yes or no: "2小时后到", "not now, in 2 hours", "不能马上到，1小时后".
//   That
//     is so when it begins like an answer or is short (about 12 characters); a code alone and signs alone are too.
//   - Empty when the text is no answer at all: it names harm or persons ("被困2", "3人"), or is long and begins like no
//     answer.  Words of the plan are not known here: first see what read_report finds, a hazard or facts go first.
//   - A question mark and the words of an auto-responder make any answer kReplied: neither promises anything.
[[nodiscard]] std::optional<UnderstoodAnswer> read_answer(std::string_view text);

// Does it say that no person wrote it: an auto-reply, an out-of-office note, a carrier's receipt?  Whoever answers such
// a text may talk with a machine for ever.  Pure; 300 characters are read.
[[nodiscard]] bool is_automatic(std::string_view text);

// NFKC case fold, traditional to simplified, digits of any alphabet to 0-9, white space runs to one space, none at
// the ends.  Bad bytes become U+FFFD.  Pure, any thread.
[[nodiscard]] std::string normal_form(std::string_view utf8);

}  // namespace tocsin::triage
