#include "directory/table/grid.h"

#include <algorithm>

#include "directory/table/limits.h"

namespace tocsin::table {

std::string column_letter(std::size_t index) {
  std::string letters;
  for (std::size_t rest = index + 1; rest > 0; rest = (rest - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  }
  return letters;
}

std::string a1(Place place) {
  if (place.row <= 0 || place.column <= 0) return {};
  return column_letter(static_cast<std::size_t>(place.column - 1)) + std::to_string(place.row);
}

std::optional<Place> place_named(std::string_view name) {
  Place place;
  std::size_t at = 0;
  const auto step_over_dollar = [&] { at += at < name.size() && name[at] == '$' ? 1 : 0; };
  step_over_dollar();
  for (; at < name.size(); ++at) {
    const char letter = static_cast<char>(name[at] & ~0x20);  // upper case of an ASCII letter
    if (letter < 'A' || letter > 'Z') break;
    place.column = place.column * 26 + (letter - 'A' + 1);
    if (place.column > kLastColumn) return std::nullopt;
  }
  step_over_dollar();
  for (; at < name.size() && name[at] >= '0' && name[at] <= '9'; ++at) {
    place.row = place.row * 10 + (name[at] - '0');
    if (place.row > kLastRow) return std::nullopt;
  }
  if (at != name.size() || place.row == 0 || place.column == 0) return std::nullopt;
  return place;
}

const Cell* Grid::at(Place place) const {
  const auto row = std::lower_bound(rows.begin(), rows.end(), place.row,
                                    [](const Row& one, int number) { return one.number < number; });
  if (row == rows.end() || row->number != place.row) return nullptr;
  const auto cell = std::lower_bound(row->cells.begin(), row->cells.end(), place.column,
                                     [](const Cell& one, int column) { return one.column < column; });
  return cell == row->cells.end() || cell->column != place.column ? nullptr : &*cell;
}

const Cell* Grid::seen_at(Place place) const {
  const Cell* cell = at(place);
  return cell != nullptr && cell->covered_by.row > 0 ? at(cell->covered_by) : cell;
}

}  // namespace tocsin::table
