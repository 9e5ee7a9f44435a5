#include "gateway/db/migrations.h"

#include <string>

namespace tocsin::db {

namespace {

int read_version(Session& session, std::string_view module) {
  auto rows = session.statement("select version from schema_version where module = ?1").run(module);
  return rows.next() ? rows.integer(0) : 0;
}

base::Error newer(const Session& session, std::string_view module, int found, int known) {
  return to_error(Failure::kNewerSchema, "database " + session.path() +
                                             " was written by a newer version: its tables of module '" +
                                             std::string(module) + "' are at version " + std::to_string(found) +
                                             ", this program knows up to " + std::to_string(known));
}

}  // namespace

base::Status migrate(Session& session, std::string_view module, std::span<const Migration> migrations) {
  const int known = migrations.empty() ? 0 : migrations.back().version;
  if (const auto begun = session.begin(); !begun.ok()) return begun.error().within("migrating " + session.path());
  session.exec(
      "create table if not exists schema_version (module text not null primary key, version integer not null)");
  const int found = read_version(session, module);
  if (!session.failed() && found > known) {
    session.rollback();
    return newer(session, module, found, known);
  }
  if (!session.failed() && found == known) {
    // Nothing owed: leave without writing, unless the version table itself is new.
    const auto done = session.commit();
    if (!done.ok()) return done.error().within("migrating " + session.path());
    return done;
  }
  for (const Migration& next : migrations) {
    if (next.version > found) session.exec(next.sql);
  }
  session
      .statement(
          "insert into schema_version (module, version) values (?1, ?2) "
          "on conflict (module) do update set version = excluded.version")
      .exec(module, known);
  const auto done = session.commit();
  if (!done.ok()) {
    return done.error().within("migrating " + session.path() + ", module '" + std::string(module) + "' from version " +
                               std::to_string(found) + " to " + std::to_string(known));
  }
  return done;
}

base::Result<int> schema_version(Session& session, std::string_view module) {
  bool known = false;
  {
    auto rows = session.statement("select 1 from sqlite_master where type = 'table' and name = 'schema_version'").run();
    known = rows.next();
  }
  const int version = known ? read_version(session, module) : 0;
  if (const auto status = session.status(); !status.ok()) return status.error();
  return version;
}

}  // namespace tocsin::db
