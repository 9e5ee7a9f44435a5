// One sheet to rows: its header, then row by row what can be judged without the other tables.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "directory/import_pass.h"
#include "directory/table/grid.h"
#include "gateway/base/local_time.h"
#include "gateway/base/masking.h"
#include "gateway/base/text.h"

namespace tocsin::directory {
namespace {

using base::Severity;

constexpr std::size_t kLongestCode = 64;
constexpr std::size_t kLongestName = 100;     // characters
constexpr std::size_t kLongestWords = 500;    // characters
constexpr std::size_t kLongestAddress = 500;  // bytes
constexpr int kHighestOrder = 1000;

bool is_code(std::string_view text) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  return !text.empty() && text.size() <= kLongestCode && letter(text.front()) &&
         std::all_of(text.begin(), text.end(), [&](char c) { return letter(c) || c == '-' || c == '_'; });
}

std::string in_quotes(std::string_view text) {
  return "\"" + base::cut(text, 40) + "\"";
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

bool is_date(std::string_view text) {
  return text.size() == 10 && text[4] == '-' && text[7] == '-';  // parse_local judges the digits
}

// The day after "2026-11-22", in the same form; empty when it is no date.
std::string day_after(std::string_view date) {
  const auto number = [&](std::size_t from, std::size_t count) {
    int value = 0;
    std::from_chars(date.data() + from, date.data() + from + count, value);
    return value;
  };
  const std::chrono::year_month_day day{std::chrono::year{number(0, 4)},
                                        std::chrono::month{static_cast<unsigned>(number(5, 2))},
                                        std::chrono::day{static_cast<unsigned>(number(8, 2))}};
  if (!day.ok()) return {};
  const std::chrono::year_month_day next{std::chrono::sys_days{day} + std::chrono::days{1}};
  char text[16];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(next.year()) % 10000,
                static_cast<unsigned>(next.month()) % 100, static_cast<unsigned>(next.day()) % 100);
  return text;
}

// The cells of one row by the table's column names, with the checks every cell of that sort gets.
class RowReader {
 public:
  RowReader(ImportPass& pass, Table table, const table::CsvRow& row) : pass_(pass), table_(table), cells_(row) {
    RowOrigin origin;
    origin.sheet = static_cast<int>(pass.layouts.size()) - 1;
    origin.line = row.line;
    const SheetLayout& layout = pass.layouts.back();
    for (std::size_t i = 0; i < kMostColumns; ++i) {
      const int position = layout.positions[i];
      if (position >= 0) origin.characters[i] = row.columns[static_cast<std::size_t>(position)];
    }
    number_ = pass.origins_of(table).size();
    pass.origins_of(table).push_back(origin);
  }

  void error(std::string code, std::string_view column, const std::string& message, std::string hint = {}) {
    pass_.error(std::move(code), table_, number_, column, message, std::move(hint));
  }
  void warn(std::string code, std::string_view column, const std::string& message, std::string hint = {}) {
    pass_.warn(std::move(code), table_, number_, column, message, std::move(hint));
  }

  // As typed; empty when the sheet has no such column.
  [[nodiscard]] std::string cell(std::string_view column) const {
    const int position = pass_.layouts.back().positions[column_index(table_, column)];
    return position < 0 ? std::string() : cells_.cells[static_cast<std::size_t>(position)];
  }

  // A code this row gives itself.
  std::string code(std::string_view column) {
    std::string text = cell(column);
    if (text.empty()) {
      error("empty-cell", column, "a row needs a code");
    } else if (!is_code(text)) {
      error("bad-code", column, in_quotes(text) + " is no code",
            "write lower-case letters, digits, - and _, at most 64");
    }
    return text;
  }

  // The code of another row; whether that row exists is judged later.
  std::string reference(std::string_view column, bool required = true) {
    std::string text = cell(column);
    if (text.empty() && required) error("empty-cell", column, "must not be empty");
    return text;
  }

  // Words to be shown.
  std::string words(std::string_view column, std::size_t longest, bool required = false) {
    std::string text = cell(column);
    if (text.empty() && required) error("empty-cell", column, "must not be empty");
    if (base::count_characters(text) > longest) {
      error("too-long", column, "more than " + std::to_string(longest) + " characters");
    }
    if (base::without_controls(text) != text || text.find_first_of("\n\t") != std::string::npos) {
      error("control-characters", column, "line breaks or invisible control characters");
    }
    return text;
  }

  // Words that must not hold numbers of people: those are removed, and the office learns it.
  std::string words_without_numbers(std::string_view column) {
    const base::Masked masked = base::mask_numbers(words(column, kLongestWords));
    if (masked.removed > 0) {
      warn("number-removed", column, "an identity or phone number was removed from the text",
           "numbers belong into contacts");
    }
    return masked.text;
  }

  int order() {
    const std::string text = cell("order");
    if (text.empty()) return 0;
    int value = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end.ec != std::errc() || end.ptr != text.data() + text.size() || value < 1 || value > kHighestOrder) {
      error("bad-order", "order", in_quotes(text) + " is no place in an order", "write 1, 2, 3, ...");
      return 0;
    }
    return value;
  }

  // Office local time; a date alone means its beginning, or with `whole_day` its end.
  std::optional<base::UtcTime> time(std::string_view column, bool whole_day = false) {
    const std::string text = cell(column);
    if (text.empty()) return std::nullopt;
    const std::string day = is_date(text) && whole_day ? day_after(text) : text;
    const auto parsed = base::parse_local(is_date(day) ? day + " 00:00" : day, pass_.options.time_zone);
    if (!parsed) error("bad-time", column, in_quotes(text) + " is no time", "write 2026-11-22 08:00 or 2026-11-22");
    return parsed;
  }

  Period period() {
    const Period period{time("from"), time("to", true)};
    if (period.from && period.to && *period.from >= *period.to) {
      error("range-upside-down", "from", "is not before \"to\"");
    }
    return period;
  }

  // Degrees; absent when empty or wrong.
  std::optional<double> degrees(std::string_view column, double limit) {
    const std::string text = cell(column);
    if (text.empty()) return std::nullopt;
    double value = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    if (end.ec != std::errc() || end.ptr != text.data() + text.size() || !std::isfinite(value) ||
        std::abs(value) > limit) {
      error("bad-coordinate", column,
            in_quotes(text) + " is not in degrees between -" + std::to_string(static_cast<int>(limit)) + " and " +
                std::to_string(static_cast<int>(limit)),
            "write decimal degrees, such as 36.0512");
      return std::nullopt;
    }
    return value;
  }

  // One of a closed list.
  std::string one_of(std::string_view column, const std::vector<std::string>& allowed, std::string code) {
    std::string text = lower(cell(column));
    if (std::find(allowed.begin(), allowed.end(), text) != allowed.end()) return text;
    std::string list;
    for (const std::string& word : allowed) list += (list.empty() ? "" : ", ") + word;
    const std::string near = base::nearest_name(text, allowed);
    error(std::move(code), column, in_quotes(cell(column)) + " is none of " + list,
          near.empty() ? std::string() : "did you mean \"" + near + "\"?");
    return text;
  }

  [[nodiscard]] const ImportOptions& options() const { return pass_.options; }

 private:
  ImportPass& pass_;
  Table table_;
  const table::CsvRow& cells_;
  std::size_t number_ = 0;  // of the row in its table
};

AreaRow read_area(RowReader& row) {
  AreaRow area;
  area.code = row.code("code");
  area.name = row.words("name", kLongestName, true);
  area.kind = row.one_of("kind", {"subdistrict", "work_area", "community", "grid"}, "unknown-kind");
  area.parent = row.reference("parent", false);
  std::string aliases = row.words("aliases", kLongestWords);
  for (const std::string_view other : {"；", "、", "|"}) {
    for (std::size_t at = 0; (at = aliases.find(other, at)) != std::string::npos;)
      aliases.replace(at, other.size(), ";");
  }
  for (const std::string& alias : base::split(aliases, ';')) {
    if (std::string name = base::trim(alias); !name.empty()) area.aliases.push_back(std::move(name));
  }
  const auto latitude = row.degrees("latitude", 90);
  const auto longitude = row.degrees("longitude", 180);
  area.has_centre = latitude && longitude;
  area.latitude = latitude.value_or(0);
  area.longitude = longitude.value_or(0);
  if (row.cell("latitude").empty() != row.cell("longitude").empty()) {
    row.error("half-a-coordinate", row.cell("latitude").empty() ? "latitude" : "longitude",
              "a centre needs latitude and longitude");
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
  return person;
}

void read_number(RowReader& row, ContactRow& contact) {
  const auto number = base::parse_phone_number(contact.address, row.options().dialing);
  if (!number) {
    row.error("bad-number", "address", number.error().message);
    return;
  }
  if (contact.kind == model::ContactKind::kMobile && number->kind == base::PhoneKind::kLandline) {
    row.error("not-a-mobile", "address", "is a landline, and the kind says mobile", "write landline as its kind");
  }
  if (contact.kind == model::ContactKind::kLandline && number->kind == base::PhoneKind::kMobile) {
    row.warn("not-a-landline", "address", "is a mobile, and the kind says landline: it will get no SMS");
  }
  contact.address = number->e164;
  if (number->extension.empty()) return;
  if (!contact.extension.empty() && contact.extension != number->extension) {
    row.error("two-extensions", "extension", "the number has the extension " + number->extension + " already");
  }
  contact.extension = number->extension;
}

void read_address(RowReader& row, ContactRow& contact) {
  std::string& address = contact.address;
  if (address.empty()) {
    row.error("empty-cell", "address", "must not be empty");
    return;
  }
  if (address.size() > kLongestAddress || base::without_controls(address) != address ||
      address.find_first_of("\n\t") != std::string::npos) {
    row.error("bad-address", "address", "too long, or with control characters");
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
      if (!good) row.error("bad-address", "address", in_quotes(address) + " is no e-mail address");
      address = lower(address);
      break;
    }
    case model::ContactKind::kWebhook:
      if (!address.starts_with("https://") || address.size() < 10 || address.find(' ') != std::string::npos) {
        row.error("bad-address", "address", "a webhook is a URL that begins with https://");
      }
      break;
    case model::ContactKind::kConsole:
      if (!is_code(address)) row.error("bad-address", "address", in_quotes(address) + " is no name of a console");
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
    row.error("bad-extension", "extension", in_quotes(contact.extension) + " is no extension", "write up to 8 digits");
  }
  if (const auto known = model::contact_kind_named(kind)) {
    contact.kind = *known;
    read_address(row, contact);
  }
  contact.agreed_when = row.time("agreed_when");
  contact.agreed_how = row.words("agreed_how", kLongestWords);
  contact.withdrawn = row.time("withdrawn");
  if (!contact.agreed() && !contact.withdrawn) {
    const bool when = row.cell("agreed_when").empty();
    row.warn("agreed-missing", when ? "agreed_when" : "agreed_how",
             "nobody may be called here: it is not said when and how the owner agreed",
             "fill in agreed_when and agreed_how");
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
    row.warn("post-vacant", "person", "nobody holds the post " + in_quotes(post.code) + ": whom it names is not told");
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

DutyRow read_duty(RowReader& row) {
  DutyRow duty;
  duty.duty = row.code("duty");
  duty.who = row.reference("who");
  duty.period = row.period();
  const std::vector<std::string> usual = {"desk", "leader"};
  const std::string near = base::nearest_name(duty.duty, usual);
  if (!near.empty() && near != duty.duty) {
    row.warn("unusual-duty", "duty", in_quotes(duty.duty) + " is a duty of its own", "did you mean \"" + near + "\"?");
  }
  return duty;
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
    case Table::kLeave: tables.leave.clear(); break;
  }
}

void header_error(ImportPass& pass, std::string code, const std::string& file, const table::CsvRow& header,
                  int character, std::string message, std::string hint = {}) {
  ++pass.errors;
  pass.findings.push_back(
      {Severity::kError, std::move(code), file, header.line, character, std::move(message), std::move(hint)});
}

// Fills the layout from the header row; false when rows cannot be read by it.
bool read_header(ImportPass& pass, const TableShape& shape, const std::vector<std::string>& header,
                 const table::CsvRow& row) {
  SheetLayout& layout = pass.layouts.back();
  layout.positions.fill(-1);
  const std::vector<std::string> names = column_names(shape);
  bool readable = true;
  for (std::size_t i = 0; i < header.size(); ++i) {
    const std::string where = "column " + table::column_letter(i) + ": ";
    const auto known = std::find(names.begin(), names.end(), header[i]);
    if (known == names.end()) {
      const std::string near = base::nearest_name(header[i], names);
      header_error(pass, "unknown-column", layout.name, row, row.columns[i],
                   where + "the table " + std::string(shape.name) + " has no column " + in_quotes(header[i]),
                   near.empty() ? std::string() : "did you mean \"" + near + "\"?");
      continue;
    }
    int& position = layout.positions[static_cast<std::size_t>(known - names.begin())];
    if (position >= 0) {
      header_error(pass, "duplicate-column", layout.name, row, row.columns[i],
                   where + in_quotes(header[i]) + " comes twice");
    }
    position = static_cast<int>(i);
  }
  for (const Column& column : shape.columns) {
    if (!column.required || layout.positions[column_index(shape.table, column.name)] >= 0) continue;
    header_error(pass, "missing-column", layout.name, row, 0,
                 "the table " + std::string(shape.name) + " needs a column \"" + std::string(column.name) + "\"");
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
    pass.findings.push_back(
        {Severity::kError, "wrong-column-count", file, row.line, 0,
         "the row has " + std::to_string(row.cells.size()) + " cells, the header has " + std::to_string(width),
         row.cells.size() > width ? "put a cell that holds a comma in quotes" : ""});
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
      header_error(pass, "empty-file", sheet.name, row, 0, "the file has no header row",
                   "the first row names the columns");
    }
    return;
  }
  std::vector<std::string> header;
  for (const std::string& cell : row.cells) header.push_back(lower(cell));
  while (!header.empty() && header.back().empty()) header.pop_back();
  const TableShape* shape = recognise(header);
  if (shape == nullptr) {
    pass.incomplete.fill(true);
    std::string names;
    for (const TableShape& known : all_shapes()) names += (names.empty() ? "" : ", ") + std::string(known.name);
    header_error(pass, "unknown-table", sheet.name, row, 1, "no table has the columns of this header row",
                 "the tables are " + names + " (docs/directory.md)");
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
