// Reads the one message that decides: an approval, or a refusal of one, with its one-time code.
//
// Strict, unlike answers: every word must be a word of decision, a number or polite noise.  "批准 123456",
// "approve 101 123456", "不同意，验证码123456".  Six digits are the one-time code, three to five an incident's; any
// other number, a question mark, a condition or both yes and no make it no decision at all.  Pure, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tocsin::triage {

struct Decision {
  bool approved = false;
  std::string one_time_code;    // six digits; empty when none was said
  std::optional<int> incident;  // its code
};

// At most 100 characters are read; a longer text is no decision.
[[nodiscard]] std::optional<Decision> read_decision(std::string_view text);

}  // namespace tocsin::triage
