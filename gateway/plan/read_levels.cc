// [[level]]: the scale, lowest first.
#include "gateway/plan/reading.h"

#include <algorithm>

namespace tocsin::plan {
namespace {

using base::said;

const std::vector<std::string>& colours() {
  static const std::vector<std::string> known{"white", "green", "blue", "yellow", "orange", "red", "purple", "black"};
  return known;
}

// The four levels of the Chinese emergency law.
std::vector<Level> usual_levels(const std::vector<std::string>& languages) {
  std::vector<Level> levels{{"IV", {{"zh", "四级"}, {"en", "level IV"}}, "blue"},
                            {"III", {{"zh", "三级"}, {"en", "level III"}}, "yellow"},
                            {"II", {{"zh", "二级"}, {"en", "level II"}}, "orange"},
                            {"I", {{"zh", "一级"}, {"en", "level I"}}, "red"}};
  for (auto& level : levels) {
    for (auto it = level.name.begin(); it != level.name.end();) {
      const bool spoken = std::find(languages.begin(), languages.end(), it->first) != languages.end();
      it = spoken ? std::next(it) : level.name.erase(it);
    }
  }
  return levels;
}

bool is_level_id(std::string_view id) {
  return !id.empty() && id.size() <= 12 && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

void read_level(const Node& node, Reading& reading) {
  TableReader table(reading, node, Table::kLevel, base::same("[[level]]"));
  Level level;
  if (const auto id = table.required_text("id")) {
    if (!is_level_id(*id)) {
      reading.findings.error(table.at("id"), "bad-name",
                             said("{0} is not a level id: up to 12 letters, digits, - and _",
                                  "{0}不能作级别的名字：最多12个字母、数字、-、_", in_quotes(*id)));
    } else if (reading.plan.level_named(*id)) {
      reading.findings.error(table.at("id"), "duplicate-name",
                             said("level {0} stands twice", "级别{0}出现两次", in_quotes(*id)));
    }
    level.id = *id;
    reading.place("level/" + *id, node.at);
  }
  level.name = table.words("name", true);
  if (table.require("colour") != nullptr) {
    if (const auto colour = table.one_of("colour", colours())) level.colour = colours()[*colour];
  }
  table.finish();
  reading.plan.levels.push_back(std::move(level));
}

}  // namespace

void read_levels(TableReader& root, Reading& reading) {
  for (const Node* node : root.list("level", kMaxLevels, NodeKind::kTable)) read_level(*node, reading);
  if (reading.plan.levels.empty()) reading.plan.levels = usual_levels(reading.plan.languages);
}

}  // namespace tocsin::plan
