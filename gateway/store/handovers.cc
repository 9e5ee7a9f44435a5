#include "gateway/store/handovers.h"

#include <charconv>

#include "gateway/base/text.h"

namespace tocsin::store {

std::string in_row(const std::vector<std::string>& names) {
  std::string row;
  for (const auto& name : names) row += (row.empty() ? "" : " ") + name;
  return row;
}

std::string in_row(const std::vector<int>& codes) {
  std::vector<std::string> names;
  for (const int code : codes) names.push_back(std::to_string(code));
  return in_row(names);
}

model::Handover read_handover(const db::Rows& row) {
  model::Handover handover;
  handover.id = row.id<model::HandoverId>(0);
  handover.at = row.time(1);
  handover.by = row.string(2);
  handover.taken_over_by = row.string(3);
  handover.person = row.id<model::PersonId>(4);
  handover.note = row.string(5);
  for (const auto& word : base::split(row.string(6), ' ')) {
    int code = 0;
    if (std::from_chars(word.data(), word.data() + word.size(), code).ec == std::errc{})
      handover.open_incidents.push_back(code);
  }
  handover.unanswered = row.integer(7);
  for (auto& word : base::split(row.string(8), ' ')) {
    if (!word.empty()) handover.dangers.push_back(std::move(word));
  }
  handover.seen = row.int64(9);
  return handover;
}

}  // namespace tocsin::store
