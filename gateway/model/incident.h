// An incident and the call-out that answers it: values as the store keeps them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/base/said.h"
#include "gateway/base/time.h"
#include "gateway/model/answer.h"
#include "gateway/model/approval.h"
#include "gateway/model/ids.h"
#include "gateway/model/kinds.h"

namespace tocsin::model {

// Persisted: numbers are frozen.
enum class IncidentState : std::uint8_t { kOpen = 1, kEnded = 2, kMerged = 3 };
[[nodiscard]] std::string_view name_of(IncidentState state);

struct Incident {
  IncidentId id;
  int code = 0;  // said aloud and typed into an SMS: a running number from 101
  HazardKind kind = HazardKind::kUnclassified;
  LevelIndex level = kNoLevel;
  std::string level_id;  // as its plan names it
  AreaId area;
  std::string place;
  IncidentState state = IncidentState::kOpen;
  bool drill = false;
  int plan_version = 0;             // the stored plan it runs under to its end
  int revision = 0;                 // grows by one with each raise, lowering, merge, split and stand-down
  LevelIndex assessed = kNoLevel;   // what the facts alone say; a person may have set `level` higher or lower
  std::string clause, clause_text;  // of the assessment in force
  std::string grade_id, grade_clause, grade_clause_text;  // by the published instruments; "" when none is reached
  std::vector<NamedText> desk_questions;  // what only the desk can find out and could raise the level: by attribute
  bool needs_look = false;                // a sum alone would raise the level: the desk is asked
  base::UtcTime opened_at{}, last_report_at{};
  std::optional<base::UtcTime> seen_at;  // the desk opened it (a POST)
  std::optional<base::UtcTime> open_by;  // unless seen before, the steps `start = "not_opened"` begin
  std::optional<base::UtcTime> ended_at;
  IncidentId merged_into;
};

// One response of the plan being carried out for one incident at one level.
// Persisted: numbers are frozen.
enum class CallOutState : std::uint8_t { kEntering = 1, kRunning = 2, kEnded = 3 };

struct CallOut {
  CallOutId id;
  IncidentId incident;
  int revision = 0;
  HazardKind kind = HazardKind::kUnclassified;
  LevelIndex level = kNoLevel;
  std::string level_id;
  CallOutState state = CallOutState::kEntering;
  base::UtcTime started_at{};
  // Who may end the incident while this is its call-out, as the plan's selectors with spaces between ("" = whoever
  // may), and what must be true then.
  std::string stand_down_by;
  std::vector<NamedText> conditions;
};

// Persisted: numbers are frozen.
enum class StepState : std::uint8_t {
  kWaiting = 1,   // not begun: its `start` has not come
  kEntering = 2,  // its recipients are still being entered, slice by slice
  kRunning = 3,
  kSatisfied = 4,  // enough answers
  kShort = 5,      // time is up or nobody is left to answer: its `then` was begun
  kClosed = 6,     // the call-out ended, or was replaced by a higher one
};
[[nodiscard]] std::string_view name_of(StepState state);

// What a step has come to: kept up to date row by row, so that nothing ever walks over a call-out.
struct StepCounters {
  int recipients = 0;     // distinct persons entered, stand-ins included
  int first_pending = 0;  // persons whose first rung has not been handed over yet
  int open = 0;           // persons whose ladder is still climbing and who have not settled it
  int received = 0, coming = 0, arrived = 0, cannot = 0;  // by the best answer of each person
};

struct Step {
  StepId id;
  CallOutId callout;
  IncidentId incident;
  int index = 0;     // position in the plan's response, from 0
  std::string name;  // as the plan names it
  base::Said title;  // what people read instead; never empty in a new row
  StepState state = StepState::kWaiting;
  int needed = 0;  // answers that satisfy it; 0 = informs only
  AnswerKind needs = AnswerKind::kReceived;
  int total = 0;    // recipients the selectors found
  int entered = 0;  // of those, how many have been entered
  StepCounters counters;
  std::optional<base::UtcTime> started_at;
  std::optional<base::UtcTime> last_first_rung_at;  // when the last first rung was handed over
  std::optional<base::UtcTime> look_again_at;
};

// A duty of the desk with a clock: "119, 120, gas company told?"
// Persisted: numbers are frozen.
enum class TaskState : std::uint8_t { kOpen = 1, kDone = 2, kOverdue = 3, kClosed = 4 };
[[nodiscard]] std::string_view name_of(TaskState state);

struct Task {
  TaskId id;
  StepId step;
  IncidentId incident;
  TaskState state = TaskState::kOpen;
  base::Said text;  // as the plan asks it
  base::UtcTime due_at{};
  std::optional<base::UtcTime> done_at;  // an overdue task can still be done
  std::string done_by, note;
};

}  // namespace tocsin::model
