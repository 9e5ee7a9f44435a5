// How the table of keys is written: one builder for each kind of value.  Internal to keys*.cc.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "gateway/plan/keys.h"
#include "gateway/plan/limits.h"

namespace tocsin::plan {

inline Key key(std::string name, Holds holds, int to = 0) {
  Key made;
  made.name = std::move(name);
  made.holds = holds;
  made.to = to;
  return made;
}
inline Key text(std::string name, std::size_t most = kMaxNameCharacters) {
  return key(std::move(name), Holds::kText, static_cast<int>(most));
}
inline Key words(std::string name, std::size_t most = kMaxNameCharacters) {
  return key(std::move(name), Holds::kWords, static_cast<int>(most));
}
inline Key whole(std::string name, int from, int to) {
  auto made = key(std::move(name), Holds::kWhole, to);
  made.from = from;
  return made;
}
inline Key word(std::string name, std::vector<std::string> one_of) {
  auto made = key(std::move(name), Holds::kWord);
  made.words = std::move(one_of);
  return made;
}
inline Key table(std::string name, Table of) {
  auto made = key(std::move(name), Holds::kTable);
  made.table = of;
  return made;
}
inline Key tables_by_name(std::string name, Holds named, Table of) {
  auto made = table(std::move(name), of);
  made.named = named;
  made.many = Many::kByName;
  return made;
}

// The three parts of the table, in the order of Table.
[[nodiscard]] std::vector<TableKeys> keys_of_hazards();    // kFile to kGrade
[[nodiscard]] std::vector<TableKeys> keys_of_responses();  // kLadder to kTexts
[[nodiscard]] std::vector<TableKeys> keys_of_cases();      // kCase to kWorkday

}  // namespace tocsin::plan
