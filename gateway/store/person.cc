#include "gateway/store/person.h"

#include <algorithm>
#include <set>

#include "gateway/store/person_words.h"

namespace tocsin::store {
namespace {

struct ColumnInfo {
  std::string name, type;
};
struct TableInfo {
  std::string name;
  std::vector<ColumnInfo> columns;
  [[nodiscard]] bool has(std::string_view column) const {
    return std::any_of(columns.begin(), columns.end(), [&](const auto& one) { return one.name == column; });
  }
};

// Never walked: the record is whole for good, a plan names no people, the directory has its own way
// (directory/trail.h).
bool is_exempt(const std::string& table) {
  static const std::set<std::string> kExempt = {"record",         "chain", "incident_commit",
                                                "schema_version", "meta",  "plan_version"};
  if (table.starts_with("sqlite_")) return true;
  if (table.starts_with("dir_")) return table != "dir_change" && table != "dir_import";
  return kExempt.count(table) != 0;
}

// What nobody is shown, not even of themselves: it opens doors, or is a digest.
bool is_secret(const std::string& table, const std::string& column) {
  static const std::set<std::string> kSecret = {"hash", "password", "totp", "code_hash", "link_hash", "client"};
  return kSecret.count(column) != 0 || (table == "sign_in" && column == "number");
}

bool is_text(const ColumnInfo& column) {
  return column.type == "text";
}

std::vector<TableInfo> tables_of(db::Session& session) {
  std::vector<TableInfo> tables;
  {
    auto rows = session.statement("select name from sqlite_master where type = 'table' order by name").run();
    while (rows.next()) tables.push_back({rows.string(0), {}});
  }
  auto& info = session.statement("select name, lower(type) from pragma_table_info(?1)");
  for (auto& table : tables) {
    auto rows = info.run(table.name);
    while (rows.next()) table.columns.push_back({rows.string(0), rows.string(1)});
  }
  std::erase_if(tables, [](const auto& table) { return is_exempt(table.name); });
  return tables;
}

// ---- rows by column ----

class Walk {
 public:
  Walk(db::Session& session, const PersonKeys& keys) : session_(session), keys_(keys), tables_(tables_of(session)) {
    for (const auto id : keys_.ids) {
      add(alerts_, "select id from alert where person = ?1", id);
      add(reports_, "select id from report where reporter_person = ?1", id);
    }
  }

  [[nodiscard]] const std::vector<TableInfo>& tables() const { return tables_; }
  [[nodiscard]] const std::set<std::int64_t>& alerts() const { return alerts_; }
  [[nodiscard]] bool has_alert(std::int64_t id) const { return alerts_.count(id) != 0; }

  // Which rows of that table are about the person.
  [[nodiscard]] std::set<std::int64_t> rows_of(const TableInfo& table) const {
    std::set<std::int64_t> rows;
    const auto by = [&](const char* column, const auto& ids) {
      if (!table.has(column)) return;
      const auto sql = "select rowid from " + table.name + " where " + column + " = ?1";
      for (const auto id : ids) add(rows, sql, id);
    };
    for (const char* column : {"person", "reporter_person", "stands_in_for"}) by(column, keys_.ids);
    by("contact", keys_.contacts);
    if (table.name != "sign_in") by("alert", alerts_);
    if (table.name == "attachment") by("report", reports_);
    if (table.name == "delivery") {
      for (const auto& address : keys_.addresses) {
        add(rows, "select id from delivery where alert = 0 and address = ?1", address);
      }
      add(rows, "select id from delivery where address = ?1", keys_.code);  // a deputy, or a door
    }
    if (table.name == "stranger") {
      for (const auto& address : keys_.addresses) add(rows, "select id from stranger where sender = ?1", address);
    }
    if (table.name == "message") by_message(rows);
    if (table.name == "recovery") {
      for (const auto id : keys_.ids) {
        add(rows, "select r.rowid from recovery r join account a on a.id = r.account where a.person = ?1", id);
      }
    }
    return rows;
  }

 private:
  template <typename Id>
  void add(std::set<std::int64_t>& to, const std::string& sql, const Id& id) const {
    auto rows = session_.statement(sql).run(id);
    while (rows.next()) to.insert(rows.int64(0));
  }
  // The words sent to them alone: codes to sign in.
  void by_message(std::set<std::int64_t>& rows) const {
    for (const auto id : keys_.ids) add(rows, "select message from sign_in where person = ?1 and message <> 0", id);
  }

  db::Session& session_;
  const PersonKeys& keys_;
  std::vector<TableInfo> tables_;
  std::set<std::int64_t> alerts_, reports_;
};

HeldValue value_of(const db::Rows& rows, int column, const ColumnInfo& info) {
  if (rows.is_null(column)) return std::monostate();
  if (is_text(info)) return rows.string(column);
  return rows.int64(column);
}

// The rows whose `key` is one of `ids`.
HeldTable read_table(db::Session& session, const TableInfo& table, std::string_view key,
                     const std::set<std::int64_t>& ids) {
  HeldTable held{table.name, {}, {}};
  std::vector<ColumnInfo> columns;
  std::string names;
  for (const auto& column : table.columns) {
    if (column.type == "blob" || is_secret(table.name, column.name)) continue;
    columns.push_back(column);
    held.columns.push_back(column.name);
    names += (names.empty() ? "" : ", ") + column.name;
  }
  auto& select = session.statement("select " + names + " from " + table.name + " where " + std::string(key) + " = ?1");
  for (const auto id : ids) {
    auto rows = select.run(id);
    while (rows.next()) {
      auto& row = held.rows.emplace_back();
      for (std::size_t i = 0; i < columns.size(); ++i) {
        row.push_back(value_of(rows, static_cast<int>(i), columns[i]));
      }
    }
  }
  return held;
}

// Of each kind of entry, where the person stands (model/record.h).
HeldTable record_of(db::Session& session, const PersonKeys& keys, const Walk& walk) {
  HeldTable held{"record", {"seq", "at", "kind", "incident", "subject", "a", "b", "detail"}, {}};
  const std::set<std::int64_t> in_a = {40, 41, 77, 82, 83, 105, 106, 116}, in_b = {25, 81, 103},
                               in_subject = {112, 115}, of_alert = {40, 42, 70, 71, 75, 76, 77},
                               of_delivery = {50, 60, 62, 63, 64};
  const auto is_theirs = [&](std::int64_t id) {
    return std::find(keys.ids.begin(), keys.ids.end(), id) != keys.ids.end();
  };
  auto rows = session.statement("select seq, at, kind, incident, subject, a, b, detail from record order by seq").run();
  while (rows.next()) {
    const auto kind = rows.int64(2), subject = rows.int64(4), a = rows.int64(5), b = rows.int64(6);
    const bool about = (in_a.count(kind) != 0 && is_theirs(a)) || (in_b.count(kind) != 0 && is_theirs(b)) ||
                       (in_subject.count(kind) != 0 && is_theirs(subject)) ||
                       (of_alert.count(kind) != 0 && walk.has_alert(subject)) ||
                       (of_delivery.count(kind) != 0 && walk.has_alert(a));
    if (!about) continue;
    held.rows.push_back({rows.int64(0), rows.int64(1), kind, rows.int64(3), subject, a, b, rows.string(7)});
  }
  return held;
}

// Texts that name the person, of the rows behind `after`.
void find_texts(db::Session& session, const TableInfo& table, const PersonWords& words, std::string_view replacement,
                std::int64_t after, std::vector<PersonErasure::Cell>& cells) {
  std::vector<std::string> columns;
  for (const auto& column : table.columns) {
    if (is_text(column) && !is_secret(table.name, column.name)) columns.push_back(column.name);
  }
  for (const auto& column : columns) {
    auto& select = session.statement("select rowid, " + column + " from " + table.name +
                                     " where rowid > ?1 and instr(" + column + ", ?2) > 0");
    std::set<std::int64_t> seen;
    for (const auto& needle : words.needles()) {
      auto rows = select.run(after, needle);
      while (rows.next()) {
        if (!seen.insert(rows.int64(0)).second) continue;
        auto text = words.without(rows.text(1), replacement);
        if (text == rows.text(1)) continue;
        cells.push_back({table.name, column, rows.int64(0), rows.string(1), std::move(text)});
      }
    }
  }
}

bool has_rowid(db::Session& session, const std::string& table) {
  auto rows =
      session.statement("select 1 from sqlite_master where name = ?1 and lower(sql) like '%without rowid%'").run(table);
  return !rows.next();
}

std::int64_t last_row(db::Session& session, const std::string& table) {
  auto rows = session.statement("select max(rowid) from " + table).run();
  return rows.next() ? rows.int64(0) : 0;
}

// Behind no row: some tables number theirs from 0.
constexpr std::int64_t kFromTheFirst = -1;

// What of their own rows goes, whatever it says.
struct Blank {
  const char* table;
  const char* column;
};
constexpr Blank kBlank[] = {{"delivery", "address"}, {"note", "body"}, {"report", "body"}};

}  // namespace

base::Result<std::vector<HeldTable>> held_of(db::Session& session, const PersonKeys& keys) {
  const Walk walk(session, keys);
  std::vector<HeldTable> held;
  for (const auto& table : walk.tables()) {
    const bool by_row = has_rowid(session, table.name);
    if (!by_row && !table.has("person")) continue;
    auto rows = by_row ? read_table(session, table, "rowid", walk.rows_of(table))
                       : read_table(session, table, "person", {keys.ids.begin(), keys.ids.end()});
    if (!rows.rows.empty()) held.push_back(std::move(rows));
  }
  auto record = record_of(session, keys, walk);
  if (!record.rows.empty()) held.push_back(std::move(record));
  if (session.failed()) return session.status().error().within("reading what is held of a person");
  return held;
}

base::Result<std::vector<int>> open_incidents_of(db::Session& session, const PersonKeys& keys) {
  std::set<int> codes;
  for (const auto id : keys.ids) {
    for (const char* sql : {"select i.code from incident i join alert a on a.incident = i.id where i.state = 1 and "
                            "(a.person = ?1 or a.stands_in_for = ?1)",
                            "select i.code from incident i join report r on r.incident = i.id where i.state = 1 and "
                            "r.reporter_person = ?1"}) {
      auto rows = session.statement(sql).run(id);
      while (rows.next()) codes.insert(rows.integer(0));
    }
  }
  if (session.failed()) return session.status().error().within("looking for incidents under way");
  return std::vector<int>(codes.begin(), codes.end());
}

base::Result<PersonErasure> prepare_person_erasure(db::Session& session, const PersonKeys& keys,
                                                   std::string_view replacement) {
  PersonErasure erasure;
  erasure.keys = keys;
  const Walk walk(session, keys);
  erasure.alerts.assign(walk.alerts().begin(), walk.alerts().end());
  const PersonWords words(keys);
  for (const auto& table : walk.tables()) {
    if (!has_rowid(session, table.name)) continue;
    for (const auto& blank : kBlank) {
      if (table.name != blank.table) continue;
      auto& select =
          session.statement(std::string("select ") + blank.column + " from " + blank.table + " where rowid = ?1");
      for (const auto id : walk.rows_of(table)) {
        auto rows = select.run(id);
        if (!rows.next() || rows.text(0).empty()) continue;
        erasure.cells.push_back({table.name, blank.column, id, rows.string(0), std::string()});
      }
    }
    find_texts(session, table, words, replacement, kFromTheFirst, erasure.cells);
    erasure.looked_at[table.name] = last_row(session, table.name);
  }
  if (session.failed()) return session.status().error().within("looking for what is held of a person");
  return erasure;
}

namespace {

// Whatever opens a door in their name.
void close_doors(db::Session& session, std::int64_t person, base::UtcTime now) {
  const auto each = [&](const char* sql) { session.statement(sql).exec(person); };
  session
      .statement(
          "update token set revoked_at = coalesce(revoked_at, ?2), name = 'erased-' || id, hash = 'erased-' || id "
          "where person = ?1")
      .exec(person, now);
  each("delete from recovery where account in (select id from account where person = ?1)");
  each("delete from session where person = ?1 or account in (select id from account where person = ?1 and ?1 <> 0)");
  session
      .statement(
          "update account set disabled_at = coalesce(disabled_at, ?2), name = 'erased-' || id, password = '', "
          "totp = '' where person = ?1")
      .exec(person, now);
  each("update message set body = '', made_of = '' where id in (select message from sign_in where person = ?1)");
  session
      .statement(
          "update delivery set state = 8, ended_at = ?2, not_before = null, code = 'purged', meaning = 61 "
          "where id in (select delivery from sign_in where person = ?1) and state = 1")
      .exec(person, now);
  each("update delivery set address = '' where id in (select delivery from sign_in where person = ?1)");
  each("delete from sign_in where person = ?1");
  each("delete from feed where person = ?1");
  each("update report set reporter = 'erased-' || id where reporter_person = ?1");
}

// Tables without row ids are not walked: what their rows about the person say is theirs.
void blank_keyed(db::Session& session, const PersonKeys& keys) {
  for (const auto& table : tables_of(session)) {
    if (!table.has("person") || has_rowid(session, table.name)) continue;
    for (const auto& column : table.columns) {
      if (!is_text(column)) continue;
      const auto sql = "update " + table.name + " set " + column.name + " = '' where person = ?1";
      for (const auto id : keys.ids) session.statement(sql).exec(id);
    }
  }
}

// Between the walk and now.
std::vector<PersonErasure::Cell> cells_since(db::Session& session, const PersonErasure& erasure,
                                             std::string_view replacement) {
  std::vector<PersonErasure::Cell> cells;
  const PersonWords words(erasure.keys);
  for (const auto& table : tables_of(session)) {
    const auto looked = erasure.looked_at.find(table.name);
    if (looked == erasure.looked_at.end()) continue;
    find_texts(session, table, words, replacement, looked->second, cells);
  }
  return cells;
}

bool told_since(db::Session& session, const PersonErasure& erasure) {
  const auto after = erasure.looked_at.find("alert");
  for (const auto id : erasure.keys.ids) {
    auto rows = session.statement("select 1 from alert where id > ?1 and (person = ?2 or stands_in_for = ?2) limit 1")
                    .run(after == erasure.looked_at.end() ? 0 : after->second, id);
    if (rows.next()) return true;
  }
  return false;
}

}  // namespace

base::Status erase_person(db::Session& session, const PersonErasure& erasure, std::string_view replacement,
                          base::UtcTime now) {
  if (told_since(session, erasure)) {
    return base::Error{base::ErrorCode::kConflict, "they were told of an incident just now: end it first", {}};
  }
  for (const auto id : erasure.keys.ids) close_doors(session, id, now);
  blank_keyed(session, erasure.keys);
  for (const auto& address : erasure.keys.addresses) {
    session
        .statement(
            "update delivery set state = 8, ended_at = ?2, not_before = null, code = 'purged', meaning = 61 "
            "where alert = 0 and address = ?1 and state = 1")
        .exec(address, now);
    session.statement("delete from stranger where sender = ?1").exec(address);
  }
  const auto write = [&](const std::vector<PersonErasure::Cell>& cells) {
    for (const auto& cell : cells) {
      // One that says something else by now was written by somebody else, or is blank already.
      session
          .statement("update " + cell.table + " set " + cell.column + " = ?3 where rowid = ?1 and " + cell.column +
                     " = ?2")
          .exec(cell.row, cell.was, cell.is);
    }
  };
  write(erasure.cells);
  write(cells_since(session, erasure, replacement));
  if (session.failed()) return session.status().error().within("erasing a person");
  session.want_empty_wal();
  return base::Done{};
}

}  // namespace tocsin::store
