// Versions of the plan.
#include "gateway/store/plans.h"
#include "gateway/store/rows.h"
#include "gateway/store/sqlite_store.h"

namespace tocsin::store {

int SqliteStore::plan_version(std::string_view digest, std::string_view source, std::string_view name,
                              std::string_view label, base::UtcTime now) {
  {
    auto rows = sql("select version from plan_version where digest = ?1").run(digest);
    if (rows.next()) return rows.integer(0);
  }
  auto rows = sql("insert into plan_version (version, digest, source, name, label, at) "
                  "select coalesce(max(version), 0) + 1, ?1, ?2, ?3, ?4, ?5 from plan_version returning version")
                  .run(digest, source, name, label, now);
  int version = 0;
  while (rows.next()) version = rows.integer(0);
  return version;
}

std::optional<std::string> SqliteStore::plan_source(int version) {
  return read_plan_source(*session_, version);
}

std::vector<int> SqliteStore::plan_versions_in_use() {
  return read_all(sql("select distinct plan_version from incident where state = 1 order by plan_version").run(),
                  [](const db::Rows& row) { return row.integer(0); });
}

std::optional<model::PlanInForce> SqliteStore::plan_in_force() {
  return read_plan_in_force(*session_);
}

void SqliteStore::put_in_force(const model::PlanSwap& swap) {
  sql("insert into plan_swap (number, version, at, via, by, note) values (?1, ?2, ?3, ?4, ?5, ?6)")
      .exec(swap.number, swap.version, swap.at, swap.via, swap.by, swap.note);
}

void SqliteStore::keep_override(int version, const model::KeptOverride& kept) {
  sql("insert into plan_override (version, finding, place, reason, by, at) values (?1, ?2, ?3, ?4, ?5, ?6) "
      "on conflict (version, finding, place) do update set reason = ?4, by = ?5, at = ?6")
      .exec(version, kept.given.finding, kept.given.where, kept.given.reason, kept.by, kept.at);
}

std::string SqliteStore::plan_file_seen() {
  return read_plan_file_seen(*session_);
}

void SqliteStore::see_plan_file(std::string_view digest) {
  sql("insert into meta (name, words) values ('plan_file', ?1) on conflict (name) do update set words = ?1")
      .exec(digest);
}

}  // namespace tocsin::store
