#include "adapters/https/json_values.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "gateway/base/phone_number.h"

namespace tocsin::https::values {
namespace {

Json answer(model::AnswerKind kind) {
  return kind == model::AnswerKind::kNone ? Json(nullptr) : Json(model::name_of(kind));
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

// Did it fail, or may it have?  Then its code is an error too.
bool went_wrong(model::DeliveryState state) {
  return state != model::DeliveryState::kAccepted && state != model::DeliveryState::kDelivered;
}

}  // namespace

Json id_or_null(std::int64_t value) {
  return value == 0 ? Json(nullptr) : Json(base::to_base32(value));
}
Json time(base::UtcTime at) {
  return base::to_rfc3339(at);
}
Json time(const std::optional<base::UtcTime>& at) {
  return at ? Json(base::to_rfc3339(*at)) : Json(nullptr);
}
Json text_or_null(std::string_view text) {
  return text.empty() ? Json(nullptr) : Json(text);
}
Json person(model::PersonId who, const Viewer& viewer) {
  if (!who) return nullptr;
  const auto* card = viewer.roster.person(who);
  if (card == nullptr) return Json{{"code", nullptr}, {"name", nullptr}};  // gone from the directory
  return Json{{"code", card->code}, {"name", card->name}};
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

Json assessment(const model::Assessment& a) {
  Json questions = Json::array();
  for (const auto& q : a.questions) {
    questions.push_back(
        {{"attribute", q.attribute}, {"text", q.text}, {"could_reach", text_or_null(q.could_reach_id)}});
  }
  return Json{{"hazard", model::name_of(a.kind)},
              {"level", text_or_null(a.level_id)},
              {"clause", text_or_null(a.clause)},
              {"clause_text", a.clause_text},
              {"questions", std::move(questions)}};
}

Json incident(const model::Incident& i, const Viewer& viewer) {
  return Json{{"incident", i.code},
              {"id", id_or_null(i.id.value)},
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
              {"merged_into", id_or_null(i.merged_into.value)}};
}

Json attachment(const model::Attachment& a) {
  return Json{{"attachment", a.hash},
              {"type", model::name_of(a.type)},
              {"bytes", a.bytes},
              {"width", a.width},
              {"height", a.height}};
}

Json report(const model::Report& r, const Viewer& viewer) {
  Json json{{"report", id_or_null(r.id.value)},
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
    json["reporter_person"] = person(r.reporter_person, viewer);
  }
  return json;
}

Json callout(const model::CallOut& c) {
  static constexpr std::string_view kStates[] = {"", "entering", "running", "ended"};
  return Json{{"callout", id_or_null(c.id.value)},
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
  return Json{{"callout", id_or_null(a.callout.value)},
              {"state", model::name_of(a.state)},
              {"by", selectors(a.by)},
              {"otherwise", a.starts_by_default ? "start" : "leave"},
              {"asked_at", time(a.asked_at)},
              {"due_at", time(a.due_at)},
              {"decided_by", person(a.person, viewer)},
              {"stands_in_for", person(a.stands_in_for, viewer)},
              {"decided_at", time(a.decided_at)}};
}

Json stand_down_rule(const std::vector<model::CallOut>& callouts) {
  if (callouts.empty() || (callouts.back().stand_down_by.empty() && callouts.back().conditions.empty())) return nullptr;
  Json conditions = Json::array();
  for (const auto& [name, text] : callouts.back().conditions) conditions.push_back({{"name", name}, {"text", text}});
  return Json{{"by", selectors(callouts.back().stand_down_by)}, {"conditions", std::move(conditions)}};
}

Json note(const model::Note& n, const Viewer& viewer) {
  return Json{{"kind", model::name_of(n.kind)},
              {"alert", id_or_null(n.alert.value)},
              {"person", person(n.person, viewer)},
              {"text", n.text},
              {"at", time(n.at)},
              {"needs_look", model::needs_look(n)},
              {"looked_at", time(n.looked_at)}};
}

Json step(const model::Step& s, const std::map<model::StepId, int>& replied) {
  return Json{{"step", id_or_null(s.id.value)},
              {"callout", id_or_null(s.callout.value)},
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
  return Json{{"task", id_or_null(t.id.value)},
              {"version", model::to_text(model::version_of(t))},
              {"step", id_or_null(t.step.value)},
              {"state", model::name_of(t.state)},
              {"text", t.text},
              {"due_at", time(t.due_at)},
              {"done_at", time(t.done_at)},
              {"done_by", t.done_by},
              {"note", t.note}};
}

Json delivery(const model::Delivery& d, const Viewer& viewer) {
  const auto meaning = model::meaning_of(d);
  const auto words = model::in_words(meaning);
  Json json{{"delivery", id_or_null(d.id.value)},
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
            {"together_with", id_or_null(d.summary.value)},
            {"handed_over_at", time(d.handed_over_at)},
            {"on_its_way_at", time(d.on_its_way_at)},
            {"ended_at", time(d.ended_at)}};
  if (viewer.is_desk) json["to"] = d.address.empty() ? Json(nullptr) : Json(base::masked(d.address));
  return json;
}

Json alert(const model::Alert& a, Json incident_code, const Viewer& viewer) {
  return Json{{"alert", id_or_null(a.id.value)},
              {"version", model::to_text(model::version_of(a))},
              {"incident", std::move(incident_code)},
              {"kind", model::name_of(a.matter_kind)},
              {"person", person(a.person, viewer)},
              {"stands_in_for", person(a.stands_in_for, viewer)},
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

}  // namespace tocsin::https::values
