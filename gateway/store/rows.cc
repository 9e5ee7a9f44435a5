#include "gateway/store/rows.h"

#include <algorithm>
#include <charconv>

namespace tocsin::store {

model::Report read_report(const db::Rows& row) {
  model::Report r;
  r.id = row.id<model::ReportId>(0);
  r.incident = row.id<model::IncidentId>(1);
  r.via = row.as<model::ReportVia>(2);
  r.reporter = row.string(3);
  r.reporter_person = row.id<model::PersonId>(4);
  r.key = row.string(5);
  r.kind = row.as<model::HazardKind>(6);
  if (auto facts = model::parse_facts(row.text(7)); facts.ok()) r.facts = std::move(facts).value();
  r.area = row.id<model::AreaId>(8);
  r.place = row.string(9);
  r.text = row.string(10);
  r.numbers_removed = row.flag(11);
  r.drill = row.flag(12);
  r.body_digest = row.string(13);
  r.received_at = row.time(14);
  r.occurred_at = row.maybe_time(15);
  return r;
}

model::Incident read_incident(const db::Rows& row) {
  model::Incident i;
  i.id = row.id<model::IncidentId>(0);
  i.code = row.integer(1);
  i.kind = row.as<model::HazardKind>(2);
  i.level = row.integer(3);
  i.level_id = row.string(4);
  i.area = row.id<model::AreaId>(5);
  i.place = row.string(6);
  i.state = row.as<model::IncidentState>(7);
  i.drill = row.flag(8);
  i.plan_version = row.integer(9);
  i.revision = row.integer(10);
  i.assessed = row.integer(11);
  i.clause = row.string(12);
  i.clause_text = row.string(13);
  i.needs_look = row.flag(14);
  i.opened_at = row.time(15);
  i.last_report_at = row.time(16);
  i.seen_at = row.maybe_time(17);
  i.open_by = row.maybe_time(18);
  i.ended_at = row.maybe_time(19);
  i.merged_into = row.id<model::IncidentId>(20);
  i.grade_id = row.string(21);
  i.grade_clause = row.string(22);
  i.grade_clause_text = row.string(23);
  i.desk_questions = from_lines(row.text(24));
  return i;
}

model::CallOut read_callout(const db::Rows& row) {
  model::CallOut c;
  c.id = row.id<model::CallOutId>(0);
  c.incident = row.id<model::IncidentId>(1);
  c.revision = row.integer(2);
  c.kind = row.as<model::HazardKind>(3);
  c.level = row.integer(4);
  c.level_id = row.string(5);
  c.state = row.as<model::CallOutState>(6);
  c.started_at = row.time(7);
  c.stand_down_by = row.string(8);
  c.conditions = from_lines(row.text(9));
  return c;
}

model::Approval read_approval(const db::Rows& row) {
  model::Approval a;
  a.callout = row.id<model::CallOutId>(0);
  a.incident = row.id<model::IncidentId>(1);
  a.revision = row.integer(2);
  a.state = row.as<model::ApprovalState>(3);
  a.by = row.string(4);
  a.starts_by_default = row.flag(5);
  a.asked_at = row.time(6);
  a.due_at = row.time(7);
  a.person = row.id<model::PersonId>(8);
  a.stands_in_for = row.id<model::PersonId>(9);
  a.decided_at = row.maybe_time(10);
  return a;
}

// Before the other half was kept, the first was all there was.
base::Said both_or_one(std::string first, std::string zh) {
  if (zh.empty()) zh = first;
  return {std::move(first), std::move(zh)};
}

std::string to_lines(const std::vector<model::NamedText>& texts) {
  std::string lines;
  for (const auto& [name, text] : texts) lines += name + '\t' + text.en + '\t' + text.zh + '\n';
  return lines;
}

std::vector<model::NamedText> from_lines(std::string_view lines) {
  std::vector<model::NamedText> texts;
  while (!lines.empty()) {
    const auto end = std::min(lines.find('\n'), lines.size());
    auto line = lines.substr(0, end);
    const auto field = [&] {
      const auto tab = std::min(line.find('\t'), line.size());
      std::string text(line.substr(0, tab));
      line.remove_prefix(std::min(tab + 1, line.size()));
      return text;
    };
    auto name = field();
    auto en = field();
    texts.push_back({std::move(name), both_or_one(std::move(en), field())});
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return texts;
}

std::string to_words(const model::Wording& wording) {
  if (wording.template_name.empty()) return {};
  std::string words;
  const auto add = [&](const std::string& text) { words += std::to_string(text.size()) + ':' + text; };
  add(wording.template_name);
  add(wording.language);
  for (const auto& [name, value] : wording.fields) {
    add(name);
    add(value);
  }
  return words;
}

model::Wording from_words(std::string_view words) {
  std::vector<std::string> texts;
  while (!words.empty()) {
    std::size_t length = 0;
    const auto colon = std::min(words.find(':'), words.size());
    const auto [end, fault] = std::from_chars(words.data(), words.data() + colon, length);
    const bool whole = fault == std::errc() && end == words.data() + colon && colon < words.size() &&
                       length <= words.size() - colon - 1;
    if (!whole) return {};
    texts.emplace_back(words.substr(colon + 1, length));
    words.remove_prefix(colon + 1 + length);
  }
  if (texts.size() < 2 || texts.size() % 2 != 0) return {};
  model::Wording wording{texts[0], texts[1], {}};
  for (std::size_t i = 2; i < texts.size(); i += 2) wording.fields[texts[i]] = texts[i + 1];
  return wording;
}

model::Step read_step(const db::Rows& row) {
  model::Step s;
  s.id = row.id<model::StepId>(0);
  s.callout = row.id<model::CallOutId>(1);
  s.incident = row.id<model::IncidentId>(2);
  s.index = row.integer(3);
  s.name = row.string(4);
  s.state = row.as<model::StepState>(5);
  s.needed = row.integer(6);
  s.needs = row.as<model::AnswerKind>(7);
  s.total = row.integer(8);
  s.entered = row.integer(9);
  s.counters = {row.integer(10), row.integer(11), row.integer(12), row.integer(13),
                row.integer(14), row.integer(15), row.integer(16)};
  s.started_at = row.maybe_time(17);
  s.last_first_rung_at = row.maybe_time(18);
  s.look_again_at = row.maybe_time(19);
  s.title = {row.string(20), row.string(21)};
  return s;
}

model::Task read_task(const db::Rows& row) {
  model::Task t;
  t.id = row.id<model::TaskId>(0);
  t.step = row.id<model::StepId>(1);
  t.incident = row.id<model::IncidentId>(2);
  t.state = row.as<model::TaskState>(3);
  t.text = both_or_one(row.string(4), row.string(9));
  t.due_at = row.time(5);
  t.done_at = row.maybe_time(6);
  t.done_by = row.string(7);
  t.note = row.string(8);
  return t;
}

model::Alert read_alert(const db::Rows& row) {
  model::Alert a;
  a.id = row.id<model::AlertId>(0);
  a.matter = row.id<model::MatterId>(1);
  a.matter_kind = row.as<model::MatterKind>(2);
  a.incident = row.id<model::IncidentId>(3);
  a.callout = row.id<model::CallOutId>(4);
  a.step = row.id<model::StepId>(5);
  a.selector = row.integer(6);
  a.more_hats = row.flag(7);
  a.person = row.id<model::PersonId>(8);
  a.stands_in_for = row.id<model::PersonId>(9);
  a.ladder = row.integer(10);
  a.needs = row.as<model::AnswerKind>(11);
  a.urgency = row.integer(12);
  a.drill = row.flag(13);
  a.state = row.as<model::AlertState>(14);
  a.reason = row.as<model::Reason>(15);
  a.cycle = row.integer(16);
  a.rung = row.integer(17);
  a.told = row.flag(18);
  a.first_rung_done = row.flag(19);
  a.answer = row.as<model::AnswerKind>(20);
  a.answered_at = row.maybe_time(21);
  a.paused_until = row.maybe_time(22);
  a.look_again_at = row.maybe_time(23);
  a.seen_at = row.maybe_time(24);
  return a;
}

model::Delivery read_delivery(const db::Rows& row) {
  model::Delivery d;
  d.id = row.id<model::DeliveryId>(0);
  d.alert = row.id<model::AlertId>(1);
  d.incident = row.id<model::IncidentId>(2);
  d.message = row.id<model::MessageId>(3);
  d.channel = row.as<model::Channel>(4);
  d.link = row.integer(5);
  d.contact = row.id<model::ContactId>(6);
  d.address = row.string(7);
  d.cycle = row.integer(8);
  d.rung = row.integer(9);
  d.attempt = row.integer(10);
  d.cause = row.as<model::Reason>(11);
  d.urgency = row.integer(12);
  d.state = row.as<model::DeliveryState>(13);
  d.turn = row.int64(14);
  d.stalled = row.flag(15);
  d.parts = row.integer(16);
  d.carrier_id = row.string(17);
  d.code = row.string(18);
  d.handed_over_at = row.maybe_time(19);
  d.ended_at = row.maybe_time(20);
  d.not_before = row.maybe_time(21);
  d.receipt_due_at = row.maybe_time(22);
  d.meaning = row.as<model::Meaning>(23);
  d.on_its_way_at = row.maybe_time(24);
  d.summary = row.id<model::DeliveryId>(25);
  return d;
}

model::PlacedFact read_placed_fact(const db::Rows& row) {
  model::PlacedFact fact;
  fact.attribute = row.string(0);
  fact.area = row.id<model::AreaId>(1);
  fact.value = model::parse_fact_value(row.text(2)).value_or(model::FactValue{});
  fact.at = row.time(3);
  return fact;
}

model::Attachment read_attachment(const db::Rows& row) {
  model::Attachment a;
  a.report = row.id<model::ReportId>(0);
  a.hash = row.string(1);
  a.type = row.as<model::MediaType>(2);
  a.bytes = row.int64(3);
  a.width = row.integer(4);
  a.height = row.integer(5);
  a.at = row.time(6);
  return a;
}

model::CheckedContact read_checked(const db::Rows& row) {
  model::CheckedContact checked;
  auto& c = checked.check;
  c.round = row.id<model::CheckRoundId>(0);
  c.contact = row.id<model::ContactId>(1);
  c.person = row.id<model::PersonId>(2);
  c.number = row.string(3);
  c.delivery = row.id<model::DeliveryId>(4);
  c.state = row.as<model::CheckState>(5);
  c.asked_at = row.time(6);
  c.due_at = row.time(7);
  c.ended_at = row.maybe_time(8);
  checked.delivery = row.as<model::DeliveryState>(9);
  checked.meaning = row.as<model::Meaning>(10);
  checked.code = row.string(11);
  return checked;
}

model::RecordEntry read_entry(const db::Rows& row) {
  model::RecordEntry e;
  e.seq = row.int64(0);
  e.at = row.time(1);
  e.kind = row.as<model::RecordKind>(2);
  e.incident = row.id<model::IncidentId>(3);
  e.subject = row.int64(4);
  e.a = row.int64(5);
  e.b = row.int64(6);
  e.detail = row.string(7);
  return e;
}

}  // namespace tocsin::store
