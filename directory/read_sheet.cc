// One sheet to rows: its header, then row by row what can be judged without the other tables.
#include <algorithm>

#include "directory/row_reader.h"
#include "directory/table/grid.h"
#include "gateway/base/phone_fault.h"
#include "gateway/base/text.h"

namespace tocsin::directory {
namespace {

using base::Severity;

constexpr std::size_t kLongestAddress = 500;  // bytes
constexpr std::size_t kMostTurns = 1000;      // of a rotation
constexpr int kMostDays = 366;                // of a turn

// Of one cell, divided by any of the signs people write; trimmed.
std::vector<std::string> pieces(std::string cell) {
  for (const std::string_view other : {"；", "、", "|"}) {
    for (std::size_t at = 0; (at = cell.find(other, at)) != std::string::npos;) cell.replace(at, other.size(), ";");
  }
  std::vector<std::string> all;
  for (const std::string& piece : base::split(cell, ';')) all.push_back(base::trim(piece));
  return all;
}

AreaRow read_area(RowReader& row) {
  AreaRow area;
  area.code = row.code("code");
  area.name = row.words("name", kLongestName, true);
  area.kind = row.one_of("kind", {"subdistrict", "work_area", "community", "grid"}, "unknown-kind");
  area.parent = row.reference("parent", false);
  for (std::string& alias : pieces(row.words("aliases", kLongestWords))) {
    if (!alias.empty()) area.aliases.push_back(std::move(alias));
  }
  const auto latitude = row.degrees("latitude", 90);
  const auto longitude = row.degrees("longitude", 180);
  area.has_centre = latitude && longitude;
  area.latitude = latitude.value_or(0);
  area.longitude = longitude.value_or(0);
  if (row.cell("latitude").empty() != row.cell("longitude").empty()) {
    row.error(words::kHalfACentre(), row.cell("latitude").empty() ? "latitude" : "longitude");
  }
  area.assembly_point = row.words("assembly_point", kLongestWords);
  return area;
}

PersonRow read_person(RowReader& row) {
  PersonRow person;
  person.code = row.code("code");
  person.name = row.words("name", kLongestName, true);
  person.language = row.one_of("language", row.options().languages, "unknown-language");
  person.door = row.words_without_numbers("door");
  person.notes = row.words_without_numbers("notes");
  person.section = !row.cell("kind").empty() && row.one_of("kind", {"person", "section"}, "unknown-kind") == "section";
  return person;
}

void read_number(RowReader& row, ContactRow& contact) {
  const auto number = base::parse_phone_number(contact.address, row.options().dialing);
  if (!number) {
    row.error(words::kBadNumber(base::why_no_phone_number(contact.address, row.options().dialing)), "address");
    return;
  }
  if (contact.kind == model::ContactKind::kMobile && number->kind == base::PhoneKind::kLandline) {
    row.error(words::kNotAMobile(), "address");
  }
  if (contact.kind == model::ContactKind::kLandline && number->kind == base::PhoneKind::kMobile) {
    row.warn(words::kNotALandline(), "address");
  }
  contact.address = number->e164;
  if (number->extension.empty()) return;
  if (!contact.extension.empty() && contact.extension != number->extension) {
    row.error(words::kTwoExtensions(number->extension), "extension");
  }
  contact.extension = number->extension;
}

void read_address(RowReader& row, ContactRow& contact) {
  std::string& address = contact.address;
  if (address.empty()) {
    row.error(words::kEmpty(), "address");
    return;
  }
  if (address.size() > kLongestAddress || base::without_controls(address) != address ||
      address.find_first_of("\n\t") != std::string::npos) {
    row.error(words::kUnusableAddress(), "address");
    return;
  }
  switch (contact.kind) {
    case model::ContactKind::kMobile:
    case model::ContactKind::kLandline: read_number(row, contact); break;
    case model::ContactKind::kEmail: {
      const std::size_t at = address.find('@');
      const bool good = at != std::string::npos && at > 0 && at + 1 < address.size() && address.size() <= 254 &&
                        address.find('@', at + 1) == std::string::npos &&
                        address.find_first_of(" <>,;\"") == std::string::npos;
      if (!good) row.error(words::kNoMailAddress(shown(address)), "address");
      address = lower(address);
      break;
    }
    case model::ContactKind::kWebhook:
      if (!address.starts_with("https://") || address.size() < 10 || address.find(' ') != std::string::npos) {
        row.error(words::kNoWebhook(), "address");
      }
      break;
    case model::ContactKind::kConsole:
      if (!is_code(address)) row.error(words::kNoConsole(shown(address)), "address");
      break;
  }
}

ContactRow read_contact(RowReader& row) {
  ContactRow contact;
  contact.person = row.reference("person");
  contact.order = row.order();
  const std::string kind = row.one_of("kind", {"mobile", "landline", "email", "webhook", "console"}, "unknown-kind");
  contact.address = row.cell("address");
  contact.extension = row.cell("extension");
  if (contact.extension.size() > 8 || contact.extension.find_first_not_of("0123456789") != std::string::npos) {
    row.error(words::kNoExtension(shown(contact.extension)), "extension");
  }
  if (const auto known = model::contact_kind_named(kind)) {
    contact.kind = *known;
    read_address(row, contact);
  }
  contact.agreed_when = row.time("agreed_when");
  contact.agreed_how = row.words("agreed_how", kLongestWords);
  contact.withdrawn = row.time("withdrawn");
  contact.verified_when = row.time("verified_when");
  contact.verified_how = row.words("verified_how", kLongestWords);
  contact.not_at_night = row.yes("not_at_night");
  if (!contact.agreed() && !contact.withdrawn) {
    const bool when = row.cell("agreed_when").empty();
    row.warn(words::kNotAgreed(), when ? "agreed_when" : "agreed_how");
  }
  return contact;
}

PostRow read_post(RowReader& row) {
  PostRow post;
  post.code = row.code("code");
  post.name = row.words("name", kLongestName, true);
  post.area = row.reference("area", false);
  post.person = row.reference("person", false);
  post.period = row.period();
  if (post.person.empty()) {
    row.warn(words::kVacant(shown(post.code)), "person");
  }
  return post;
}

DeputyRow read_deputy(RowReader& row) {
  DeputyRow deputy;
  deputy.post = row.reference("post");
  deputy.order = row.order();
  deputy.person = row.reference("person");
  return deputy;
}

UnitRow read_unit(RowReader& row) {
  UnitRow unit;
  unit.code = row.code("code");
  unit.name = row.words("name", kLongestName, true);
  unit.responsible = row.reference("responsible", false);
  unit.area = row.reference("area", false);
  return unit;
}

AreaRoleRow read_area_role(RowReader& row) {
  AreaRoleRow role;
  role.area = row.reference("area");
  role.role = row.one_of("role", {"heads", "workers"}, "unknown-role");
  role.person = row.reference("person");
  return role;
}

std::string read_name_of_duty(RowReader& row) {
  std::string duty = row.code("duty");
  const std::vector<std::string> usual = {"desk", "leader"};
  const std::string near = base::nearest_name(duty, usual);
  if (!near.empty() && near != duty) {
    row.warn(words::kOwnDuty(shown(duty)).with_hint(did_you_mean(near)), "duty");
  }
  return duty;
}

DutyRow read_duty(RowReader& row) {
  DutyRow duty;
  duty.duty = read_name_of_duty(row);
  duty.who = row.reference("who");
  duty.period = row.period();
  return duty;
}

RotationRow read_rotation(RowReader& row) {
  RotationRow rotation;
  rotation.duty = read_name_of_duty(row);
  rotation.name = row.words("name", kLongestName, true);
  rotation.turns = pieces(row.reference("turns"));
  if (rotation.turns.size() > kMostTurns) {
    row.error(words::kTooManyTurns(kMostTurns), "turns");
    rotation.turns.clear();
  }
  const auto empty = std::find(rotation.turns.begin(), rotation.turns.end(), "");
  if (empty != rotation.turns.end() && !row.cell("turns").empty()) {
    row.error(words::kEmptyTurn(empty - rotation.turns.begin() + 1), "turns");
  }
  rotation.every_days = row.cell("every_days").empty() ? 1 : row.count("every_days", kMostDays);
  rotation.handover_minute = row.time_of_day("handover");
  const auto first = row.day("from");
  const auto last = row.day("to");
  if (row.cell("from").empty()) row.error(words::kTurnsWithoutDay(), "from");
  rotation.first_day = first.value_or(0);
  if (last) rotation.end_day = *last + 1;
  if (first && last && *last < *first) row.error(words::kUpsideDown(), "from");
  rotation.zone = row.options().time_zone;
  return rotation;
}

OverrideRow read_override(RowReader& row) {
  OverrideRow over;
  over.duty = read_name_of_duty(row);
  over.who = row.reference("who", false);
  over.period = row.period();
  over.instead_of = row.reference("instead_of", false);
  for (const char* end : {"from", "to"}) {
    if (row.cell(end).empty()) row.error(words::kOverrideWithoutEnd(), end);
  }
  if (over.who.empty()) {
    row.warn(words::kOverrideOfNobody(), "who");
  } else if (over.who == over.instead_of) {
    row.error(words::kOwnSubstitute(shown(over.who)), "instead_of");
  }
  return over;
}

void read_row(ImportPass& pass, Table table, const table::CsvRow& cells) {
  RowReader row(pass, table, cells);
  Tables& tables = pass.tables;
  switch (table) {
    case Table::kAreas: tables.areas.push_back(read_area(row)); break;
    case Table::kPersons: tables.persons.push_back(read_person(row)); break;
    case Table::kContacts: tables.contacts.push_back(read_contact(row)); break;
    case Table::kPosts: tables.posts.push_back(read_post(row)); break;
    case Table::kDeputies: tables.deputies.push_back(read_deputy(row)); break;
    case Table::kUnits: tables.units.push_back(read_unit(row)); break;
    case Table::kUnitMembers: tables.unit_members.push_back({row.reference("unit"), row.reference("person")}); break;
    case Table::kGroups: tables.groups.push_back({row.code("code"), row.words("name", kLongestName, true)}); break;
    case Table::kGroupMembers: tables.group_members.push_back({row.reference("group"), row.reference("person")}); break;
    case Table::kAreaRoles: tables.area_roles.push_back(read_area_role(row)); break;
    case Table::kDuty: tables.duty.push_back(read_duty(row)); break;
    case Table::kRotations: tables.rotations.push_back(read_rotation(row)); break;
    case Table::kOverrides: tables.overrides.push_back(read_override(row)); break;
    case Table::kLeave: tables.leave.push_back({row.reference("person"), row.period()}); break;
  }
}

void forget(ImportPass& pass, Table table) {
  Tables& tables = pass.tables;
  pass.origins_of(table).clear();
  switch (table) {
    case Table::kAreas: tables.areas.clear(); break;
    case Table::kPersons: tables.persons.clear(); break;
    case Table::kContacts: tables.contacts.clear(); break;
    case Table::kPosts: tables.posts.clear(); break;
    case Table::kDeputies: tables.deputies.clear(); break;
    case Table::kUnits: tables.units.clear(); break;
    case Table::kUnitMembers: tables.unit_members.clear(); break;
    case Table::kGroups: tables.groups.clear(); break;
    case Table::kGroupMembers: tables.group_members.clear(); break;
    case Table::kAreaRoles: tables.area_roles.clear(); break;
    case Table::kDuty: tables.duty.clear(); break;
    case Table::kRotations: tables.rotations.clear(); break;
    case Table::kOverrides: tables.overrides.clear(); break;
    case Table::kLeave: tables.leave.clear(); break;
  }
}

void header_error(ImportPass& pass, Finding found, const std::string& file, const table::CsvRow& header,
                  int character) {
  ++pass.errors;
  pass.report_in(Severity::kError, std::move(found), file, header.line, character);
}

// Fills the layout from the header row; false when rows cannot be read by it.
bool read_header(ImportPass& pass, const TableShape& shape, const std::vector<std::string>& header,
                 const table::CsvRow& row) {
  SheetLayout& layout = pass.layouts.back();
  layout.positions.fill(-1);
  const std::vector<std::string> names = column_names(shape);
  bool readable = true;
  for (std::size_t i = 0; i < header.size(); ++i) {
    const auto letter = table::column_letter(i);
    const auto known = std::find(names.begin(), names.end(), header[i]);
    if (known == names.end()) {
      header_error(pass,
                   words::kNoColumn(letter, shape.name, shown(header[i]))
                       .with_hint(did_you_mean(base::nearest_name(header[i], names))),
                   layout.name, row, row.columns[i]);
      continue;
    }
    int& position = layout.positions[static_cast<std::size_t>(known - names.begin())];
    if (position >= 0) {
      header_error(pass, words::kColumnTwice(letter, shown(header[i])), layout.name, row, row.columns[i]);
    }
    position = static_cast<int>(i);
  }
  for (const Column& column : shape.columns) {
    if (!column.required || layout.positions[column_index(shape.table, column.name)] >= 0) continue;
    header_error(pass, words::kColumnMissing(shape.name, column.name), layout.name, row, 0);
    readable = false;
  }
  return readable;
}

// `width`: the cells of the header that name a column; `blank`: empty ones behind them, as spreadsheets leave them.
void read_rows(ImportPass& pass, const TableShape& shape, std::size_t width, std::size_t blank,
               table::CsvReader& reader) {
  bool& incomplete = pass.incomplete[static_cast<std::size_t>(shape.table)];
  const std::string file = pass.layouts.back().name;
  for (table::CsvRow row; reader.next(row);) {
    if (row.cells.size() == width + blank) {
      while (row.cells.size() > width && row.cells.back().empty()) row.cells.pop_back();
    }
    if (row.cells.size() == width) {
      read_row(pass, shape.table, row);
      continue;
    }
    incomplete = true;
    if (++pass.errors > kMostFindings) continue;
    const auto& wording = row.cells.size() > width ? words::kCellsTooMany : words::kCellsMissing;
    pass.report_in(Severity::kError, wording(row.cells.size(), width), file, row.line);
  }
  incomplete = incomplete || reader.failed();
}

}  // namespace

void read_sheet(ImportPass& pass, const Sheet& sheet) {
  pass.layouts.push_back({sheet.name, {}});
  table::CsvReader reader(sheet.text, sheet.name, pass.findings);
  table::CsvRow row;
  if (!reader.next(row)) {
    pass.incomplete.fill(true);
    if (!reader.failed()) {
      header_error(pass, words::kNoHeader(), sheet.name, row, 0);
    }
    return;
  }
  std::vector<std::string> header;
  for (const std::string& cell : row.cells) header.push_back(lower(cell));
  while (!header.empty() && header.back().empty()) header.pop_back();
  const TableShape* shape = recognise(header);
  if (shape == nullptr) {
    pass.incomplete.fill(true);
    std::vector<std::string> names;
    for (const TableShape& known : all_shapes()) names.emplace_back(known.name);
    header_error(pass, words::kNoTable(base::listed(names)), sheet.name, row, 1);
    return;
  }
  // A single sheet takes the place of the table that was kept for it.
  auto& origins = pass.origins_of(shape->table);
  if (!origins.empty() && origins.front().sheet < 0) forget(pass, shape->table);
  if (!read_header(pass, *shape, header, row)) {
    pass.incomplete[static_cast<std::size_t>(shape->table)] = true;
    return;
  }
  read_rows(pass, *shape, header.size(), row.cells.size() - header.size(), reader);
}

}  // namespace tocsin::directory
