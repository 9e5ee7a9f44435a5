#include "gateway/store/plans.h"

#include <map>

#include "gateway/store/one_picture.h"
#include "gateway/store/rows.h"

namespace tocsin::store {
namespace {

// In the order of kSwapColumns, from column `at` on.
#define TOCSIN_SWAP_COLUMNS "s.number, s.version, s.at, s.via, s.by, s.note"
model::PlanSwap swap_from(const db::Rows& row, int at) {
  model::PlanSwap swap;
  swap.number = row.integer(at);
  swap.version = row.integer(at + 1);
  swap.at = row.time(at + 2);
  swap.via = static_cast<model::PlanVia>(row.integer(at + 3));
  swap.by = row.string(at + 4);
  swap.note = row.string(at + 5);
  return swap;
}

model::KeptOverride override_from(const db::Rows& row, int at) {
  return {{row.string(at), row.string(at + 1), row.string(at + 2)}, row.string(at + 3), row.time(at + 4)};
}

}  // namespace

std::optional<std::string> read_plan_source(db::Session& session, int version) {
  return read_one(session.statement("select source from plan_version where version = ?1").run(version),
                  [](const db::Rows& row) { return row.string(0); });
}

std::optional<model::PlanInForce> read_plan_in_force(db::Session& session) {
  return read_one(session
                      .statement("select " TOCSIN_SWAP_COLUMNS ", v.digest from plan_swap s join plan_version v on "
                                 "v.version = s.version where s.number = (select max(number) from plan_swap)")
                      .run(),
                  [](const db::Rows& row) {
                    return model::PlanInForce{swap_from(row, 0), row.string(6)};
                  });
}

std::vector<model::KeptOverride> read_plan_overrides(db::Session& session, std::string_view digest) {
  return read_all(session
                      .statement("select o.finding, o.place, o.reason, o.by, o.at from plan_version v join "
                                 "plan_override o on o.version = v.version where v.digest = ?1 "
                                 "order by o.at, o.finding, o.place")
                      .run(digest),
                  [](const db::Rows& row) { return override_from(row, 0); });
}

std::string read_plan_file_seen(db::Session& session) {
  return read_one(session.statement("select words from meta where name = 'plan_file'").run(),
                  [](const db::Rows& row) { return row.string(0); })
      .value_or("");
}

std::vector<model::PlanVersion> list_plan_versions(db::Session& session, int limit) {
  std::map<int, int> running;
  for (auto rows = session
                       .statement("select plan_version, count(*) from incident where state = 1 "
                                  "group by plan_version")
                       .run();
       rows.next();) {
    running[rows.integer(0)] = rows.integer(1);
  }
  const auto in_force = read_plan_in_force(session);
  auto versions = read_all(
      session
          .statement("select v.version, v.digest, v.name, v.label, v.at, " TOCSIN_SWAP_COLUMNS
                     " from plan_version v left join plan_swap s on s.number = (select max(number) from plan_swap "
                     "where version = v.version) order by v.version desc limit ?1")
          .run(limit),
      [](const db::Rows& row) {
        model::PlanVersion v;
        v.version = row.integer(0);
        v.digest = row.string(1);
        v.name = row.string(2);
        v.label = row.string(3);
        v.kept_at = row.time(4);
        if (!row.is_null(5)) v.last_swap = swap_from(row, 5);
        return v;
      });
  for (auto& v : versions) {
    v.in_force = in_force && in_force->swap.version == v.version;
    if (const auto found = running.find(v.version); found != running.end()) v.open_incidents = found->second;
    v.overrides = read_plan_overrides(session, v.digest);
  }
  return versions;
}

base::Result<std::vector<model::PlanVersion>> SqliteQueries::plan_versions(int limit) const {
  return in_one_picture([&](db::Session& db) { return list_plan_versions(db, capped(limit)); });
}

base::Result<std::string> SqliteQueries::plan_source(int version) const {
  auto source = in_one_picture([&](db::Session& db) { return read_plan_source(db, version); });
  if (!source.ok()) return source.error();
  if (!*source) return base::Error{base::ErrorCode::kNotFound, "no plan has that version", ""};
  return std::move(**source);
}

base::Result<std::optional<model::PlanInForce>> SqliteQueries::plan_in_force() const {
  return in_one_picture([](db::Session& db) { return read_plan_in_force(db); });
}

base::Result<std::vector<model::KeptOverride>> SqliteQueries::plan_overrides(std::string_view digest) const {
  return in_one_picture([&](db::Session& db) { return read_plan_overrides(db, digest); });
}

}  // namespace tocsin::store
