// What is owed to one person at once, and what one message told together.
#include <algorithm>
#include <array>
#include <tuple>

#include "gateway/store/hot_statements.h"
#include "gateway/store/sqlite_store.h"

namespace tocsin::store {
namespace {

// Ids that one statement takes; the last ones of a shorter list are 0, which no row has.
constexpr std::size_t kAtOnce = 16;
#define TOCSIN_SIXTEEN "(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)"
template <typename Id>
using Sixteen = std::array<Id, kAtOnce>;

template <typename Id, typename Do>
void in_sixteens(std::span<const Id> ids, Do do_with) {
  while (!ids.empty()) {
    const auto some = ids.first(std::min(ids.size(), kAtOnce));
    Sixteen<Id> sixteen{};
    std::copy(some.begin(), some.end(), sixteen.begin());
    do_with(sixteen);
    ids = ids.subspan(some.size());
  }
}

// What the statement asks beside the ids comes behind them, from ?17 on.
template <typename Id, typename... More>
db::Rows run_with(db::Statement& statement, const Sixteen<Id>& ids, const More&... more) {
  return std::apply([&](const auto&... id) { return statement.run(id..., more...); }, ids);
}

}  // namespace

std::vector<ports::OwedMessage> SqliteStore::owed_beside(std::span<const model::DeliveryId> claimed) {
  // By way of the incidents that are owed something, which are few: an index by person would cost every alert ever
  // made.  Matters of the kinds that a summary can tell: alert, update, stand-down.
  auto& statement =
      sql("select distinct a.person, d.id, a.id, m.revision, "
          "(select max(c.ended_at) from delivery c where c.alert = a.id and c.alert <> 0 and c.state = 4 "
          "and c.channel in (20, 22)), "
          "exists (select 1 from part p where p.delivery = d.id and p.state in (3, 4)), "
          "exists (select 1 from delivery x where x.alert = a.id and x.alert <> 0 and x.summary <> 0) "
          "from (select id, alert, channel, address from delivery where id in " TOCSIN_SIXTEEN
          ") k cross join alert ka cross join (select distinct incident from delivery where state in (1, 2)) i "
          "cross join matter m cross join alert a cross join delivery d "
          "where ka.id = k.alert and m.incident = i.incident and m.kind in (1, 2, 3) "
          "and a.matter = m.id and a.person = ka.person and d.alert = a.id and d.alert <> 0 "
          "and (d.state = 1 or d.id in " TOCSIN_SIXTEEN
          ") and d.channel = k.channel and d.address = k.address "
          "order by a.person, d.id");
  std::vector<ports::OwedMessage> owed;
  in_sixteens(claimed, [&](const Sixteen<model::DeliveryId>& ids) {
    auto rows = run_with(statement, ids);
    while (rows.next()) {
      ports::OwedMessage message;
      message.delivery.id = rows.id<model::DeliveryId>(1);
      message.alert.id = rows.id<model::AlertId>(2);
      message.revision = rows.integer(3);
      message.phoned_at = rows.maybe_time(4);
      message.partly_sent = rows.flag(5);
      message.was_together = rows.flag(6);
      owed.push_back(std::move(message));
    }
  });
  for (auto& message : owed) {
    if (auto row = read_one(hot_->delivery.run(message.delivery.id), read_delivery)) message.delivery = std::move(*row);
    if (auto row = alert(message.alert.id)) message.alert = std::move(*row);
  }
  if (session_->failed()) owed.clear();
  // The same person may be in two lists of sixteen.
  const auto key = [](const ports::OwedMessage& m) { return std::pair(m.alert.person, m.delivery.id); };
  std::sort(owed.begin(), owed.end(), [&](const auto& x, const auto& y) { return key(x) < key(y); });
  owed.erase(std::unique(owed.begin(), owed.end(), [&](const auto& x, const auto& y) { return key(x) == key(y); }),
             owed.end());
  return owed;
}

std::vector<model::Delivery> SqliteStore::told_together(std::span<const model::DeliveryId> summaries) {
  std::vector<model::Delivery> found;
  in_sixteens(summaries, [&](const Sixteen<model::DeliveryId>& ids) {
    auto rows = run_with(sql("select " TOCSIN_DELIVERY_COLUMNS
                             " from delivery where summary <> 0 and summary in " TOCSIN_SIXTEEN " and id <> summary"),
                         ids);
    while (rows.next()) found.push_back(read_delivery(rows));
  });
  if (session_->failed()) found.clear();
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  return found;
}

std::vector<std::pair<model::DeliveryId, model::AlertId>> SqliteStore::end_older_updates(
    model::IncidentId incident, int revision, std::span<const model::PersonId> people, base::UtcTime now) {
  std::vector<std::pair<model::DeliveryId, model::AlertId>> ended;
  in_sixteens(people, [&](const Sixteen<model::PersonId>& persons) {
    auto rows = run_with(
        sql("update delivery set state = 9, ended_at = ?19, not_before = null where incident = ?17 and state in (1, 2) "
            "and state = 1 and alert in (select a.id from matter m cross join alert a where m.incident = ?17 "
            "and m.kind = 2 and m.revision < ?18 and a.matter = m.id and a.step = 0 and a.person in " TOCSIN_SIXTEEN
            ") returning id, alert"),
        persons, incident, revision, now);
    while (rows.next()) ended.emplace_back(rows.id<model::DeliveryId>(0), rows.id<model::AlertId>(1));
  });
  if (session_->failed()) ended.clear();
  std::sort(ended.begin(), ended.end());
  return ended;
}

}  // namespace tocsin::store
