// Values of the model as JSON with stable keys (docs/api/openapi.yaml lists them).
//
// Ids are 13 characters of base32, times RFC 3339 in UTC, levels the plan's level ids, an incident
// its spoken code.  What is unknown or absent is null.  Pure functions, safe from any thread; bytes
// that are not UTF-8 become U+FFFD.  Written in json_out.cc (incidents and what belongs to them) and json_office.cc.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/https/cursor.h"
#include "adapters/https/problems.h"
#include "gateway/model/command.h"
#include "gateway/model/contact_doubt.h"
#include "gateway/model/desk_view.h"
#include "gateway/model/inbox.h"
#include "gateway/model/views.h"
#include "gateway/ports/front_door.h"
#include "gateway/ports/past_directory.h"

namespace tocsin::ports {
struct ReportStanding;
}

namespace tocsin::https {

// For whom it is written.
struct Viewer {
  const ports::Roster& roster;
  bool is_desk = false;        // duty, admin and auditor: reporters' labels and masked addresses too
  bool whole_numbers = false;  // of the call sheet: duty and admin, who have to dial them
  // The directory as it was when they were told; null: people are shown as they are called today.
  const ports::PastDirectory* past = nullptr;
};

// Spoken codes of incidents, by id; an id that is not in it gives null.
using IncidentCodes = std::map<model::IncidentId, int>;
// What reports have come to, by incident; of one that is not in it nothing is known.
using Standings = std::map<model::IncidentId, ports::ReportStanding>;
// Approvals that are waited for, by incident.
using Awaiting = std::map<model::IncidentId, model::Awaiting>;
// What a list says of incidents beside them; how they stand is null for those that `summaries` has not.
struct Beside {
  Awaiting awaiting;
  model::Summaries summaries;
};

[[nodiscard]] std::string problem_json(const ProblemInfo& info, std::string_view detail, std::string_view field,
                                       std::string_view language);
[[nodiscard]] std::string submitted_json(const model::SubmittedReport& report);
[[nodiscard]] std::string attached_json(const model::Attachment& file, const model::AttachedFile& reply);
[[nodiscard]] std::string incident_reply_json(const model::IncidentReply& reply, const std::string& level_id);
[[nodiscard]] std::string incidents_json(const model::Page<model::Incident>& page, const Beside& beside,
                                         const Viewer& viewer);
[[nodiscard]] std::string changes_json(const model::Changes& changes, const IncidentCodes& codes, const Beside& beside,
                                       const Viewer& viewer);
[[nodiscard]] std::string tasks_json(const std::vector<model::OpenTask>& tasks);
// The arrays alone, as lists hold them.
[[nodiscard]] std::string incident_list_json(const std::vector<model::Incident>& incidents, const Beside& beside,
                                             const Viewer& viewer);
[[nodiscard]] std::string task_list_json(const std::vector<model::OpenTask>& tasks);
[[nodiscard]] std::string incident_json(const model::IncidentView& view, const Viewer& viewer);
// Of one incident, with their deliveries; `code` is its spoken code.
[[nodiscard]] std::string incident_alerts_json(const model::Page<model::AlertView>& page, int code,
                                               const Viewer& viewer);
[[nodiscard]] std::string incident_reports_json(const model::Page<model::ReportView>& page, const Viewer& viewer);
[[nodiscard]] std::string alerts_json(const model::Page<model::Alert>& page, const IncidentCodes& codes,
                                      const Viewer& viewer);
// One's own reports, and one of them.
[[nodiscard]] std::string reports_json(const model::Page<model::Report>& page, const IncidentCodes& codes,
                                       const Standings& standings, const Viewer& viewer);
[[nodiscard]] std::string report_json(const model::Report& report, const IncidentCodes& codes,
                                      const Standings& standings, const Viewer& viewer);
// With its words, and whether it can still be answered; `approval`: what became of what it asks to be decided, if it
// does; `scene`: of its incident, as JSON, without which there is none.
[[nodiscard]] std::string alert_page_json(const model::AlertPage& page, std::optional<model::ApprovalState> approval,
                                          std::string_view scene, const Viewer& viewer);
[[nodiscard]] std::string facts_json(const model::Facts& facts);
[[nodiscard]] std::string alert_json(const model::Alert& alert, const IncidentCodes& codes, const Viewer& viewer);
// With the phone numbers of the persons on it: for the desk only.
[[nodiscard]] std::string call_sheet_json(const std::vector<model::CallLine>& lines, const Viewer& viewer);
[[nodiscard]] std::string outcome_json(model::DeliveryId line, std::string_view outcome);
[[nodiscard]] std::string task_done_json(model::TaskId task);
// Contact points in doubt, of those whom the directory still has; numbers masked, whoever asks.
[[nodiscard]] std::string doubts_json(const std::vector<model::ContactDoubt>& doubts, const IncidentCodes& codes,
                                      const Viewer& viewer);
// The contact check: its newest round, and the contact points of the directory that were silent; numbers masked.
[[nodiscard]] std::string contact_checks_json(const model::ContactChecks& checks, const ports::Roster& roster);
// One person's own contact points, with what came of their last check; null when nobody asked, or they answered.
[[nodiscard]] std::string my_contacts_json(const model::PersonCard* card, const model::ContactChecks& checks);
// Numbers whole while a message waits, masked once it was taken over.
[[nodiscard]] std::string inbox_json(const model::Inbox& inbox, const Viewer& viewer);
[[nodiscard]] std::string message_json(const model::InboxEntry& message, const Viewer& viewer);
// What is said beside entries: reasons in words, by the digests of those that have one, and whose alerts they are
// about.
struct BesideEntries {
  std::map<std::string, std::string, std::less<>> reasons;
  std::map<model::AlertId, model::PersonId> told;
};
[[nodiscard]] std::string record_json(const std::vector<model::RecordEntry>& entries, std::int64_t after,
                                      const BesideEntries& beside, const Viewer& viewer);
// A person as they were called then: code and name; "null" for nobody.
[[nodiscard]] std::string who_was_json(model::PersonId who, base::UtcTime then, const Viewer& viewer);
[[nodiscard]] std::string plan_json(const ports::PlanForm& form, const ports::OfficeCard& card);
// Without `places` centres and assembly points are null.
[[nodiscard]] std::string areas_json(const ports::Roster& roster, bool places);
[[nodiscard]] std::string area_at_json(const std::optional<model::PlaceFound>& found, const ports::Roster& roster);
// All outlines as a FeatureCollection of GeoJSON (RFC 7946).
[[nodiscard]] std::string outlines_geojson(const ports::Roster& roster);
[[nodiscard]] std::string status_json(const model::StoreStatus& status);
[[nodiscard]] std::string readiness_json(const ports::Readiness& readiness, std::string_view language);

}  // namespace tocsin::https
