#include "adapters/https/json_out.h"

#include <algorithm>
#include <set>

#include <nlohmann/json.hpp>

#include "adapters/https/json_text.h"
#include "gateway/base/ids.h"
#include "gateway/base/phone_number.h"
#include "gateway/base/text.h"
#include "gateway/base/time.h"
#include "gateway/model/selector.h"
#include "gateway/ports/scenes.h"

namespace tocsin::https {
namespace {

using Json = nlohmann::ordered_json;

std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

template <typename Tag>
Json id(base::Id<Tag> value) {
  return value ? Json(base::to_base32(value.value)) : Json(nullptr);
}
Json time(base::UtcTime at) {
  return base::to_rfc3339(at);
}
Json time(const std::optional<base::UtcTime>& at) {
  return at ? Json(base::to_rfc3339(*at)) : Json(nullptr);
}
// An empty string says "none" in the model; JSON says null.
Json text_or_null(std::string_view text) {
  return text.empty() ? Json(nullptr) : Json(text);
}
Json answer(model::AnswerKind kind) {
  return kind == model::AnswerKind::kNone ? Json(nullptr) : Json(model::name_of(kind));
}

Json person(model::PersonId who, const Viewer& viewer) {
  if (!who) return nullptr;
  const auto* card = viewer.roster.person(who);
  if (card == nullptr) return Json{{"code", nullptr}, {"name", nullptr}};  // gone from the directory
  return Json{{"code", card->code}, {"name", card->name}};
}

// As they were called then.
Json person(model::PersonId who, base::UtcTime then, const Viewer& viewer) {
  if (who && viewer.past != nullptr) {
    if (const auto was = viewer.past->person(who, then)) return Json{{"code", was->code}, {"name", was->name}};
  }
  return person(who, viewer);
}

Json area(model::AreaId where, const Viewer& viewer) {
  const auto* found = where ? viewer.roster.area(where) : nullptr;
  if (found == nullptr) return nullptr;
  return Json{{"code", found->code}, {"name", found->name}, {"path", viewer.roster.area_path(where)}};
}

Json quantity(model::Quantity q) {
  if (q.thousandths % 1000 == 0) return q.thousandths / 1000;
  return static_cast<double>(q.thousandths) / 1000.0;  // three decimals survive: printed in the shortest exact form
}

Json facts(const model::Facts& known) {
  Json json = Json::object();
  for (const auto& [name, value] : known) {
    if (const auto* number = std::get_if<model::Quantity>(&value)) {
      json[name] = quantity(*number);
    } else if (const auto* flag = std::get_if<bool>(&value)) {
      json[name] = *flag;
    } else {
      json[name] = std::get<model::Choice>(value).name;
    }
  }
  return json;
}

Json questions(const std::vector<model::Question>& asked) {
  Json json = Json::array();
  for (const auto& q : asked) {
    json.push_back({{"attribute", q.attribute}, {"text", q.text}, {"could_reach", text_or_null(q.could_reach_id)}});
  }
  return json;
}

Json assessment(const model::Assessment& a) {
  return Json{{"hazard", model::name_of(a.kind)},
              {"level", text_or_null(a.level_id)},
              {"clause", text_or_null(a.clause)},
              {"clause_text", a.clause_text},
              {"questions", questions(a.questions)}};
}

Json incident(const model::Incident& i, const Viewer& viewer) {
  return Json{{"incident", i.code},
              {"id", id(i.id)},
              {"hazard", model::name_of(i.kind)},
              {"level", text_or_null(i.level_id)},
              {"clause", text_or_null(i.clause)},
              {"clause_text", i.clause_text},
              {"grade", text_or_null(i.grade_id)},
              {"grade_clause", text_or_null(i.grade_clause)},
              {"area", area(i.area, viewer)},
              {"place", i.place},
              {"state", model::name_of(i.state)},
              {"drill", i.drill},
              {"needs_look", i.needs_look},
              {"revision", i.revision},
              {"version", model::to_text(model::version_of(i))},
              {"plan_version", i.plan_version},
              {"opened_at", time(i.opened_at)},
              {"last_report_at", time(i.last_report_at)},
              {"seen_at", time(i.seen_at)},
              {"open_by", time(i.open_by)},
              {"ended_at", time(i.ended_at)},
              {"merged_into", id(i.merged_into)}};
}

Json attachment(const model::Attachment& a) {
  return Json{{"attachment", a.hash},
              {"type", model::name_of(a.type)},
              {"bytes", a.bytes},
              {"width", a.width},
              {"height", a.height}};
}

Json report(const model::Report& r, const Viewer& viewer) {
  Json json{{"report", id(r.id)},
            {"via", model::name_of(r.via)},
            {"hazard", model::name_of(r.kind)},
            {"facts", facts(r.facts)},
            {"area", area(r.area, viewer)},
            {"place", r.place},
            {"text", r.text},
            {"numbers_removed", r.numbers_removed},
            {"drill", r.drill},
            {"received_at", time(r.received_at)},
            {"occurred_at", time(r.occurred_at)}};
  if (viewer.is_desk) {
    json["reporter"] = r.reporter;
    json["reporter_person"] = person(r.reporter_person, r.received_at, viewer);
  }
  return json;
}

Json callout(const model::CallOut& c) {
  static constexpr std::string_view kStates[] = {"", "entering", "running", "ended"};
  return Json{{"callout", id(c.id)},
              {"revision", c.revision},
              {"hazard", model::name_of(c.kind)},
              {"level", text_or_null(c.level_id)},
              {"state", kStates[static_cast<std::size_t>(c.state) & 3U]},
              {"started_at", time(c.started_at)}};
}

Json selectors(std::string_view words) {
  Json array = Json::array();
  while (!words.empty()) {
    const auto end = std::min(words.find(' '), words.size());
    array.push_back(words.substr(0, end));
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return array;
}

Json approval(const model::Approval& a, const Viewer& viewer) {
  return Json{{"callout", id(a.callout)},
              {"state", model::name_of(a.state)},
              {"by", selectors(a.by)},
              {"otherwise", a.starts_by_default ? "start" : "leave"},
              {"asked_at", time(a.asked_at)},
              {"due_at", time(a.due_at)},
              {"decided_by", person(a.person, a.decided_at.value_or(a.asked_at), viewer)},
              {"stands_in_for", person(a.stands_in_for, a.decided_at.value_or(a.asked_at), viewer)},
              {"decided_at", time(a.decided_at)}};
}

Json summary(const model::IncidentSummary& s, int replied) {
  return Json{{"people", s.people},
              {"answered", s.answered},
              {"unanswered", s.unanswered},
              {"coming", s.coming},
              {"arrived", s.arrived},
              {"cannot", s.cannot},
              {"untold", s.untold},
              {"exhausted", s.exhausted},
              {"replied", replied},
              {"tasks_open", s.tasks_open},
              {"next_due", s.next_due ? Json{{"at", time(s.next_due->at)}, {"what", model::name_of(s.next_due->what)}}
                                      : Json(nullptr)}};
}

// A row of a list: the incident, whose word it waits for, and how it stands.
Json listed(const model::Incident& i, const Beside& beside, const Viewer& viewer) {
  Json json = incident(i, viewer);
  const auto waits = beside.awaiting.find(i.id);
  const bool awaits = waits != beside.awaiting.end();
  json["awaits_approval"] = nullptr;
  if (awaits && waits->second.approval) {
    json["awaits_approval"] =
        Json{{"by", selectors(waits->second.approval->by)}, {"until", time(waits->second.approval->due_at)}};
  }
  const int replied = awaits ? waits->second.replied : 0;
  json["replied"] = replied;
  const auto stands = beside.summaries.of.find(i.id);
  json["summary"] = stands == beside.summaries.of.end() ? Json(nullptr) : summary(stands->second, replied);
  return json;
}

// Of the last call-out; null where the plan leaves it to the desk and asks for nothing.
Json stand_down_rule(const std::vector<model::CallOut>& callouts) {
  if (callouts.empty() || (callouts.back().stand_down_by.empty() && callouts.back().conditions.empty())) return nullptr;
  Json conditions = Json::array();
  for (const auto& [name, text] : callouts.back().conditions) {
    conditions.push_back({{"name", name}, {"text", text.en}, {"text_zh", text.zh}});
  }
  return Json{{"by", selectors(callouts.back().stand_down_by)}, {"conditions", std::move(conditions)}};
}

Json note(const model::Note& n, const Viewer& viewer) {
  return Json{{"kind", model::name_of(n.kind)},
              {"alert", id(n.alert)},
              {"person", person(n.person, n.at, viewer)},
              {"text", n.text},
              {"at", time(n.at)},
              {"needs_look", model::needs_look(n)},
              {"looked_at", time(n.looked_at)}};
}

Json step(const model::Step& s, const std::map<model::StepId, int>& replied) {
  return Json{{"step", id(s.id)},
              {"callout", id(s.callout)},
              {"index", s.index},
              {"name", s.name},
              {"title", s.title.en.empty() ? s.name : s.title.en},
              {"title_zh", s.title.zh.empty() ? s.name : s.title.zh},
              {"state", model::name_of(s.state)},
              {"needed", s.needed},
              {"needs", answer(s.needs)},
              {"total", s.total},
              {"entered", s.entered},
              {"open", s.counters.open},
              {"received", s.counters.received},
              {"coming", s.counters.coming},
              {"arrived", s.counters.arrived},
              {"cannot", s.counters.cannot},
              {"replied", replied.count(s.id) == 0 ? 0 : replied.at(s.id)},
              {"started_at", time(s.started_at)},
              {"look_again_at", time(s.look_again_at)}};
}

Json task(const model::Task& t) {
  return Json{{"task", id(t.id)},         {"version", model::to_text(model::version_of(t))},
              {"step", id(t.step)},       {"state", model::name_of(t.state)},
              {"text", t.text.en},        {"text_zh", t.text.zh},
              {"due_at", time(t.due_at)}, {"done_at", time(t.done_at)},
              {"done_by", t.done_by},     {"note", t.note}};
}

// Did it fail, or may it have?  Then its code is an error too.
bool went_wrong(model::DeliveryState state) {
  return state != model::DeliveryState::kAccepted && state != model::DeliveryState::kDelivered;
}

Json delivery(const model::Delivery& d, const Viewer& viewer) {
  const auto meaning = model::meaning_of(d);
  const auto words = model::in_words(meaning);
  Json json{{"delivery", id(d.id)},
            {"channel", model::name_of(d.channel)},
            {"cycle", d.cycle},
            {"rung", d.rung},
            {"attempt", d.attempt},
            {"cause", model::name_of(d.cause)},
            {"state", model::name_of(d.state)},
            {"parts", d.parts},
            {"error", text_or_null(went_wrong(d.state) ? d.code : std::string())},
            {"code", text_or_null(d.code)},
            {"meaning", meaning == model::Meaning::kNone ? Json(nullptr) : Json(model::name_of(meaning))},
            {"meaning_text", text_or_null(words.en)},
            {"meaning_text_zh", text_or_null(words.zh)},
            {"together_with", id(d.summary)},
            {"handed_over_at", time(d.handed_over_at)},
            {"on_its_way_at", time(d.on_its_way_at)},
            {"ended_at", time(d.ended_at)}};
  if (viewer.is_desk) json["to"] = d.address.empty() ? Json(nullptr) : Json(base::masked(d.address));
  return json;
}

Json alert(const model::Alert& a, Json incident_code, const Viewer& viewer) {
  return Json{{"alert", id(a.id)},
              {"version", model::to_text(model::version_of(a))},
              {"incident", std::move(incident_code)},
              {"kind", model::name_of(a.matter_kind)},
              {"person", person(a.person, base::time_of_id(a.id.value), viewer)},
              {"stands_in_for", person(a.stands_in_for, base::time_of_id(a.id.value), viewer)},
              {"needs", answer(a.needs)},
              {"state", model::name_of(a.state)},
              {"reason", model::name_of(a.reason)},
              {"drill", a.drill},
              {"told", a.told},
              {"answer", answer(a.answer)},
              {"answered_at", time(a.answered_at)},
              {"seen_at", time(a.seen_at)},
              {"cycle", a.cycle},
              {"rung", a.rung},
              {"paused_until", time(a.paused_until)},
              {"look_again_at", time(a.look_again_at)}};
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

// The posts by which people were told, asked or not told, and who held them when the incident was opened.
Json directory_then(const model::IncidentView& view, const Viewer& viewer) {
  if (viewer.past == nullptr) return nullptr;
  std::set<std::string> selectors_named;
  const auto add = [&](const std::string& words) {
    for (const auto& word : base::split(words, ' ')) selectors_named.insert(word);
  };
  for (const auto& told : view.alerts) selectors_named.insert(told.selectors.begin(), told.selectors.end());
  for (const auto& n : view.not_told) add(n.selector);
  for (const auto& a : view.approvals) add(a.by);
  for (const auto& c : view.callouts) add(c.stand_down_by);
  Json posts = Json::array();
  for (const auto& named : selectors_named) {
    const auto selector = model::parse_selector(named);
    if (!selector || selector->kind != model::SelectorKind::kPost) continue;
    const auto post = viewer.past->post(selector->name, view.incident.opened_at);
    if (!post) continue;
    const auto& holder = post->holder;
    posts.push_back({{"code", post->code},
                     {"name", post->name},
                     {"holder", holder ? Json{{"code", holder->code}, {"name", holder->name}} : Json(nullptr)}});
  }
  return Json{{"version", viewer.past->version_at(view.incident.opened_at)}, {"posts", std::move(posts)}};
}

Json report_with(const model::Report& r, const std::vector<model::Attachment>& files, const Viewer& viewer) {
  Json json = report(r, viewer);
  json["attachments"] = list(files, attachment);
  return json;
}

Json alert_with_deliveries(const model::AlertView& a, int code, const Viewer& viewer) {
  Json json = alert(a.alert, code, viewer);
  json["callout"] = id(a.alert.callout);
  json["steps"] = a.steps;
  json["selectors"] = a.selectors;
  json["deliveries"] = list(a.deliveries, [&](const auto& d) { return delivery(d, viewer); });
  return json;
}

// To whoever sent it: with what it has come to.
Json report_standing(const model::Report& r, const IncidentCodes& codes, const Standings& standings,
                     const Viewer& viewer) {
  static const ports::ReportStanding kUnknown;
  const auto found = standings.find(r.incident);
  const auto& s = found == standings.end() ? kUnknown : found->second;
  Json json = report(r, viewer);
  json["incident"] = code_of(r.incident, codes);
  json["stage"] = ports::name_of(s.stage);
  json["read_at"] = time(s.read_at);
  json["read_by"] = time(s.read_by);
  json["coming"] = s.coming;
  json["ended_at"] = time(s.ended_at);
  json["questions"] = questions(s.questions);
  return json;
}

}  // namespace

std::string quoted_json(std::string_view text) {
  return dump(Json(text));
}

std::string submitted_json(const model::SubmittedReport& r) {
  return dump(Json{{"report", id(r.report)},
                   {"incident", r.incident_code},
                   {"opened", r.opened},
                   {"repeated", r.repeated},
                   {"numbers_removed", r.numbers_removed},
                   {"assessment", assessment(r.assessment)}});
}

std::string attached_json(const model::Attachment& file, const model::AttachedFile& reply) {
  Json json = attachment(file);
  json["report"] = id(file.report);
  json["incident"] = reply.incident_code;
  json["repeated"] = reply.repeated;
  return dump(json);
}

std::string incident_reply_json(const model::IncidentReply& reply, const std::string& level_id) {
  return dump(Json{{"incident", reply.code}, {"level", text_or_null(level_id)}, {"revision", reply.revision}});
}

std::string incidents_json(const model::Page<model::Incident>& page, const Beside& beside, const Viewer& viewer) {
  return dump(Json{{"incidents", list(page.rows, [&](const auto& i) { return listed(i, beside, viewer); })},
                   {"next", next(CursorOf::kIncidents, page.next)}});
}

std::string changes_json(const model::Changes& changes, const IncidentCodes& codes, const Beside& beside,
                         const Viewer& viewer) {
  return dump(Json{
      {"cursor", changes.cursor},
      {"full", changes.full},
      {"more", changes.more},
      {"incidents", list(changes.incidents, [&](const auto& i) { return listed(i, beside, viewer); })},
      {"alerts", list(changes.alerts, [&](const auto& a) { return alert(a, code_of(a.incident, codes), viewer); })},
      {"reports", list(changes.reports, [](model::ReportId report_id) { return id(report_id); })},
      {"call_sheet", changes.call_sheet},
      {"inbox", changes.inbox},
      {"tasks", changes.tasks}});
}

std::string incident_list_json(const std::vector<model::Incident>& incidents, const Beside& beside,
                               const Viewer& viewer) {
  return dump(list(incidents, [&](const auto& i) { return listed(i, beside, viewer); }));
}

std::string task_list_json(const std::vector<model::OpenTask>& tasks) {
  return dump(list(tasks, [](const model::OpenTask& open) {
    Json json = task(open.task);
    json["incident"] = open.incident_code;
    return json;
  }));
}

std::string tasks_json(const std::vector<model::OpenTask>& tasks) {
  return ObjectText().raw("tasks", task_list_json(tasks)).done();
}

std::string who_was_json(model::PersonId who, base::UtcTime then, const Viewer& viewer) {
  return dump(person(who, then, viewer));
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
    return Json{{"attribute", q.name}, {"text", q.text.en}, {"text_zh", q.text.zh}};
  });
  json["approval"] = view.approvals.empty() ? Json(nullptr) : approval(view.approvals.back(), viewer);
  json["stand_down"] = stand_down_rule(view.callouts);
  json["callouts"] = list(view.callouts, callout);
  json["steps"] = list(view.steps, [&](const model::Step& s) { return step(s, view.replied); });
  json["tasks"] = list(view.tasks, task);
  json["alerts"] =
      list(view.alerts, [&](const auto& a) { return alert_with_deliveries(a, view.incident.code, viewer); });
  json["alerts_cut"] = view.alerts_cut;
  json["directory"] = directory_then(view, viewer);
  json["head_short"] = model::short_head(view.head);
  // What people wrote is for the desk.
  json["notes"] =
      viewer.is_desk ? list(view.notes, [&](const model::Note& n) { return note(n, viewer); }) : Json::array();
  json["not_told"] = list(view.not_told, [&](const model::NotToldView& n) {
    return Json{{"person", person(n.person, view.incident.opened_at, viewer)},
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

std::string reports_json(const model::Page<model::Report>& page, const IncidentCodes& codes, const Standings& standings,
                         const Viewer& viewer) {
  return dump(
      Json{{"reports",
            list(page.rows, [&](const model::Report& r) { return report_standing(r, codes, standings, viewer); })},
           {"next", next(CursorOf::kReports, page.next)}});
}

std::string report_json(const model::Report& r, const IncidentCodes& codes, const Standings& standings,
                        const Viewer& viewer) {
  return dump(report_standing(r, codes, standings, viewer));
}

std::string facts_json(const model::Facts& known) {
  return dump(facts(known));
}

std::string alert_page_json(const model::AlertPage& page, std::optional<model::ApprovalState> approval,
                            std::string_view scene, const Viewer& viewer) {
  Json json = alert(page.alert, page.incident.code, viewer);
  json["text"] = page.text;
  json["open"] = page.incident.state == model::IncidentState::kOpen;
  json["approval"] = approval ? Json(model::name_of(*approval)) : Json(nullptr);
  auto text = dump(json);
  if (!scene.empty()) text.insert(text.size() - 1, ",\"scene\":" + std::string(scene));
  return text;
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
              return Json{{"line", id(line.line)},
                          {"version", model::to_text(line.version)},
                          {"person", person(line.person, viewer)},
                          {"phones", std::move(phones)},
                          {"door", text_or_null(card == nullptr ? "" : card->door)},
                          {"incidents", line.incident_codes},
                          {"channel", model::name_of(line.channel)},
                          {"urgency", line.urgency},
                          {"since", time(line.since)},
                          {"decision", line.decision},
                          {"script", line.script}};
            })}});
}

}  // namespace tocsin::https
