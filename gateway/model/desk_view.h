// What the desk sees at a glance: how open incidents stand, and what waits for people over all of them.
//
// Plain values made by the store's read side; any thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>

#include "gateway/base/time.h"
#include "gateway/model/incident.h"

namespace tocsin::model {

// What an incident waits for with a clock.
enum class DueWhat : std::uint8_t {
  kOpen,      // the desk is to open it
  kApproval,  // somebody's word
  kTask,      // of the desk, not overdue yet
  kStep,      // the answers of a step are counted then
};
[[nodiscard]] std::string_view name_of(DueWhat what);  // "open", "approval", "task", "step"

struct NextDue {
  base::UtcTime at{};
  DueWhat what = DueWhat::kOpen;
};

// People are counted once each, by the last answer they gave, over all call-outs of the incident.
struct IncidentSummary {
  int people = 0;      // told, or owed a message
  int answered = 0;    // received, coming, arrived or cannot
  int unanswered = 0;  // told, and no answer
  int coming = 0, arrived = 0, cannot = 0;
  int exhausted = 0;   // every rung was used, and no answer
  int tasks_open = 0;  // overdue ones too
  std::optional<NextDue> next_due;
};

// Of open incidents; ended ones have none.
struct Summaries {
  std::int64_t seq = 0;  // of the record: everything up to here is in them
  std::map<IncidentId, IncidentSummary> of;
};

struct OpenTask {
  Task task;
  int incident_code = 0;
};

}  // namespace tocsin::model
