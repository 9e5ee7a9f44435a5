// One person of the directory put in, changed or taken out, with the same judgement as an import.
//
// Pure, safe from any thread.  Linear in the directory, because what an edit means for other rows is checked with them.
#pragma once

#include <string>
#include <vector>

#include "directory/import.h"
#include "directory/tables.h"

namespace tocsin::directory {

struct PersonEdit {
  PersonRow person;
  std::vector<ContactRow> contacts;  // addresses as people write them; without an order they are called as they stand
};

struct Edited {
  Tables tables;               // of the whole directory; empty when `findings` has errors
  base::Diagnostics findings;  // that the directory before did not have
};

// The person of that code is replaced, or comes last.  Their contact points keep their places, new ones come last.
[[nodiscard]] Edited put_person(const Tables& before, const PersonEdit& edit, const ImportOptions& options);

// The person goes with their contact points, leave and memberships.  Whatever else names them (a post, a duty, a head
// of an area) must be given to somebody else first: an error for each such row.
[[nodiscard]] Edited remove_person(const Tables& before, const std::string& code, const ImportOptions& options);

}  // namespace tocsin::directory
