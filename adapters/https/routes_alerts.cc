#include "adapters/https/handlers.h"
#include "adapters/https/json_in.h"

namespace tocsin::https {
namespace {

// The alert of the path, if the caller may see it: one's own, or any for the desk.
base::Result<model::Alert> visible_alert(const Call& call) {
  const base::Error unknown{base::ErrorCode::kNotFound, "no alert has that id", {}};
  const auto id = id_argument(call);
  if (!id.ok()) return unknown;
  auto found = call.door.queries().alert(model::AlertId{*id});
  if (!found.ok()) return found.error();
  if (!found->has_value()) return unknown;
  const model::Alert& alert = **found;
  const bool own = call.by.person && alert.person == call.by.person;
  if (!own && !is_desk(call)) return unknown;
  return alert;
}

base::Result<HttpResponse> answer_with(const Call& call, const model::Alert& alert) {
  const auto codes = incident_codes(call, std::span(&alert.incident, 1));
  if (!codes.ok()) return codes.error();
  const auto roster = call.door.roster();
  return with_version(json_response(200, alert_json(alert, *codes, {*roster, is_desk(call)})),
                      model::version_of(alert));
}

}  // namespace

base::Result<HttpResponse> get_alerts(const Call& call) {
  const auto wanted = page_wanted(call, CursorOf::kAlerts, 100, kMaxPage);
  if (!wanted.ok()) return wanted.error();
  model::Page<model::Alert> page;
  if (call.by.person) {
    auto found = call.door.queries().open_alerts(call.by.person, model::AlertId{wanted->position}, wanted->limit);
    if (!found.ok()) return found.error();
    page = std::move(*found);
  }
  std::vector<model::IncidentId> ids;
  for (const auto& alert : page.rows) ids.push_back(alert.incident);
  const auto codes = incident_codes(call, ids);
  if (!codes.ok()) return codes.error();
  const auto roster = call.door.roster();
  return json_response(200, alerts_json(page, *codes, {*roster, is_desk(call)}));
}

base::Result<HttpResponse> get_alert(const Call& call) {
  const auto alert = visible_alert(call);
  if (!alert.ok()) return alert.error();
  return answer_with(call, *alert);
}

base::Result<HttpResponse> post_answer(const Call& call) {
  const auto alert = visible_alert(call);
  if (!alert.ok()) return alert.error();
  const auto object = parse_object(call.request.body);
  if (!object.ok()) return object.error();
  Fields fields(*object);
  const std::string word = fields.word("answer", {"received", "coming", "arrived", "cannot"}, true);
  const std::string note = fields.text("note", {.max_characters = 500});
  if (auto status = fields.finish(); !status.ok()) return status.error();

  model::AnswerAlert command;
  command.by = call.by;
  command.alert = alert->id;
  command.kind = model::answer_named(word).value_or(model::AnswerKind::kReceived);
  command.via = alert->person == call.by.person ? model::AnswerVia::kApi : model::AnswerVia::kDesk;
  command.note = note;
  command.expected = expected(call);
  const auto done = run(call, std::move(command));
  if (!done.ok()) return done.error();

  const auto after = call.door.queries().alert(alert->id);
  return answer_with(call, after.ok() && after->has_value() ? **after : *alert);
}

}  // namespace tocsin::https
