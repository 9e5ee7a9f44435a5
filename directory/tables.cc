#include "directory/tables.h"

#include <string_view>
#include <unordered_map>

namespace tocsin::directory {
namespace {

constexpr std::string_view kPostPrefix = "post:";

std::string key_of(const ContactRow& row) {
  std::string key = row.person;
  for (const std::string& part : {std::to_string(static_cast<int>(row.kind)), row.address, row.extension}) {
    key += '\n';
    key += part;
  }
  return key;
}
const std::string& key_of(const AreaRow& row) {
  return row.code;
}
const std::string& key_of(const PersonRow& row) {
  return row.code;
}

template <typename Row>
void number_some(std::vector<Row>& rows, const std::vector<Row>& before, std::int64_t& next_id) {
  std::unordered_map<std::string, std::int64_t> known;
  for (const Row& row : before) known.emplace(key_of(row), row.id.value);
  for (Row& row : rows) {
    const auto found = known.find(key_of(row));
    row.id.value = found != known.end() ? found->second : next_id++;
  }
}

}  // namespace

std::string post_of_duty(const DutyRow& row) {
  return row.who.rfind(kPostPrefix, 0) == 0 ? row.who.substr(kPostPrefix.size()) : std::string();
}

void number_rows(Tables& tables, const Tables& before, std::int64_t& next_id) {
  number_some(tables.areas, before.areas, next_id);
  number_some(tables.persons, before.persons, next_id);
  number_some(tables.contacts, before.contacts, next_id);
}

}  // namespace tocsin::directory
