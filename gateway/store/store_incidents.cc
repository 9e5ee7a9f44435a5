// Reports, incidents, and what comes in from outside.
#include <algorithm>
#include <array>

#include "gateway/store/rows.h"
#include "gateway/store/sqlite_store.h"

namespace tocsin::store {

namespace {

constexpr int kMergesFollowed = 16;

// SQL NULL for an empty key: reports without one do not collide.
std::optional<std::string_view> or_null(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional<std::string_view>(text);
}

}  // namespace

std::optional<model::Report> SqliteStore::report_by_key(std::string_view reporter, std::string_view key) {
  return read_one(
      sql("select " TOCSIN_REPORT_COLUMNS " from report where reporter = ?1 and reporter_key = ?2").run(reporter, key),
      read_report);
}

std::optional<model::Report> SqliteStore::report_with_key(std::string_view key, base::UtcTime since) {
  return read_one(
      sql("select " TOCSIN_REPORT_COLUMNS " from report where id >= ?2 and reporter_key = ?1 order by id limit 1")
          .run(key, base::first_id_at(since)),
      read_report);
}

void SqliteStore::insert(const model::Report& r) {
  const std::string facts = model::to_text(r.facts);
  sql("insert into report (" TOCSIN_REPORT_COLUMNS
      ") values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)")
      .exec(r.id, r.incident, r.via, r.reporter, r.reporter_person, or_null(r.key), r.kind, facts, r.area, r.place,
            r.text, r.numbers_removed, r.drill, r.body_digest, r.received_at, r.occurred_at);
}

std::optional<model::Report> SqliteStore::report_of_person(model::PersonId reporter, std::string_view key,
                                                           base::UtcTime since) {
  return read_one(sql("select " TOCSIN_REPORT_COLUMNS
                      " from report where reporter_person = ?1 and reporter_person <> 0 and received_at >= ?3 "
                      "and upper(reporter_key) = upper(?2) order by received_at, id limit 1")
                      .run(reporter, key, since),
                  read_report);
}

std::optional<model::Report> SqliteStore::latest_report_of(model::PersonId reporter, base::UtcTime since) {
  return read_one(sql("select " TOCSIN_REPORT_COLUMNS
                      " from report where reporter_person = ?1 and reporter_person <> 0 and received_at >= ?2 "
                      "order by received_at desc, id desc limit 1")
                      .run(reporter, since),
                  read_report);
}

std::vector<model::Report> SqliteStore::reports_of(model::IncidentId incident) {
  return read_all(sql("select " TOCSIN_REPORT_COLUMNS " from report where incident = ?1 order by id").run(incident),
                  read_report);
}

void SqliteStore::move_report(model::ReportId report, model::IncidentId to) {
  sql("update report set incident = ?2 where id = ?1").exec(report, to);
}

std::vector<model::Incident> SqliteStore::open_incidents(model::HazardKind kind, bool drill, base::UtcTime since,
                                                         int limit) {
  return read_all(sql("select " TOCSIN_INCIDENT_COLUMNS
                      " from incident where state = 1 and kind = ?1 and last_report_at >= ?3 and drill = ?2 "
                      "order by id desc limit ?4")
                      .run(kind, drill, since, limit),
                  read_incident);
}

std::optional<model::Incident> SqliteStore::incident(model::IncidentId id) {
  return read_one(sql("select " TOCSIN_INCIDENT_COLUMNS " from incident where id = ?1").run(id), read_incident);
}

std::optional<model::Incident> SqliteStore::incident_by_code(int code) {
  auto found =
      read_one(sql("select " TOCSIN_INCIDENT_COLUMNS " from incident where code = ?1").run(code), read_incident);
  const auto aliased = read_one(sql("select incident from alias where code = ?1").run(code),
                                [](const db::Rows& row) { return row.id<model::IncidentId>(0); });
  if (aliased) found = incident(*aliased);
  for (int i = 0; i < kMergesFollowed && found && found->merged_into; ++i) found = incident(found->merged_into);
  return found;
}

int SqliteStore::next_code() {
  constexpr int kFirstCode = 101;
  auto rows = sql("select max(code) from incident").run();
  return rows.next() && !rows.is_null(0) ? std::max(kFirstCode, rows.integer(0) + 1) : kFirstCode;
}

void SqliteStore::insert(const model::Incident& i) {
  sql("insert into incident (" TOCSIN_INCIDENT_COLUMNS
      ") values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, "
      "?23, ?24, "
      "?25)")
      .exec(i.id, i.code, i.kind, i.level, i.level_id, i.area, i.place, i.state, i.drill, i.plan_version, i.revision,
            i.assessed, i.clause, i.clause_text, i.needs_look, i.opened_at, i.last_report_at, i.seen_at, i.open_by,
            i.ended_at, i.merged_into, i.grade_id, i.grade_clause, i.grade_clause_text, to_lines(i.desk_questions));
}

void SqliteStore::update(const model::Incident& i) {
  sql("update incident set code = ?2, kind = ?3, level = ?4, level_id = ?5, area = ?6, place = ?7, state = ?8, drill = "
      "?9, "
      "plan_version = ?10, revision = ?11, assessed = ?12, clause = ?13, clause_text = ?14, needs_look = ?15, "
      "opened_at = ?16, "
      "last_report_at = ?17, seen_at = ?18, open_by = ?19, ended_at = ?20, merged_into = ?21, grade_id = ?22, "
      "grade_clause = ?23, grade_clause_text = ?24, desk_questions = ?25 where id = ?1")
      .exec(i.id, i.code, i.kind, i.level, i.level_id, i.area, i.place, i.state, i.drill, i.plan_version, i.revision,
            i.assessed, i.clause, i.clause_text, i.needs_look, i.opened_at, i.last_report_at, i.seen_at, i.open_by,
            i.ended_at, i.merged_into, i.grade_id, i.grade_clause, i.grade_clause_text, to_lines(i.desk_questions));
}

void SqliteStore::add_alias(int code, model::IncidentId incident) {
  // Whoever was merged into the one with this code comes along, so that no alias points at an alias.
  sql("update alias set incident = ?2 where incident in (select id from incident where code = ?1)")
      .exec(code, incident);
  sql("insert into alias (code, incident) values (?1, ?2) on conflict (code) do update set incident = "
      "excluded.incident")
      .exec(code, incident);
}

std::vector<model::PlacedFact> SqliteStore::placed_facts(model::IncidentId incident) {
  return read_all(sql("select attribute, area, value, at from placed_fact where incident = ?1 order by attribute, area")
                      .run(incident),
                  read_placed_fact);
}

void SqliteStore::put_placed_fact(model::IncidentId incident, const model::PlacedFact& fact) {
  sql("insert into placed_fact (incident, attribute, area, value, at) values (?1, ?2, ?3, ?4, ?5) "
      "on conflict (incident, attribute, area) do update set value = excluded.value, at = excluded.at")
      .exec(incident, fact.attribute, fact.area, model::to_text(fact.value), fact.at);
}

void SqliteStore::clear_placed_facts(model::IncidentId incident) {
  sql("delete from placed_fact where incident = ?1").exec(incident);
}

bool SqliteStore::seen_inbound(model::LinkIndex link, std::string_view digest, base::UtcTime now, base::UtcTime since) {
  {
    auto rows = sql("select at from inbound where link = ?1 and digest = ?2").run(link, digest);
    if (rows.next() && rows.time(0) >= since) return true;
  }
  sql("insert into inbound (link, digest, at) values (?1, ?2, ?3) "
      "on conflict (link, digest) do update set at = excluded.at")
      .exec(link, digest, now);
  return false;
}

void SqliteStore::purge_inbound(base::UtcTime before) {
  sql("delete from inbound where at < ?1").exec(before);
}

void SqliteStore::insert_note(model::IncidentId incident, model::AlertId alert, model::NoteKind kind,
                              std::string_view text, base::UtcTime now) {
  sql("insert into note (incident, alert, kind, body, at) values (?1, ?2, ?3, ?4, ?5)")
      .exec(incident, alert, kind, text, now);
}

int SqliteStore::look_at_replies(model::IncidentId incident, model::AlertId alert, base::UtcTime now) {
  sql("update note set looked_at = ?3 where incident = ?1 and alert = ?2 and kind = 1 and looked_at is null")
      .exec(incident, alert, now);
  return session_->failed() ? 0 : static_cast<int>(session_->changes());
}

int SqliteStore::service_texts_to(std::string_view address, base::UtcTime since) {
  // An id holds the millisecond it was made in.
  const std::int64_t first = base::IdSource(0).next(since);
  auto rows = sql("select count(*) from delivery where alert = 0 and summary = 0 and address = ?1 and id >= ?2")
                  .run(address, first);
  return rows.next() ? rows.integer(0) : 0;
}

}  // namespace tocsin::store
