#include "adapters/https/json_out.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "adapters/https/json_text.h"
#include "adapters/https/json_values.h"
#include "gateway/base/ids.h"
#include "gateway/base/phone_number.h"
#include "gateway/base/time.h"

namespace tocsin::https {
namespace {

using values::alert;
using values::approval;
using values::assessment;
using values::attachment;
using values::callout;
using values::delivery;
using values::facts;
using values::id_or_null;
using values::incident;
using values::Json;
using values::note;
using values::person;
using values::report;
using values::selectors;
using values::stand_down_rule;
using values::step;
using values::task;
using values::text_or_null;
using values::time;

std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

// A row of a list: the incident, and whose word it waits for.
Json listed(const model::Incident& i, const Awaiting& awaiting, const Viewer& viewer) {
  Json json = incident(i, viewer);
  const auto waits = awaiting.find(i.id);
  const bool awaits = waits != awaiting.end();
  json["awaits_approval"] = nullptr;
  if (awaits && waits->second.approval) {
    json["awaits_approval"] =
        Json{{"by", selectors(waits->second.approval->by)}, {"until", time(waits->second.approval->due_at)}};
  }
  json["replied"] = awaits ? waits->second.replied : 0;
  return json;
}

Json code_of(model::IncidentId incident_id, const IncidentCodes& codes) {
  const auto found = codes.find(incident_id);
  return found == codes.end() ? Json(nullptr) : Json(found->second);
}

Json next(CursorOf list, std::int64_t position) {
  return position == 0 ? Json(nullptr) : Json(cursor_text(list, position));
}

template <typename Range, typename ToJson>
Json list(const Range& values, ToJson to_json) {
  Json array = Json::array();
  for (const auto& value : values) array.push_back(to_json(value));
  return array;
}

Json report_with(const model::Report& r, const std::vector<model::Attachment>& files, const Viewer& viewer) {
  Json json = report(r, viewer);
  json["attachments"] = list(files, attachment);
  return json;
}

Json alert_with_deliveries(const model::AlertView& a, int code, const Viewer& viewer) {
  Json json = alert(a.alert, code, viewer);
  json["steps"] = a.steps;
  json["selectors"] = a.selectors;
  json["deliveries"] = list(a.deliveries, [&](const auto& d) { return delivery(d, viewer); });
  return json;
}

}  // namespace

std::string quoted_json(std::string_view text) {
  return dump(Json(text));
}

std::string submitted_json(const model::SubmittedReport& r) {
  return dump(Json{{"report", id_or_null(r.report.value)},
                   {"incident", r.incident_code},
                   {"opened", r.opened},
                   {"repeated", r.repeated},
                   {"numbers_removed", r.numbers_removed},
                   {"assessment", assessment(r.assessment)}});
}

std::string attached_json(const model::Attachment& file, const model::AttachedFile& reply) {
  Json json = attachment(file);
  json["report"] = id_or_null(file.report.value);
  json["incident"] = reply.incident_code;
  json["repeated"] = reply.repeated;
  return dump(json);
}

std::string incident_reply_json(const model::IncidentReply& reply, const std::string& level_id) {
  return dump(Json{{"incident", reply.code}, {"level", text_or_null(level_id)}, {"revision", reply.revision}});
}

std::string incidents_json(const model::Page<model::Incident>& page, const Awaiting& awaiting, const Viewer& viewer) {
  return dump(Json{{"incidents", list(page.rows, [&](const auto& i) { return listed(i, awaiting, viewer); })},
                   {"next", next(CursorOf::kIncidents, page.next)}});
}

std::string changes_json(const model::Changes& changes, const IncidentCodes& codes, const Awaiting& awaiting,
                         const Viewer& viewer) {
  return dump(Json{
      {"cursor", changes.cursor},
      {"full", changes.full},
      {"more", changes.more},
      {"incidents", list(changes.incidents, [&](const auto& i) { return listed(i, awaiting, viewer); })},
      {"alerts", list(changes.alerts, [&](const auto& a) { return alert(a, code_of(a.incident, codes), viewer); })},
      {"reports", list(changes.reports, [](model::ReportId report_id) { return id_or_null(report_id.value); })},
      {"call_sheet", changes.call_sheet},
      {"inbox", changes.inbox},
      {"tasks", changes.tasks}});
}

std::string incident_json(const model::IncidentView& view, const Viewer& viewer) {
  Json json = incident(view.incident, viewer);
  json["aliases"] = view.aliases;
  json["facts"] = facts(view.facts);
  json["reports"] = list(view.reports, [&](const auto& r) {
    std::vector<model::Attachment> files;
    for (const auto& file : view.attachments) {
      if (file.report == r.id) files.push_back(file);
    }
    return report_with(r, files, viewer);
  });
  json["reports_cut"] = view.reports_cut;
  json["grade_clause_text"] = view.incident.grade_clause_text;
  json["desk_questions"] = list(view.incident.desk_questions, [](const model::NamedText& q) {
    return Json{{"attribute", q.name}, {"text", q.text}};
  });
  json["approval"] = view.approvals.empty() ? Json(nullptr) : approval(view.approvals.back(), viewer);
  json["stand_down"] = stand_down_rule(view.callouts);
  json["callouts"] = list(view.callouts, callout);
  json["steps"] = list(view.steps, [&](const model::Step& s) { return step(s, view.replied); });
  json["tasks"] = list(view.tasks, task);
  json["alerts"] =
      list(view.alerts, [&](const auto& a) { return alert_with_deliveries(a, view.incident.code, viewer); });
  json["alerts_cut"] = view.alerts_cut;
  json["head_short"] = model::short_head(view.head);
  // What people wrote is for the desk.
  json["notes"] =
      viewer.is_desk ? list(view.notes, [&](const model::Note& n) { return note(n, viewer); }) : Json::array();
  json["not_told"] = list(view.not_told, [&](const model::NotToldView& n) {
    return Json{{"person", person(n.person, viewer)},
                {"step", n.step},
                {"selector", n.selector},
                {"what", n.what},
                {"reason", model::name_of(n.reason)}};
  });
  return dump(json);
}

std::string incident_alerts_json(const model::Page<model::AlertView>& page, int code, const Viewer& viewer) {
  return dump(Json{{"alerts", list(page.rows, [&](const auto& a) { return alert_with_deliveries(a, code, viewer); })},
                   {"next", next(CursorOf::kAlertsOf, page.next)}});
}

std::string incident_reports_json(const model::Page<model::ReportView>& page, const Viewer& viewer) {
  return dump(
      Json{{"reports", list(page.rows, [&](const auto& r) { return report_with(r.report, r.attachments, viewer); })},
           {"next", next(CursorOf::kReportsOf, page.next)}});
}

std::string alerts_json(const model::Page<model::Alert>& page, const IncidentCodes& codes, const Viewer& viewer) {
  return dump(
      Json{{"alerts", list(page.rows, [&](const auto& a) { return alert(a, code_of(a.incident, codes), viewer); })},
           {"next", next(CursorOf::kAlerts, page.next)}});
}

std::string reports_json(const model::Page<model::Report>& page, const IncidentCodes& codes, const Viewer& viewer) {
  return dump(Json{{"reports", list(page.rows,
                                    [&](const model::Report& r) {
                                      Json json = report(r, viewer);
                                      json["incident"] = code_of(r.incident, codes);
                                      return json;
                                    })},
                   {"next", next(CursorOf::kReports, page.next)}});
}

std::string report_json(const model::Report& r, const IncidentCodes& codes, const Viewer& viewer) {
  Json json = report(r, viewer);
  json["incident"] = code_of(r.incident, codes);
  return dump(json);
}

std::string alert_page_json(const model::AlertPage& page, std::optional<model::ApprovalState> approval,
                            const Viewer& viewer) {
  Json json = alert(page.alert, page.incident.code, viewer);
  json["text"] = page.text;
  json["open"] = page.incident.state == model::IncidentState::kOpen;
  json["approval"] = approval ? Json(model::name_of(*approval)) : Json(nullptr);
  return dump(json);
}

std::string alert_json(const model::Alert& a, const IncidentCodes& codes, const Viewer& viewer) {
  return dump(alert(a, code_of(a.incident, codes), viewer));
}

std::string call_sheet_json(const std::vector<model::CallLine>& lines, const Viewer& viewer) {
  return dump(
      Json{{"lines", list(lines, [&](const model::CallLine& line) {
              const auto* card = viewer.roster.person(line.person);
              Json phones = Json::array();
              if (card != nullptr) {
                for (const auto& contact : card->contacts) {
                  const bool phone =
                      contact.kind == model::ContactKind::kMobile || contact.kind == model::ContactKind::kLandline;
                  if (!phone || !contact.agreed) continue;
                  phones.push_back({{"kind", model::name_of(contact.kind)},
                                    {"number", viewer.whole_numbers ? contact.address : base::masked(contact.address)},
                                    {"extension", text_or_null(contact.extension)}});
                }
              }
              return Json{{"line", id_or_null(line.line.value)},
                          {"version", model::to_text(line.version)},
                          {"person", person(line.person, viewer)},
                          {"phones", std::move(phones)},
                          {"door", text_or_null(card == nullptr ? "" : card->door)},
                          {"incidents", line.incident_codes},
                          {"channel", model::name_of(line.channel)},
                          {"urgency", line.urgency},
                          {"since", time(line.since)},
                          {"script", line.script}};
            })}});
}

}  // namespace tocsin::https
