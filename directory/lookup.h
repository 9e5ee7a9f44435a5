// Persons of the directory out of the database, page by page, without the rest of it.
//
// The session is the caller's.  With 100,000 persons a page costs some tens of milliseconds.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "directory/tables.h"
#include "gateway/base/result.h"
#include "gateway/db/session.h"

namespace tocsin::directory {

struct PersonWithContacts {
  PersonRow person;
  std::vector<ContactRow> contacts;  // as they are called
};

// By code, behind `after`, at most `limit`.  `words`: four digits or more are the end of a number; anything else begins
// a code or is part of a name; empty: everybody.
[[nodiscard]] base::Result<std::vector<PersonWithContacts>> find_persons(db::Session& session, const std::string& words,
                                                                         const std::string& after, int limit);
// kNotFound: there is no such person.
[[nodiscard]] base::Result<PersonWithContacts> find_person(db::Session& session, const std::string& code);

// What somebody is looked for by, of everybody, by code.  A walk over the directory.
struct NamedPerson {
  std::string code, name;
  std::vector<std::string> units;  // names
};
[[nodiscard]] base::Result<std::vector<NamedPerson>> named_persons(db::Session& session);

// True for what find_persons() takes for the end of a number.
[[nodiscard]] bool is_end_of_number(const std::string& words);

// Every duty there is a row of, each once.
[[nodiscard]] base::Result<std::vector<std::string>> stored_duties(db::Session& session);

// What each duty with a rotation is called there: of several, as the last row says.
[[nodiscard]] base::Result<std::map<std::string, std::string>> stored_duty_titles(db::Session& session);

struct DirectorySizes {
  std::int64_t version = 0, persons = 0, contacts = 0, areas = 0, posts = 0, units = 0, groups = 0;
};
[[nodiscard]] base::Result<DirectorySizes> directory_sizes(db::Session& session);

}  // namespace tocsin::directory
