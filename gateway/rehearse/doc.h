// The plan as the table a leader signs: one HTML page for print.
//
// A4, black on white, no scripts, nothing fetched; every text of the plan and of the directory is escaped.  Which
// response serves which level of which hazard; levels with their clauses in words and their sources, grades owed
// upward; each response once (doc_responses.h): who is told in which order and over what, waits, approvals, stand-down,
// tasks with their clocks; ladders with their hours, who fills posts and units, messages as a phone shows them, and a
// place for signatures with the plan's version and digest.  Pure: no IO, no clock; equal inputs give equal pages.  Any
// thread.
#pragma once

#include <string>

#include "gateway/base/time.h"
#include "gateway/plan/plan.h"
#include "gateway/ports/roster.h"

namespace tocsin::rehearse {

struct DocOptions {
  std::string language;                   // "zh"; anything else is English
  const ports::Roster* roster = nullptr;  // null: posts and units by their codes, and no list of people
  base::UtcTime at{};                     // with a roster: who fills them then
};

[[nodiscard]] std::string to_html(const plan::Plan& plan, const DocOptions& options);

}  // namespace tocsin::rehearse
