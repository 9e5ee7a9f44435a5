// Deliveries: the queue of each link, claims, and the way back from a carrier's id.
#include <algorithm>

#include "gateway/store/hot_statements.h"
#include "gateway/store/sqlite_store.h"

namespace tocsin::store {

// "order by +id": a plain id would tempt SQLite to walk the whole table in its order instead of the few rows that are
// open.

namespace {

std::optional<std::string_view> or_null(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional<std::string_view>(text);
}

// RETURNING promises no order.
void sort_as_queued(std::vector<ports::ClaimedSend>& sends) {
  std::sort(sends.begin(), sends.end(), [](const ports::ClaimedSend& a, const ports::ClaimedSend& b) {
    if (a.urgency != b.urgency) return a.urgency > b.urgency;
    if (a.turn != b.turn) return a.turn < b.turn;
    return a.delivery < b.delivery;
  });
}

}  // namespace

void SqliteStore::insert(std::span<const model::Delivery> deliveries, std::int64_t epoch_of_claimed) {
  for (const model::Delivery& d : deliveries) {
    const std::int64_t epoch = d.state == model::DeliveryState::kClaimed ? epoch_of_claimed : 0;
    hot_->insert_delivery.exec(d.id, d.alert, d.incident, d.message, d.channel, d.link, d.contact, d.address, d.cycle,
                               d.rung, d.attempt, d.cause, d.urgency, d.state, d.turn, d.stalled, d.parts,
                               or_null(d.carrier_id), or_null(d.code), d.handed_over_at, d.ended_at, d.not_before,
                               d.receipt_due_at, d.meaning, d.on_its_way_at, d.summary, epoch);
  }
}

void SqliteStore::update(std::span<const model::Delivery> deliveries) {
  for (const model::Delivery& d : deliveries) {
    hot_->update_delivery.exec(d.id, d.link, d.attempt, d.urgency, d.state, d.turn, d.stalled, d.parts,
                               or_null(d.carrier_id), or_null(d.code), d.handed_over_at, d.ended_at, d.not_before,
                               d.receipt_due_at, d.meaning, d.on_its_way_at, d.summary, d.message);
  }
}

std::vector<model::Delivery> SqliteStore::deliveries(std::span<const model::DeliveryId> ids) {
  std::vector<model::Delivery> found;
  found.reserve(ids.size());
  for (const model::DeliveryId id : ids) {
    auto rows = hot_->delivery.run(id);
    if (rows.next()) found.push_back(read_delivery(rows));
  }
  if (session_->failed()) found.clear();
  std::sort(found.begin(), found.end(), [](const model::Delivery& a, const model::Delivery& b) { return a.id < b.id; });
  return found;
}

std::vector<ports::Store::ByCarrier> SqliteStore::by_carrier_id(model::LinkIndex link,
                                                                std::span<const std::string> carrier_ids) {
  std::vector<ByCarrier> found;
  found.reserve(carrier_ids.size());
  for (std::size_t i = 0; i < carrier_ids.size(); ++i) {
    if (carrier_ids[i].empty()) continue;
    auto whole = read_one(hot_->delivery_by_carrier.run(link, carrier_ids[i]), read_delivery);
    model::DeliveryId of_part;
    int part = 1;
    if (auto rows = hot_->part_by_carrier.run(link, carrier_ids[i]); rows.next()) {
      of_part = rows.id<model::DeliveryId>(0);
      part = rows.integer(1);
    }
    // A carrier may use an id again: the newer send has it.
    if (of_part && (!whole || whole->id < of_part)) {
      whole = read_one(hot_->delivery.run(of_part), read_delivery);
    } else {
      part = 1;
    }
    if (whole) found.push_back({i, std::move(*whole), part});
  }
  if (session_->failed()) found.clear();
  return found;
}

std::vector<model::PartState> SqliteStore::parts_of(model::DeliveryId delivery) {
  return read_all(
      sql("select delivery, part, state, carrier_id from part where delivery = ?1 order by part").run(delivery),
      [](const db::Rows& row) {
        return model::PartState{row.id<model::DeliveryId>(0), row.integer(1), row.as<model::DeliveryState>(2),
                                row.string(3)};
      });
}

void SqliteStore::put_part(const model::PartState& part) {
  sql("insert into part (delivery, part, state, carrier_id) values (?1, ?2, ?3, ?4) "
      "on conflict (delivery, part) do update set state = excluded.state, carrier_id = excluded.carrier_id")
      .exec(part.delivery, part.part, part.state, or_null(part.carrier_id));
}

std::vector<int> SqliteStore::missing_parts(model::DeliveryId delivery, int parts) {
  std::vector<bool> has(static_cast<std::size_t>(parts) + 1, false);
  bool any = false;
  for (const model::PartState& p : parts_of(delivery)) {
    const bool with_carrier = p.state == model::DeliveryState::kAccepted || p.state == model::DeliveryState::kDelivered;
    if (!with_carrier || p.part < 1 || p.part > parts) continue;
    has[static_cast<std::size_t>(p.part)] = any = true;
  }
  std::vector<int> missing;
  for (int i = 1; any && i <= parts; ++i) {
    if (!has[static_cast<std::size_t>(i)]) missing.push_back(i);
  }
  return missing;
}

std::vector<ports::ClaimedSend> SqliteStore::claim(model::LinkIndex link, int limit, std::int64_t epoch,
                                                   base::UtcTime /*now*/) {
  // Due retries have been given back their place by release_retries().  What alerts people of an ended incident is
  // ended with it; should such a row be left all the same, it stays where it is.  A stand-down and a reply do go out
  // after the end.
  auto rows =
      sql("update delivery set state = 2, epoch = ?3 where id in (select d.id from delivery d where d.link = ?1 "
          "and d.state = 1 and d.not_before is null and d.stalled = 0 and not exists (select 1 from incident i "
          "cross join alert a where i.id = d.incident and i.state = 2 and a.id = d.alert and a.matter_kind in (1, 2, "
          "5, 6)) "
          "order by d.urgency desc, d.turn, d.id limit ?2) "
          "returning id, alert, incident, rung, attempt, urgency, turn, address, message, parts, cause")
          .run(link, limit, epoch);
  std::vector<ports::ClaimedSend> sends;
  std::vector<std::pair<model::DeliveryId, int>> long_ones;
  while (rows.next()) {
    ports::ClaimedSend s;
    s.delivery = rows.id<model::DeliveryId>(0);
    s.alert = rows.id<model::AlertId>(1);
    s.incident = rows.id<model::IncidentId>(2);
    s.rung = rows.integer(3);
    s.attempt = rows.integer(4);
    s.urgency = rows.integer(5);
    s.turn = rows.int64(6);
    s.address = rows.string(7);
    s.message = rows.id<model::MessageId>(8);
    s.cause = rows.as<model::Reason>(10);
    if (rows.integer(9) > 1) long_ones.emplace_back(s.delivery, rows.integer(9));
    sends.push_back(std::move(s));
  }
  sort_as_queued(sends);
  for (const auto& [delivery, parts] : long_ones) {
    const auto it =
        std::find_if(sends.begin(), sends.end(), [id = delivery](const auto& s) { return s.delivery == id; });
    it->missing_parts = missing_parts(delivery, parts);
  }
  if (session_->failed()) sends.clear();
  return sends;
}

std::vector<std::pair<model::DeliveryId, model::AlertId>> SqliteStore::end_queued(model::IncidentId incident,
                                                                                  model::AlertId only,
                                                                                  model::DeliveryState state,
                                                                                  base::UtcTime now) {
  if (!incident && !only) return {};
  const auto read = [](const db::Rows& row) {
    return std::pair(row.id<model::DeliveryId>(0), row.id<model::AlertId>(1));
  };
  if (only) {
    return read_all(sql("update delivery set state = ?2, ended_at = ?3 where alert = ?1 and alert <> 0 and state = 1 "
                        "returning id, alert")
                        .run(only, state, now),
                    read);
  }
  return read_all(
      sql("update delivery set state = ?2, ended_at = ?3 where incident = ?1 and state in (1, 2) and state = 1 "
          "returning id, alert")
          .run(incident, state, now),
      read);
}

void SqliteStore::close_call_lines(model::IncidentId incident, model::AlertId only, base::UtcTime now) {
  if (only) {
    sql("update delivery set state = 8, ended_at = ?2 where alert = ?1 and alert <> 0 and state = 3 and channel in "
        "(20, 22)")
        .exec(only, now);
    return;
  }
  sql("update delivery set state = 8, ended_at = ?2 where incident = ?1 and state = 3 and channel in (20, 22) "
      "and alert in (select id from alert where id = delivery.alert and state in (3, 5))")
      .exec(incident, now);
}

std::vector<model::Delivery> SqliteStore::open_call_lines(model::PersonId person) {
  return read_all(sql("select " TOCSIN_DELIVERY_COLUMNS " from delivery where state = 3 and channel in (20, 22) "
                      "and exists (select 1 from alert a where a.id = delivery.alert and a.person = ?1) order by +id")
                      .run(person),
                  read_delivery);
}

void SqliteStore::look_again_at_exhausted(model::IncidentId incident, base::UtcTime now) {
  sql("update alert set look_again_at = ?2 where state = 4 and id in "
      "(select alert from delivery where incident = ?1 and state = 3 and channel in (20, 22))")
      .exec(incident, now);
}

std::vector<model::AlertId> SqliteStore::stall(model::LinkIndex link, base::UtcTime /*now*/, int limit) {
  // Service texts have no ladder that could go on without them.
  auto alerts =
      read_all(sql("update delivery set stalled = 1 where id in (select id from delivery where state in (1, 2) "
                   "and state = 1 and stalled = 0 and link = ?1 and alert <> 0 order by urgency desc, id limit ?2) "
                   "returning alert")
                   .run(link, limit),
               [](const db::Rows& row) { return row.id<model::AlertId>(0); });
  std::sort(alerts.begin(), alerts.end());
  alerts.erase(std::unique(alerts.begin(), alerts.end()), alerts.end());
  return alerts;
}

void SqliteStore::unstall(model::LinkIndex link) {
  sql("update delivery set stalled = 0 where state in (1, 2) and state = 1 and stalled = 1 and link = ?1").exec(link);
}

std::vector<model::DeliveryId> SqliteStore::abandon_claims(std::int64_t epoch, base::UtcTime now, int limit) {
#if TOCSIN_PLANTED_FAULT == 2  // what may have been sent is sent again, and nobody knows
  sql("update delivery set state = 1, epoch = 0 where state = 2 and epoch < ?1").exec(epoch);
#endif
  auto ids = read_all(sql("update delivery set state = 7, ended_at = ?2 where id in (select id from delivery "
                          "where state in (1, 2) and state = 2 and epoch < ?1 order by +id limit ?3) returning id")
                          .run(epoch, now, limit),
                      [](const db::Rows& row) { return row.id<model::DeliveryId>(0); });
  std::sort(ids.begin(), ids.end());
  for (const model::DeliveryId id : ids) {
    sql("update part set state = 7 where delivery = ?1 and state = 2").exec(id);
  }
  return ids;
}

}  // namespace tocsin::store
