// The read side: what the desk, the API and the CLI ask.
//
// Every function may be called from any thread; each uses a read-only connection of its own and never
// waits for the writer.  Each returns one consistent picture.  Lists are capped by `limit`.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gateway/base/result.h"
#include "gateway/model/inbox.h"
#include "gateway/model/views.h"
#include "gateway/ports/care_queries.h"
#include "gateway/ports/desk_queries.h"
#include "gateway/ports/identity_queries.h"
#include "gateway/ports/plan_queries.h"

namespace tocsin::ports {

class Queries : public IdentityQueries, public PlanQueries, public CareQueries, public DeskQueries {
 public:
  // One page, newest first.
  [[nodiscard]] virtual base::Result<model::Page<model::Incident>> incidents(
      const model::IncidentsWanted& wanted) const = 0;
  // By its code or an alias.  kNotFound otherwise.
  [[nodiscard]] virtual base::Result<model::IncidentView> incident(int code, int alert_limit) const = 0;
  // Pages of what that incident holds, oldest first; `after`: behind that report, 0 = from the first.
  // kNotFound when no incident has the code.
  [[nodiscard]] virtual base::Result<model::Page<model::AlertView>> alerts_of(
      int code, const model::AlertsWanted& wanted) const = 0;
  [[nodiscard]] virtual base::Result<model::Page<model::ReportView>> reports_of(int code, model::ReportId after,
                                                                                int limit) const = 0;
  // What strangers wrote, newest first.
  [[nodiscard]] virtual base::Result<model::Inbox> inbox(const model::InboxWanted& wanted) const = 0;
  // One line per person over all incidents, most urgent first, real before drill.
  [[nodiscard]] virtual base::Result<std::vector<model::CallLine>> call_sheet(int limit) const = 0;
  // One page of the alerts and updates of one person, newest first, settled ones and those of ended incidents too;
  // `open_only`: what still waits for an answer.  `before`: the page behind that alert, 0 = the first.
  [[nodiscard]] virtual base::Result<model::Page<model::Alert>> alerts_of(model::PersonId person, bool open_only,
                                                                          model::AlertId before, int limit) const = 0;
  // Spoken codes of incidents; ids nobody has are left out.
  [[nodiscard]] virtual base::Result<std::map<model::IncidentId, int>> codes(
      std::span<const model::IncidentId> ids) const = 0;
  // Whose alerts those are; ids nobody has are left out.
  [[nodiscard]] virtual base::Result<std::map<model::AlertId, model::PersonId>> told_by(
      std::span<const model::AlertId> ids) const = 0;
  // Of those incidents, the ones that wait for people: whose call-out awaits somebody's word, or that have replies in
  // words to look at.
  [[nodiscard]] virtual base::Result<std::map<model::IncidentId, model::Awaiting>> awaiting(
      std::span<const model::IncidentId> ids) const = 0;
  [[nodiscard]] virtual base::Result<std::optional<model::Report>> report(model::ReportId id) const = 0;
  // The reports of the incident (by its code or an alias) that have that file, at most 32; empty when none has.
  [[nodiscard]] virtual base::Result<std::vector<model::AttachmentView>> attachment(int code,
                                                                                    std::string_view hash) const = 0;
  // Has that person an alert of the incident, whatever became of it?
  [[nodiscard]] virtual base::Result<bool> was_told(model::IncidentId incident, model::PersonId person) const = 0;
  // What changed behind an entry of the record, as far as the asker may see it.
  [[nodiscard]] virtual base::Result<model::Changes> changes(const model::ChangesWanted& wanted) const = 0;
  [[nodiscard]] virtual base::Result<std::optional<model::Alert>> alert(model::AlertId id) const = 0;
  // Entries with seq > `after`, oldest first; all, or of one incident.
  [[nodiscard]] virtual base::Result<std::vector<model::RecordEntry>> record(std::int64_t after, model::IncidentId only,
                                                                             int limit) const = 0;
  [[nodiscard]] virtual base::Result<model::StoreStatus> status() const = 0;
};

}  // namespace tocsin::ports
