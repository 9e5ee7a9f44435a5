// Contact points that failed: what the administrator has to look at before the next bad night.
#include "adapters/https/handlers.h"

namespace tocsin::https {
namespace {

// A failure is a fault of the number, not of its owner: it is not held against anybody for longer.
constexpr int kDays = 90;

}  // namespace

base::Result<HttpResponse> get_doubtful_contacts(const Call& call) {
  const auto days = query_number(call, "days", kDays, 1, kDays);
  if (!days.ok()) return days.error();
  const auto since = call.door.now() - std::chrono::hours(24) * *days;
  const auto doubts = call.door.queries().doubtful_contacts(since);
  if (!doubts.ok()) return doubts.error();
  call.doorway.audit.read_list(call.by, "GET /api/v1/contacts/doubtful");
  std::vector<model::IncidentId> incidents;
  for (const auto& doubt : *doubts) incidents.push_back(doubt.last.incident);
  const auto codes = incident_codes(call, incidents);
  if (!codes.ok()) return codes.error();
  const auto roster = call.door.roster();
  return json_response(200, doubts_json(*doubts, *codes, viewer(call, *roster)));
}

}  // namespace tocsin::https
