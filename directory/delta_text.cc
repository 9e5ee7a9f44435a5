// A delta as it is kept in the database.
#include <nlohmann/json.hpp>

#include "directory/delta.h"

namespace tocsin::directory {
namespace {

using Json = nlohmann::json;

Json placed_json(const std::vector<PlacedRow>& rows) {
  Json all = Json::array();
  for (const PlacedRow& row : rows) all.push_back(Json::array({row.at, row.id, row.cells}));
  return all;
}

std::size_t fields_in(Table table) {
  std::size_t count = 0;
  const Tables none;
  each_table(none, [&](Table one, const auto& rows) {
    if (one == table) count = kFieldCount<typename std::decay_t<decltype(rows)>::value_type>;
  });
  return count;
}

// Throws what nlohmann throws: read_delta catches it.
Cells read_cells(const Json& json, std::size_t fields) {
  auto cells = json.get<Cells>();
  if (cells.size() < fields) cells.resize(fields);
  return cells;
}

std::vector<PlacedRow> read_placed(const Json& json, std::size_t fields) {
  std::vector<PlacedRow> rows;
  for (const Json& one : json) {
    rows.push_back({one.at(0).get<std::size_t>(), one.at(1).get<std::int64_t>(), read_cells(one.at(2), fields)});
  }
  return rows;
}

}  // namespace

std::string to_text(const TableDelta& delta) {
  Json changed = Json::array();
  for (const ChangedRow& row : delta.changed) changed.push_back(Json::array({row.id, row.before, row.after}));
  Json json = Json::object();
  json["gone"] = placed_json(delta.gone);
  json["added"] = placed_json(delta.added);
  json["changed"] = std::move(changed);
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

base::Result<TableDelta> read_delta(Table table, std::string_view text) {
  try {
    const Json json = Json::parse(text);
    const std::size_t fields = fields_in(table);
    TableDelta delta{table, read_placed(json.at("gone"), fields), read_placed(json.at("added"), fields), {}};
    for (const Json& one : json.at("changed")) {
      delta.changed.push_back(
          {one.at(0).get<std::int64_t>(), read_cells(one.at(1), fields), read_cells(one.at(2), fields)});
    }
    return delta;
  } catch (const Json::exception&) {
    return base::Error{base::ErrorCode::kCorrupt, "what is kept of a change of the directory cannot be read", {}};
  }
}

}  // namespace tocsin::directory
