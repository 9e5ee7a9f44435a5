// What the desk sees at a glance, over all open incidents.
#include <unordered_map>

#include "gateway/base/ids.h"
#include "gateway/store/handovers.h"
#include "gateway/store/one_picture.h"
#include "gateway/store/rows.h"

namespace tocsin::store {

namespace {

using model::DueWhat;

// One person told of one incident, over all their alerts and updates.
struct TheirAnswer {
  std::int64_t newest = 0, answered_by = 0;  // alerts
  bool told = false, owed = false, exhausted = false;
  bool asked = false;  // for an answer; others are only informed
  model::AnswerKind answer = model::AnswerKind::kNone;

  void add(std::int64_t alert, model::AlertState state, bool was_told, model::AnswerKind needs,
           model::AnswerKind given) {
    told = told || was_told;
    owed = owed || state != model::AlertState::kWithdrawn;
    asked = asked || needs != model::AnswerKind::kNone;
    if (alert > newest) {
      newest = alert;
      exhausted = state == model::AlertState::kExhausted;
    }
    if (given != model::AnswerKind::kNone && alert > answered_by) {
      answered_by = alert;
      answer = given;
    }
  }
};

void count(const TheirAnswer& person, model::IncidentSummary& summary) {
  using model::AnswerKind;
  if (!person.told && !person.owed) return;
  ++summary.people;
  if (person.answer == AnswerKind::kNone) {
    if (!person.told) ++summary.untold;
    if (person.told && person.asked) ++summary.unanswered;
    if (person.exhausted) ++summary.exhausted;
    return;
  }
  ++summary.answered;
  if (person.answer == AnswerKind::kComing) ++summary.coming;
  if (person.answer == AnswerKind::kArrived) ++summary.arrived;
  if (person.answer == AnswerKind::kCannot) ++summary.cannot;
}

class SummaryReader {
 public:
  SummaryReader(db::Session& db, std::span<const model::IncidentId> ids) : db_(db), ids_(array_of(ids)) {}

  model::Summaries read() {
    {
      auto rows = db_.statement("select max(seq) from record").run();
      if (rows.next()) summaries_.seq = rows.int64(0);
    }
    read_open();
    read_people();
    read_tasks();
    read_clocks(
        "select a.incident, a.due_at from approval a where a.state = 1 and a.incident in "
        "(select value from json_each(?1)) order by a.due_at",
        DueWhat::kApproval);
    read_clocks(
        "select c.incident, s.look_again_at from json_each(?1) j cross join callout c cross join step s where "
        "c.incident = j.value and c.state in (1, 2) and s.callout = c.id and s.state in (2, 3) and s.needed > 0 and "
        "s.look_again_at is not null",
        DueWhat::kStep);
    return std::move(summaries_);
  }

 private:
  model::IncidentSummary* of(model::IncidentId incident) {
    const auto found = summaries_.of.find(incident);
    return found == summaries_.of.end() ? nullptr : &found->second;
  }
  void add_clock(model::IncidentId incident, base::UtcTime at, DueWhat what) {
    auto* summary = of(incident);
    if (summary == nullptr) return;
    if (!summary->next_due || at < summary->next_due->at) summary->next_due = model::NextDue{at, what};
  }

  void read_open() {
    auto rows = db_.statement(
                       "select i.id, case when i.seen_at is null then i.open_by end from json_each(?1) j cross join "
                       "incident i where i.id = j.value and i.state = 1")
                    .run(ids_);
    while (rows.next()) {
      const auto incident = rows.id<model::IncidentId>(0);
      summaries_.of[incident];
      if (const auto open_by = rows.maybe_time(1)) add_clock(incident, *open_by, DueWhat::kOpen);
    }
  }

  void read_people() {
    std::map<model::IncidentId, std::unordered_map<std::int64_t, TheirAnswer>> people;
    {
      auto rows = db_.statement(
                         "select m.incident, a.person, a.id, a.state, a.told, a.needs, a.answer from json_each(?1) j "
                         "cross join "
                         "matter m cross join alert a where m.incident = j.value and m.kind in (1, 2) and a.matter = "
                         "m.id")
                      .run(ids_);
      while (rows.next()) {
        people[rows.id<model::IncidentId>(0)][rows.int64(1)].add(rows.int64(2), rows.as<model::AlertState>(3),
                                                                 rows.flag(4), rows.as<model::AnswerKind>(5),
                                                                 rows.as<model::AnswerKind>(6));
      }
    }
    for (const auto& told : people) {
      auto* summary = of(told.first);
      if (summary == nullptr) continue;
      for (const auto& person : told.second) count(person.second, *summary);
    }
  }

  void read_tasks() {
    auto rows = db_.statement(
                       "select t.incident, t.state, t.due_at from json_each(?1) j cross join task t where t.incident "
                       "= j.value and t.state in (1, 3)")
                    .run(ids_);
    while (rows.next()) {
      const auto incident = rows.id<model::IncidentId>(0);
      auto* summary = of(incident);
      if (summary == nullptr) continue;
      ++summary->tasks_open;
      if (rows.as<model::TaskState>(1) == model::TaskState::kOpen) add_clock(incident, rows.time(2), DueWhat::kTask);
    }
  }

  // Incident and time.
  void read_clocks(std::string_view query, DueWhat what) {
    auto rows = db_.statement(query).run(ids_);
    while (rows.next()) add_clock(rows.id<model::IncidentId>(0), rows.time(1), what);
  }

  db::Session& db_;
  const std::string ids_;
  model::Summaries summaries_;
};

}  // namespace

base::Result<model::Summaries> SqliteQueries::summaries(std::span<const model::IncidentId> ids) const {
  return in_one_picture([&](db::Session& db) { return SummaryReader(db, ids).read(); });
}

base::Result<std::vector<model::OpenTask>> SqliteQueries::open_tasks(int limit) const {
  return in_one_picture([&](db::Session& db) {
    return read_all(
        db.statement("select t.id, t.step, t.incident, t.state, t.words, t.due_at, t.done_at, t.done_by, "
                     "t.note, t.words_zh, i.code from incident i cross join task t where i.state = 1 and t.incident = "
                     "i.id and t.state in (1, 3) order by t.due_at, t.id limit ?1")
            .run(capped(limit)),
        [](const db::Rows& row) {
          return model::OpenTask{read_task(row), row.integer(10)};
        });
  });
}

base::Result<model::DeskCounts> SqliteQueries::desk_counts(base::UtcTime inbox_since) const {
  return in_one_picture([&](db::Session& db) {
    model::DeskCounts counts;
    {
      auto rows = db.statement("select seen_at is null, count(*) from incident where state = 1 group by 1").run();
      while (rows.next()) {
        counts.open_incidents += rows.integer(1);
        if (rows.flag(0)) counts.unopened = rows.integer(1);
      }
    }
    {
      auto rows = db.statement("select count(*) from stranger where at >= ?1 and report = 0 and opened_at is null")
                      .run(inbox_since);
      if (rows.next()) counts.inbox_waiting = rows.integer(0);
    }
    {
      auto rows = db.statement(
                        "select count(distinct a.person) from delivery d cross join alert a where d.state = 3 and "
                        "d.channel in (20, 22) and a.id = d.alert and a.state in (1, 2, 4)")
                      .run();
      if (rows.next()) counts.call_lines = rows.integer(0);
    }
    {
      auto rows = db.statement(
                        "select t.state, count(*) from incident i cross join task t where i.state = 1 and t.incident "
                        "= i.id and t.state in (1, 3) group by t.state")
                      .run();
      while (rows.next()) {
        counts.tasks_open += rows.integer(1);
        if (rows.as<model::TaskState>(0) == model::TaskState::kOverdue) counts.tasks_overdue = rows.integer(1);
      }
    }
    auto rows = db.statement("select link, count(*) from delivery where state in (1, 2) group by +link").run();
    while (rows.next()) counts.waiting[rows.integer(0)] = rows.integer(1);
    return counts;
  });
}

base::Result<std::map<int, model::LinkTraffic>> SqliteQueries::link_traffic(base::UtcTime since) const {
  return in_one_picture([&](db::Session& db) {
    std::map<int, model::LinkTraffic> traffic;
    auto rows = db.statement(
                      "select link, count(*), max(case when state in (4, 5) then ended_at end) from delivery where "
                      "id >= ?1 and link >= 0 and handed_over_at is not null group by +link")
                    .run(base::first_id_at(since));
    while (rows.next()) traffic[rows.integer(0)] = {rows.integer(1), rows.maybe_time(2)};
    return traffic;
  });
}

base::Result<std::vector<model::Handover>> SqliteQueries::handovers(int limit) const {
  return in_one_picture([&](db::Session& db) {
    return read_all(
        db.statement("select " TOCSIN_HANDOVER_COLUMNS " from handover order by id desc limit ?1").run(capped(limit)),
        read_handover);
  });
}

}  // namespace tocsin::store
