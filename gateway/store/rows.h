// Rows <-> values: the column lists of the nouns, and one reader for each.
//
// The lists are macros because SQL texts are joined from them at compile time.  A reader takes the columns of its list,
// the first at `c`.
#pragma once

#include "gateway/db/statement.h"
#include "gateway/model/alert.h"
#include "gateway/model/incident.h"
#include "gateway/model/record.h"
#include "gateway/model/report.h"
#include "gateway/ports/store.h"

#define TOCSIN_REPORT_COLUMNS                                                                                     \
  "id, incident, via, reporter, reporter_person, reporter_key, kind, facts, area, place, body, numbers_removed, " \
  "drill, "                                                                                                       \
  "body_digest, received_at, occurred_at"
#define TOCSIN_INCIDENT_COLUMNS                                                                              \
  "id, code, kind, level, level_id, area, place, state, drill, plan_version, revision, assessed, clause, "   \
  "clause_text, "                                                                                            \
  "needs_look, opened_at, last_report_at, seen_at, open_by, ended_at, merged_into, grade_id, grade_clause, " \
  "grade_clause_text, desk_questions"
#define TOCSIN_CALLOUT_COLUMNS \
  "id, incident, revision, kind, level, level_id, state, started_at, stand_down_by, conditions"
#define TOCSIN_APPROVAL_COLUMNS                                                                               \
  "callout, incident, revision, state, by_whom, starts_by_default, asked_at, due_at, person, stands_in_for, " \
  "decided_at"
#define TOCSIN_STEP_COLUMNS                                                                                       \
  "id, callout, incident, idx, name, state, needed, needs, total, entered, recipients, first_pending, climbing, " \
  "received, "                                                                                                    \
  "coming, arrived, cannot, started_at, last_first_rung_at, look_again_at, title_en, title_zh"
#define TOCSIN_TASK_COLUMNS "id, step, incident, state, words, due_at, done_at, done_by, note, words_zh"
#define TOCSIN_ALERT_COLUMNS                                                                                      \
  "id, matter, matter_kind, incident, callout, step, selector, more_hats, person, stands_in_for, ladder, needs, " \
  "urgency, "                                                                                                     \
  "drill, state, reason, cycle, rung, told, first_rung_done, answer, answered_at, paused_until, look_again_at, "  \
  "seen_at"
#define TOCSIN_DELIVERY_COLUMNS                                                                                        \
  "id, alert, incident, message, channel, link, contact, address, cycle, rung, attempt, cause, urgency, state, turn, " \
  "stalled, parts, carrier_id, code, handed_over_at, ended_at, not_before, receipt_due_at, meaning, "                  \
  "on_its_way_at, summary"
#define TOCSIN_CHECK_COLUMNS "round, contact, person, number, delivery, state, asked_at, due_at, ended_at"
#define TOCSIN_CHECKED_COLUMNS                                                                               \
  "c.round, c.contact, c.person, c.number, c.delivery, c.state, c.asked_at, c.due_at, c.ended_at, d.state, " \
  "d.meaning, d.code"
#define TOCSIN_ATTACHMENT_COLUMNS "report, hash, type, bytes, width, height, at"
#define TOCSIN_RECORD_COLUMNS "seq, at, kind, incident, subject, a, b, detail"

namespace tocsin::store {

[[nodiscard]] model::Report read_report(const db::Rows& row);
[[nodiscard]] model::Incident read_incident(const db::Rows& row);
[[nodiscard]] model::CallOut read_callout(const db::Rows& row);
[[nodiscard]] model::Approval read_approval(const db::Rows& row);
[[nodiscard]] model::Step read_step(const db::Rows& row);
[[nodiscard]] model::Task read_task(const db::Rows& row);
[[nodiscard]] model::Alert read_alert(const db::Rows& row);
[[nodiscard]] model::Delivery read_delivery(const db::Rows& row);
[[nodiscard]] model::PlacedFact read_placed_fact(const db::Rows& row);  // attribute, area, value, at
[[nodiscard]] model::Attachment read_attachment(const db::Rows& row);
[[nodiscard]] model::CheckedContact read_checked(const db::Rows& row);
[[nodiscard]] model::RecordEntry read_entry(const db::Rows& row);

// One line for each: name, tab, text.  Neither has control characters.
// A line of texts has a name, the English and the Chinese, between tabs; in old rows one text stands for both.
[[nodiscard]] base::Said both_or_one(std::string first, std::string zh);
[[nodiscard]] std::string to_lines(const std::vector<model::NamedText>& texts);
[[nodiscard]] std::vector<model::NamedText> from_lines(std::string_view lines);

// Template, language, then name and value of each field, each as "length:octets": values hold any character.  Empty for
// a wording that nobody knows.  What is read of a damaged one is nothing.
[[nodiscard]] std::string to_words(const model::Wording& wording);
[[nodiscard]] model::Wording from_words(std::string_view words);

// All rows a run gives.
template <typename Read>
[[nodiscard]] auto read_all(db::Rows rows, Read read) {
  std::vector<decltype(read(rows))> values;
  while (rows.next()) values.push_back(read(rows));
  return values;
}
// The first row, if any.
template <typename Read>
[[nodiscard]] auto read_one(db::Rows rows, Read read) {
  std::optional<decltype(read(rows))> value;
  if (rows.next()) value = read(rows);
  return value;
}

}  // namespace tocsin::store
