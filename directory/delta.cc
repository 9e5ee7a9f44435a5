#include "directory/delta.h"

#include <algorithm>
#include <optional>
#include <unordered_map>

namespace tocsin::directory {
namespace {

using Position = std::optional<std::size_t>;

// What makes a row itself: its id, or all it says and how many said so before it.
class Keys {
 public:
  std::string of(std::int64_t id, const Cells& cells) {
    if (id != 0) return std::to_string(id);
    std::string text;
    for (const std::string& cell : cells) {
      text += std::to_string(cell.size());
      text += ':';
      text += cell;
    }
    const int earlier = seen_[text]++;
    return text + '#' + std::to_string(earlier);
  }

 private:
  std::unordered_map<std::string, int> seen_;
};

// Of ascending numbers the longest row within `numbers`, as marks: what is marked stayed in its order.
std::vector<bool> in_order(const std::vector<Position>& numbers) {
  std::vector<std::size_t> ends;                 // places in `numbers`: of the row of each length the lowest end
  std::vector<Position> before(numbers.size());  // the one before it in its row
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (!numbers[i]) continue;
    const auto found = std::lower_bound(ends.begin(), ends.end(), *numbers[i],
                                        [&](std::size_t end, std::size_t wanted) { return *numbers[end] < wanted; });
    if (found != ends.begin()) before[i] = *(found - 1);
    if (found == ends.end()) {
      ends.push_back(i);
    } else {
      *found = i;
    }
  }
  std::vector<bool> stayed(numbers.size(), false);
  for (Position at = ends.empty() ? Position() : Position(ends.back()); at; at = before[*at]) stayed[*at] = true;
  return stayed;
}

template <typename Row>
TableDelta difference_of(Table table, const std::vector<Row>& before, const std::vector<Row>& after) {
  TableDelta delta{table, {}, {}, {}};
  std::vector<Cells> was;
  std::unordered_map<std::string, std::size_t> place_before;
  Keys keys_before, keys_after;
  for (std::size_t i = 0; i < before.size(); ++i) {
    was.push_back(exact_cells(before[i]));
    place_before.emplace(keys_before.of(id_of_row(before[i]), was.back()), i);
  }
  std::vector<Cells> is;
  std::vector<Position> places;
  for (const Row& row : after) {
    is.push_back(exact_cells(row));
    const auto found = place_before.find(keys_after.of(id_of_row(row), is.back()));
    places.push_back(found == place_before.end() ? Position() : Position(found->second));
  }
  const std::vector<bool> stayed = in_order(places);
  std::vector<bool> found(before.size(), false);
  for (std::size_t i = 0; i < after.size(); ++i) {
    const std::int64_t id = id_of_row(after[i]);
    if (!stayed[i]) {
      delta.added.push_back({i, id, std::move(is[i])});
      continue;
    }
    found[*places[i]] = true;
    if (was[*places[i]] != is[i]) delta.changed.push_back({id, was[*places[i]], std::move(is[i])});
  }
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (!found[i]) delta.gone.push_back({i, id_of_row(before[i]), std::move(was[i])});
  }
  return delta;
}

base::Error another_state(Table table) {
  return {base::ErrorCode::kConflict, "the table " + std::string(shape_of(table).name) + " is in another state", {}};
}

// True: it became such a row.
template <typename Row>
bool make_row(std::int64_t id, const Cells& cells, Row& row) {
  if constexpr (HasId<Row>) row.id.value = id;
  return read_exact(cells, row);
}

template <typename Row>
bool apply_to(const TableDelta& delta, std::vector<Row>& rows) {
  std::unordered_map<std::int64_t, const ChangedRow*> changed;
  for (const ChangedRow& change : delta.changed) changed.emplace(change.id, &change);
  std::vector<Row> stayed;
  auto gone = delta.gone.begin();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::int64_t id = id_of_row(rows[i]);
    if (gone != delta.gone.end() && gone->at == i) {
      if (gone->id != id || gone->cells != exact_cells(rows[i])) return false;
      ++gone;
      continue;
    }
    if (const auto change = changed.find(id); id != 0 && change != changed.end()) {
      if (change->second->before != exact_cells(rows[i]) || !make_row(id, change->second->after, rows[i])) return false;
      changed.erase(change);
    }
    stayed.push_back(std::move(rows[i]));
  }
  if (gone != delta.gone.end() || !changed.empty()) return false;
  rows.clear();
  auto kept = stayed.begin();
  auto added = delta.added.begin();
  while (kept != stayed.end() || added != delta.added.end()) {
    if (added != delta.added.end() && added->at == rows.size()) {
      Row row;
      if (!make_row(added->id, added->cells, row)) return false;
      rows.push_back(std::move(row));
      ++added;
    } else if (kept != stayed.end()) {
      rows.push_back(std::move(*kept++));
    } else {
      return false;  // added further on than there are rows
    }
  }
  return true;
}

}  // namespace

Delta difference(const Tables& before, const Tables& after) {
  Delta delta;
  each_table(before, [&](Table table, const auto& rows) {
    each_table(after, [&](Table other, const auto& other_rows) {
      if constexpr (std::is_same_v<decltype(rows), decltype(other_rows)>) {
        if (table != other) return;
        TableDelta one = difference_of(table, rows, other_rows);
        if (!one.gone.empty() || !one.added.empty() || !one.changed.empty()) delta.tables.push_back(std::move(one));
      }
    });
  });
  return delta;
}

Delta reversed(Delta delta) {
  for (TableDelta& table : delta.tables) {
    std::swap(table.gone, table.added);
    for (ChangedRow& change : table.changed) std::swap(change.before, change.after);
  }
  return delta;
}

model::DirectoryCounts counts_of(const Delta& delta) {
  model::DirectoryCounts counts;
  for (const TableDelta& table : delta.tables) {
    counts.added += static_cast<std::int64_t>(table.added.size());
    counts.changed += static_cast<std::int64_t>(table.changed.size());
    counts.gone += static_cast<std::int64_t>(table.gone.size());
  }
  return counts;
}

base::Status apply(const Delta& delta, Tables& tables) {
  for (const TableDelta& one : delta.tables) {
    bool good = false;
    each_table(tables, [&](Table table, auto& rows) {
      if (table == one.table) good = apply_to(one, rows);
    });
    if (!good) return another_state(one.table);
  }
  return base::Done{};
}

}  // namespace tocsin::directory
