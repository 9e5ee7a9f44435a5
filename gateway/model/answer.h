// What people answer.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace tocsin::model {

// Persisted: numbers are frozen.  Larger settles more, except cannot and replied.
enum class AnswerKind : std::uint8_t {
  kNone = 0,
  kReceived = 1,  // SMS digit 1
  kComing = 2,    // 2
  kArrived = 3,   // 3
  kCannot = 4,    // 0: this person will not come; the ladder goes on to the deputy at once
  kReplied = 5,   // free words: needs a look, never counted as yes or no
  kDecision = 6,  // never given, only needed: whether a response begins; no answer settles it, only the Approve command
};
[[nodiscard]] std::string_view name_of(AnswerKind kind);                      // "received", ...
[[nodiscard]] std::optional<AnswerKind> answer_named(std::string_view name);  // of those people give: not "decision"

// Does `given` satisfy what is `needed`?  arrived > coming > received; cannot and replied never do; nothing satisfies a
// decision.
[[nodiscard]] constexpr bool satisfies(AnswerKind given, AnswerKind needed) {
  const auto rank = [](AnswerKind k) { return k <= AnswerKind::kArrived ? static_cast<int>(k) : 0; };
  if (needed == AnswerKind::kDecision) return false;
  return needed == AnswerKind::kNone || (rank(given) > 0 && rank(given) >= rank(needed));
}

// Persisted: numbers are frozen.
enum class AnswerVia : std::uint8_t { kSms = 1, kWeb = 2, kVoice = 3, kDesk = 4, kApi = 5 };
[[nodiscard]] std::string_view name_of(AnswerVia via);

}  // namespace tocsin::model
