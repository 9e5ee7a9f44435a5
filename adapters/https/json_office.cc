// The office itself as JSON: its plan, areas, state, readiness and record, and why it refuses something.
#include <cmath>
#include <unordered_map>
#include <utility>

#include "adapters/https/json_out.h"
#include "adapters/https/json_text.h"
#include "gateway/base/ids.h"
#include "gateway/base/phone_number.h"
#include "gateway/base/time.h"
#include "gateway/model/reason_mark.h"

namespace tocsin::https {
namespace {

std::string texts(const std::vector<std::string>& values) {
  return list_json(values, [](const std::string& value) { return quoted_json(value); });
}

std::string id_or_null(std::int64_t value) {
  return value == 0 ? "null" : quoted_json(base::to_base32(value));
}

std::string attribute(const ports::AttributeForm& form) {
  return ObjectText()
      .text("name", form.name)
      .text("label", form.label)
      .text("type", form.type)
      .null_or_text("unit", form.unit)
      .text("question", form.question)
      .raw("choices", list_json(form.choices,
                                [](const auto& choice) {
                                  return ObjectText().text("name", choice.first).text("label", choice.second).done();
                                }))
      .done();
}

// Centres and assembly points are `places`: nobody unknown is told where people gather.
std::string area(const model::AreaInfo& info, const ports::Roster& roster, bool places) {
  const auto* parent = info.parent ? roster.area(info.parent) : nullptr;
  return ObjectText()
      .text("code", info.code)
      .text("name", info.name)
      .text("kind", info.kind)
      .null_or_text("parent", parent == nullptr ? std::string_view() : parent->code)
      .text("path", roster.area_path(info.id))
      .raw("aliases", texts(info.aliases))
      .raw("latitude", places && info.has_centre ? number_json(info.latitude) : "null")
      .raw("longitude", places && info.has_centre ? number_json(info.longitude) : "null")
      .null_or_text("assembly_point", places ? info.assembly_point : std::string())
      .done();
}

std::string entry(const model::RecordEntry& e, const BesideEntries& beside, const Viewer& viewer) {
  const auto reason = beside.reasons.find(model::reason_of(e));
  auto [alert, who] = model::whose(e);
  if (const auto told = beside.told.find(alert); told != beside.told.end()) who = told->second;
  return ObjectText()
      .number("seq", e.seq)
      .text("at", base::to_rfc3339(e.at))
      .text("kind", model::name_of(e.kind))
      .raw("incident", id_or_null(e.incident.value))
      .raw("subject", id_or_null(e.subject))
      .number("a", e.a)
      .number("b", e.b)
      .text("detail", e.detail)
      .null_or_text("reason", reason == beside.reasons.end() ? std::string() : reason->second)
      .raw("person", who_was_json(who, e.at, viewer))
      .done();
}

}  // namespace

std::string problem_json(const ProblemInfo& row, std::string_view detail, std::string_view field,
                         std::string_view language) {
  ObjectText json;
  json.text("type", std::string(kProblemPrefix) + std::string(row.suffix))
      .text("title", language == "zh" ? row.title_zh : row.title_en)
      .number("status", row.status);
  if (!detail.empty()) json.text("detail", detail);
  if (!field.empty()) json.text("field", field);
  return json.done();
}

std::string plan_json(const ports::PlanForm& form, const ports::OfficeCard& card) {
  return ObjectText()
      .text("name", form.name)
      .text("version", form.version)
      .text("time_zone", form.time_zone)
      .raw("hazards", list_json(form.hazards,
                                [](const auto& h) {
                                  return ObjectText()
                                      .text("kind", h.kind)
                                      .text("name", h.name)
                                      .text("class", h.hazard_class)
                                      .raw("attributes", texts(h.attributes))
                                      .done();
                                }))
      .raw("attributes", list_json(form.attributes, attribute))
      .raw("levels", list_json(form.levels,
                               [](const auto& level) {
                                 return ObjectText()
                                     .text("id", level.id)
                                     .text("name", level.name)
                                     .null_or_text("colour", level.colour)
                                     .done();
                               }))
      .number("open_within_s", form.open_within_s)
      .null_or_text("desk_phone", card.desk_phone)
      .null_or_text("sms_number", card.sms_number)
      .null_or_text("map_tiles", card.map_tiles)
      .null_or_text("map_attribution", card.map_attribution)
      .flag("demo", card.demo)
      .done();
}

std::string areas_json(const ports::Roster& roster, bool places) {
  return ObjectText()
      .raw("areas", list_json(roster.areas(), [&](const model::AreaInfo& info) { return area(info, roster, places); }))
      .done();
}

std::string area_at_json(const std::optional<model::PlaceFound>& found, const ports::Roster& roster) {
  const auto* info = found ? roster.area(found->area) : nullptr;
  ObjectText json;
  json.raw("area", info == nullptr ? "null" : area(*info, roster, true));
  if (info == nullptr) return json.raw("found_by", "null").raw("metres", "null").done();
  return json.text("found_by", found->inside ? "outline" : "nearest_centre")
      .number("metres", static_cast<std::int64_t>(std::lround(found->metres)))
      .done();
}

std::string outlines_geojson(const ports::Roster& roster) {
  std::vector<std::string> features;
  for (const auto& info : roster.areas()) {
    const auto outline = roster.outline(info.id);
    if (outline.empty()) continue;
    const auto* parent = info.parent ? roster.area(info.parent) : nullptr;
    const auto properties = ObjectText()
                                .text("code", info.code)
                                .text("name", info.name)
                                .text("kind", info.kind)
                                .null_or_text("parent", parent == nullptr ? std::string_view() : parent->code)
                                .done();
    features.push_back(
        ObjectText().text("type", "Feature").raw("properties", properties).raw("geometry", outline).done());
  }
  return ObjectText().text("type", "FeatureCollection").raw("features", list_json(features)).done();
}

std::string doubts_json(const std::vector<model::ContactDoubt>& doubts, const IncidentCodes& codes,
                        const Viewer& viewer) {
  std::unordered_map<model::ContactId, std::pair<const model::PersonCard*, const model::ContactPoint*>> owners;
  for (const auto* card : viewer.roster.people()) {
    for (const auto& point : card->contacts) owners[point.id] = {card, &point};
  }
  std::vector<std::string> lines;
  for (const auto& doubt : doubts) {
    const auto found = owners.find(doubt.contact);
    if (found == owners.end()) continue;  // the office has changed it since
    const auto& [card, point] = found->second;
    const auto& last = doubt.last;
    const auto words = model::in_words(last.meaning);
    const auto code = codes.find(last.incident);
    lines.push_back(ObjectText()
                        .raw("person", ObjectText().text("code", card->code).text("name", card->name).done())
                        .text("kind", model::name_of(point->kind))
                        .null_or_text("number", model::can_carry(model::Channel::kDeskCall, point->kind)
                                                    ? base::masked(point->address)
                                                    : "")
                        .flag("certain", doubt.certain)
                        .number("failures", doubt.failures)
                        .text("since", base::to_rfc3339(doubt.since))
                        .text("last_at", base::to_rfc3339(last.at))
                        .text("channel", model::name_of(last.channel))
                        .null_or_text("code", last.code)
                        .null_or_text("meaning_text", words.en)
                        .null_or_text("meaning_text_zh", words.zh)
                        .raw("incident", code == codes.end() ? "null" : std::to_string(code->second))
                        .null_or_text("worked_at", doubt.worked_at ? base::to_rfc3339(*doubt.worked_at) : "")
                        .done());
  }
  const auto count = static_cast<std::int64_t>(lines.size());
  return ObjectText().number("count", count).raw("contacts", list_json(lines)).done();
}

std::string message_json(const model::InboxEntry& entry, const Viewer& viewer) {
  const std::string code = entry.person_code();
  const auto* card = code.empty() ? nullptr : viewer.roster.person_coded(code);
  const bool waits = entry.taken_as == 0;
  ObjectText json;
  json.text("message", base::to_base32(entry.id)).text("received_at", base::to_rfc3339(entry.at));
  json.null_or_text("number", !code.empty() ? "" : waits ? entry.from : base::masked(entry.from));
  if (card == nullptr) {
    json.raw("person", "null");
  } else {
    json.raw("person", ObjectText().text("code", card->code).text("name", card->name).done());
  }
  const bool opened = !waits || entry.opened_at.has_value();
  return json.text("text", entry.text)
      .raw("incident", waits ? "null" : std::to_string(entry.taken_as))
      .raw("report", id_or_null(entry.taken_by.value))
      .null_or_text("opened_at", entry.opened_at ? base::to_rfc3339(*entry.opened_at) : std::string())
      .null_or_text("open_by", opened || !entry.open_by ? std::string() : base::to_rfc3339(*entry.open_by))
      .done();
}

std::string inbox_json(const model::Inbox& inbox, const Viewer& viewer) {
  return ObjectText()
      .raw("messages", list_json(inbox.entries, [&](const auto& entry) { return message_json(entry, viewer); }))
      .number("left_out", inbox.left_out)
      .null_or_text("next", inbox.next == 0 ? std::string() : cursor_text(CursorOf::kInbox, inbox.next))
      .done();
}

std::string status_json(const model::StoreStatus& s) {
  return ObjectText()
      .number("schema", s.schema)
      .number("last_seq", s.last_seq)
      .text("head", s.head)
      .text("head_short", model::short_head(s.head))
      .number("open_incidents", s.open_incidents)
      .number("owed", s.owed)
      .null_or_text("oldest_owed_at",
                    s.oldest_owed_us == 0 ? std::string() : base::to_rfc3339(base::from_micros(s.oldest_owed_us)))
      .done();
}

std::string readiness_json(const ports::Readiness& readiness, std::string_view language) {
  return ObjectText()
      .flag("ready", readiness.ready)
      .raw("problems", list_json(readiness.problems,
                                 [&](const base::Said& said) { return quoted_json(said.in(language == "zh")); }))
      .done();
}

std::string record_json(const std::vector<model::RecordEntry>& entries, std::int64_t after, const BesideEntries& beside,
                        const Viewer& viewer) {
  const auto next = entries.empty() ? after : entries.back().seq;
  return ObjectText()
      .raw("entries", list_json(entries, [&](const model::RecordEntry& e) { return entry(e, beside, viewer); }))
      .null_or_text("next", next == 0 ? std::string() : cursor_text(CursorOf::kRecord, next))
      .done();
}

std::string outcome_json(model::DeliveryId line, std::string_view outcome) {
  return ObjectText().raw("line", id_or_null(line.value)).text("outcome", outcome).done();
}

std::string task_done_json(model::TaskId task) {
  return ObjectText().raw("task", id_or_null(task.value)).flag("done", true).done();
}

}  // namespace tocsin::https
