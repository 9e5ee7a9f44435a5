#include "gateway/app/directory_differences.h"

#include <algorithm>

#include "gateway/base/digest.h"
#include "gateway/base/phone_number.h"

namespace tocsin::app {
namespace {

constexpr std::size_t kMostDifferences = 200;  // shown; all are counted

// "wu, mobile, *******0001": enough to know which row, never a whole number.
std::string shown(directory::Table table, const directory::Cells& cells) {
  std::string text;
  const auto columns = directory::shape_of(table).columns;
  for (std::size_t i = 0; i < cells.size() && i < 4; ++i) {
    if (cells[i].empty() || i >= columns.size() || columns[i].name == "order") continue;
    const bool address = columns[i].name == "address";
    text += (text.empty() ? "" : ", ") + (address ? base::masked(cells[i]) : cells[i]);
  }
  return text;
}

std::vector<std::string> changed_columns(directory::Table table, const directory::ChangedRow& row) {
  std::vector<std::string> names;
  const auto columns = directory::shape_of(table).columns;
  for (std::size_t i = 0; i < columns.size() && i < row.before.size() && i < row.after.size(); ++i) {
    if (row.before[i] != row.after[i]) names.emplace_back(columns[i].name);
  }
  // Kept with the row, in no sheet.
  if (table == directory::Table::kAreas && row.before.back() != row.after.back()) names.emplace_back("outline");
  return names;
}

}  // namespace

std::vector<ports::DirectoryDifference> differences_of(const directory::Delta& delta) {
  std::vector<ports::DirectoryDifference> all;
  const auto add = [&all](directory::Table table, const directory::Cells& cells, const char* what,
                          std::vector<std::string> fields) {
    if (all.size() >= kMostDifferences) return;
    all.push_back({std::string(directory::shape_of(table).name), shown(table, cells), what, std::move(fields)});
  };
  for (const auto& one : delta.tables) {
    for (const auto& row : one.gone) add(one.table, row.cells, "gone", {});
    for (const auto& row : one.changed) add(one.table, row.after, "changed", changed_columns(one.table, row));
    for (const auto& row : one.added) add(one.table, row.cells, "added", {});
  }
  return all;
}

model::Version version_of_rows(const directory::PersonRow& person, const std::vector<directory::ContactRow>& contacts) {
  std::string text;
  const auto add = [&text](const directory::Cells& cells) {
    for (const auto& cell : cells) text += std::to_string(cell.size()) + ':' + cell;
  };
  add(directory::exact_cells(person));
  for (const auto& contact : contacts) add(directory::exact_cells(contact));
  std::int64_t number = 0;
  const auto digest = base::digest(text);
  for (std::size_t i = 0; i < 7; ++i) number = number << 8 | digest[i];
  return {person.id.value, number};
}

std::vector<directory::ContactRow> contacts_in(const directory::Tables& tables, const std::string& person) {
  std::vector<directory::ContactRow> contacts;
  for (const auto& row : tables.contacts) {
    if (row.person == person) contacts.push_back(row);
  }
  std::stable_sort(contacts.begin(), contacts.end(), [](const auto& a, const auto& b) { return a.order < b.order; });
  return contacts;
}

const directory::PersonRow* person_in(const directory::Tables& tables, const std::string& code) {
  const auto found = std::find_if(tables.persons.begin(), tables.persons.end(),
                                  [&](const directory::PersonRow& row) { return row.code == code; });
  return found == tables.persons.end() ? nullptr : &*found;
}

base::Status check_person(const directory::Tables& tables, const std::string& code, const model::Expected& expected) {
  const auto* there = person_in(tables, code);
  if (there != nullptr) return model::check(expected, version_of_rows(*there, contacts_in(tables, code)));
  if (expected.empty()) return base::Done{};
  return base::Error{base::ErrorCode::kChanged, "the directory has nobody of that code", {}};
}

}  // namespace tocsin::app
