// What several links of one channel share: what each has carried, and what waits for it.
#include "gateway/base/ids.h"
#include "gateway/store/hot_statements.h"
#include "gateway/store/sqlite_store.h"

namespace tocsin::store {

std::vector<ports::LinkLoad> SqliteStore::load_since(model::LinkIndex link, base::UtcTime since) {
  constexpr auto kQueuedBefore = std::chrono::hours(100 * 24);
  return read_all(
      sql("select coalesce(handed_over_at, ended_at), parts, alert, message from delivery where id >= ?3 and link = ?1 "
          "and coalesce(handed_over_at, ended_at) >= ?2 and state in (3, 4, 5, 7) and summary in (0, id)")
          .run(link, since, base::first_id_at(since - kQueuedBefore)),
      [](const db::Rows& row) {
        return ports::LinkLoad{row.time(0), row.integer(1), row.id<model::AlertId>(2), row.id<model::MessageId>(3)};
      });
}

std::vector<ports::QueuedSend> SqliteStore::queued_on(model::LinkIndex link, int limit) {
  return read_all(sql("select id, alert, incident, urgency, turn, address, message from delivery where link = ?1 "
                      "and state = 1 and not_before is null and stalled = 0 and cause not in (31, 40) "
                      "order by urgency desc, turn, id limit ?2")
                      .run(link, limit),
                  [](const db::Rows& row) {
                    return ports::QueuedSend{row.id<model::DeliveryId>(0),
                                             row.id<model::AlertId>(1),
                                             row.id<model::IncidentId>(2),
                                             row.integer(3),
                                             row.int64(4),
                                             row.string(5),
                                             row.id<model::MessageId>(6)};
                  });
}

void SqliteStore::move_to(model::LinkIndex link, std::span<const ports::MovedSend> sends) {
  for (const ports::MovedSend& send : sends) {
    sql("update delivery set link = ?2, message = ?3, parts = 1, stalled = 0 where id = ?1 and state = 1")
        .exec(send.delivery, link, send.message);
    sql("delete from part where delivery = ?1 and exists (select 1 from delivery where id = ?1 and state = 1)")
        .exec(send.delivery);
  }
}

std::vector<std::pair<model::LinkIndex, model::Channel>> SqliteStore::queues() {
  return read_all(
      sql("select link, channel from delivery where state in (1, 2) and state = 1 group by link, channel").run(),
      [](const db::Rows& row) { return std::pair(row.integer(0), row.as<model::Channel>(1)); });
}

std::vector<std::pair<model::IncidentId, model::DeliveryId>> SqliteStore::move_queue(model::LinkIndex from,
                                                                                     model::LinkIndex to,
                                                                                     model::Channel channel) {
  sql("delete from delivery where state in (1, 2) and state = 1 and +link = ?1 and cause = 31").exec(from);
  sql("delete from part where delivery in (select id from delivery where state in (1, 2) and state = 1 and +link = ?1 "
      "and channel = ?2)")
      .exec(from, channel);
  return read_all(
      sql("update delivery set link = ?2, parts = 1, stalled = 0 where state in (1, 2) and state = 1 and +link = ?1 "
          "and channel = ?3 returning incident, id")
          .run(from, to, channel),
      [](const db::Rows& row) { return std::pair(row.id<model::IncidentId>(0), row.id<model::DeliveryId>(1)); });
}

std::vector<base::UtcTime> SqliteStore::unconfirmed_of(model::LinkIndex link) {
  return read_all(sql("select handed_over_at from delivery where state = 3 and receipt_due_at is not null "
                      "and +link = ?1 and handed_over_at is not null order by handed_over_at")
                      .run(link),
                  [](const db::Rows& row) { return row.time(0); });
}

void SqliteStore::hasten_receipts(model::LinkIndex link, base::Duration wait, base::UtcTime now) {
  sql("update delivery set receipt_due_at = max(?3, handed_over_at + ?2) where state = 3 and receipt_due_at is not "
      "null "
      "and +link = ?1 and receipt_due_at > max(?3, handed_over_at + ?2)")
      .exec(link, wait, now);
}

std::optional<model::LinkMemory> SqliteStore::link_memory(model::LinkIndex link) {
  return read_one(sql("select doubted_since, why, missing_ppm, age, spread from link_memory where link = ?1").run(link),
                  [](const db::Rows& row) {
                    return model::LinkMemory{row.maybe_time(0), row.as<model::LinkDoubt>(1), row.integer(2),
                                             base::Duration(row.int64(3)), base::Duration(row.int64(4))};
                  });
}

void SqliteStore::put_link_memory(model::LinkIndex link, const model::LinkMemory& memory) {
  sql("insert or replace into link_memory (link, doubted_since, why, missing_ppm, age, spread) "
      "values (?1, ?2, ?3, ?4, ?5, ?6)")
      .exec(link, memory.doubted_since, memory.why, memory.missing_ppm, memory.age, memory.spread);
}

model::DeliveryId SqliteStore::waiting_probe(model::LinkIndex link, const std::string& address) {
  return read_one(sql("select id from delivery where cause = 31 and +link = ?1 and +state = 1 "
                      "and +address = ?2 order by +id desc limit 1")
                      .run(link, address),
                  [](const db::Rows& row) { return row.id<model::DeliveryId>(0); })
      .value_or(model::DeliveryId{});
}

void SqliteStore::forget_probes(base::UtcTime before) {
  const auto gone =
      read_all(sql("delete from delivery where alert = 0 and cause = 31 and +id < ?1 and state not in (1, 2) "
                   "returning message")
                   .run(base::first_id_at(before)),
               [](const db::Rows& row) { return row.id<model::MessageId>(0); });
  for (const model::MessageId message : gone) sql("delete from message where id = ?1").exec(message);
}

}  // namespace tocsin::store
