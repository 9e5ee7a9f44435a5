#include "bench/past.h"

#include "directory/directory_store.h"
#include "gateway/store/sqlite_store.h"

namespace tocsin::bench {
namespace {

// Ids in the shape of the real ones: in the order of time, with gaps.
constexpr const char* kIncidents = R"sql(
with recursive n (i) as (select 0 union all select i + 1 from n where i + 1 < ?1 / 10000)
insert into incident (id, code, kind, level, level_id, area, place, state, drill, plan_version, revision, assessed,
  clause, clause_text, needs_look, opened_at, last_report_at, ended_at, merged_into)
select ?2 + i * 40960000, 101 + i, 120, 0, 'IV', 1, '', 2, 0, 1, 1, 0, '', '', 0, 1000000 * i, 1000000 * i,
  1000000 * i + 500000, 0 from n)sql";
constexpr const char* kMatters = R"sql(
with recursive n (i) as (select 0 union all select i + 1 from n where i + 1 < ?1 / 10000)
insert into matter (id, incident, kind, revision)
select ?2 + i * 40960000 + 1, ?2 + i * 40960000, 1, 1 from n)sql";
constexpr const char* kAlerts = R"sql(
with recursive n (i) as (select 0 union all select i + 1 from n where i + 1 < ?1)
insert into alert (id, matter, matter_kind, incident, callout, step, selector, more_hats, person, stands_in_for, ladder,
  needs, urgency, drill, state, reason, cycle, rung, told, first_rung_done, answer)
select ?2 + i * 4096 + 2, ?2 + i / 10000 * 40960000 + 1, 1, ?2 + i / 10000 * 40960000, 1, 1, 0, 0, 1 + i % 10000, 0, 0,
  1, 3, 0, 3, 0, 1, 0, 1, 1, 1 from n)sql";
constexpr const char* kDeliveries = R"sql(
with recursive n (i) as (select 0 union all select i + 1 from n where i + 1 < ?1)
insert into delivery (id, alert, incident, message, channel, link, contact, address, cycle, rung, attempt, cause,
  urgency, state, turn, stalled, parts, carrier_id, handed_over_at, ended_at, epoch)
select ?2 + i * 4096 + 3, ?2 + i * 4096 + 2, ?2 + i / 10000 * 40960000, 1, 1, 0, 1 + i % 10000,
  printf('+861440%07d', i % 10000), 1, 0, 1, 0, 3, 4, i, 0, 1, printf('%016x', i), 1000 * i, 1000 * i + 500, 1
from n)sql";
constexpr const char* kRecord = R"sql(
with recursive n (i) as (select 0 union all select i + 1 from n where i + 1 < 3 * ?1)
insert into record (seq, commit_no, at, kind, incident, subject, a, b, detail)
select i + 1, i / 192 + 1, 1000 * i, 30, ?2 + i / 30000 * 40960000, ?2 + i / 3 * 4096 + 3, ?2 + i / 3 * 4096 + 2, 0, ''
from n)sql";
constexpr const char* kChain = R"sql(
with recursive n (i) as (select 0 union all select i + 1 from n where i < (3 * ?1 - 1) / 192)
insert into chain (commit_no, first_seq, last_seq, at, hash)
select i + 1, i * 192 + 1, min(3 * ?1, i * 192 + 192), 192000 * i + ?2 - ?2, printf('%064x', i) from n)sql";

}  // namespace

base::Status fill_with_past(const std::string& path, const Town& town, int deliveries, base::UtcTime now) {
  auto store = store::SqliteStore::open(path);
  if (!store) return store.error();
  auto& session = (*store)->session();
  if (auto done = directory::migrate(session); !done) return done;
  directory::Imported imported;
  imported.tables = town.tables;
  if (auto done = directory::store_import(session, imported, "bench", now); !done) return done.error();
  if (auto begun = session.begin(); !begun) return begun;
  const std::int64_t first_id = 1LL << 40;
  for (const char* sql : {kIncidents, kMatters, kAlerts, kDeliveries, kRecord, kChain}) {
    session.statement(sql).exec(std::int64_t{deliveries}, first_id);
  }
  if (auto done = session.commit(); !done) return done;
  return session.checkpoint_and_truncate(1000);
}

}  // namespace tocsin::bench
