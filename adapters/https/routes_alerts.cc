#include "adapters/https/handlers.h"
#include "adapters/https/json_in.h"
#include "adapters/https/json_scenes.h"

namespace tocsin::https {
namespace {

// The alert of the path, if the caller may see it: one's own, or any for who sees everything; by a link, its own alone.
base::Result<model::AlertPage> visible_alert(const Call& call) {
  const base::Error unknown{base::ErrorCode::kNotFound, "no alert has that id", {}};
  const auto id = id_argument(call);
  if (!id.ok()) return unknown;
  if (call.access.only_alert && call.access.only_alert.value != *id) return unknown;
  auto found = call.door.queries().alert_page(model::AlertId{*id});
  if (!found.ok()) return found.error();
  if (!found->has_value()) return unknown;
  const bool own = call.by.person && (*found)->alert.person == call.by.person;
  if (!own && !reads_all(call)) return unknown;
  return std::move(**found);
}

// What its incident waits for now, or what became of that, for an alert that asks somebody to decide.
std::optional<model::ApprovalState> approval_of(const Call& call, const model::AlertPage& page) {
  if (page.alert.matter_kind != model::MatterKind::kApproval) return std::nullopt;
  const auto view = call.door.queries().incident(page.incident.code, 1);
  if (!view.ok() || view->approvals.empty()) return std::nullopt;
  return view->approvals.back().state;
}

HttpResponse answer_with(const Call& call, const model::AlertPage& page, const std::string& scene = {}) {
  const auto roster = call.door.roster();
  return with_version(json_response(200, alert_page_json(page, approval_of(call, page), scene, viewer(call, *roster))),
                      model::version_of(page.alert));
}

}  // namespace

base::Result<HttpResponse> get_alerts(const Call& call) {
  const auto open = yes_or_no(call, "open");
  if (!open.ok()) return open.error();
  const auto wanted = page_wanted(call, CursorOf::kAlerts, 100, kMaxPage);
  if (!wanted.ok()) return wanted.error();
  model::Page<model::Alert> page;
  if (call.by.person) {
    auto found = call.door.queries().alerts_of(call.by.person, open->value_or(false), model::AlertId{wanted->position},
                                               wanted->limit);
    if (!found.ok()) return found.error();
    page = std::move(*found);
  }
  std::vector<model::IncidentId> ids;
  for (const auto& alert : page.rows) ids.push_back(alert.incident);
  const auto codes = incident_codes(call, ids);
  if (!codes.ok()) return codes.error();
  const auto roster = call.door.roster();
  return json_response(200, alerts_json(page, *codes, viewer(call, *roster)));
}

base::Result<HttpResponse> get_alert(const Call& call) {
  const auto page = visible_alert(call);
  if (!page.ok()) return page.error();
  const auto* scenes = call.door.scenes();
  if (scenes == nullptr) return answer_with(call, *page);
  const auto scene = scenes->scene(page->incident.id, call.language);
  if (!scene.ok()) return scene.error();
  return answer_with(call, *page, scene_json(*scene));
}

// Only the person's own: whoever looks at somebody else's alert has seen nothing for them.
base::Result<HttpResponse> post_seen(const Call& call) {
  const auto page = visible_alert(call);
  if (!page.ok()) return page.error();
  const auto object = parse_object(call.request.body);
  if (!object.ok()) return object.error();
  if (auto status = Fields(*object).finish(); !status.ok()) return status.error();
  if (!call.by.person || call.by.person != page->alert.person)
    return base::Error{base::ErrorCode::kForbidden, "only the person it tells can see it for themselves", {}};
  model::SeeAlert command;
  command.by = call.by;
  command.alert = page->alert.id;
  const auto done = run(call, std::move(command));
  if (!done.ok()) return done.error();
  const auto after = call.door.queries().alert_page(page->alert.id);
  return answer_with(call, after.ok() && after->has_value() ? **after : *page);
}

base::Result<HttpResponse> post_answer(const Call& call) {
  const auto page = visible_alert(call);
  if (!page.ok()) return page.error();
  const auto& alert = page->alert;
  const auto object = parse_object(call.request.body);
  if (!object.ok()) return object.error();
  Fields fields(*object);
  const std::string word = fields.word("answer", {"received", "coming", "arrived", "cannot"}, true);
  const std::string note = fields.text("note", {.max_characters = 500});
  if (auto status = fields.finish(); !status.ok()) return status.error();

  model::AnswerAlert command;
  command.by = call.by;
  command.alert = alert.id;
  command.kind = model::answer_named(word).value_or(model::AnswerKind::kReceived);
  const bool in_browser = call.access.only_alert || call.access.by_cookie;
  command.via = alert.person != call.by.person ? model::AnswerVia::kDesk
                : in_browser                   ? model::AnswerVia::kWeb
                                               : model::AnswerVia::kApi;
  command.note = note;
  command.expected = expected(call);
  const auto done = run(call, std::move(command));
  if (!done.ok()) return done.error();

  const auto after = call.door.queries().alert_page(alert.id);
  return answer_with(call, after.ok() && after->has_value() ? **after : *page);
}

base::Result<HttpResponse> post_look(const Call& call) {
  const auto page = visible_alert(call);
  if (!page.ok()) return page.error();
  const auto done = run(call, model::LookAtReply{call.by, page->alert.id});
  if (!done.ok()) return done.error();
  return answer_with(call, *page);
}

}  // namespace tocsin::https
