// The office's tables as the checker reads them: by its own plain SQL, with nothing of the engine in between.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gateway/base/result.h"
#include "gateway/db/session.h"

namespace tocsin::simulation {

using Id = std::int64_t;
using Micros = std::optional<std::int64_t>;

struct IncidentRow {
  Id id = 0;
  int code = 0, kind = 0, level = 0, state = 0;
  Id merged_into = 0;
  Micros ended_at;
  int plan_version = 0;
  bool drill = false;
};
struct ReportRow {
  Id id = 0, incident = 0;
  int via = 0;
  std::string reporter, key;
};
struct StepRow {
  Id id = 0, callout = 0, incident = 0;
  int index = 0, state = 0, needed = 0, needs = 0;
  int recipients = 0, first_pending = 0, open = 0, received = 0, coming = 0, arrived = 0, cannot = 0;
  Micros look_again_at;
  std::string name;
};
struct ApprovalRow {
  Id callout = 0, incident = 0, person = 0;
  int state = 0;
  std::string by;
};
struct AlertRow {
  Id id = 0, matter = 0, incident = 0, callout = 0, step = 0, person = 0;
  int matter_kind = 0, ladder = 0, needs = 0, state = 0, reason = 0, answer = 0;
  bool told = false, first_rung_done = false;
  Micros look_again_at;
};
struct MembershipRow {
  Id alert = 0, step = 0;
};
struct DeliveryRow {
  Id id = 0, alert = 0, incident = 0, message = 0;
  int channel = 0, cycle = 0, rung = 0, state = 0;
  std::string address;
  Id summary = 0;  // told together with others by that delivery
  int link = -1;
};
struct NotToldRow {
  Id incident = 0, person = 0;
  int reason = 0;
};
struct RecordRow {
  std::int64_t seq = 0, at = 0;
  int kind = 0;
  Id incident = 0, subject = 0;
  std::int64_t a = 0, b = 0;
  std::string detail;
};

struct AttachmentRow {
  Id report = 0;
  std::string hash;
};

// A message of the inbox, while it is kept.
struct StrangerRow {
  Id id = 0;
  std::int64_t at = 0;
  std::string from, text;
  Micros opened_at;
};

struct Tables {
  std::map<Id, IncidentRow> incidents;
  std::map<int, Id> aliases;  // code -> incident
  std::map<Id, ReportRow> reports;
  std::map<Id, int> callout_states;
  std::map<Id, Id> callouts;             // call-out -> incident
  std::map<Id, std::string> conditions;  // of call-outs that have some: what must be ticked, one a line
  std::map<Id, ApprovalRow> approvals;   // by call-out
  std::map<Id, StepRow> steps;
  std::map<Id, AlertRow> alerts;
  std::vector<MembershipRow> memberships;
  std::map<Id, DeliveryRow> deliveries;
  std::map<Id, std::string> bodies;  // of messages
  std::vector<NotToldRow> not_told;
  std::vector<AttachmentRow> attachments;
  std::vector<StrangerRow> strangers;
  std::vector<RecordRow> record;  // by seq
  std::map<int, int> plan_swaps;  // number -> version
  int pending_work = 0;
};

[[nodiscard]] base::Result<Tables> read_tables(db::Session& session);

}  // namespace tocsin::simulation
