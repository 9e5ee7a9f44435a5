// Contact points that failed, or did not answer their check: what the administrator has to look at before the next bad
// night.
#include "adapters/https/handlers.h"

namespace tocsin::https {
namespace {

// A failure is a fault of the number, not of its owner: it is not held against anybody for longer.
constexpr int kDays = 90;

base::UtcTime since_when(const Call& call) {
  return call.door.now() - model::kChecksKept;
}

base::Result<HttpResponse> contact_check_now(const Call& call) {
  const auto checks = call.door.queries().contact_checks(since_when(call));
  if (!checks.ok()) return checks.error();
  const auto roster = call.door.roster();
  return json_response(200, contact_checks_json(*checks, *roster));
}

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

base::Result<HttpResponse> get_contact_check(const Call& call) {
  call.doorway.audit.read_list(call.by, "GET /api/v1/directory/check");
  return contact_check_now(call);
}

base::Result<HttpResponse> post_contact_check_start(const Call& call) {
  if (const auto done = run(call, model::StartContactCheck{call.by}); !done.ok()) return done.error();
  return contact_check_now(call);
}

base::Result<HttpResponse> post_contact_check_stop(const Call& call) {
  if (const auto done = run(call, model::StopContactCheck{call.by}); !done.ok()) return done.error();
  return contact_check_now(call);
}

base::Result<HttpResponse> get_my_contacts(const Call& call) {
  const auto roster = call.door.roster();
  const auto* card = call.by.person ? roster->person(call.by.person) : nullptr;
  if (card == nullptr) return json_response(200, my_contacts_json(nullptr, {}));
  const auto checks = call.door.queries().contact_checks(since_when(call), card->id);
  if (!checks.ok()) return checks.error();
  return json_response(200, my_contacts_json(card, *checks));
}

}  // namespace tocsin::https
