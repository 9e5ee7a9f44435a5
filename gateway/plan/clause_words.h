// What the plan's rules say, in the words of the people who own them, English and Chinese at once.
//
// One place for `plan doc`, `plan diff` and `plan test`.  Names come from the plan in the language of the sentence,
// else in the plan's first.  Pure; any thread.
//   range     "injured 3 up to, not including, 10"   受伤3人以上、不足10人       the law's 以上 includes, 不足 does not
//             "injured 3 or more"  受伤3人以上        "injured fewer than 3"  受伤不足3人      "injured exactly 3"
//   flag      "spreading: yes"     正在蔓延：是
//   choice    "place: a school or a hospital"        场所：学校或医院
#pragma once

#include "gateway/base/said.h"
#include "gateway/plan/plan.h"

namespace tocsin::plan {

// Both languages of words of the plan.
[[nodiscard]] base::Said said_of(const Plan& plan, const Words& words);
[[nodiscard]] base::Said name_of(const Plan& plan, const Hazard& hazard);
// A count without a name of its own has that of the closed list; an attribute the plan does not have is `name` itself.
[[nodiscard]] base::Said name_of_attribute(const Plan& plan, const std::string& name);
[[nodiscard]] base::Said name_of_choice(const Attribute& attribute, const std::string& choice, const Plan& plan);
// "level III"; "unclassified" for kNoLevel.
[[nodiscard]] base::Said name_of_level(const Plan& plan, model::LevelIndex level);

[[nodiscard]] base::Said in_words(const Plan& plan, const std::string& attribute, const Range& range);
[[nodiscard]] base::Said in_words(const Plan& plan, const std::string& attribute, bool flag);
[[nodiscard]] base::Said in_words(const Plan& plan, const std::string& attribute, const AnyChoice& choices);
[[nodiscard]] base::Said in_words(const Plan& plan, const Condition& condition);
// All of its conditions; "always" for none.
[[nodiscard]] base::Said in_words(const Plan& plan, const Clause& clause);
// "22:00-07:00, working days".
[[nodiscard]] base::Said in_words(const Hours& hours);
// "08:05", of minutes since midnight; 1440 is "24:00".
[[nodiscard]] std::string clock_text(int minute);
// "post commander" and 岗位 commander: the code, for where no directory gives a name.
[[nodiscard]] base::Said in_words(const model::Selector& selector);
// "5 min", "1 h 30 min" and 5分钟、1小时30分钟.
[[nodiscard]] base::Said in_words(base::Duration d);

// Items one after the other with a word between, each half in its own language.
[[nodiscard]] base::Said joined(const std::vector<base::Said>& items, const base::Said& between);

}  // namespace tocsin::plan
