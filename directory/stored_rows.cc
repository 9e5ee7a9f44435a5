#include "directory/stored_rows.h"

#include <unordered_map>
#include <unordered_set>

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

// ---- rows in ----

std::string selected(std::string_view columns, const char* table) {
  return "select " + std::string(columns) + " from " + table + " order by place";
}

void load_areas(db::Session& session, Tables& tables) {
  auto rows = session
                  .statement(
                      "select id, code, name, kind, parent, aliases, latitude, longitude, assembly_point, outline "
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
    area.outline = rows.string(9);
    tables.areas.push_back(std::move(area));
  }
}

void load_people(db::Session& session, Tables& tables) {
  {
    auto rows = session.statement(selected(kPersonColumnsStored, "dir_person")).run();
    while (rows.next()) tables.persons.push_back(person_in(rows));
  }
  auto rows = session.statement(selected(kContactColumnsStored, "dir_contact")).run();
  while (rows.next()) tables.contacts.push_back(contact_in(rows));
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

// ---- rows out ----

void insert_row(db::Session& session, const AreaRow& row, std::int64_t place) {
  const auto latitude = row.has_centre ? std::optional(row.latitude) : std::nullopt;
  const auto longitude = row.has_centre ? std::optional(row.longitude) : std::nullopt;
  session
      .statement(
          "insert into dir_area (id, place, code, name, kind, parent, aliases, latitude, longitude, assembly_point, "
          "outline) "
          "values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)")
      .exec(row.id.value, place, row.code, row.name, row.kind, row.parent, joined(row.aliases), latitude, longitude,
            row.assembly_point, row.outline);
}

void insert_row(db::Session& session, const PersonRow& row, std::int64_t place) {
  session
      .statement(
          "insert into dir_person (id, place, code, name, language, door, notes, section) "
          "values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")
      .exec(row.id.value, place, row.code, row.name, row.language, row.door, row.notes, row.section);
}

void insert_row(db::Session& session, const ContactRow& row, std::int64_t place) {
  session
      .statement(
          "insert into dir_contact (id, place, person, preference, kind, address, extension, agreed_when, agreed_how, "
          "withdrawn, verified_when, verified_how, not_at_night) "
          "values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)")
      .exec(row.id.value, place, row.person, row.order, row.kind, row.address, row.extension, micros(row.agreed_when),
            row.agreed_how, micros(row.withdrawn), micros(row.verified_when), row.verified_how, row.not_at_night);
}

void insert_row(db::Session& session, const PostRow& row, std::int64_t place) {
  session
      .statement(
          "insert into dir_post (place, code, name, area, person, from_time, to_time) "
          "values (?1, ?2, ?3, ?4, ?5, ?6, ?7)")
      .exec(place, row.code, row.name, row.area, row.person, micros(row.period.from), micros(row.period.to));
}

void insert_row(db::Session& session, const DeputyRow& row, std::int64_t place) {
  session.statement("insert into dir_deputy (place, post, preference, person) values (?1, ?2, ?3, ?4)")
      .exec(place, row.post, row.order, row.person);
}

void insert_row(db::Session& session, const UnitRow& row, std::int64_t place) {
  session.statement("insert into dir_unit (place, code, name, responsible, area) values (?1, ?2, ?3, ?4, ?5)")
      .exec(place, row.code, row.name, row.responsible, row.area);
}

void insert_row(db::Session& session, const UnitMemberRow& row, std::int64_t place) {
  session.statement("insert into dir_unit_member (place, unit, person) values (?1, ?2, ?3)")
      .exec(place, row.unit, row.person);
}

void insert_row(db::Session& session, const GroupRow& row, std::int64_t place) {
  session.statement("insert into dir_group (place, code, name) values (?1, ?2, ?3)").exec(place, row.code, row.name);
}

void insert_row(db::Session& session, const GroupMemberRow& row, std::int64_t place) {
  session.statement("insert into dir_group_member (place, group_code, person) values (?1, ?2, ?3)")
      .exec(place, row.group, row.person);
}

void insert_row(db::Session& session, const AreaRoleRow& row, std::int64_t place) {
  session.statement("insert into dir_area_role (place, area, role, person) values (?1, ?2, ?3, ?4)")
      .exec(place, row.area, row.role, row.person);
}

void insert_row(db::Session& session, const DutyRow& row, std::int64_t place) {
  session.statement("insert into dir_duty (place, duty, who, from_time, to_time) values (?1, ?2, ?3, ?4, ?5)")
      .exec(place, row.duty, row.who, micros(row.period.from), micros(row.period.to));
}

void insert_row(db::Session& session, const RotationRow& row, std::int64_t place) {
  const auto end_day = row.end_day ? std::optional<std::int64_t>(*row.end_day) : std::nullopt;
  session
      .statement(
          "insert into dir_rotation (place, duty, name, turns, every_days, handover_minute, first_day, end_day, zone) "
          "values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")
      .exec(place, row.duty, row.name, joined(row.turns), row.every_days, row.handover_minute,
            std::int64_t{row.first_day}, end_day, row.zone);
}

void insert_row(db::Session& session, const OverrideRow& row, std::int64_t place) {
  session
      .statement(
          "insert into dir_override (place, duty, who, from_time, to_time, instead_of) "
          "values (?1, ?2, ?3, ?4, ?5, ?6)")
      .exec(place, row.duty, row.who, micros(row.period.from), micros(row.period.to), row.instead_of);
}

void insert_row(db::Session& session, const LeaveRow& row, std::int64_t place) {
  session.statement("insert into dir_leave (place, person, from_time, to_time) values (?1, ?2, ?3, ?4)")
      .exec(place, row.person, micros(row.period.from), micros(row.period.to));
}

const char* name_in_database(Table table) {
  switch (table) {
    case Table::kAreas: return "dir_area";
    case Table::kPersons: return "dir_person";
    case Table::kContacts: return "dir_contact";
    case Table::kPosts: return "dir_post";
    case Table::kDeputies: return "dir_deputy";
    case Table::kUnits: return "dir_unit";
    case Table::kUnitMembers: return "dir_unit_member";
    case Table::kGroups: return "dir_group";
    case Table::kGroupMembers: return "dir_group_member";
    case Table::kAreaRoles: return "dir_area_role";
    case Table::kDuty: return "dir_duty";
    case Table::kRotations: return "dir_rotation";
    case Table::kOverrides: return "dir_override";
    case Table::kLeave: break;
  }
  return "dir_leave";
}

// Rows with an id: those that differ.
template <typename Row>
void write_some(db::Session& session, const TableDelta& delta, const std::vector<Row>& rows) {
  const std::string name = name_in_database(delta.table);
  std::unordered_map<std::int64_t, std::int64_t> places;
  {
    auto found = session.statement("select id, place from " + name).run();
    while (found.next()) places.emplace(found.int64(0), found.int64(1));
  }
  auto& remove = session.statement("delete from " + name + " where id = ?1");
  auto& move = session.statement("update " + name + " set place = ?2 where id = ?1");
  for (const PlacedRow& row : delta.gone) {
    remove.exec(row.id);
    places.erase(row.id);
  }
  std::unordered_set<std::int64_t> changed;
  for (const ChangedRow& row : delta.changed) {
    remove.exec(row.id);
    changed.insert(row.id);
  }
  std::int64_t last = 0;
  for (const Row& row : rows) {
    const auto had = places.find(row.id.value);
    const std::int64_t place = had != places.end() && had->second > last ? had->second : last + 1;
    if (had == places.end() || changed.count(row.id.value) != 0) {
      insert_row(session, row, place);
    } else if (had->second != place) {
      move.exec(row.id.value, place);
    }
    last = place;
  }
}

template <typename Row>
void write_all(db::Session& session, const TableDelta& delta, const std::vector<Row>& rows) {
  session.statement(std::string("delete from ") + name_in_database(delta.table)).exec();
  std::int64_t place = 0;
  for (const Row& row : rows) insert_row(session, row, ++place);
}

}  // namespace

PersonRow person_in(const db::Rows& rows) {
  return {model::PersonId{rows.int64(0)},
          rows.string(1),
          rows.string(2),
          rows.string(3),
          rows.string(4),
          rows.string(5),
          rows.integer(6) != 0};
}

ContactRow contact_in(const db::Rows& rows) {
  return {model::ContactId{rows.int64(0)},
          rows.string(1),
          rows.integer(2),
          rows.as<model::ContactKind>(3),
          rows.string(4),
          rows.string(5),
          rows.maybe_time(6),
          rows.string(7),
          rows.maybe_time(8),
          rows.maybe_time(9),
          rows.string(10),
          rows.integer(11) != 0};
}

Tables load_rows(db::Session& session) {
  Tables tables;
  load_areas(session, tables);
  load_people(session, tables);
  load_posts(session, tables);
  load_bodies(session, tables);
  load_roles_duty_and_leave(session, tables);
  return tables;
}

void write_rows(db::Session& session, const Delta& delta, const Tables& after) {
  for (const TableDelta& one : delta.tables) {
    each_table(after, [&](Table table, const auto& rows) {
      if (table != one.table) return;
      if constexpr (HasId<typename std::decay_t<decltype(rows)>::value_type>) {
        write_some(session, one, rows);
      } else {
        write_all(session, one, rows);
      }
    });
  }
}

}  // namespace tocsin::directory
