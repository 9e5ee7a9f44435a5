#include "directory/write_sheets.h"

#include "directory/row_text.h"

namespace tocsin::directory {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool is_formula_behind_apostrophes(std::string_view cell) {
  const std::size_t first = cell.find_first_not_of('\'');
  return first != std::string_view::npos && std::string_view("=+-@").find(cell[first]) != std::string_view::npos;
}

void add_cell(std::string& line, std::string_view cell) {
  const std::string text = guarded(cell);
  if (text.find_first_of(",;\t\"\r\n") == std::string::npos && text.find("，") == std::string::npos) {
    line += text;
    return;
  }
  line += '"';
  for (const char c : text) line += c == '"' ? std::string("\"\"") : std::string(1, c);
  line += '"';
}

void add_row(std::string& out, const Cells& cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out += ',';
    add_cell(out, cells[i]);
  }
  out += "\r\n";
}

}  // namespace

std::string guarded(std::string_view cell) {
  return is_formula_behind_apostrophes(cell) ? "'" + std::string(cell) : std::string(cell);
}

std::string_view unguarded(std::string_view cell) {
  return cell.substr(0, 1) == "'" && is_formula_behind_apostrophes(cell) ? cell.substr(1) : cell;
}

std::string csv_text(const std::vector<std::vector<std::string>>& rows) {
  std::string text(kByteOrderMark);
  for (const auto& row : rows) add_row(text, row);
  return text;
}

std::vector<Sheet> write_sheets(const Tables& tables, const std::string& zone) {
  std::vector<Sheet> sheets;
  each_table(tables, [&](Table table, const auto& rows) {
    const TableShape& shape = shape_of(table);
    Sheet sheet{std::string(shape.name) + ".csv", std::string(kByteOrderMark)};
    add_row(sheet.text, column_names(shape));
    for (const auto& row : rows) add_row(sheet.text, sheet_cells(row, zone));
    sheets.push_back(std::move(sheet));
  });
  for (Sheet& sheet : write_outlines(tables)) sheets.push_back(std::move(sheet));
  return sheets;
}

}  // namespace tocsin::directory
