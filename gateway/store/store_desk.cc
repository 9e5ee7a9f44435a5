// What waits in the desk's inbox, and its handovers.
#include <algorithm>

#include "gateway/store/handovers.h"
#include "gateway/store/rows.h"
#include "gateway/store/sqlite_store.h"

namespace tocsin::store {
namespace {

constexpr std::string_view kRungAt = "inbox_rung_at";  // in `meta`

}  // namespace

void SqliteStore::insert_stranger(model::LinkIndex link, std::string_view from, std::string_view text,
                                  base::UtcTime now, std::optional<base::UtcTime> open_by, bool rings) {
  sql("insert into stranger (link, sender, body, at, open_by, ring_at) values (?1, ?2, ?3, ?4, ?5, ?6)")
      .exec(link, from, text, now, open_by, rings ? open_by : std::nullopt);
}

bool SqliteStore::open_message(std::int64_t message, base::UtcTime now) {
  {
    auto found = sql("select opened_at from stranger where id = ?1").run(message);
    if (!found.next()) return false;
    if (!found.is_null(0)) return true;
  }
  sql("update stranger set opened_at = ?2, ring_at = null where id = ?1").exec(message, now);
  return true;
}

void SqliteStore::take_message(std::int64_t message, base::UtcTime at, model::ReportId report, base::UtcTime now) {
  sql("update stranger set report = ?3, opened_at = coalesce(opened_at, ?4), ring_at = null "
      "where id = ?1 and at = ?2 and report = 0")
      .exec(message, at, report, now);
}

int SqliteStore::rings_due(base::UtcTime now) {
  auto rows = sql("select count(*) from stranger where ring_at is not null and ring_at <= ?1").run(now);
  return rows.next() ? rows.integer(0) : 0;
}

void SqliteStore::put_off_rings(base::UtcTime now, std::optional<base::UtcTime> until) {
  if (until) {
    sql("update stranger set ring_at = ?2 where ring_at is not null and ring_at <= ?1").exec(now, *until);
    return;
  }
  sql("update stranger set ring_at = null where ring_at is not null").exec();
  put_mark(kRungAt, base::to_micros(now));
}

std::optional<base::UtcTime> SqliteStore::rung_at() {
  const auto at = mark_of(kRungAt);
  return at == 0 ? std::nullopt : std::optional(base::from_micros(at));
}

ports::DeskStore::Strangers SqliteStore::strangers_since(std::string_view from, base::UtcTime since) {
  // Few rows: there is a limit to what is kept in an hour.
  auto rows = sql("select count(*), coalesce(sum(case when sender = ?1 then 1 else 0 end), 0) from stranger "
                  "where at > ?2")
                  .run(from, since);
  if (!rows.next()) return {};
  return {rows.integer(1), rows.integer(0)};
}

void SqliteStore::count_left_out(base::UtcTime now) {
  constexpr std::int64_t kHour = 3'600'000'000;
  sql("insert into stranger_left_out (hour, messages) values (?1, 1) "
      "on conflict (hour) do update set messages = stranger_left_out.messages + 1")
      .exec(base::to_micros(now) / kHour * kHour);
}

std::vector<model::DeliveryId> SqliteStore::purge_strangers(base::UtcTime before, base::UtcTime now) {
  auto ended =
      read_all(sql("update delivery set state = 8, ended_at = ?2, not_before = null, code = 'purged', meaning = 61 "
                   "where alert = 0 and incident = 0 and state in (1, 2) and state = 1 "
                   "and address in (select sender from stranger where at < ?1) returning id")
                   .run(before, now),
               [](const db::Rows& row) { return row.id<model::DeliveryId>(0); });
  std::sort(ended.begin(), ended.end());
  sql("update delivery set address = '' where alert = 0 and incident = 0 and address in "
      "(select sender from stranger where at < ?1)")
      .exec(before);
  sql("delete from stranger where at < ?1").exec(before);
  sql("delete from stranger_left_out where hour < ?1").exec(before);
  return ended;
}

void SqliteStore::insert(const model::Handover& handover) {
  sql("insert into handover (" TOCSIN_HANDOVER_COLUMNS ") values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")
      .exec(handover.id, handover.at, handover.by, handover.taken_over_by, handover.person, handover.note,
            in_row(handover.open_incidents), handover.unanswered, in_row(handover.dangers), handover.seen);
}

}  // namespace tocsin::store
