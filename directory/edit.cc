#include "directory/edit.h"

#include <algorithm>
#include <set>
#include <utility>

#include "directory/import_pass.h"
#include "directory/write_sheets.h"

namespace tocsin::directory {
namespace {

// What is wrong with the directory as a whole.
base::Diagnostics findings_of(const Tables& tables, const ImportOptions& options, Tables* checked = nullptr) {
  ImportPass pass(options);
  keep_all(pass, tables);
  check_tables(pass);
  if (checked != nullptr) *checked = std::move(pass.tables);
  return std::move(pass.findings);
}

Edited judged(const Tables& before, const Tables& after, base::Diagnostics own, const ImportOptions& options) {
  Edited edited;
  edited.findings = std::move(own);
  std::set<std::pair<std::string, std::string>> known;
  for (const auto& finding : findings_of(before, options)) known.emplace(finding.code, finding.message);
  Tables checked;
  for (auto& finding : findings_of(after, options, &checked)) {
    if (known.count({finding.code, finding.message}) == 0) edited.findings.push_back(std::move(finding));
  }
  if (!base::has_errors(edited.findings)) edited.tables = std::move(checked);
  return edited;
}

template <typename Rows>
void take_out(Rows& rows, const std::string& person) {
  std::erase_if(rows, [&](const auto& row) { return row.person == person; });
}

bool same_point(const ContactRow& a, const ContactRow& b) {
  return a.kind == b.kind && a.address == b.address && a.extension == b.extension;
}

void put_contacts(Tables& tables, const std::string& person, std::vector<ContactRow> contacts) {
  std::vector<ContactRow> rows;
  for (ContactRow& row : tables.contacts) {
    if (row.person != person) {
      rows.push_back(std::move(row));
      continue;
    }
    const auto now =
        std::find_if(contacts.begin(), contacts.end(), [&](const ContactRow& c) { return same_point(c, row); });
    if (now == contacts.end()) continue;
    rows.push_back(std::move(*now));
    contacts.erase(now);
  }
  std::move(contacts.begin(), contacts.end(), std::back_inserter(rows));
  tables.contacts = std::move(rows);
}

}  // namespace

Edited put_person(const Tables& before, const PersonEdit& edit, const ImportOptions& options) {
  // As two sheets of their own: whatever holds for a cell of an import holds here.
  Tables alone;
  alone.persons.push_back(edit.person);
  alone.contacts = edit.contacts;
  int order = 0;
  for (ContactRow& contact : alone.contacts) {
    contact.person = edit.person.code;
    if (++order; contact.order == 0) contact.order = order;
  }
  ImportPass pass(options);
  for (const Sheet& sheet : write_sheets(alone, options.time_zone)) {
    if (sheet.name == "persons.csv" || sheet.name == "contacts.csv") read_sheet(pass, sheet);
  }
  if (base::has_errors(pass.findings) || pass.tables.persons.size() != 1 ||
      pass.tables.contacts.size() != edit.contacts.size()) {
    return {{}, std::move(pass.findings)};
  }
  for (std::size_t i = 0; i < edit.contacts.size(); ++i) {  // an hour that comes twice is no question here
    pass.tables.contacts[i].agreed_when = edit.contacts[i].agreed_when;
    pass.tables.contacts[i].withdrawn = edit.contacts[i].withdrawn;
    pass.tables.contacts[i].verified_when = edit.contacts[i].verified_when;
  }
  Tables after = before;
  const auto at = std::find_if(after.persons.begin(), after.persons.end(),
                               [&](const PersonRow& row) { return row.code == edit.person.code; });
  if (at != after.persons.end()) {
    *at = pass.tables.persons.front();
  } else {
    after.persons.push_back(pass.tables.persons.front());
  }
  put_contacts(after, edit.person.code, std::move(pass.tables.contacts));
  return judged(before, after, std::move(pass.findings), options);
}

Edited remove_person(const Tables& before, const std::string& code, const ImportOptions& options) {
  Tables after = before;
  std::erase_if(after.persons, [&](const PersonRow& row) { return row.code == code; });
  take_out(after.contacts, code);
  take_out(after.leave, code);
  take_out(after.unit_members, code);
  take_out(after.group_members, code);
  return judged(before, after, {}, options);
}

}  // namespace tocsin::directory
