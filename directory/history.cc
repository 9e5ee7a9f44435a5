#include "directory/history.h"

#include <algorithm>
#include <optional>

#include "directory/one_picture.h"
#include "directory/stored_rows.h"
#include "directory/trail.h"

namespace tocsin::directory {
namespace {

base::Error too_old(std::int64_t version) {
  return {base::ErrorCode::kNotFound,
          "what version " + std::to_string(version) + " changed was not kept: it is older than the history",
          {}};
}

// What that version changed.  A change that differs in nothing has no row; one that did and has none was forgotten.
base::Result<Delta> delta_of(db::Session& session, std::int64_t version) {
  std::optional<std::int64_t> changed;
  {
    auto rows = session.statement("select added + changed + gone from dir_change where version = ?1").run(version);
    if (rows.next()) changed = rows.int64(0);
  }
  Delta delta;
  {
    auto rows = session.statement("select table_name, delta from dir_delta where version = ?1").run(version);
    while (rows.next()) {
      const auto shapes = all_shapes();
      const auto shape =
          std::find_if(shapes.begin(), shapes.end(), [&](const auto& s) { return s.name == rows.text(0); });
      auto one = shape == shapes.end() ? base::Result<TableDelta>(base::Error{base::ErrorCode::kCorrupt, "", {}})
                                       : read_delta(shape->table, rows.text(1));
      if (!one) return one.error();
      delta.tables.push_back(std::move(*one));
    }
  }
  if (session.failed()) return session.status().error().within("reading the history of the directory");
  if (!changed || (*changed > 0 && delta.tables.empty())) return too_old(version);
  return delta;
}

std::optional<std::int64_t> last_standing(db::Session& session) {
  auto rows = session
                  .statement(
                      "select max(c.version) from dir_change c where c.how not in (?1, ?2) and not exists "
                      "(select 1 from dir_change u where u.undoes = c.version)")
                  .run(model::DirectoryHow::kUndo, model::DirectoryHow::kErase);
  if (!rows.next() || rows.is_null(0)) return std::nullopt;
  return rows.int64(0);
}

}  // namespace

base::Result<State> load_state(db::Session& session) {
  const OnePicture picture(session);
  if (!picture.begun()) return picture.begun().error().within("reading the directory");
  State state;
  {
    auto rows = session.statement("select version, next_id from dir_state where id = 1").run();
    if (rows.next()) {
      state.version = rows.int64(0);
      state.next_id = rows.int64(1);
    }
  }
  state.tables = load_rows(session);
  if (session.failed()) return session.status().error().within("reading the directory");
  return state;
}

Change prepare_change(const State& before, Tables after, model::DirectoryHow how, const std::string& digest) {
  Change change;
  change.how = how;
  change.digest = digest;
  change.base = before.version;
  change.after = {before.version + 1, before.next_id, std::move(after)};
  number_rows(change.after.tables, before.tables, change.after.next_id);
  change.delta = difference(before.tables, change.after.tables);
  return change;
}

base::Result<Change> prepare_undo(db::Session& session, const State& before) {
  const OnePicture picture(session);
  if (!picture.begun()) return picture.begun().error().within("reading the history of the directory");
  const auto last = last_standing(session);
  if (session.failed()) return session.status().error().within("reading the history of the directory");
  if (!last) return base::Error{base::ErrorCode::kConflict, "there is no change of the directory to undo", {}};
  auto delta = delta_of(session, *last);
  if (!delta) return delta.error();
  if (std::any_of(delta->tables.begin(), delta->tables.end(), names_erased)) {
    return base::Error{base::ErrorCode::kConflict,
                       "version " + std::to_string(*last) + " was about somebody who was erased since: it stays",
                       {}};
  }
  Change change;
  change.how = model::DirectoryHow::kUndo;
  change.undoes = *last;
  change.base = before.version;
  change.after = {before.version + 1, before.next_id, before.tables};
  change.delta = reversed(std::move(*delta));
  if (auto taken_back = apply(change.delta, change.after.tables); !taken_back) {
    return taken_back.error().within("undoing version " + std::to_string(*last));
  }
  return change;
}

base::Status write_change(db::Session& session, const Change& change, const std::string& by, const std::string& reason,
                          base::UtcTime now) {
  {
    auto rows = session.statement("select version from dir_state where id = 1").run();
    if (rows.next() && rows.int64(0) != change.base) {
      return base::Error{base::ErrorCode::kChanged, "the directory was changed by somebody else meanwhile", {}};
    }
  }
  for (const auto& name : change.forget) forget_list(session, name);
  for (auto list : change.remember) {
    list.at = now;
    list.by = by;
    remember_list(session, list);
  }
  if (change.only_lists()) {
    if (session.failed()) return session.status().error().within("writing what is remembered of lists");
    return base::Done{};
  }
  write_rows(session, change.delta, change.after.tables);
  session.statement("update dir_state set version = ?1, next_id = ?2 where id = 1")
      .exec(change.after.version, change.after.next_id);
  const auto counts = counts_of(change.delta);
  session
      .statement(
          "insert into dir_change (version, at, who, how, reason, digest, undoes, added, changed, gone) "
          "values (?1, ?2, ?3, ?4, ?5, ?6, nullif(?7, 0), ?8, ?9, ?10)")
      .exec(change.after.version, now, by, change.how, reason, change.digest, change.undoes, counts.added,
            counts.changed, counts.gone);
  auto& keep = session.statement("insert into dir_delta (version, table_name, delta) values (?1, ?2, ?3)");
  for (const TableDelta& one : change.delta.tables) {
    keep.exec(change.after.version, shape_of(one.table).name, to_text(one));
  }
  forget_history(session, now);
  purge_lists(session, now);
  if (session.failed()) return session.status().error().within("writing the directory");
  return base::Done{};
}

// Names and numbers of people who left long ago; that something was changed, by whom and why, stays.
int forget_history(db::Session& session, base::UtcTime now) {
  session.statement("delete from dir_delta where version in (select version from dir_change where at < ?1)")
      .exec(now - kHistoryKept);
  return session.failed() ? 0 : static_cast<int>(session.changes());
}

base::Result<std::vector<HistoryEntry>> history(db::Session& session, std::int64_t before, int limit) {
  std::vector<HistoryEntry> entries;
  {
    auto rows = session
                    .statement(
                        "select c.version, c.at, c.who, c.how, c.reason, c.undoes, u.version, c.added, c.changed, "
                        "c.gone from dir_change c left join dir_change u on u.undoes = c.version "
                        "where ?1 = 0 or c.version < ?1 order by c.version desc limit ?2")
                    .run(before, limit);
    while (rows.next()) {
      entries.push_back({rows.int64(0),
                         rows.time(1),
                         rows.string(2),
                         rows.as<model::DirectoryHow>(3),
                         rows.string(4),
                         rows.int64(5),
                         rows.int64(6),
                         {rows.int64(7), rows.int64(8), rows.int64(9)}});
    }
  }
  if (session.failed()) return session.status().error().within("reading the history of the directory");
  return entries;
}

base::Result<State> state_at(db::Session& session, std::int64_t version) {
  const OnePicture picture(session);
  if (!picture.begun()) return picture.begun().error().within("reading the directory");
  auto state = load_state(session);
  if (!state) return state.error();
  if (version < 0 || version > state->version) {
    return base::Error{base::ErrorCode::kNotFound, "the directory has no version " + std::to_string(version), {}};
  }
  for (; state->version > version; --state->version) {
    auto delta = delta_of(session, state->version);
    if (!delta) return delta.error();
    if (auto taken_back = apply(reversed(std::move(*delta)), state->tables); !taken_back) {
      return taken_back.error().within("taking back version " + std::to_string(state->version));
    }
  }
  return state;
}

}  // namespace tocsin::directory
