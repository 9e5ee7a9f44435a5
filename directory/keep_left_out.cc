// What has become of a row (taken back, verified, outlined) is not lost because an office's list has no column for it.
#include <string>
#include <string_view>
#include <unordered_map>

#include "directory/import_pass.h"

namespace tocsin::directory {
namespace {

// visit(row, the row of that key before, is_left_out(column)) for every row that was read from a sheet.
template <typename Row, typename KeyOf, typename Visit>
void each_known(ImportPass& pass, Table table, std::vector<Row>& rows, const std::vector<Row>& before,
                const KeyOf& key_of_row, const Visit& visit) {
  std::unordered_map<std::string, const Row*> known;
  for (const Row& row : before) known.emplace(key_of_row(row), &row);
  const std::vector<RowOrigin>& origins = pass.origins_of(table);
  for (std::size_t i = 0; i < rows.size() && i < origins.size(); ++i) {
    if (origins[i].sheet < 0) continue;
    const auto was = known.find(key_of_row(rows[i]));
    if (was == known.end()) continue;
    const SheetLayout& layout = pass.layouts[static_cast<std::size_t>(origins[i].sheet)];
    visit(rows[i], *was->second,
          [&](std::string_view column) { return layout.positions[column_index(table, column)] < 0; });
  }
}

}  // namespace

void keep_left_out(ImportPass& pass, const Tables& kept) {
  const auto code_of = [](const auto& row) { return row.code; };
  each_known(pass, Table::kAreas, pass.tables.areas, kept.areas, code_of,
             [](AreaRow& row, const AreaRow& was, const auto& /*left_out*/) { row.outline = was.outline; });
  each_known(pass, Table::kPersons, pass.tables.persons, kept.persons, code_of,
             [](PersonRow& row, const PersonRow& was, const auto& left_out) {
               if (left_out("kind")) row.section = was.section;
             });
  each_known(
      pass, Table::kContacts, pass.tables.contacts, kept.contacts, [](const ContactRow& row) { return key_of(row); },
      [](ContactRow& row, const ContactRow& was, const auto& left_out) {
        if (left_out("withdrawn")) row.withdrawn = was.withdrawn;
        if (left_out("verified_when")) row.verified_when = was.verified_when;
        if (left_out("verified_how")) row.verified_how = was.verified_how;
        if (left_out("not_at_night")) row.not_at_night = was.not_at_night;
      });
}

}  // namespace tocsin::directory
