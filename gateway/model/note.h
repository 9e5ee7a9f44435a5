// What people said in their own words about an incident.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/model/alert.h"

namespace tocsin::model {

// Persisted: numbers are frozen.
enum class NoteKind : std::uint8_t {
  kReason = 0,      // of the desk: why it lowered a level, or ended it
  kReplied = 1,     // somebody replied in words that are no clear answer: the desk is to look
  kWithAnswer = 2,  // said along with an answer, or noted in a desk call
};
[[nodiscard]] std::string_view name_of(NoteKind kind);

struct Note {
  AlertId alert;    // 0: a reason
  PersonId person;  // of the alert
  NoteKind kind = NoteKind::kReason;
  std::string text;  // masked
  base::UtcTime at{};
  std::optional<base::UtcTime> looked_at;  // a reply that the desk looked at, or that a clear answer followed
};
[[nodiscard]] inline bool needs_look(const Note& note) {
  return note.kind == NoteKind::kReplied && !note.looked_at;
}

}  // namespace tocsin::model
