// What the desk sees at a glance: how open incidents stand, and what waits for people over all of them.
//
// Plain values made by the store's read side; any thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/said.h"
#include "gateway/base/time.h"
#include "gateway/model/alert.h"
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
  int unanswered = 0;  // told, asked for an answer, and none came
  int untold = 0;      // owed a message and not told so far
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

// Of open incidents, drills too: what the desk has before it right now.
struct DeskCounts {
  int open_incidents = 0, unopened = 0;
  int inbox_waiting = 0;                  // messages that nobody opened
  int call_lines = 0;                     // persons on the call sheet
  int tasks_open = 0, tasks_overdue = 0;  // overdue ones are open too
  std::map<int, int> waiting;             // by number of the link: deliveries queued or claimed
};

// What a link carried of late.
struct LinkTraffic {
  int handed_over = 0;
  std::optional<base::UtcTime> last_receipt_at;  // that told an end
};

// Something tocsin promises is in danger.
enum class DangerKind : std::uint8_t {
  kStorage,       // the database cannot be written
  kDisk,          // it is filling
  kClock,         // the machine's
  kLink,          // down, silent, or full
  kNobodyOnDuty,  // a duty that the plan calls has nobody now
  kCertificate,
  kPlan,
  kOther,
};
[[nodiscard]] std::string_view name_of(DangerKind kind);  // "storage", "nobody_on_duty", ...

struct Danger {
  DangerKind kind = DangerKind::kOther;
  base::Said words;                    // a sentence
  std::optional<base::UtcTime> since;  // empty: not known
};

enum class LinkState : std::uint8_t {
  kUp,
  kDown,
  kDoubtful,  // it does not confirm as it used to, goes down again and again, or has lost some of its connections
  kStarting,  // not up yet since the start, a moment ago
};
[[nodiscard]] std::string_view name_of(LinkState state);

struct LinkLook {
  LinkIndex index = -1;
  std::string name, kind;  // of the settings: "main", "smpp"
  Channel channel = Channel::kSms;
  LinkState state = LinkState::kStarting;
  base::Said why;                      // it is not simply up; empty: nothing to say
  std::optional<base::UtcTime> since;  // it is like that; empty: not known
  int waiting = 0;                     // deliveries queued for it or on its wire
  int handed_over_1h = 0;
  std::optional<base::UtcTime> last_receipt_at;  // within that hour
};

struct DutyNow {
  struct On {
    PersonId person;
    std::string as;  // the duty or post, as a message to them would say it
  };
  std::string duty;
  std::vector<On> people;  // empty: nobody
};

// The desk's cheap look at everything.
struct DeskLook {
  base::UtcTime at{};
  std::vector<Danger> dangers;
  std::vector<DutyNow> on_duty;
  std::vector<LinkLook> links;  // in the settings' order
  DeskCounts counts;
  int unanswered = 0;  // people told of open incidents, and silent
};

using HandoverId = base::Id<struct HandoverTag>;

// The desk passed from one to the next, with what was open then.
struct Handover {
  HandoverId id;
  base::UtcTime at{};
  std::string by;             // whose session it was: role and name, "duty:desk"
  std::string taken_over_by;  // a name, as written
  PersonId person;            // ... of the directory; 0: none was given
  std::string note;
  std::vector<int> open_incidents;   // codes
  int unanswered = 0;                // people
  std::vector<std::string> dangers;  // names of kinds
  std::int64_t seen = 0;             // entry of the record up to which the sheet was read
};

}  // namespace tocsin::model
