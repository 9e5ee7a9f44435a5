// The longest message an office is likely to send from a template: its longest area, a long place, six facts.
//
// Pure; any thread.
#pragma once

#include <string>

#include "gateway/model/message_text.h"
#include "gateway/plan/plan.h"
#include "gateway/ports/roster.h"

namespace tocsin::rehearse {

// What a directory adds to the words of a plan.
struct LongestNames {
  std::string area;      // as a message says it, "东湖社区 三网格"
  std::string assembly;  // assembly point
};
// `roster` null: names of the usual length.
[[nodiscard]] LongestNames longest_names(const ports::Roster* roster);

// `kind`: the hazard it is about, with the six facts that take most words, the plan's longest level name, a place of 20
// characters and a code of four digits.  Fields that are filled in a reply only (question) are filled for templates
// sent as replies.
[[nodiscard]] model::MessageText longest_message(const plan::Plan& plan, model::HazardKind kind,
                                                 const std::string& template_name, const std::string& language,
                                                 model::Channel channel, const LongestNames& names,
                                                 bool one_way = false);
// Its words.
[[nodiscard]] std::string longest_text(const plan::Plan& plan, model::HazardKind kind, const std::string& template_name,
                                       const std::string& language, model::Channel channel, const LongestNames& names,
                                       bool one_way = false);

}  // namespace tocsin::rehearse
