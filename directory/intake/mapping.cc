#include "directory/intake/mapping.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "directory/intake/header_words.h"

namespace tocsin::intake {
namespace {

constexpr std::size_t kHeaderRows = 15;      // a header stands in the first rows that hold something
constexpr std::size_t kDigitsOfANumber = 7;  // no header has so many

struct SeenHeader {
  std::size_t first = 0, last = 0;  // places in the grid's rows
  std::vector<ColumnUse> columns;
  std::size_t score = 0;
};

bool holds_a_number(const table::Cell& cell) {
  const auto digits = std::count_if(cell.text.begin(), cell.text.end(), [](char c) { return c >= '0' && c <= '9'; });
  return static_cast<std::size_t>(digits) >= kDigitsOfANumber;
}

void add_words(const table::Grid& grid, const table::Row& row, std::vector<ColumnUse>& columns) {
  for (const table::Cell& cell : row.cells) {
    const table::Cell* seen = cell.covered_by.row > 0 ? grid.at(cell.covered_by) : &cell;
    const auto word = seen == nullptr ? std::nullopt : header_word(seen->text);
    if (!word) continue;
    ColumnUse use;
    use.column = cell.column;
    use.field = word->field;
    use.title = word->title;
    use.header = seen->text;
    columns.push_back(std::move(use));
  }
}

// Titles may stand in the rows too: words that only name a title do not make a header.
bool is_header(const std::vector<ColumnUse>& columns) {
  std::set<Field> fields;
  std::size_t plain = 0;
  for (const ColumnUse& use : columns) {
    if (use.field == Field::kNone) continue;
    fields.insert(holds_numbers(use.field) ? Field::kNumber : use.field);
    if (use.title.empty()) ++plain;
  }
  if (fields.count(Field::kNumber) > 0) return fields.size() > 1;
  return plain > 1 && (fields.count(Field::kName) > 0 || fields.count(Field::kHead) > 0);
}

// A second row of words under a merged one (联系方式 over 办公电话 and 手机) says more than the first.
void look_below(const table::Grid& grid, SeenHeader& header) {
  if (header.last + 1 >= grid.rows.size()) return;
  const table::Row& row = grid.rows[header.last + 1];
  std::vector<ColumnUse> below;
  std::size_t own = 0;
  for (const table::Cell& cell : row.cells) {
    if (cell.covered_by.row == 0 && cell.text.empty()) continue;
    if (cell.covered_by.row == 0) ++own;
    if (cell.covered_by.row == row.number) return;  // merged cells of its own: a heading
    if (holds_a_number(cell)) return;
  }
  add_words(grid, row, below);
  const auto words = static_cast<std::size_t>(std::count_if(below.begin(), below.end(), [&](const ColumnUse& use) {
    const table::Cell* cell = grid.at({row.number, use.column});
    return cell != nullptr && cell->covered_by.row == 0;
  }));
  if (own == 0 || words < own) return;
  ++header.last;
  for (ColumnUse& use : below) {
    const auto same = std::find_if(header.columns.begin(), header.columns.end(),
                                   [&](const ColumnUse& one) { return one.column == use.column; });
    if (same != header.columns.end()) {
      *same = std::move(use);
    } else {
      header.columns.push_back(std::move(use));
    }
  }
  std::sort(header.columns.begin(), header.columns.end(),
            [](const ColumnUse& a, const ColumnUse& b) { return a.column < b.column; });
}

// A merged cell over two columns gives both its word, which is right for two numbers, and for a name only once.
void drop_repeats_of_merged(const table::Grid& grid, const table::Row& row, std::vector<ColumnUse>& columns) {
  std::erase_if(columns, [&](const ColumnUse& use) {
    const table::Cell* cell = grid.at({row.number, use.column});
    return cell != nullptr && cell->covered_by.row == row.number && !holds_numbers(use.field);
  });
}

std::optional<SeenHeader> find_header(const table::Grid& grid) {
  std::optional<SeenHeader> best;
  for (std::size_t i = 0; i < std::min(grid.rows.size(), kHeaderRows); ++i) {
    const table::Row& row = grid.rows[i];
    if (std::any_of(row.cells.begin(), row.cells.end(), holds_a_number)) continue;
    SeenHeader header;
    header.first = header.last = i;
    add_words(grid, row, header.columns);
    drop_repeats_of_merged(grid, row, header.columns);
    header.score = header.columns.size();
    if (!is_header(header.columns) || (best && best->score >= header.score)) continue;
    best = std::move(header);
  }
  if (best) look_below(grid, *best);
  return best;
}

bool of_a_place(Field field) {
  return field == Field::kUnit || field == Field::kSection || field == Field::kArea;
}

// Side by side: a record ends where a field begins that it has already.
void count_records(std::vector<ColumnUse>& columns) {
  std::set<Field> have;
  bool somebody = false;
  int record = 1;
  const bool anybody = std::any_of(columns.begin(), columns.end(), [](auto& use) { return names_somebody(use.field); });
  for (ColumnUse& use : columns) {
    const bool begins = (names_somebody(use.field) && somebody) ||
                        (use.field == Field::kTitle && somebody && have.count(Field::kTitle) > 0) ||
                        (of_a_place(use.field) && have.count(use.field) > 0 && (somebody || !anybody));
    if (begins) {
      ++record;
      have.clear();
      somebody = false;
    }
    use.record = record;
    have.insert(use.field);
    somebody = somebody || names_somebody(use.field);
  }
  // Units and areas that only the first record has stand for all of them; so it is with everything when there is one.
  for (ColumnUse& use : columns) {
    const bool elsewhere = std::any_of(columns.begin(), columns.end(), [&](const ColumnUse& other) {
      return other.field == use.field && other.record != use.record;
    });
    if (record == 1 || (of_a_place(use.field) && use.record == 1 && !elsewhere)) use.record = 0;
  }
}

std::string cell_of_column(int sheet, int column) {
  return std::to_string(sheet) + "!" + table::column_letter(static_cast<std::size_t>(column - 1));
}

SheetMapping guess_sheet(const table::Grid& grid, int sheet) {
  SheetMapping mapping;
  mapping.sheet = sheet;
  std::optional<SeenHeader> header = grid.hidden ? std::nullopt : find_header(grid);
  if (!header) {
    mapping.skip = true;
    return mapping;
  }
  mapping.header_first = grid.rows[header->first].number;
  mapping.header_last = grid.rows[header->last].number;
  std::erase_if(header->columns, [](const ColumnUse& use) { return use.field == Field::kNone; });
  mapping.columns = std::move(header->columns);
  count_records(mapping.columns);
  // Offices with sections write each office once, above its sections.
  if (mapping.has(Field::kSection)) {
    for (ColumnUse& use : mapping.columns) use.as_above = use.field == Field::kUnit;
  }
  return mapping;
}

}  // namespace

std::string_view name_of(Field field) {
  switch (field) {
    case Field::kNone: break;
    case Field::kName: return "name";
    case Field::kHead: return "head";
    case Field::kWorker: return "worker";
    case Field::kTitle: return "title";
    case Field::kUnit: return "unit";
    case Field::kSection: return "section";
    case Field::kArea: return "area";
    case Field::kNumber: return "number";
    case Field::kMobile: return "mobile";
    case Field::kLandline: return "landline";
    case Field::kEmail: return "email";
  }
  return "none";
}

int SheetMapping::records() const {
  int most = 1;
  for (const ColumnUse& use : columns) most = std::max(most, use.record);
  return most;
}

bool SheetMapping::has(Field field) const {
  return std::any_of(columns.begin(), columns.end(), [&](const ColumnUse& use) { return use.field == field; });
}

Mapping guess_mapping(const table::Book& book) {
  Mapping mapping;
  for (std::size_t i = 0; i < book.grids.size(); ++i) {
    mapping.sheets.push_back(guess_sheet(book.grids[i], static_cast<int>(i) + 1));
  }
  return mapping;
}

std::string header_of(const table::Book& book, const Mapping& mapping) {
  std::string text;
  for (const SheetMapping& sheet : mapping.sheets) {
    if (sheet.skip) continue;
    for (const ColumnUse& use : sheet.columns) {
      std::string words;
      const auto place = static_cast<std::size_t>(sheet.sheet) - 1;
      for (int row = sheet.header_first; row > 0 && row <= sheet.header_last && place < book.grids.size(); ++row) {
        const table::Grid& grid = book.grids[place];
        const table::Cell* cell = grid.at({row, use.column});
        if (cell != nullptr && cell->covered_by.row > 0) cell = grid.at(cell->covered_by);
        if (cell != nullptr) words += (words.empty() ? "" : " ") + plain_word(cell->text);
      }
      text += cell_of_column(sheet.sheet, use.column) + "=" + words + "\n";
    }
  }
  return text;
}

}  // namespace tocsin::intake
