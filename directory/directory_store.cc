#include "directory/directory_store.h"

#include <unordered_set>

#include "directory/history.h"
#include "directory/schema.h"
#include "directory/stored_rows.h"

namespace tocsin::directory {
namespace {

void write_entry(db::Session& session, const ImportEntry& entry) {
  session
      .statement(
          "insert into dir_import (version, at, digest, asked_by, persons, contacts, areas, posts, units, group_count) "
          "values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")
      .exec(entry.version, base::to_micros(entry.at), entry.digest, entry.by, entry.persons, entry.contacts,
            entry.areas, entry.posts, entry.units, entry.groups);
}

ImportEntry entry_of(const Tables& tables, const Imported& imported, const std::string& by, base::UtcTime now) {
  const auto count = [](const auto& rows) { return static_cast<std::int64_t>(rows.size()); };
  std::unordered_set<std::string> posts;
  for (const PostRow& row : tables.posts) posts.insert(row.code);
  return {0,
          now,
          imported.digest,
          by,
          count(tables.persons),
          count(tables.contacts),
          count(tables.areas),
          count(posts),
          count(tables.units),
          count(tables.groups)};
}

base::Result<ImportOutcome> import_now(db::Session& session, const Imported& imported, const std::string& by,
                                       base::UtcTime now) {
  const auto before = load_state(session);
  if (!before) return before.error();
  const Change change = prepare_change(*before, imported.tables, model::DirectoryHow::kImport, imported.digest);
  ImportOutcome outcome;
  outcome.entry = entry_of(change.after.tables, imported, by, now);
  outcome.entry.version = change.after.version;
  for (const PersonRow& row : change.after.tables.persons)
    ++(row.id.value >= before->next_id ? outcome.persons_new : outcome.persons_kept);
  outcome.persons_gone = static_cast<std::int64_t>(before->tables.persons.size()) - outcome.persons_kept;
  outcome.rows = counts_of(change.delta);
  if (auto written = write_change(session, change, by, {}, now); !written) return written.error();
  write_entry(session, outcome.entry);
  return outcome;
}

}  // namespace

base::Status migrate(db::Session& session) {
  return db::migrate(session, "directory", kMigrations);
}

base::Result<std::int64_t> directory_version(db::Session& session) {
  std::int64_t version = 0;
  {
    auto rows = session.statement("select version from dir_state where id = 1").run();
    if (rows.next()) version = rows.int64(0);
  }
  if (session.failed()) return session.status().error();
  return version;
}

base::Result<Tables> load_tables(db::Session& session) {
  Tables tables = load_rows(session);
  if (session.failed()) return session.status().error().within("reading the directory");
  return tables;
}

base::Result<std::shared_ptr<const Snapshot>> load_snapshot(db::Session& session) {
  const auto state = load_state(session);
  if (!state) return state.error();
  return std::make_shared<const Snapshot>(state->tables, state->version);
}

base::Result<ImportOutcome> store_import(db::Session& session, const Imported& imported, const std::string& by,
                                         base::UtcTime now, DryRun dry_run) {
  if (base::has_errors(imported.findings)) return base::invalid("the sheets have errors; nothing was imported");
  const bool own = !session.in_transaction();
  if (own) {
    if (auto begun = session.begin(); !begun) return begun.error().within("importing the directory");
  }
  const bool undo = dry_run == DryRun::kYes;
  if (undo && !own) session.savepoint();
  auto outcome = import_now(session, imported, by, now);
  if (!outcome || session.failed()) {
    const base::Error why = outcome ? session.status().error() : outcome.error();
    const base::Error error = why.within("importing the directory");
    if (own) {
      session.rollback();
    } else if (undo) {
      static_cast<void>(session.rollback_to_savepoint());  // gone or undone: the error says it either way
    }
    return error;
  }
  if (undo) {
    if (own) {
      session.rollback();
    } else if (!session.rollback_to_savepoint()) {
      return base::Error{base::ErrorCode::kRetryLater, "the trial import ended the transaction it ran in", {}};
    }
  } else if (own) {
    if (auto committed = session.commit(); !committed) return committed.error().within("importing the directory");
  }
  return outcome;
}

base::Result<std::vector<ImportEntry>> import_history(db::Session& session, int limit) {
  std::vector<ImportEntry> entries;
  {
    auto rows = session
                    .statement(
                        "select version, at, digest, asked_by, persons, contacts, areas, posts, units, group_count "
                        "from dir_import order by version desc limit ?1")
                    .run(limit);
    while (rows.next()) {
      entries.push_back({rows.int64(0), base::from_micros(rows.int64(1)), rows.string(2), rows.string(3), rows.int64(4),
                         rows.int64(5), rows.int64(6), rows.int64(7), rows.int64(8), rows.int64(9)});
    }
  }
  if (session.failed()) return session.status().error().within("reading the imports");
  return entries;
}

}  // namespace tocsin::directory
