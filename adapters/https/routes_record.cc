#include <algorithm>
#include <limits>

#include "adapters/https/handlers.h"
#include "gateway/model/reason_mark.h"

namespace tocsin::https {

base::Result<HttpResponse> get_record(const Call& call) {
  const auto after = query_number(call, "after", 0, 0, std::numeric_limits<std::int64_t>::max());
  if (!after.ok()) return after.error();
  const auto page = page_wanted(call, CursorOf::kRecord, 200, kMaxEntries);
  if (!page.ok()) return page.error();
  if (page->position != 0 && *after != 0) return base::invalid("cursor: give it or `after`, not both", "cursor");
  const std::int64_t behind = std::max(*after, page->position);
  const auto code = query_number(call, "incident", 0, 1, std::numeric_limits<int>::max());
  if (!code.ok()) return code.error();

  model::IncidentId only{};
  if (*code != 0) {
    const auto view = call.door.queries().incident(static_cast<int>(*code), 0);
    if (!view.ok()) return view.error();
    only = view->incident.id;
  }
  const auto entries = call.door.queries().record(behind, only, page->limit);
  if (!entries.ok()) return entries.error();
  if (!only) call.doorway.audit.read_list(call.by, "GET /api/v1/record");
  auto reasons = call.door.queries().reasons_said(model::reasons_of(*entries));
  if (!reasons.ok()) return reasons.error();
  auto told = call.door.queries().told_by(model::alerts_of(*entries));
  if (!told.ok()) return told.error();
  const auto roster = call.door.roster();
  const auto past = past_of(call);
  auto shown_to = viewer(call, *roster);
  shown_to.past = past.get();
  return json_response(200, record_json(*entries, behind, {std::move(*reasons), std::move(*told)}, shown_to));
}

base::Result<HttpResponse> get_plan(const Call& call) {
  const std::string_view wanted = call.query_value("lang");
  if (!wanted.empty() && wanted != "zh" && wanted != "en") return base::invalid("lang: expected zh or en", "lang");
  const auto form = call.door.plan_form(wanted.empty() ? call.language : std::string(wanted));
  return json_response(200, plan_json(form, call.door.card()));
}

base::Result<HttpResponse> get_status(const Call& call) {
  const auto status = call.door.queries().status();
  if (!status.ok()) return status.error();
  return json_response(200, status_json(*status));
}

}  // namespace tocsin::https
