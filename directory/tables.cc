#include "directory/tables.h"

#include <cstdio>
#include <string_view>
#include <unordered_map>

namespace tocsin::directory {
namespace {

constexpr std::string_view kPostPrefix = "post:";

const std::string& key_of_row(const AreaRow& row) {
  return row.code;
}
const std::string& key_of_row(const PersonRow& row) {
  return row.code;
}

std::string key_of_row(const ContactRow& row) {
  return key_of(row);
}

template <typename Row>
void number_some(std::vector<Row>& rows, const std::vector<Row>& before, std::int64_t& next_id) {
  std::unordered_map<std::string, std::int64_t> known;
  for (const Row& row : before) known.emplace(key_of_row(row), row.id.value);
  for (Row& row : rows) {
    const auto found = known.find(key_of_row(row));
    row.id.value = found != known.end() ? found->second : next_id++;
  }
}

}  // namespace

std::string key_of(const ContactRow& row) {
  std::string key = row.person;
  for (const std::string& part : {std::to_string(static_cast<int>(row.kind)), row.address, row.extension}) {
    key += '\n';
    key += part;
  }
  return key;
}

std::string post_in(std::string_view who) {
  return std::string(who.starts_with(kPostPrefix) ? who.substr(kPostPrefix.size()) : std::string_view());
}

std::string post_of_duty(const DutyRow& row) {
  return post_in(row.who);
}

std::string clock_text(int minute) {
  char text[16];
  std::snprintf(text, sizeof text, "%02u:%02u", static_cast<unsigned>(minute) / 60 % 24,
                static_cast<unsigned>(minute) % 60);
  return text;
}

std::string day_text(std::int32_t day) {
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day}}};
  char text[24];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()));
  return text;
}

void number_rows(Tables& tables, const Tables& before, std::int64_t& next_id) {
  number_some(tables.areas, before.areas, next_id);
  number_some(tables.persons, before.persons, next_id);
  number_some(tables.contacts, before.contacts, next_id);
}

}  // namespace tocsin::directory
