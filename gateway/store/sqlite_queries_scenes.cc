// What an incident looks like from outside the desk: to who reported it, and to who was alerted.
#include <algorithm>

#include "gateway/store/one_picture.h"
#include "gateway/store/rows.h"

namespace tocsin::store {

namespace {

std::optional<model::Incident> incident_of(db::Session& db, model::IncidentId id) {
  return read_one(db.statement("select " TOCSIN_INCIDENT_COLUMNS " from incident where id = ?1").run(id),
                  read_incident);
}

std::vector<model::PlacedFact> facts_of(db::Session& db, model::IncidentId id) {
  return read_all(db.statement("select attribute, area, value, at from placed_fact where incident = ?1").run(id),
                  read_placed_fact);
}

// Of alerts and updates: one person may have both.
int people_coming(db::Session& db, model::IncidentId id) {
  auto rows = db.statement(
                    "select count(distinct a.person) from matter m cross join alert a where m.incident = ?1 "
                    "and m.kind in (1, 2) and a.matter = m.id and a.answer in (2, 3)")
                  .run(id);
  return rows.next() ? rows.integer(0) : 0;
}

// Opened, reports, levels, merge, split, stand-down, call-out, approval; the numbers are those of model::RecordKind.
constexpr std::string_view kEvents =
    "select r.seq, r.at, r.kind, r.incident, r.subject, r.a, r.b, r.detail"
    " from incident_commit ic cross join chain c cross join record r where ic.incident = ?1 and ic.commit_no > ?2"
    " and c.commit_no = ic.commit_no and r.seq between c.first_seq and c.last_seq and r.incident = ?1"
    " and r.kind in (10, 12, 17, 18, 19, 20, 21, 30, 80, 81) order by ic.commit_no desc, r.seq desc limit ?3";
// Received, coming, arrived, cannot.
constexpr std::string_view kAnswers =
    "select r.seq, r.at, r.kind, r.incident, r.subject, r.a, r.b, r.detail"
    " from incident_commit ic cross join chain c cross join record r where ic.incident = ?1 and ic.commit_no > ?2"
    " and c.commit_no = ic.commit_no and r.seq between c.first_seq and c.last_seq and r.incident = ?1"
    " and r.kind = 70 and r.a in (1, 2, 3, 4) order by ic.commit_no, r.seq";

}  // namespace

base::Result<std::map<model::IncidentId, ports::StandingRows>> SqliteQueries::standings(
    std::span<const model::IncidentId> incidents) const {
  return in_one_picture([&](db::Session& db) {
    std::map<model::IncidentId, ports::StandingRows> found;
    for (const auto id : incidents) {
      if (found.count(id) != 0) continue;
      auto incident = incident_of(db, id);
      if (!incident) continue;
      auto& rows = found[id];
      rows.incident = std::move(*incident);
      rows.coming = people_coming(db, id);
      if (rows.incident.state != model::IncidentState::kOpen) continue;
      rows.placed = facts_of(db, id);
    }
    return found;
  });
}

base::Result<ports::SceneEntries> SqliteQueries::scene_entries(model::IncidentId incident, std::int64_t since,
                                                               int most_events) const {
  return in_one_picture([&](db::Session& db) {
    ports::SceneEntries found;
    found.commit = since;
    {
      auto rows = db.statement("select max(commit_no) from incident_commit where incident = ?1").run(incident);
      if (rows.next()) found.commit = std::max(since, rows.int64(0));
    }
    if (found.commit == since) return found;
    found.events = read_all(db.statement(kEvents).run(incident, since, capped(most_events)), read_entry);
    std::reverse(found.events.begin(), found.events.end());
    found.answers = read_all(db.statement(kAnswers).run(incident, since), read_entry);
    return found;
  });
}

base::Result<ports::SceneRows> SqliteQueries::scene_rows(model::IncidentId incident) const {
  auto rows = in_one_picture([&](db::Session& db) {
    std::optional<ports::SceneRows> found;
    auto row = incident_of(db, incident);
    if (!row) return found;
    found.emplace();
    found->incident = std::move(*row);
    if (found->incident.merged_into) {
      auto into = db.statement("select code from incident where id = ?1").run(found->incident.merged_into);
      if (into.next()) found->merged_into = into.integer(0);
    }
    found->placed = facts_of(db, incident);
    found->approval = read_one(db.statement("select " TOCSIN_APPROVAL_COLUMNS
                                            " from approval where incident = ?1 order by callout desc limit 1")
                                   .run(incident),
                               read_approval);
    if (!found->approval || found->approval->state != model::ApprovalState::kPending) return found;
    const auto callout = found->approval->callout;
    found->asked_for = read_one(
        db.statement("select " TOCSIN_CALLOUT_COLUMNS " from callout where id = ?1").run(callout), read_callout);
    found->steps = read_all(
        db.statement("select " TOCSIN_STEP_COLUMNS " from step where callout = ?1 order by idx, id").run(callout),
        read_step);
    return found;
  });
  if (!rows.ok()) return rows.error();
  if (!*rows) return base::Error{base::ErrorCode::kNotFound, "there is no such incident", {}};
  return std::move(**rows);
}

base::Result<std::map<model::AlertId, ports::SceneAlert>> SqliteQueries::scene_alerts(
    std::span<const model::AlertId> ids) const {
  return in_one_picture([&](db::Session& db) {
    std::map<model::AlertId, ports::SceneAlert> found;
    for (const auto id : ids) {
      if (found.count(id) != 0) continue;
      auto row = db.statement(
                       "select a.matter_kind, a.person, a.stands_in_for, coalesce(c.kind, 0), coalesce(c.level, -1), "
                       "coalesce(s.idx, -1), a.selector from alert a left join callout c on c.id = a.callout "
                       "left join step s on s.id = a.step where a.id = ?1")
                     .run(id);
      if (!row.next()) continue;
      found[id] = {row.as<model::MatterKind>(0),
                   row.id<model::PersonId>(1),
                   row.id<model::PersonId>(2),
                   row.as<model::HazardKind>(3),
                   row.integer(4),
                   row.integer(5),
                   row.integer(6)};
    }
    return found;
  });
}

}  // namespace tocsin::store
