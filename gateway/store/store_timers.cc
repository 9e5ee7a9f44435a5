// What falls due, found by partial indexes over what is open: the past costs nothing.
#include "gateway/store/hot_statements.h"
#include "gateway/store/sqlite_store.h"

namespace tocsin::store {

std::optional<base::UtcTime> SqliteStore::next_due() {
  auto rows =
      sql("select min(due) from ("
          "select min(look_again_at) as due from alert where look_again_at is not null union all "
          "select min(look_again_at) from step where look_again_at is not null union all "
          "select min(due_at) from task where state = 1 union all "
          "select min(due_at) from approval where state = 1 union all "
          "select min(open_by) from incident where state = 1 and seen_at is null and open_by is not null union all "
          "select min(receipt_due_at) from delivery where state = 3 and receipt_due_at is not null union all "
          "select min(not_before) from delivery where state = 1 and not_before is not null union all "
          "select min(expires_at) from sign_in where message <> 0 union all "
          "select min(ring_at) from stranger where ring_at is not null union all "
          "select min(at) + 259200000001 from stranger) as waiting")  // a moment past 72 hours: older, not as old
          .run();
  return rows.next() ? rows.maybe_time(0) : std::nullopt;
}

std::vector<ports::AlertWithDeliveries> SqliteStore::due_alerts(base::UtcTime now, int limit) {
  auto alerts = read_all(
      sql("select " TOCSIN_ALERT_COLUMNS " from alert where look_again_at <= ?1 order by look_again_at, id limit ?2")
          .run(now, limit),
      read_alert);
  std::vector<ports::AlertWithDeliveries> due;
  due.reserve(alerts.size());
  for (model::Alert& alert : alerts) due.push_back(with_deliveries(std::move(alert)));
  if (session_->failed()) due.clear();
  return due;
}

std::vector<model::Step> SqliteStore::due_steps(base::UtcTime now, int limit) {
  return read_all(
      sql("select " TOCSIN_STEP_COLUMNS " from step where look_again_at <= ?1 order by look_again_at, id limit ?2")
          .run(now, limit),
      read_step);
}

std::vector<model::Task> SqliteStore::due_tasks(base::UtcTime now, int limit) {
  return read_all(
      sql("select " TOCSIN_TASK_COLUMNS " from task where state = 1 and due_at <= ?1 order by due_at, id limit ?2")
          .run(now, limit),
      read_task);
}

std::vector<model::Approval> SqliteStore::due_approvals(base::UtcTime now, int limit) {
  return read_all(sql("select " TOCSIN_APPROVAL_COLUMNS
                      " from approval where state = 1 and due_at <= ?1 order by due_at, callout limit ?2")
                      .run(now, limit),
                  read_approval);
}

std::vector<model::Incident> SqliteStore::due_incidents(base::UtcTime now, int limit) {
  return read_all(sql("select " TOCSIN_INCIDENT_COLUMNS
                      " from incident where state = 1 and seen_at is null and open_by is not null and open_by <= ?1 "
                      "order by open_by, id limit ?2")
                      .run(now, limit),
                  read_incident);
}

std::vector<model::Delivery> SqliteStore::due_receipts(base::UtcTime now, int limit) {
  return read_all(sql("select " TOCSIN_DELIVERY_COLUMNS
                      " from delivery where state = 3 and receipt_due_at <= ?1 order by receipt_due_at, id limit ?2")
                      .run(now, limit),
                  read_delivery);
}

void SqliteStore::release_retries(base::UtcTime now) {
  sql("update delivery set not_before = null where state = 1 and not_before <= ?1").exec(now);
}

void SqliteStore::shift_waits(base::Duration by) {
  // When a wait began stays as recorded; that it is not over before its new end is held by paused_until.
  sql("update alert set look_again_at = look_again_at + ?1, paused_until = look_again_at + ?1 where look_again_at is "
      "not null")
      .exec(by);
  sql("update step set look_again_at = look_again_at + ?1, started_at = started_at + ?1, "
      "last_first_rung_at = last_first_rung_at + ?1 where look_again_at is not null")
      .exec(by);
  sql("update incident set open_by = open_by + ?1 where state = 1 and seen_at is null and open_by is not null")
      .exec(by);
  sql("update approval set due_at = due_at + ?1 where state = 1").exec(by);
  sql("update delivery set not_before = not_before + ?1 where state = 1 and not_before is not null").exec(by);
  sql("update delivery set receipt_due_at = receipt_due_at + ?1 where state = 3 and receipt_due_at is not null")
      .exec(by);
}

}  // namespace tocsin::store
