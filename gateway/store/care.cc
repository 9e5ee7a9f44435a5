#include "gateway/store/care.h"

#include <unordered_set>

#include "gateway/base/ids.h"
#include "gateway/model/contact_care.h"
#include "gateway/store/one_picture.h"
#include "gateway/store/rows.h"

namespace tocsin::store {

std::vector<model::ContactDoubt> read_doubtful_contacts(db::Session& session, base::UtcTime since) {
  model::ContactCare care;
  // Who shares a number shares a delivery: what a check says is said of each of them.  An answer says more than any
  // receipt.
  auto rows = session
                  .statement(
                      "select contact, coalesce(ended_at, handed_over_at), channel, state, meaning, code, incident, id "
                      "from delivery where id >= ?1 and contact > 0 and alert > 0 and state in (4, 5, 6) union all "
                      "select c.contact, coalesce(case when c.state = 2 then c.ended_at end, d.ended_at, "
                      "d.handed_over_at, c.asked_at), d.channel, case when c.state = 2 then 4 else d.state end, "
                      "d.meaning, d.code, c.round, d.id from contact_check c join delivery d on d.id = c.delivery "
                      "where c.asked_at >= ?2 and (c.state = 2 or d.state in (4, 5, 6)) order by 8")
                  .run(base::first_id_at(since), since);
  while (rows.next()) {
    model::ContactEvidence evidence;
    evidence.at = rows.time(1);
    evidence.channel = rows.as<model::Channel>(2);
    evidence.state = rows.as<model::DeliveryState>(3);
    evidence.meaning = rows.as<model::Meaning>(4);
    evidence.code = rows.string(5);
    evidence.incident = rows.id<model::IncidentId>(6);
    care.add(rows.id<model::ContactId>(0), evidence);
  }
  return care.doubts();
}

std::optional<model::CheckRound> read_latest_round(db::Session& session) {
  return read_one(session
                      .statement("select id, state, via, waits, paused, stopped, by_whom, started_at, asked_at, "
                                 "ended_at, position from check_round order by id desc limit 1")
                      .run(),
                  [](const db::Rows& row) {
                    model::CheckRound r;
                    r.id = row.id<model::CheckRoundId>(0);
                    r.state = row.as<model::RoundState>(1);
                    r.via = row.as<model::RoundVia>(2);
                    r.waits = row.as<model::RoundWaits>(3);
                    r.paused = row.flag(4);
                    r.stopped = row.flag(5);
                    r.by = row.string(6);
                    r.started_at = row.time(7);
                    r.asked_at = row.maybe_time(8);
                    r.ended_at = row.maybe_time(9);
                    r.position = row.id<model::ContactId>(10);
                    return r;
                  });
}

model::CheckCounts read_check_counts(db::Session& session, model::CheckRoundId round) {
  model::CheckCounts counts;
  auto rows = session.statement("select state, count(*) from contact_check where round = ?1 group by state").run(round);
  while (rows.next()) {
    const int many = rows.integer(1);
    counts.asked += many;
    switch (rows.as<model::CheckState>(0)) {
      case model::CheckState::kAsked: break;
      case model::CheckState::kAnswered: counts.answered = many; break;
      case model::CheckState::kSilent: counts.silent = many; break;
      case model::CheckState::kFailed: counts.failed = many; break;
      case model::CheckState::kNotSent: counts.not_sent = many; break;
    }
  }
  return counts;
}

model::ContactChecks read_contact_checks(db::Session& session, base::UtcTime since, model::PersonId only) {
  model::ContactChecks checks;
  checks.round = read_latest_round(session);
  if (checks.round) checks.counts = read_check_counts(session, checks.round->id);
  std::unordered_set<model::ContactId> seen;
  constexpr const char* kOfAll = "select " TOCSIN_CHECKED_COLUMNS
                                 " from contact_check c left join delivery d on d.id = c.delivery "
                                 "where c.asked_at >= ?1 and ?2 = 0 order by c.asked_at desc, c.contact";
  constexpr const char* kOfOne = "select " TOCSIN_CHECKED_COLUMNS
                                 " from contact_check c left join delivery d on d.id = c.delivery "
                                 "where c.asked_at >= ?1 and c.person = ?2 order by c.asked_at desc, c.contact";
  auto rows = session.statement(only ? kOfOne : kOfAll).run(since, only);
  while (rows.next()) {
    auto checked = read_checked(rows);
    const auto outcome = model::outcome_of(checked);
    // One that was only just asked again says nothing yet: what it did before still stands.
    if (outcome == model::CheckState::kAsked || outcome == model::CheckState::kNotSent) continue;
    if (!seen.insert(checked.check.contact).second || outcome == model::CheckState::kAnswered) continue;
    checks.silent.push_back(std::move(checked));
  }
  return checks;
}

base::Result<model::ContactChecks> SqliteQueries::contact_checks(base::UtcTime since, model::PersonId only) const {
  return in_one_picture([&](db::Session& db) { return read_contact_checks(db, since, only); });
}

base::Result<std::vector<model::ContactDoubt>> SqliteQueries::doubtful_contacts(base::UtcTime since) const {
  return in_one_picture([&](db::Session& db) { return read_doubtful_contacts(db, since); });
}

}  // namespace tocsin::store
