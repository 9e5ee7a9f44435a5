// Rows of the table handover <-> values.
#pragma once

#include <string>
#include <vector>

#include "gateway/db/statement.h"
#include "gateway/model/desk_view.h"

#define TOCSIN_HANDOVER_COLUMNS "id, at, by_whom, taken_over_by, person, words, incidents, unanswered, dangers, seen"

namespace tocsin::store {

// With blanks between.
[[nodiscard]] std::string in_row(const std::vector<int>& codes);
[[nodiscard]] std::string in_row(const std::vector<std::string>& names);
[[nodiscard]] model::Handover read_handover(const db::Rows& row);

}  // namespace tocsin::store
