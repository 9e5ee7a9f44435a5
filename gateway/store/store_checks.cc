// The contact check: its rounds, and what came of each contact point.
#include <algorithm>

#include "gateway/base/ids.h"
#include "gateway/store/care.h"
#include "gateway/store/rows.h"
#include "gateway/store/sqlite_store.h"

namespace tocsin::store {

ports::CheckStore::Calm SqliteStore::calm() {
  Calm calm;
  {
    auto open = sql("select min(id) from incident where state = 1 and drill = 0").run();
    calm.any_open = open.next() && !open.is_null(0);
  }
  auto ended = sql("select max(ended_at) from incident where drill = 0 and ended_at is not null").run();
  if (ended.next()) calm.last_ended = ended.maybe_time(0);
  return calm;
}

std::optional<model::CheckRound> SqliteStore::latest_round() {
  return read_latest_round(*session_);
}

void SqliteStore::put_round(const model::CheckRound& r) {
  sql("insert or replace into check_round (id, state, via, waits, paused, stopped, by_whom, started_at, asked_at, "
      "ended_at, position) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)")
      .exec(r.id, r.state, r.via, r.waits, r.paused, r.stopped, r.by, r.started_at, r.asked_at, r.ended_at, r.position);
}

bool SqliteStore::was_asked(model::CheckRoundId round, model::ContactId contact) {
  return sql("select 1 from contact_check where round = ?1 and contact = ?2").run(round, contact).next();
}

void SqliteStore::add_checks(std::span<const model::ContactCheck> checks) {
  for (const auto& c : checks) {
    sql("insert into contact_check (" TOCSIN_CHECK_COLUMNS ") values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")
        .exec(c.round, c.contact, c.person, c.number, c.delivery, c.state, c.asked_at, c.due_at, c.ended_at);
  }
}

std::vector<model::DeliveryId> SqliteStore::queued_checks() {
  return read_all(sql("select id from delivery where cause = 40 and state = 1 order by id").run(),
                  [](const db::Rows& row) { return row.id<model::DeliveryId>(0); });
}

model::ContactId SqliteStore::take_back_checks(std::span<const model::DeliveryId> deliveries) {
  model::ContactId lowest;
  for (const model::DeliveryId delivery : deliveries) {
    const auto gone = read_all(sql("delete from contact_check where delivery = ?1 returning contact").run(delivery),
                               [](const db::Rows& row) { return row.id<model::ContactId>(0); });
    for (const model::ContactId contact : gone) lowest = lowest ? std::min(lowest, contact) : contact;
  }
  return lowest;
}

std::optional<base::UtcTime> SqliteStore::unanswered_since(std::string_view number, base::UtcTime since) {
  auto rows =
      sql("select max(asked_at) from contact_check where number = ?1 and asked_at >= ?2 and state not in (2, 5)")
          .run(number, since);
  return rows.next() ? rows.maybe_time(0) : std::nullopt;
}

int SqliteStore::answer_checks(std::string_view number, base::UtcTime since, base::UtcTime now) {
  sql("update contact_check set state = 2, ended_at = ?3 where number = ?1 and asked_at >= ?2 and state not in (2, 5)")
      .exec(number, since, now);
  return session_->failed() ? 0 : static_cast<int>(session_->changes());
}

std::vector<model::CheckedContact> SqliteStore::due_checks(base::UtcTime now, int limit) {
  return read_all(
      sql("select " TOCSIN_CHECKED_COLUMNS " from contact_check c left join delivery d on d.id = c.delivery "
          "where c.state = 1 and c.due_at <= ?1 order by c.due_at limit ?2")
          .run(now, limit),
      read_checked);
}

void SqliteStore::settle(const model::ContactCheck& check) {
  sql("update contact_check set state = ?3, due_at = ?4, ended_at = ?5 where round = ?1 and contact = ?2")
      .exec(check.round, check.contact, check.state, check.due_at, check.ended_at);
}

std::optional<base::UtcTime> SqliteStore::next_check_due() {
  auto rows = sql("select min(due_at) from contact_check where state = 1").run();
  return rows.next() ? rows.maybe_time(0) : std::nullopt;
}

model::CheckCounts SqliteStore::check_counts(model::CheckRoundId round) {
  return read_check_counts(*session_, round);
}

ports::RetentionStore::Forgotten SqliteStore::forget_checks(base::UtcTime before, int limit) {
  const auto deliveries =
      read_all(sql("delete from contact_check where (round, contact) in (select round, contact from contact_check "
                   "where asked_at < ?1 and state <> 1 order by asked_at limit ?2) returning delivery")
                   .run(before, limit),
               [](const db::Rows& row) { return row.id<model::DeliveryId>(0); });
  for (const model::DeliveryId delivery : deliveries) {
    sql("delete from part where delivery = ?1").exec(delivery);
    sql("delete from delivery where id = ?1 and cause = 40 and state not in (1, 2)").exec(delivery);
  }
  const int rows = static_cast<int>(deliveries.size());
  return {rows, rows >= limit};
}

}  // namespace tocsin::store
