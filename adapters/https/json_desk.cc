#include "adapters/https/json_desk.h"

#include "adapters/https/json_text.h"
#include "gateway/base/ids.h"
#include "gateway/base/time.h"

namespace tocsin::https {
namespace {

std::string time_or_empty(const std::optional<base::UtcTime>& at) {
  return at ? base::to_rfc3339(*at) : std::string();
}

std::string person(model::PersonId who, const ports::Roster& roster) {
  if (!who) return "null";
  const auto* card = roster.person(who);
  return ObjectText()
      .null_or_text("code", card == nullptr ? std::string_view() : card->code)
      .null_or_text("name", card == nullptr ? std::string_view() : card->name)
      .done();
}

std::string danger(const model::Danger& d) {
  return ObjectText()
      .text("code", model::name_of(d.kind))
      .text("text", d.words.en)
      .text("text_zh", d.words.zh)
      .null_or_text("since", time_or_empty(d.since))
      .done();
}

std::string link(const model::LinkLook& l) {
  return ObjectText()
      .text("name", l.name)
      .null_or_text("kind", l.kind)
      .text("channel", model::name_of(l.channel))
      .text("state", model::name_of(l.state))
      .null_or_text("why", l.why.en)
      .null_or_text("why_zh", l.why.zh)
      .null_or_text("since", time_or_empty(l.since))
      .number("waiting", l.waiting)
      .number("handed_over_1h", l.handed_over_1h)
      .null_or_text("last_receipt_at", time_or_empty(l.last_receipt_at))
      .done();
}

std::string duty(const model::DutyNow& d, const ports::Roster& roster) {
  const auto on = [&](const model::DutyNow::On& one) {
    return ObjectText().raw("person", person(one.person, roster)).text("as", one.as).done();
  };
  return ObjectText().text("duty", d.duty).raw("people", list_json(d.people, on)).done();
}

std::string duties(const model::DeskLook& look, const ports::Roster& roster) {
  return list_json(look.on_duty, [&](const model::DutyNow& d) { return duty(d, roster); });
}

}  // namespace

std::string desk_members(const model::DeskLook& look, const ports::Roster& roster) {
  const auto text = ObjectText()
                        .raw("dangers", list_json(look.dangers, danger))
                        .raw("on_duty", duties(look, roster))
                        .raw("links", list_json(look.links, link))
                        .number("open_incidents", look.counts.open_incidents)
                        .number("unopened", look.counts.unopened)
                        .number("unanswered", look.unanswered)
                        .number("inbox_waiting", look.counts.inbox_waiting)
                        .number("call_lines", look.counts.call_lines)
                        .number("tasks_open", look.counts.tasks_open)
                        .number("tasks_overdue", look.counts.tasks_overdue)
                        .done();
  return text.substr(1);
}

std::string links_json(const std::vector<model::LinkLook>& links) {
  return ObjectText().raw("links", list_json(links, link)).done();
}

std::string handover_json(const model::Handover& h, const ports::Roster& roster) {
  return ObjectText()
      .text("handover", base::to_base32(h.id.value))
      .text("at", base::to_rfc3339(h.at))
      .text("by", h.by)
      .text("taken_over_by", h.taken_over_by)
      .raw("person", person(h.person, roster))
      .null_or_text("note", h.note)
      .raw("open_incidents", list_json(h.open_incidents, [](int code) { return std::to_string(code); }))
      .number("unanswered", h.unanswered)
      .raw("dangers", list_json(h.dangers, [](const std::string& name) { return quoted_json(name); }))
      .done();
}

std::string handovers_json(const std::vector<model::Handover>& handovers, const ports::Roster& roster) {
  return ObjectText()
      .raw("handovers", list_json(handovers, [&](const model::Handover& h) { return handover_json(h, roster); }))
      .done();
}

std::string handover_sheet_json(const HandoverSheet& sheet, const Viewer& viewer) {
  const auto& look = sheet.look;
  return ObjectText()
      .text("at", base::to_rfc3339(look.at))
      .number("seen", sheet.seen)
      .raw("on_duty", duties(look, viewer.roster))
      .raw("dangers", list_json(look.dangers, danger))
      .raw("incidents", incident_list_json(sheet.open, sheet.beside, viewer))
      .raw("tasks", task_list_json(sheet.tasks))
      .raw("links", list_json(look.links, link))
      .number("call_lines", look.counts.call_lines)
      .number("inbox_waiting", look.counts.inbox_waiting)
      .raw("last", sheet.last.empty() ? "null" : handover_json(sheet.last.front(), viewer.roster))
      .done();
}

}  // namespace tocsin::https
