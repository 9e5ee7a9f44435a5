// What a change of the directory would do, shown row by row; and whether a person is still the one that was seen.
// Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "directory/delta.h"
#include "directory/tables.h"
#include "gateway/base/result.h"
#include "gateway/model/version.h"
#include "gateway/ports/directory_desk.h"

namespace tocsin::app {

// At most some hundred rows; addresses are masked.
[[nodiscard]] std::vector<ports::DirectoryDifference> differences_of(const directory::Delta& delta);

// Moves with the rows of that person and with nothing else; the same rows have the same version again.
[[nodiscard]] model::Version version_of_rows(const directory::PersonRow& person,
                                             const std::vector<directory::ContactRow>& contacts);
[[nodiscard]] const directory::PersonRow* person_in(const directory::Tables& tables, const std::string& code);
// As find_person() gives them.
[[nodiscard]] std::vector<directory::ContactRow> contacts_in(const directory::Tables& tables,
                                                             const std::string& person);
// kChanged: the person is another than `expected` names, or is gone.
[[nodiscard]] base::Status check_person(const directory::Tables& tables, const std::string& code,
                                        const model::Expected& expected);

}  // namespace tocsin::app
