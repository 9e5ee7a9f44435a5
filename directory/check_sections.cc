// The desk of a section is no human being: whoever answers there cannot go on leave, nor stand in for somebody.
#include <unordered_set>

#include "directory/import_pass.h"

namespace tocsin::directory {

void check_sections(ImportPass& pass) {
  std::unordered_set<std::string_view> sections;
  for (const PersonRow& row : pass.tables.persons) {
    if (row.section) sections.insert(row.code);
  }
  if (sections.empty()) return;
  const auto refuse = [&](Table table, const auto& rows, const Wording& wording) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (sections.count(rows[i].person) != 0) pass.error(wording(rows[i].person), table, i, "person");
    }
  };
  refuse(Table::kLeave, pass.tables.leave, words::kSectionOnLeave);
  refuse(Table::kDeputies, pass.tables.deputies, words::kSectionAsDeputy);
}

}  // namespace tocsin::directory
