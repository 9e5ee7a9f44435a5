// The fields of each table's rows, listed once: by this list rows are written to sheets, compared, and kept.
//
// A list has the names and the order of the table's columns (columns.h).  A table that is added gets a list here, a
// line in each_table() and a name in the database (stored_rows.cc), and comes along everywhere.  A field that is added
// comes last: changes kept before it are read with an empty cell there (read_delta).  Constant.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include "directory/columns.h"
#include "directory/tables.h"

namespace tocsin::directory {

template <typename Get>
struct Field {
  std::string_view name;
  Get get;  // of a row, const or not
};
template <typename Get>
Field(std::string_view, Get) -> Field<Get>;

// Half of a centre: `has` says whether there is one.
template <typename Has, typename Value>
struct Degrees {
  Has& has;
  Value& value;
};
template <typename Has, typename Value>
Degrees(Has&, Value&) -> Degrees<Has, Value>;

// How an office writes a number: time of day as minutes since midnight, days since 1970-01-01; the last day of a range
// whose end is kept.
template <typename Minute>
struct TimeOfDay {
  Minute& minute;
};
template <typename Number>
struct Day {
  Number& day;
};
template <typename Maybe>
struct LastDay {
  Maybe& end;
};
template <typename T>
TimeOfDay(T&) -> TimeOfDay<T>;
template <typename T>
Day(T&) -> Day<T>;
template <typename T>
LastDay(T&) -> LastDay<T>;

// Kept with the row, while its sheet has no such column.
inline constexpr std::string_view kNoColumn;

inline constexpr auto kFrom = [](auto& row) -> auto& {
  return row.period.from;
};
inline constexpr auto kTo = [](auto& row) -> auto& {
  return row.period.to;
};

// ---- the lists ----
constexpr auto fields_of(std::type_identity<AreaRow> /*unused*/) {
  return std::tuple{Field{"code", &AreaRow::code},
                    Field{"name", &AreaRow::name},
                    Field{"kind", &AreaRow::kind},
                    Field{"parent", &AreaRow::parent},
                    Field{"aliases", &AreaRow::aliases},
                    Field{"latitude",
                          [](auto& row) {
                            return Degrees{row.has_centre, row.latitude};
                          }},
                    Field{"longitude",
                          [](auto& row) {
                            return Degrees{row.has_centre, row.longitude};
                          }},
                    Field{"assembly_point", &AreaRow::assembly_point},
                    Field{kNoColumn, &AreaRow::outline}};
}
constexpr auto fields_of(std::type_identity<PersonRow> /*unused*/) {
  return std::tuple{Field{"code", &PersonRow::code},         Field{"name", &PersonRow::name},
                    Field{"language", &PersonRow::language}, Field{"door", &PersonRow::door},
                    Field{"notes", &PersonRow::notes},       Field{"kind", &PersonRow::section}};
}
constexpr auto fields_of(std::type_identity<ContactRow> /*unused*/) {
  return std::tuple{Field{"person", &ContactRow::person},
                    Field{"order", &ContactRow::order},
                    Field{"kind", &ContactRow::kind},
                    Field{"address", &ContactRow::address},
                    Field{"extension", &ContactRow::extension},
                    Field{"agreed_when", &ContactRow::agreed_when},
                    Field{"agreed_how", &ContactRow::agreed_how},
                    Field{"withdrawn", &ContactRow::withdrawn},
                    Field{"verified_when", &ContactRow::verified_when},
                    Field{"verified_how", &ContactRow::verified_how},
                    Field{"not_at_night", &ContactRow::not_at_night}};
}
constexpr auto fields_of(std::type_identity<PostRow> /*unused*/) {
  return std::tuple{Field{"code", &PostRow::code},     Field{"name", &PostRow::name}, Field{"area", &PostRow::area},
                    Field{"person", &PostRow::person}, Field{"from", kFrom},          Field{"to", kTo}};
}
constexpr auto fields_of(std::type_identity<DeputyRow> /*unused*/) {
  return std::tuple{Field{"post", &DeputyRow::post}, Field{"order", &DeputyRow::order},
                    Field{"person", &DeputyRow::person}};
}
constexpr auto fields_of(std::type_identity<UnitRow> /*unused*/) {
  return std::tuple{Field{"code", &UnitRow::code}, Field{"name", &UnitRow::name},
                    Field{"responsible", &UnitRow::responsible}, Field{"area", &UnitRow::area}};
}
constexpr auto fields_of(std::type_identity<UnitMemberRow> /*unused*/) {
  return std::tuple{Field{"unit", &UnitMemberRow::unit}, Field{"person", &UnitMemberRow::person}};
}
constexpr auto fields_of(std::type_identity<GroupRow> /*unused*/) {
  return std::tuple{Field{"code", &GroupRow::code}, Field{"name", &GroupRow::name}};
}
constexpr auto fields_of(std::type_identity<GroupMemberRow> /*unused*/) {
  return std::tuple{Field{"group", &GroupMemberRow::group}, Field{"person", &GroupMemberRow::person}};
}
constexpr auto fields_of(std::type_identity<AreaRoleRow> /*unused*/) {
  return std::tuple{Field{"area", &AreaRoleRow::area}, Field{"role", &AreaRoleRow::role},
                    Field{"person", &AreaRoleRow::person}};
}
constexpr auto fields_of(std::type_identity<DutyRow> /*unused*/) {
  return std::tuple{Field{"duty", &DutyRow::duty}, Field{"who", &DutyRow::who}, Field{"from", kFrom}, Field{"to", kTo}};
}
constexpr auto fields_of(std::type_identity<RotationRow> /*unused*/) {
  return std::tuple{Field{"duty", &RotationRow::duty},
                    Field{"name", &RotationRow::name},
                    Field{"turns", &RotationRow::turns},
                    Field{"every_days", &RotationRow::every_days},
                    Field{"handover", [](auto& row) { return TimeOfDay{row.handover_minute}; }},
                    Field{"from", [](auto& row) { return Day{row.first_day}; }},
                    Field{"to", [](auto& row) { return LastDay{row.end_day}; }},
                    Field{kNoColumn, &RotationRow::zone}};
}
constexpr auto fields_of(std::type_identity<OverrideRow> /*unused*/) {
  return std::tuple{Field{"duty", &OverrideRow::duty}, Field{"who", &OverrideRow::who}, Field{"from", kFrom},
                    Field{"to", kTo}, Field{"instead_of", &OverrideRow::instead_of}};
}
constexpr auto fields_of(std::type_identity<LeaveRow> /*unused*/) {
  return std::tuple{Field{"person", &LeaveRow::person}, Field{"from", kFrom}, Field{"to", kTo}};
}

// ---- what walks over them ----

// visit(table, rows) for every table, in the order they are read in.  `tables` const or not.
template <typename AnyTables, typename Visit>
void each_table(AnyTables& tables, Visit&& visit) {
  visit(Table::kAreas, tables.areas);
  visit(Table::kPersons, tables.persons);
  visit(Table::kContacts, tables.contacts);
  visit(Table::kPosts, tables.posts);
  visit(Table::kDeputies, tables.deputies);
  visit(Table::kUnits, tables.units);
  visit(Table::kUnitMembers, tables.unit_members);
  visit(Table::kGroups, tables.groups);
  visit(Table::kGroupMembers, tables.group_members);
  visit(Table::kAreaRoles, tables.area_roles);
  visit(Table::kDuty, tables.duty);
  visit(Table::kRotations, tables.rotations);
  visit(Table::kOverrides, tables.overrides);
  visit(Table::kLeave, tables.leave);
}

template <typename Row>
inline constexpr auto kFieldsOf = fields_of(std::type_identity<std::remove_const_t<Row>>{});
template <typename Row>
inline constexpr std::size_t kFieldCount = std::tuple_size_v<std::remove_const_t<decltype(kFieldsOf<Row>)>>;

// visit(name, value) for every field of a row; a const row has const values.
template <typename Row, typename Visit>
void each_field(Row& row, Visit&& visit) {
  std::apply([&](const auto&... field) { (visit(field.name, std::invoke(field.get, row)), ...); }, kFieldsOf<Row>);
}

// Rows that keep an identity of their own whatever is changed in them.
template <typename Row>
concept HasId = requires(Row row) {
  row.id.value;
};

template <typename Row>
[[nodiscard]] std::int64_t id_of_row(const Row& row) {
  if constexpr (HasId<Row>) {
    return row.id.value;
  } else {
    return 0;
  }
}

}  // namespace tocsin::directory
