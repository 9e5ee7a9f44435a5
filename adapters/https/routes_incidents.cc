#include "adapters/https/handlers.h"
#include "adapters/https/json_in.h"

namespace tocsin::https {
namespace {

using base::Error;
using base::ErrorCode;

Error no_such_incident() {
  return {ErrorCode::kNotFound, "no incident has that code", {}};
}

// Runs a command of the desk and answers with where the incident stands now.
base::Result<HttpResponse> run_on_incident(const Call& call, model::Command command) {
  const auto done = run(call, std::move(command));
  if (!done.ok()) return done.error();
  const auto* reply = std::get_if<model::IncidentReply>(&*done);
  if (reply == nullptr) return Error{ErrorCode::kInternal, "a desk command has another reply than expected", {}};
  // The level's name belongs to the plan the incident runs under, which may not be the one in force.
  const auto view = call.door.queries().incident(reply->code, 0);
  if (!view.ok()) return json_response(200, incident_reply_json(*reply, {}));
  auto response = json_response(200, incident_reply_json(*reply, view->incident.level_id));
  return with_version(std::move(response), {view->incident.id.value, reply->revision});
}

// The body of a command that takes nothing, or `fields` of it.
template <typename Read>
base::Result<HttpResponse> with_fields(const Call& call, Read read) {
  const auto code = incident_code(call);
  if (!code.ok()) return code.error();
  const auto object = parse_object(call.request.body);
  if (!object.ok()) return object.error();
  Fields fields(*object);
  model::Command command = read(fields, *code);
  if (auto status = fields.finish(); !status.ok()) return status.error();
  return run_on_incident(call, std::move(command));
}

}  // namespace

base::Result<int> visible_code(const Call& call) {
  const auto code = incident_code(call);
  if (!code.ok() || reads_all(call)) return code;
  const auto view = call.door.queries().incident(*code, 0);
  if (!view.ok()) return view.error();
  const auto told = may_see(call, view->incident.id);
  if (!told.ok()) return told.error();
  if (!*told) return no_such_incident();
  return code;
}

base::Result<HttpResponse> get_incident_alerts(const Call& call) {
  const auto page = page_wanted(call, CursorOf::kAlertsOf, 200, kMaxPage);
  if (!page.ok()) return page.error();
  const auto waiting = yes_or_no(call, "waiting");
  if (!waiting.ok()) return waiting.error();
  const auto asking = yes_or_no(call, "asking");
  if (!asking.ok()) return asking.error();
  const auto code = visible_code(call);
  if (!code.ok()) return code.error();
  const auto alerts = call.door.queries().alerts_of(
      *code, {model::AlertId{page->position}, page->limit, waiting->value_or(false), asking->value_or(false)});
  if (!alerts.ok()) return alerts.error();
  const auto roster = call.door.roster();
  const auto past = past_of(call);
  auto shown_to = viewer(call, *roster);
  shown_to.past = past.get();
  return json_response(200, incident_alerts_json(*alerts, *code, shown_to));
}

base::Result<HttpResponse> get_incident_reports(const Call& call) {
  const auto page = page_wanted(call, CursorOf::kReportsOf, 200, kMaxPage);
  if (!page.ok()) return page.error();
  const auto code = visible_code(call);
  if (!code.ok()) return code.error();
  const auto reports = call.door.queries().reports_of(*code, model::ReportId{page->position}, page->limit);
  if (!reports.ok()) return reports.error();
  const auto roster = call.door.roster();
  return json_response(200, incident_reports_json(*reports, viewer(call, *roster)));
}

base::Result<HttpResponse> get_incidents(const Call& call) {
  const auto open = yes_or_no(call, "open");
  if (!open.ok()) return open.error();
  const auto page = page_wanted(call, CursorOf::kIncidents, 100, kMaxPage);
  if (!page.ok()) return page.error();
  model::IncidentsWanted wanted;
  wanted.open = *open;
  wanted.before = model::IncidentId{page->position};
  wanted.limit = page->limit;
  const auto roster = call.door.roster();
  if (!reads_all(call)) {
    if (!call.by.person) return json_response(200, incidents_json({}, {}, viewer(call, *roster)));
    wanted.told = call.by.person;
  }
  if (reads_all(call) && !open->value_or(false)) call.doorway.audit.read_list(call.by, "GET /api/v1/incidents");
  const auto incidents = call.door.queries().incidents(wanted);
  if (!incidents.ok()) return incidents.error();
  const auto beside = beside_of(call, incidents->rows, true);
  if (!beside.ok()) return beside.error();
  return json_response(200, incidents_json(*incidents, *beside, viewer(call, *roster)));
}

base::Result<HttpResponse> get_incident(const Call& call) {
  const auto code = incident_code(call);
  if (!code.ok()) return code.error();
  const auto alerts = query_number(call, "alerts", kMaxAlerts, 0, kMaxAlerts);
  if (!alerts.ok()) return alerts.error();
  const auto view = call.door.queries().incident(*code, static_cast<int>(*alerts));
  if (!view.ok()) return view.error();
  const auto told = may_see(call, view->incident.id);
  if (!told.ok()) return told.error();
  if (!*told) return no_such_incident();  // as if it were not there
  const auto roster = call.door.roster();
  const auto past = past_of(call);
  auto shown_to = viewer(call, *roster);
  shown_to.past = past.get();
  return with_version(json_response(200, incident_json(*view, shown_to)), model::version_of(view->incident));
}

base::Result<HttpResponse> post_open(const Call& call) {
  return with_fields(call, [&](Fields&, int code) { return model::OpenIncident{call.by, code, expected(call)}; });
}

base::Result<HttpResponse> post_classify(const Call& call) {
  const auto form = call.door.plan_form(call.language);
  return with_fields(call, [&](Fields& fields, int code) {
    model::ClassifyIncident command{call.by, code, {}, {}, {}, expected(call)};
    command.hazard = fields.text("hazard", {.required = true, .max_characters = 64});
    command.facts = fields.facts("facts", form);
    command.area = fields.text("area", {.max_characters = 100});
    return command;
  });
}

base::Result<HttpResponse> post_level(const Call& call) {
  return with_fields(call, [&](Fields& fields, int code) {
    model::SetLevel command{call.by, code, {}, {}, expected(call)};
    command.level = fields.text("level", {.required = true, .max_characters = 32});
    command.reason = fields.text("reason", {.max_characters = 500});
    return command;
  });
}

base::Result<HttpResponse> post_merge(const Call& call) {
  return with_fields(call, [&](Fields& fields, int code) {
    const auto into = fields.whole_number("into", true);
    return model::MergeIncidents{call.by, code, static_cast<int>(into.value_or(0)), expected(call)};
  });
}

base::Result<HttpResponse> post_split(const Call& call) {
  return with_fields(call, [&](Fields& fields, int code) {
    model::SplitIncident command{call.by, code, {}, {}, {}, expected(call)};
    for (const auto id : fields.ids("reports")) command.reports.push_back(model::ReportId{id});
    command.area = fields.text("area", {.max_characters = 100});
    command.place = fields.text("place", {.max_characters = 300});
    return command;
  });
}

base::Result<HttpResponse> post_stand_down(const Call& call) {
  return with_fields(call, [&](Fields& fields, int code) {
    model::StandDown command{call.by, code, {}, expected(call), {}, {}};
    command.reason = fields.text("reason", {.required = true, .max_characters = 500});
    command.conditions = fields.names("conditions");
    command.ordered_by = fields.text("ordered_by", {.max_characters = 64});
    return command;
  });
}

}  // namespace tocsin::https
