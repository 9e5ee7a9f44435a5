// Words of closed lists as a leader reads them, Chinese or English.  Used by show_text.cc.
#pragma once

#include <string>

#include "gateway/model/alert.h"
#include "gateway/model/incident.h"
#include "gateway/rehearse/simulate.h"

namespace tocsin::rehearse {

struct Phrase {
  const char* zh;
  const char* en;
};
[[nodiscard]] std::string say(const Phrase& phrase, bool chinese);

[[nodiscard]] std::string in_words(model::Channel channel, bool chinese);
[[nodiscard]] std::string in_words(model::Reason reason, bool chinese);
[[nodiscard]] std::string in_words(model::AnswerKind answer, bool chinese);
[[nodiscard]] std::string in_words(model::ApprovalState state, bool chinese);
[[nodiscard]] std::string in_words(model::StepState state, bool chinese);
// One line: "wang: coming", "SMS goes down".
[[nodiscard]] std::string in_words(const Happened& happened, bool chinese);

// "+0s", "+5m", "+1h30m".
[[nodiscard]] std::string after(base::Duration d);

// `text` filled up with blanks to `width` columns of a terminal; Chinese characters take two.
[[nodiscard]] std::string padded(const std::string& text, std::size_t width);
// Broken into lines of at most `most` columns where words or parts of a sentence end; `hang` stands before every line
// but the first.  A word longer than that stays whole.
[[nodiscard]] std::string wrapped(const std::string& text, std::size_t most, const std::string& hang);
[[nodiscard]] std::size_t columns(const std::string& text);

}  // namespace tocsin::rehearse
