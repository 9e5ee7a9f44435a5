#include "directory/lookup.h"

#include "directory/stored_rows.h"

namespace tocsin::directory {
namespace {

constexpr std::size_t kFewestDigits = 4;  // of a number's end: fewer would list half the office

std::vector<ContactRow> contacts_of(db::Session& session, const std::string& person) {
  std::vector<ContactRow> contacts;
  auto rows = session
                  .statement("select " + std::string(kContactColumnsStored) +
                             " from dir_contact where person = ?1 order by preference, place")
                  .run(person);
  while (rows.next()) contacts.push_back(contact_in(rows));
  return contacts;
}

}  // namespace

bool is_end_of_number(const std::string& words) {
  return words.size() >= kFewestDigits && words.find_first_not_of("0123456789") == std::string::npos;
}

base::Result<std::vector<NamedPerson>> named_persons(db::Session& session) {
  std::vector<NamedPerson> people;
  {
    auto rows = session
                    .statement(
                        "select p.code, p.name, coalesce(u.name, '') from dir_person p "
                        "left join (select person, unit from dir_unit_member union "
                        "select responsible, code from dir_unit) m on m.person = p.code "
                        "left join dir_unit u on u.code = m.unit order by p.code")
                    .run();
    while (rows.next()) {
      if (people.empty() || people.back().code != rows.text(0)) people.push_back({rows.string(0), rows.string(1), {}});
      if (!rows.text(2).empty()) people.back().units.push_back(rows.string(2));
    }
  }
  if (session.failed()) return session.status().error().within("reading the directory");
  return people;
}

base::Result<std::vector<PersonWithContacts>> find_persons(db::Session& session, const std::string& words,
                                                           const std::string& after, int limit) {
  std::string sql = "select " + std::string(kPersonColumnsStored) + " from dir_person where code > ?1 and ";
  if (words.empty()) {
    sql += "?2 = '' ";
  } else if (is_end_of_number(words)) {
    sql += "code in (select person from dir_contact where substr(address, -length(?2)) = ?2) ";
  } else {
    sql += "(instr(code, ?2) = 1 or instr(name, ?2) > 0) ";
  }
  sql += "order by code limit ?3";
  std::vector<PersonWithContacts> found;
  {
    auto rows = session.statement(sql).run(after, words, limit);
    while (rows.next()) found.push_back({person_in(rows), {}});
  }
  for (auto& one : found) one.contacts = contacts_of(session, one.person.code);
  if (session.failed()) return session.status().error().within("reading the directory");
  return found;
}

base::Result<PersonWithContacts> find_person(db::Session& session, const std::string& code) {
  PersonWithContacts found;
  bool there = false;
  {
    auto rows =
        session.statement("select " + std::string(kPersonColumnsStored) + " from dir_person where code = ?1").run(code);
    there = rows.next();
    if (there) found.person = person_in(rows);
  }
  if (there) found.contacts = contacts_of(session, code);
  if (session.failed()) return session.status().error().within("reading the directory");
  if (!there) return base::Error{base::ErrorCode::kNotFound, "the directory has nobody of that code", {}};
  return found;
}

base::Result<std::vector<std::string>> stored_duties(db::Session& session) {
  std::vector<std::string> duties;
  {
    auto rows = session
                    .statement(
                        "select duty from dir_duty union select duty from dir_rotation union "
                        "select duty from dir_override order by 1")
                    .run();
    while (rows.next()) duties.push_back(rows.string(0));
  }
  if (session.failed()) return session.status().error().within("reading the directory");
  return duties;
}

base::Result<std::map<std::string, std::string>> stored_duty_titles(db::Session& session) {
  std::map<std::string, std::string> titles;
  {
    auto rows = session.statement("select duty, name from dir_rotation order by place").run();
    while (rows.next()) titles.insert_or_assign(rows.string(0), rows.string(1));
  }
  if (session.failed()) return session.status().error().within("reading the directory");
  return titles;
}

base::Result<DirectorySizes> directory_sizes(db::Session& session) {
  DirectorySizes sizes;
  {
    auto rows = session
                    .statement(
                        "select (select version from dir_state where id = 1), (select count(*) from dir_person), "
                        "(select count(*) from dir_contact), (select count(*) from dir_area), "
                        "(select count(distinct code) from dir_post), (select count(*) from dir_unit), "
                        "(select count(*) from dir_group)")
                    .run();
    if (rows.next()) {
      sizes = {rows.int64(0), rows.int64(1), rows.int64(2), rows.int64(3), rows.int64(4), rows.int64(5), rows.int64(6)};
    }
  }
  if (session.failed()) return session.status().error().within("reading the directory");
  return sizes;
}

}  // namespace tocsin::directory
