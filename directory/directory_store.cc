#include "directory/directory_store.h"

#include <unordered_set>

#include "directory/schema.h"
#include "gateway/base/text.h"

namespace tocsin::directory {
namespace {

std::optional<std::int64_t> micros(const std::optional<base::UtcTime>& t) {
  if (!t) return std::nullopt;
  return base::to_micros(*t);
}

std::optional<base::UtcTime> time_in(const db::Rows& rows, int column) {
  if (rows.is_null(column)) return std::nullopt;
  return base::from_micros(rows.int64(column));
}

Period period_in(const db::Rows& rows, int column) {
  return {time_in(rows, column), time_in(rows, column + 1)};
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : "\n") + word;
  return out;
}

std::vector<std::string> unjoined(const std::string& text) {
  return text.empty() ? std::vector<std::string>() : base::split(text, '\n');
}

struct State {
  std::int64_t version = 0, next_id = 1;
};

State read_state(db::Session& session) {
  State state;
  auto rows = session.statement("select version, next_id from dir_state where id = 1").run();
  if (rows.next()) state = {rows.int64(0), rows.int64(1)};
  return state;
}

// ---- rows in ----

void load_areas(db::Session& session, Tables& tables) {
  auto rows = session
                  .statement(
                      "select id, code, name, kind, parent, aliases, latitude, longitude, assembly_point "
                      "from dir_area order by place")
                  .run();
  while (rows.next()) {
    AreaRow area;
    area.id.value = rows.int64(0);
    area.code = rows.string(1);
    area.name = rows.string(2);
    area.kind = rows.string(3);
    area.parent = rows.string(4);
    area.aliases = unjoined(rows.string(5));
    area.has_centre = !rows.is_null(6) && !rows.is_null(7);
    area.latitude = rows.real(6);
    area.longitude = rows.real(7);
    area.assembly_point = rows.string(8);
    tables.areas.push_back(std::move(area));
  }
}

void load_people(db::Session& session, Tables& tables) {
  {
    auto rows = session.statement("select id, code, name, language, door, notes from dir_person order by place").run();
    while (rows.next()) {
      tables.persons.push_back({model::PersonId{rows.int64(0)}, rows.string(1), rows.string(2), rows.string(3),
                                rows.string(4), rows.string(5)});
    }
  }
  auto rows = session
                  .statement(
                      "select id, person, preference, kind, address, extension, agreed_when, agreed_how, "
                      "withdrawn from dir_contact order by place")
                  .run();
  while (rows.next()) {
    tables.contacts.push_back({model::ContactId{rows.int64(0)}, rows.string(1), rows.integer(2),
                               static_cast<model::ContactKind>(rows.integer(3)), rows.string(4), rows.string(5),
                               time_in(rows, 6), rows.string(7), time_in(rows, 8)});
  }
}

void load_posts(db::Session& session, Tables& tables) {
  {
    auto rows =
        session.statement("select code, name, area, person, from_time, to_time from dir_post order by place").run();
    while (rows.next()) {
      tables.posts.push_back({rows.string(0), rows.string(1), rows.string(2), rows.string(3), period_in(rows, 4)});
    }
  }
  auto rows = session.statement("select post, preference, person from dir_deputy order by place").run();
  while (rows.next()) tables.deputies.push_back({rows.string(0), rows.integer(1), rows.string(2)});
}

void load_bodies(db::Session& session, Tables& tables) {
  {
    auto rows = session.statement("select code, name, responsible, area from dir_unit order by place").run();
    while (rows.next()) tables.units.push_back({rows.string(0), rows.string(1), rows.string(2), rows.string(3)});
  }
  {
    auto rows = session.statement("select unit, person from dir_unit_member order by place").run();
    while (rows.next()) tables.unit_members.push_back({rows.string(0), rows.string(1)});
  }
  {
    auto rows = session.statement("select code, name from dir_group order by place").run();
    while (rows.next()) tables.groups.push_back({rows.string(0), rows.string(1)});
  }
  auto rows = session.statement("select group_code, person from dir_group_member order by place").run();
  while (rows.next()) tables.group_members.push_back({rows.string(0), rows.string(1)});
}

void load_rotations(db::Session& session, Tables& tables) {
  auto rows = session
                  .statement(
                      "select duty, name, turns, every_days, handover_minute, first_day, end_day, zone "
                      "from dir_rotation order by place")
                  .run();
  while (rows.next()) {
    RotationRow rotation;
    rotation.duty = rows.string(0);
    rotation.name = rows.string(1);
    rotation.turns = unjoined(rows.string(2));
    rotation.every_days = rows.integer(3);
    rotation.handover_minute = rows.integer(4);
    rotation.first_day = rows.integer(5);
    if (!rows.is_null(6)) rotation.end_day = rows.integer(6);
    rotation.zone = rows.string(7);
    tables.rotations.push_back(std::move(rotation));
  }
}

void load_roles_duty_and_leave(db::Session& session, Tables& tables) {
  {
    auto rows = session.statement("select area, role, person from dir_area_role order by place").run();
    while (rows.next()) tables.area_roles.push_back({rows.string(0), rows.string(1), rows.string(2)});
  }
  {
    auto rows = session.statement("select duty, who, from_time, to_time from dir_duty order by place").run();
    while (rows.next()) tables.duty.push_back({rows.string(0), rows.string(1), period_in(rows, 2)});
  }
  load_rotations(session, tables);
  {
    auto rows =
        session.statement("select duty, who, from_time, to_time, instead_of from dir_override order by place").run();
    while (rows.next())
      tables.overrides.push_back({rows.string(0), rows.string(1), period_in(rows, 2), rows.string(4)});
  }
  auto rows = session.statement("select person, from_time, to_time from dir_leave order by place").run();
  while (rows.next()) tables.leave.push_back({rows.string(0), period_in(rows, 1)});
}

Tables load_all(db::Session& session) {
  Tables tables;
  load_areas(session, tables);
  load_people(session, tables);
  load_posts(session, tables);
  load_bodies(session, tables);
  load_roles_duty_and_leave(session, tables);
  return tables;
}

// ---- rows out ----

constexpr const char* kDeleteAll =
    "delete from dir_area; delete from dir_person; delete from dir_contact; delete from dir_post;"
    "delete from dir_deputy; delete from dir_unit; delete from dir_unit_member; delete from dir_group;"
    "delete from dir_group_member; delete from dir_area_role; delete from dir_duty; delete from dir_rotation;"
    "delete from dir_override; delete from dir_leave;";

void write_areas_and_people(db::Session& session, const Tables& tables) {
  std::int64_t place = 0;
  auto& area = session.statement(
      "insert into dir_area (id, place, code, name, kind, parent, aliases, latitude, longitude, assembly_point) "
      "values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
  for (const AreaRow& row : tables.areas) {
    const auto latitude = row.has_centre ? std::optional(row.latitude) : std::nullopt;
    const auto longitude = row.has_centre ? std::optional(row.longitude) : std::nullopt;
    area.exec(row.id.value, ++place, row.code, row.name, row.kind, row.parent, joined(row.aliases), latitude, longitude,
              row.assembly_point);
  }
  place = 0;
  auto& person = session.statement(
      "insert into dir_person (id, place, code, name, language, door, notes) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
  for (const PersonRow& row : tables.persons) {
    person.exec(row.id.value, ++place, row.code, row.name, row.language, row.door, row.notes);
  }
  place = 0;
  auto& contact = session.statement(
      "insert into dir_contact (id, place, person, preference, kind, address, extension, agreed_when, agreed_how, "
      "withdrawn) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
  for (const ContactRow& row : tables.contacts) {
    contact.exec(row.id.value, ++place, row.person, row.order, row.kind, row.address, row.extension,
                 micros(row.agreed_when), row.agreed_how, micros(row.withdrawn));
  }
}

void write_posts_and_bodies(db::Session& session, const Tables& tables) {
  std::int64_t place = 0;
  auto& post = session.statement(
      "insert into dir_post (place, code, name, area, person, from_time, to_time) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
  for (const PostRow& row : tables.posts) {
    post.exec(++place, row.code, row.name, row.area, row.person, micros(row.period.from), micros(row.period.to));
  }
  place = 0;
  auto& deputy = session.statement("insert into dir_deputy (place, post, preference, person) values (?1, ?2, ?3, ?4)");
  for (const DeputyRow& row : tables.deputies) deputy.exec(++place, row.post, row.order, row.person);
  place = 0;
  auto& unit =
      session.statement("insert into dir_unit (place, code, name, responsible, area) values (?1, ?2, ?3, ?4, ?5)");
  for (const UnitRow& row : tables.units) unit.exec(++place, row.code, row.name, row.responsible, row.area);
  place = 0;
  auto& unit_member = session.statement("insert into dir_unit_member (place, unit, person) values (?1, ?2, ?3)");
  for (const UnitMemberRow& row : tables.unit_members) unit_member.exec(++place, row.unit, row.person);
  place = 0;
  auto& group = session.statement("insert into dir_group (place, code, name) values (?1, ?2, ?3)");
  for (const GroupRow& row : tables.groups) group.exec(++place, row.code, row.name);
  place = 0;
  auto& group_member =
      session.statement("insert into dir_group_member (place, group_code, person) values (?1, ?2, ?3)");
  for (const GroupMemberRow& row : tables.group_members) group_member.exec(++place, row.group, row.person);
}

void write_roles_duty_and_leave(db::Session& session, const Tables& tables) {
  std::int64_t place = 0;
  auto& role = session.statement("insert into dir_area_role (place, area, role, person) values (?1, ?2, ?3, ?4)");
  for (const AreaRoleRow& row : tables.area_roles) role.exec(++place, row.area, row.role, row.person);
  place = 0;
  auto& duty =
      session.statement("insert into dir_duty (place, duty, who, from_time, to_time) values (?1, ?2, ?3, ?4, ?5)");
  for (const DutyRow& row : tables.duty) {
    duty.exec(++place, row.duty, row.who, micros(row.period.from), micros(row.period.to));
  }
  place = 0;
  auto& rotation = session.statement(
      "insert into dir_rotation (place, duty, name, turns, every_days, handover_minute, first_day, end_day, zone) "
      "values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
  for (const RotationRow& row : tables.rotations) {
    const auto end_day = row.end_day ? std::optional<std::int64_t>(*row.end_day) : std::nullopt;
    rotation.exec(++place, row.duty, row.name, joined(row.turns), row.every_days, row.handover_minute,
                  std::int64_t{row.first_day}, end_day, row.zone);
  }
  place = 0;
  auto& over = session.statement(
      "insert into dir_override (place, duty, who, from_time, to_time, instead_of) values (?1, ?2, ?3, ?4, ?5, ?6)");
  for (const OverrideRow& row : tables.overrides) {
    over.exec(++place, row.duty, row.who, micros(row.period.from), micros(row.period.to), row.instead_of);
  }
  place = 0;
  auto& leave = session.statement("insert into dir_leave (place, person, from_time, to_time) values (?1, ?2, ?3, ?4)");
  for (const LeaveRow& row : tables.leave) {
    leave.exec(++place, row.person, micros(row.period.from), micros(row.period.to));
  }
}

void write_entry(db::Session& session, const ImportEntry& entry, std::int64_t next_id) {
  session.statement("update dir_state set version = ?1, next_id = ?2 where id = 1").exec(entry.version, next_id);
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

ImportOutcome replace_all(db::Session& session, const Imported& imported, const std::string& by, base::UtcTime now) {
  const Tables before = load_all(session);
  State state = read_state(session);
  Tables tables = imported.tables;
  const std::int64_t first_new = state.next_id;
  number_rows(tables, before, state.next_id);

  ImportOutcome outcome;
  outcome.entry = entry_of(tables, imported, by, now);
  outcome.entry.version = state.version + 1;
  for (const PersonRow& row : tables.persons)
    ++(row.id.value >= first_new ? outcome.persons_new : outcome.persons_kept);
  outcome.persons_gone = static_cast<std::int64_t>(before.persons.size()) - outcome.persons_kept;

  session.exec(kDeleteAll);
  write_areas_and_people(session, tables);
  write_posts_and_bodies(session, tables);
  write_roles_duty_and_leave(session, tables);
  write_entry(session, outcome.entry, state.next_id);
  return outcome;
}

}  // namespace

base::Status migrate(db::Session& session) {
  return db::migrate(session, "directory", kMigrations);
}

base::Result<std::int64_t> directory_version(db::Session& session) {
  const State state = read_state(session);
  if (session.failed()) return session.status().error();
  return state.version;
}

base::Result<Tables> load_tables(db::Session& session) {
  Tables tables = load_all(session);
  if (session.failed()) return session.status().error().within("reading the directory");
  return tables;
}

base::Result<std::shared_ptr<const Snapshot>> load_snapshot(db::Session& session) {
  const bool own = !session.in_transaction();  // version and rows must be of one moment
  if (own) {
    if (auto begun = session.begin_read(); !begun) return begun.error().within("reading the directory");
  }
  auto version = directory_version(session);
  auto tables = load_tables(session);
  if (own) session.end_read();
  if (!version) return version.error().within("reading the directory");
  if (!tables) return tables.error();
  return std::make_shared<const Snapshot>(*tables, *version);
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
  ImportOutcome outcome = replace_all(session, imported, by, now);
  if (session.failed()) {
    const base::Error error = session.status().error().within("importing the directory");
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
