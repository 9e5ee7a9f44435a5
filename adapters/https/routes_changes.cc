// The one poll of desk and phones.
#include <algorithm>
#include <limits>
#include <vector>

#include "adapters/https/entity_tags.h"
#include "adapters/https/handlers.h"

namespace tocsin::https {
namespace {

HttpResponse with_tag(HttpResponse response, std::int64_t cursor) {
  response.headers.emplace_back("ETag", '"' + std::to_string(cursor) + '"');
  return response;
}

}  // namespace

// Everything the caller may see hangs on the record, so its last number is the version of it all; while that stands
// still a poll asks nobody and makes no JSON.
base::Result<HttpResponse> get_changes(const Call& call) {
  const std::int64_t last = call.door.last_seq();
  if (!call.request.if_none_match.empty() && none_match_fails(call.request.if_none_match, std::to_string(last))) {
    HttpResponse unchanged;
    unchanged.status = 304;
    return with_tag(std::move(unchanged), last);
  }
  const auto since = query_number(call, "since", 0, 0, std::numeric_limits<std::int64_t>::max());
  if (!since.ok()) return since.error();

  model::ChangesWanted wanted;
  wanted.since = *since;
  wanted.by = call.by;
  wanted.desk = reads_all(call);
  auto changes = call.door.queries().changes(wanted);
  if (!changes.ok()) return changes.error();
  std::vector<model::IncidentId> ids;
  for (const auto& alert : changes->alerts) ids.push_back(alert.incident);
  const auto codes = incident_codes(call, ids);
  if (!codes.ok()) return codes.error();
  // Whoever is behind must get on: for them it is counted anew.
  const auto beside = beside_of(call, changes->incidents, changes->more);
  if (!beside.ok()) return beside.error();
  // How they stand may be a moment old: then the next poll is told of them again.
  if (!changes->incidents.empty()) {
    changes->cursor = std::max(std::min(changes->cursor, beside->summaries.seq), std::min(*since, changes->cursor));
  }
  const auto roster = call.door.roster();
  return with_tag(json_response(200, changes_json(*changes, *codes, *beside, viewer(call, *roster))), changes->cursor);
}

}  // namespace tocsin::https
