// The directory as JSON, for its administrators.  Keys stand in docs/api/openapi.yaml.  Pure, safe from any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/https/http.h"
#include "gateway/ports/directory_desk.h"

namespace tocsin::https {

[[nodiscard]] std::string directory_head_json(const ports::DirectoryHead& head);
// Addresses masked unless `whole`.
[[nodiscard]] std::string directory_person_json(const ports::DirectoryPerson& person, bool whole);
// `next` is empty on the last page.
[[nodiscard]] std::string directory_persons_json(const ports::FoundPersons& found, bool whole, std::string_view next);
[[nodiscard]] std::string directory_changes_json(const std::vector<ports::DirectoryEntry>& entries);
[[nodiscard]] std::string directory_sheets_json(std::int64_t version, const std::vector<ports::DirectorySheet>& sheets);
[[nodiscard]] std::string directory_lists_json(const std::vector<ports::DirectoryList>& lists);
[[nodiscard]] std::string directory_posts_json(const std::vector<ports::DirectoryPost>& posts);
[[nodiscard]] std::string directory_units_json(const std::vector<ports::DirectoryUnit>& units);
// `version`: of the directory afterwards; the one before when nothing differs, or nothing was done.
[[nodiscard]] std::string directory_changed_json(const ports::PreparedChange& change, std::int64_t version,
                                                 bool dry_run);
// The problem, with all findings beside it.
[[nodiscard]] HttpResponse directory_refused(const ports::PreparedChange& change, std::string_view language);

}  // namespace tocsin::https
