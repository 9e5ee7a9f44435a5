// Call-outs, their steps and tasks, and long work in slices.
#include "gateway/store/rows.h"
#include "gateway/store/sqlite_store.h"

namespace tocsin::store {

namespace {

ports::Work read_work(const db::Rows& row) {
  ports::Work w;
  w.id = row.int64(0);
  w.kind = row.as<ports::WorkKind>(1);
  w.incident = row.id<model::IncidentId>(2);
  w.step = row.id<model::StepId>(3);
  w.matter = row.id<model::MatterId>(4);
  w.cursor = row.int64(5);
  w.urgency = row.integer(6);
  return w;
}

}  // namespace

void SqliteStore::insert(const model::CallOut& c) {
  sql("insert into callout (" TOCSIN_CALLOUT_COLUMNS ") values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")
      .exec(c.id, c.incident, c.revision, c.kind, c.level, c.level_id, c.state, c.started_at, c.stand_down_by,
            to_lines(c.conditions));
}

void SqliteStore::update(const model::CallOut& c) {
  sql("update callout set revision = ?2, kind = ?3, level = ?4, level_id = ?5, state = ?6, started_at = ?7 where id = "
      "?1")
      .exec(c.id, c.revision, c.kind, c.level, c.level_id, c.state, c.started_at);
}

std::optional<model::CallOut> SqliteStore::callout(model::CallOutId id) {
  return read_one(sql("select " TOCSIN_CALLOUT_COLUMNS " from callout where id = ?1").run(id), read_callout);
}

std::vector<model::CallOut> SqliteStore::callouts_of(model::IncidentId incident) {
  return read_all(sql("select " TOCSIN_CALLOUT_COLUMNS " from callout where incident = ?1 order by id").run(incident),
                  read_callout);
}

void SqliteStore::insert(const model::Approval& a) {
  sql("insert into approval (" TOCSIN_APPROVAL_COLUMNS ") values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)")
      .exec(a.callout, a.incident, a.revision, a.state, a.by, a.starts_by_default, a.asked_at, a.due_at, a.person,
            a.stands_in_for, a.decided_at);
}

void SqliteStore::update(const model::Approval& a) {
  sql("update approval set state = ?2, due_at = ?3, person = ?4, stands_in_for = ?5, decided_at = ?6 where callout = "
      "?1")
      .exec(a.callout, a.state, a.due_at, a.person, a.stands_in_for, a.decided_at);
}

std::optional<model::Approval> SqliteStore::approval(model::CallOutId callout) {
  return read_one(sql("select " TOCSIN_APPROVAL_COLUMNS " from approval where callout = ?1").run(callout),
                  read_approval);
}

std::vector<model::Approval> SqliteStore::approvals_of(model::IncidentId incident) {
  return read_all(
      sql("select " TOCSIN_APPROVAL_COLUMNS " from approval where incident = ?1 order by callout").run(incident),
      read_approval);
}

void SqliteStore::insert(const model::Step& s) {
  const model::StepCounters& n = s.counters;
  sql("insert into step (" TOCSIN_STEP_COLUMNS
      ") values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)")
      .exec(s.id, s.callout, s.incident, s.index, s.name, s.state, s.needed, s.needs, s.total, s.entered, n.recipients,
            n.first_pending, n.open, n.received, n.coming, n.arrived, n.cannot, s.started_at, s.last_first_rung_at,
            s.look_again_at, s.title.en, s.title.zh);
}

void SqliteStore::update(const model::Step& s) {
  const model::StepCounters& n = s.counters;
  sql("update step set state = ?2, needed = ?3, needs = ?4, total = ?5, entered = ?6, recipients = ?7, first_pending = "
      "?8, "
      "climbing = ?9, received = ?10, coming = ?11, arrived = ?12, cannot = ?13, started_at = ?14, last_first_rung_at "
      "= ?15, "
      "look_again_at = ?16, name = ?17 where id = ?1")
      .exec(s.id, s.state, s.needed, s.needs, s.total, s.entered, n.recipients, n.first_pending, n.open, n.received,
            n.coming, n.arrived, n.cannot, s.started_at, s.last_first_rung_at, s.look_again_at, s.name);
}

std::optional<model::Step> SqliteStore::step(model::StepId id) {
  return read_one(sql("select " TOCSIN_STEP_COLUMNS " from step where id = ?1").run(id), read_step);
}

std::vector<model::Step> SqliteStore::steps_of(model::CallOutId callout) {
  return read_all(sql("select " TOCSIN_STEP_COLUMNS " from step where callout = ?1 order by idx, id").run(callout),
                  read_step);
}

void SqliteStore::insert(const model::Task& t) {
  sql("insert into task (" TOCSIN_TASK_COLUMNS ") values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")
      .exec(t.id, t.step, t.incident, t.state, t.text.en, t.due_at, t.done_at, t.done_by, t.note, t.text.zh);
}

void SqliteStore::update(const model::Task& t) {
  sql("update task set state = ?2, words = ?3, due_at = ?4, done_at = ?5, done_by = ?6, note = ?7, words_zh = ?8 "
      "where id = ?1")
      .exec(t.id, t.state, t.text.en, t.due_at, t.done_at, t.done_by, t.note, t.text.zh);
}

std::optional<model::Task> SqliteStore::task(model::TaskId id) {
  return read_one(sql("select " TOCSIN_TASK_COLUMNS " from task where id = ?1").run(id), read_task);
}

std::vector<model::Task> SqliteStore::tasks_of(model::IncidentId incident) {
  return read_all(sql("select " TOCSIN_TASK_COLUMNS " from task where incident = ?1 order by id").run(incident),
                  read_task);
}

std::int64_t SqliteStore::insert_work(const ports::Work& w) {
  auto rows = sql("insert into work (kind, incident, step, matter, position, urgency) values (?1, ?2, ?3, ?4, ?5, ?6) "
                  "returning id")
                  .run(w.kind, w.incident, w.step, w.matter, w.cursor, w.urgency);
  std::int64_t id = 0;
  while (rows.next()) id = rows.int64(0);
  return id;
}

std::optional<ports::Work> SqliteStore::next_work() {
  return read_one(
      sql("select id, kind, incident, step, matter, position, urgency from work order by urgency desc, id limit 1")
          .run(),
      read_work);
}

void SqliteStore::update_work(const ports::Work& w) {
  sql("update work set position = ?2, urgency = ?3 where id = ?1").exec(w.id, w.cursor, w.urgency);
}

void SqliteStore::delete_work(std::int64_t id) {
  sql("delete from work where id = ?1").exec(id);
}

void SqliteStore::delete_work_of(model::IncidentId incident) {
  sql("delete from work where incident = ?1").exec(incident);
}

void SqliteStore::insert_not_told(model::IncidentId incident, int step_index, model::PersonId person,
                                  std::string_view selector, std::string_view what, model::Reason reason) {
  sql("insert into not_told (incident, step_index, person, selector, what, reason) values (?1, ?2, ?3, ?4, ?5, ?6)")
      .exec(incident, step_index, person, selector, what, reason);
}

}  // namespace tocsin::store
