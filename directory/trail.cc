#include "directory/trail.h"

#include <algorithm>

#include "directory/delta.h"
#include "directory/edit.h"
#include "directory/one_picture.h"
#include "gateway/base/text.h"

namespace tocsin::directory {
namespace {

// Which columns of a table name people; of a list each line is a name.
bool names_people(Table table, std::string_view column) {
  if (table == Table::kPersons) return column == "code";
  return column == "person" || column == "responsible" || column == "who" || column == "instead_of" ||
         column == "turns";
}

// What of a person's own rows says who they are.
bool is_personal(Table table, std::string_view column) {
  if (table == Table::kPersons) return column == "name" || column == "door" || column == "notes";
  return table == Table::kContacts && (column == "address" || column == "extension" || column.ends_with("_how"));
}

std::string_view column_of(Table table, std::size_t cell) {
  const auto columns = shape_of(table).columns;
  return cell < columns.size() ? columns[cell].name : kNoColumn;  // kept beside the sheet's columns
}

bool has_line(const std::string& cell, std::string_view line) {
  if (cell == line) return true;
  const auto lines = base::split(cell, '\n');
  return std::find(lines.begin(), lines.end(), line) != lines.end();
}

bool names(Table table, const Cells& cells, std::string_view code) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (names_people(table, column_of(table, i)) && has_line(cells[i], code)) return true;
  }
  return false;
}

std::string cell_named(Table table, const Cells& cells, std::string_view column) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (column_of(table, i) == column) return cells[i];
  }
  return {};
}

void add_once(std::vector<std::string>& all, const std::string& one) {
  if (!one.empty() && std::find(all.begin(), all.end(), one) == all.end()) all.push_back(one);
}
void add_once(std::vector<std::int64_t>& all, std::int64_t one) {
  if (one != 0 && std::find(all.begin(), all.end(), one) == all.end()) all.push_back(one);
}

// True when the row is about the person; what it tells of them is noted.
bool note(Trail& trail, Table table, std::int64_t id, const Cells& cells) {
  if (!names(table, cells, trail.code)) return false;
  if (table == Table::kPersons) {
    add_once(trail.ids, id);
    add_once(trail.names, cell_named(table, cells, "name"));
  } else if (table == Table::kContacts) {
    add_once(trail.contacts, id);
    add_once(trail.addresses, cell_named(table, cells, "address"));
  }
  return true;
}

template <typename Visit>
base::Status each_delta(db::Session& session, const Visit& visit) {
  auto rows = session.statement("select version, table_name, delta from dir_delta order by version").run();
  while (rows.next()) {
    const auto shapes = all_shapes();
    const auto shape =
        std::find_if(shapes.begin(), shapes.end(), [&](const auto& s) { return s.name == rows.text(1); });
    if (shape == shapes.end()) continue;
    auto delta = read_delta(shape->table, rows.text(2));
    if (!delta) return delta.error();
    visit(rows.int64(0), *delta);
  }
  return base::Done{};
}

class Eraser {
 public:
  explicit Eraser(const Trail& trail)
      : code_(trail.code), erased_(std::string(kErasedCode) + std::to_string(trail.ids.front())) {}

  // True when anything of the row was theirs.
  bool erase(Table table, Cells& cells) const {
    if (!names(table, cells, code_)) return false;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const auto column = column_of(table, i);
      if (names_people(table, column)) {
        cells[i] = renamed(cells[i]);
      } else if (is_personal(table, column)) {
        cells[i] = column == "name" ? std::string(kErasedName) : std::string();
      }
    }
    return true;
  }
  bool erase(TableDelta& delta) const {
    bool any = false;
    for (auto* rows : {&delta.gone, &delta.added}) {
      for (auto& row : *rows) any = erase(delta.table, row.cells) || any;
    }
    for (auto& row : delta.changed) {
      any = erase(delta.table, row.before) || any;
      any = erase(delta.table, row.after) || any;
    }
    return any;
  }
  void erase(Tables& tables) const {
    each_table(tables, [&](Table table, auto& rows) {
      for (auto& row : rows) {
        auto cells = exact_cells(row);
        if (erase(table, cells)) (void)read_exact(cells, row);
      }
    });
  }

 private:
  [[nodiscard]] std::string renamed(const std::string& cell) const {
    if (cell == code_) return erased_;
    std::string out;
    for (const auto& line : base::split(cell, '\n')) {
      out += (out.empty() ? "" : "\n") + (line == code_ ? erased_ : line);
    }
    return out;
  }

  const std::string code_, erased_;
};

}  // namespace

base::Result<Trail> read_trail(db::Session& session, const State& now, const std::string& code) {
  Trail trail;
  trail.code = code;
  each_table(now.tables, [&](Table table, const auto& rows) {
    for (const auto& row : rows) {
      auto cells = exact_cells(row);
      if (!note(trail, table, id_of_row(row), cells)) continue;
      trail.in_force = trail.in_force || table == Table::kPersons;
      trail.rows.push_back({table, std::move(cells)});
    }
  });
  const auto read = each_delta(session, [&](std::int64_t version, TableDelta& delta) {
    const auto keep = [&](std::int64_t id, Cells& before, Cells& after) {
      const bool was = note(trail, delta.table, id, before), is = note(trail, delta.table, id, after);
      if (was || is) trail.changes.push_back({version, delta.table, std::move(before), std::move(after)});
    };
    Cells none;
    for (auto& row : delta.gone) keep(row.id, row.cells, none);
    for (auto& row : delta.changed) keep(row.id, row.before, row.after);
    for (auto& row : delta.added) keep(row.id, none, row.cells);
  });
  if (!read) return read.error();
  if (session.failed()) return session.status().error().within("reading the history of the directory");
  if (trail.ids.empty()) {
    return base::Error{base::ErrorCode::kNotFound, "the directory has, and had, nobody of that code", {}};
  }
  return trail;
}

base::Result<Erasure> prepare_erasure(db::Session& session, const State& now, const Trail& trail,
                                      const ImportOptions& options) {
  Erasure erasure;
  const Eraser eraser(trail);
  auto removed = Edited{now.tables, {}};
  if (trail.in_force) removed = remove_person(now.tables, trail.code, options);
  erasure.findings = std::move(removed.findings);
  if (base::has_errors(erasure.findings)) return erasure;
  State before = now;
  eraser.erase(before.tables);
  erasure.change = prepare_change(now, std::move(removed.tables), model::DirectoryHow::kErase);
  // The version before it is kept without them.
  erasure.change.delta = difference(before.tables, erasure.change.after.tables);
  const auto read = each_delta(session, [&](std::int64_t version, TableDelta& delta) {
    if (!eraser.erase(delta)) return;
    erasure.history.push_back({version, std::string(shape_of(delta.table).name), to_text(delta)});
  });
  if (!read) return read.error();
  if (session.failed()) return session.status().error().within("reading the history of the directory");
  return erasure;
}

base::Status write_erasure(db::Session& session, const Erasure& erasure, const std::string& by,
                           const std::string& reason, base::UtcTime now) {
  if (auto written = write_change(session, erasure.change, by, reason, now); !written) return written;
  auto& rewrite = session.statement("update dir_delta set delta = ?3 where version = ?1 and table_name = ?2");
  for (const auto& one : erasure.history) rewrite.exec(one.version, one.table, one.delta);
  if (session.failed()) return session.status().error().within("writing the history of the directory");
  return base::Done{};
}

bool names_erased(const TableDelta& delta) {
  const auto any = [&](const Cells& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (!names_people(delta.table, column_of(delta.table, i))) continue;
      for (const auto& line : base::split(cells[i], '\n')) {
        if (line.starts_with(kErasedCode)) return true;
      }
    }
    return false;
  };
  const auto any_of = [&](const auto& rows) {
    return std::any_of(rows.begin(), rows.end(), [&](const PlacedRow& row) { return any(row.cells); });
  };
  return any_of(delta.gone) || any_of(delta.added) ||
         std::any_of(delta.changed.begin(), delta.changed.end(),
                     [&](const ChangedRow& row) { return any(row.before) || any(row.after); });
}

}  // namespace tocsin::directory
