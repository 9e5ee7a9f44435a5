#include "gateway/plan/keys.h"

#include <algorithm>
#include <cassert>
#include <iterator>

#include "gateway/plan/keys_table.h"

namespace tocsin::plan {

Key Key::must() && {
  required = true;
  return std::move(*this);
}

Key Key::list(std::size_t most) && {
  many = Many::kList;
  entries = most;
  return std::move(*this);
}

Key Key::one_or_list(std::size_t most) && {
  many = Many::kOneOrList;
  entries = most;
  return std::move(*this);
}

Key Key::may_be_empty() && {
  least = 0;
  return std::move(*this);
}

Key Key::otherwise_is(std::string en, std::string zh) && {
  otherwise = {std::move(en), std::move(zh)};
  return std::move(*this);
}

Key Key::otherwise_is(std::string value) && {
  otherwise = base::same("`" + std::move(value) + "`");
  return std::move(*this);
}

Key Key::means(std::string en, std::string zh) && {
  meaning = {std::move(en), std::move(zh)};
  return std::move(*this);
}

Key Key::like(std::string example_value) && {
  example = std::move(example_value);
  return std::move(*this);
}

const Key* TableKeys::find(std::string_view name) const {
  const auto it = std::find_if(keys.begin(), keys.end(), [&](const Key& key) { return key.name == name; });
  return it == keys.end() ? nullptr : &*it;
}

std::vector<std::string> TableKeys::names() const {
  std::vector<std::string> all;
  for (const auto& key : keys) all.push_back(key.name);
  return all;
}

const std::vector<TableKeys>& all_tables() {
  static const std::vector<TableKeys> tables = [] {
    auto all = keys_of_hazards();
    for (auto more : {keys_of_responses(), keys_of_cases()}) {
      all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    }
    assert(all.size() == static_cast<std::size_t>(Table::kWorkday) + 1);
    return all;
  }();
  return tables;
}

const TableKeys& keys_of(Table table) {
  return all_tables()[static_cast<std::size_t>(table)];
}

}  // namespace tocsin::plan
