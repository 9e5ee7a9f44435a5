// What the tokens of a text say about the attributes of the plan.  Private to triage.
#pragma once

#include "gateway/model/facts.h"
#include "gateway/triage/scan.h"

namespace tocsin::triage {

// Every fact said, whichever hazard it belongs to.  The rules are in understand.h.
[[nodiscard]] model::Facts facts_said(Text text, const std::vector<Token>& tokens);

// Does a negation stand right before token `at` ("没有着火", "no fire")?  Persons between end it: 没有人…着火.
[[nodiscard]] bool is_denied(Text text, const std::vector<Token>& tokens, std::size_t at, std::size_t begin);

}  // namespace tocsin::triage
