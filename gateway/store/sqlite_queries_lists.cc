// Lists that go on, and what changed behind an entry of the record.
#include <algorithm>
#include <limits>
#include <set>

#include "gateway/store/inbox.h"
#include "gateway/store/one_picture.h"
#include "gateway/store/rows.h"

namespace tocsin::store {

namespace {

using model::RecordKind;

// Incidents looked at for one page of what one person was told of.
constexpr int kLookedAt = 2000;
// Incidents one answer of changes() may hold.
constexpr std::size_t kMostChanged = 500;

// A page of `limit` from rows read one further than that.
template <typename T>
model::Page<T> page_of(std::vector<T> rows, int limit) {
  model::Page<T> page;
  page.rows = std::move(rows);
  if (static_cast<int>(page.rows.size()) > limit) {
    page.rows.resize(static_cast<std::size_t>(limit));
    if (!page.rows.empty()) page.next = page.rows.back().id.value;
  }
  return page;
}

std::int64_t before_or_all(std::int64_t before) {
  return before == 0 ? std::numeric_limits<std::int64_t>::max() : before;
}

bool has_alert(db::Session& db, model::IncidentId incident, model::PersonId person) {
  if (!person) return false;
  auto rows = db.statement(
                    "select 1 from matter m cross join alert a where m.incident = ?1 and m.kind in (1, 2, 5) "
                    "and a.matter = m.id and a.person = ?2 limit 1")
                  .run(incident, person);
  return rows.next();
}

std::vector<model::Incident> incidents_behind(db::Session& db, std::optional<bool> open, std::int64_t before,
                                              int limit) {
  if (open == true) {  // by the index of open ones, which are few
    return read_all(db.statement("select " TOCSIN_INCIDENT_COLUMNS
                                 " from incident where state = 1 and +id < ?1 order by +id desc limit ?2")
                        .run(before, limit),
                    read_incident);
  }
  if (open == false) {
    return read_all(db.statement("select " TOCSIN_INCIDENT_COLUMNS
                                 " from incident where id < ?1 and +state <> 1 order by id desc limit ?2")
                        .run(before, limit),
                    read_incident);
  }
  return read_all(
      db.statement("select " TOCSIN_INCIDENT_COLUMNS " from incident where id < ?1 order by id desc limit ?2")
          .run(before, limit),
      read_incident);
}

// A page may be short, or empty, and go on: what lies between was looked at and is not theirs.
model::Page<model::Incident> incidents_told(db::Session& db, const model::IncidentsWanted& wanted, int limit) {
  model::Page<model::Incident> page;
  auto candidates = incidents_behind(db, wanted.open, before_or_all(wanted.before.value), kLookedAt);
  const bool all_seen = static_cast<int>(candidates.size()) < kLookedAt;
  for (auto& incident : candidates) {
    if (static_cast<int>(page.rows.size()) == limit) {
      page.next = page.rows.back().id.value;
      return page;
    }
    page.next = incident.id.value;
    if (has_alert(db, incident.id, wanted.told)) page.rows.push_back(std::move(incident));
  }
  if (all_seen) page.next = 0;
  return page;
}

// Entries that can change what stands on the call sheet, or on the list of tasks.  Once too often does no harm.
bool touches_call_sheet(RecordKind kind) {
  switch (kind) {
    case RecordKind::kDirectoryImported:
    case RecordKind::kMerged:
    case RecordKind::kStoodDown:
    case RecordKind::kClassified:
    case RecordKind::kLevelRaised:
    case RecordKind::kLevelLowered:
    case RecordKind::kCallOutEnded:
    case RecordKind::kAlertUpdated:
    case RecordKind::kDeliveryCancelled:
    case RecordKind::kDeliverySuperseded:
    case RecordKind::kQueued:
    case RecordKind::kAnswered:
    case RecordKind::kAnswerLate:
    case RecordKind::kCallOutcome: return true;
    default: return false;
  }
}

bool touches_tasks(RecordKind kind) {
  switch (kind) {
    case RecordKind::kMerged:
    case RecordKind::kStoodDown:
    case RecordKind::kCallOutEnded:
    case RecordKind::kStepClosed:
    case RecordKind::kTaskOpened:
    case RecordKind::kTaskDone:
    case RecordKind::kTaskOverdue: return true;
    default: return false;
  }
}

// The entries of one answer, boiled down.
struct Touched {
  std::int64_t cursor = 0;
  std::set<std::int64_t> incidents;
  bool call_sheet = false, tasks = false, inbox = false;
};

Touched touched_since(db::Session& db, std::int64_t since, int entries) {
  Touched touched;
  touched.cursor = since;
  auto rows = db.statement("select seq, kind, incident, subject from record where seq > ?1 order by seq limit ?2")
                  .run(since, entries);
  while (rows.next() && touched.incidents.size() < kMostChanged) {
    touched.cursor = rows.int64(0);
    const auto kind = rows.as<RecordKind>(1);
    if (rows.int64(2) != 0) touched.incidents.insert(rows.int64(2));
    if (kind == RecordKind::kMerged) touched.incidents.insert(rows.int64(3));  // the younger one has ended
    touched.call_sheet = touched.call_sheet || touches_call_sheet(kind);
    touched.tasks = touched.tasks || touches_tasks(kind);
    // A report may be one that was taken out of it.
    touched.inbox = touched.inbox || kind == RecordKind::kStrangerWrote || kind == RecordKind::kMessageOpened ||
                    kind == RecordKind::kReportAccepted;
  }
  return touched;
}

void add_own(db::Session& db, model::IncidentId incident, const model::Principal& by, model::Changes& changes) {
  if (by.person) {
    auto own = read_all(db.statement("select " TOCSIN_ALERT_COLUMNS
                                     " from alert where id in (select a.id from matter m cross join alert a where "
                                     "m.incident = ?1 and m.kind in (1, 2, 5) and a.matter = m.id and a.person = ?2) "
                                     "order by id")
                            .run(incident, by.person),
                        read_alert);
    std::move(own.begin(), own.end(), std::back_inserter(changes.alerts));
  }
  auto rows = db.statement(
                    "select id from report where incident = ?1 and ((reporter = ?2 and via <> 3) or "
                    "(?3 <> 0 and reporter_person = ?3)) order by id limit 200")
                  .run(incident, by.name, by.person);
  while (rows.next()) changes.reports.push_back(rows.id<model::ReportId>(0));
}

model::Changes read_changes(db::Session& db, const model::ChangesWanted& wanted) {
  model::Changes changes;
  std::int64_t last = 0;
  {
    auto rows = db.statement("select max(seq) from record").run();
    if (rows.next()) last = rows.int64(0);
  }
  changes.cursor = last;
  if (wanted.since > last || last - wanted.since > wanted.most) {
    changes.full = true;
    changes.call_sheet = changes.tasks = changes.inbox = wanted.desk;
    return changes;
  }
  const Touched touched = touched_since(db, wanted.since, capped(wanted.entries));
  changes.cursor = touched.cursor;
  changes.more = touched.cursor < last;
  changes.call_sheet = wanted.desk && touched.call_sheet;
  changes.tasks = wanted.desk && touched.tasks;
  changes.inbox = wanted.desk && touched.inbox;
  for (const std::int64_t id : touched.incidents) {
    const model::IncidentId incident{id};
    if (wanted.desk || has_alert(db, incident, wanted.by.person)) {
      auto found = read_one(
          db.statement("select " TOCSIN_INCIDENT_COLUMNS " from incident where id = ?1").run(incident), read_incident);
      if (found) changes.incidents.push_back(std::move(*found));
    }
    add_own(db, incident, wanted.by, changes);
  }
  return changes;
}

}  // namespace

base::Result<model::Page<model::Incident>> SqliteQueries::incidents(const model::IncidentsWanted& wanted) const {
  return in_one_picture([&](db::Session& db) {
    const int limit = capped(wanted.limit);
    if (wanted.told) return incidents_told(db, wanted, limit);
    return page_of(incidents_behind(db, wanted.open, before_or_all(wanted.before.value), limit + 1), limit);
  });
}

base::Result<model::Page<model::Alert>> SqliteQueries::alerts_of(model::PersonId person, bool open_only,
                                                                 model::AlertId before, int limit) const {
  // By way of the incidents, of all of them the newest 5,000: an index by person would cost every alert ever made.
  static constexpr std::string_view kOpen =
      "select " TOCSIN_ALERT_COLUMNS
      " from alert where id in (select a.id from incident i cross join matter m cross join alert a "
      "where i.state = 1 and m.incident = i.id and m.kind in (1, 2, 5) and a.matter = m.id "
      "and a.person = ?1 and a.state in (1, 2, 4)) and +id < ?2 order by id desc limit ?3";
  static constexpr std::string_view kAll =
      "select " TOCSIN_ALERT_COLUMNS
      " from alert where id in (select a.id from (select id from incident order by id desc limit 5000) i "
      "cross join matter m cross join alert a where m.incident = i.id and m.kind in (1, 2, 5) and a.matter = m.id "
      "and a.person = ?1) and +id < ?2 order by id desc limit ?3";
  return in_one_picture([&](db::Session& db) {
    const int most = capped(limit);
    return page_of(
        read_all(db.statement(open_only ? kOpen : kAll).run(person, before_or_all(before.value), most + 1), read_alert),
        most);
  });
}

base::Result<model::Inbox> SqliteQueries::inbox(const model::InboxWanted& wanted) const {
  return in_one_picture([&](db::Session& db) {
    auto bounded = wanted;
    bounded.limit = capped(wanted.limit);
    return read_inbox(db, bounded);
  });
}

base::Result<std::map<model::IncidentId, int>> SqliteQueries::codes(std::span<const model::IncidentId> ids) const {
  return in_one_picture([&](db::Session& db) {
    std::map<model::IncidentId, int> codes;
    for (const auto id : ids) {
      if (codes.count(id) != 0) continue;
      auto rows = db.statement("select code from incident where id = ?1").run(id);
      if (rows.next()) codes.emplace(id, rows.integer(0));
    }
    return codes;
  });
}

base::Result<std::map<model::AlertId, model::PersonId>> SqliteQueries::told_by(
    std::span<const model::AlertId> ids) const {
  const auto wanted = array_of(ids);
  return in_one_picture([&](db::Session& db) {
    std::map<model::AlertId, model::PersonId> people;
    auto rows =
        db.statement("select a.id, a.person from json_each(?1) j cross join alert a where a.id = j.value").run(wanted);
    while (rows.next()) people.emplace(rows.id<model::AlertId>(0), rows.id<model::PersonId>(1));
    return people;
  });
}

base::Result<std::map<model::IncidentId, model::Awaiting>> SqliteQueries::awaiting(
    std::span<const model::IncidentId> ids) const {
  using Awaiting = std::map<model::IncidentId, model::Awaiting>;
  if (ids.empty()) return Awaiting{};
  return in_one_picture([&](db::Session& db) {
    // All that wait, in the order of the indexes over those: an open incident has one approval at most.
    const std::set<model::IncidentId> wanted(ids.begin(), ids.end());
    Awaiting awaiting;
    auto rows = db.statement("select " TOCSIN_APPROVAL_COLUMNS " from approval where state = 1 order by due_at").run();
    while (rows.next()) {
      auto approval = read_approval(rows);
      if (wanted.count(approval.incident) != 0) awaiting[approval.incident].approval = std::move(approval);
    }
    auto unread = db.statement(
                        "select incident, count(distinct alert) from note where kind = 1 and looked_at is null "
                        "group by incident")
                      .run();
    while (unread.next()) {
      const auto incident = unread.id<model::IncidentId>(0);
      if (wanted.count(incident) != 0) awaiting[incident].replied = unread.integer(1);
    }
    return awaiting;
  });
}

base::Result<bool> SqliteQueries::was_told(model::IncidentId incident, model::PersonId person) const {
  return in_one_picture([&](db::Session& db) { return has_alert(db, incident, person); });
}

base::Result<model::Changes> SqliteQueries::changes(const model::ChangesWanted& wanted) const {
  return in_one_picture([&](db::Session& db) { return read_changes(db, wanted); });
}

}  // namespace tocsin::store
