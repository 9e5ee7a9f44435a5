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
  const auto refuse = [&](Table table, const auto& rows, const char* code, const char* why) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (sections.count(rows[i].person) == 0) continue;
      pass.error(code, table, i, "person", rows[i].person + " is the desk of a section, not a person: " + why,
                 "leave kind empty in persons if it is one");
    }
  };
  refuse(Table::kLeave, pass.tables.leave, "section-on-leave", "it is never on leave");
  refuse(Table::kDeputies, pass.tables.deputies, "section-as-deputy", "it stands in for nobody");
}

}  // namespace tocsin::directory
