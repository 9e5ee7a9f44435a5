#include "directory/table/xlsx_sheet.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "directory/table/cell_text.h"
#include "directory/table/merged.h"
#include "directory/table/office_parts.h"
#include "gateway/base/utf8.h"

namespace tocsin::table {
namespace {

using base::said;

// A little more than allowed is kept of a cell, so that the excess shows.
constexpr std::size_t kKept = 2 * kMaxCellBytes;

int number_in(std::string_view text, int otherwise) {
  int number = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
  return end.ec == std::errc() && end.ptr == text.data() + text.size() ? number : otherwise;
}

bool is_on(std::string_view value) {
  return value == "1" || value == "true" || value == "on";
}

// "_x000D_" is the character of that number (ST_Xstring, 22.9.2.19).
std::string without_escapes(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    unsigned character = 0;
    const std::string_view rest = text.substr(at);
    if (rest.size() >= 7 && rest.starts_with("_x") && rest[6] == '_' &&
        std::from_chars(rest.data() + 2, rest.data() + 6, character, 16).ptr == rest.data() + 6) {
      base::append_utf8(out, character);
      at += 6;
    } else {
      out += text[at];
    }
  }
  return out;
}

// "2026-11-22T08:00:00" as everywhere else: without what is midnight (18.18.11, type d: ISO 8601).
std::string date_in(std::string_view iso) {
  std::string text(iso.substr(0, 16));
  if (const std::size_t at = text.find('T'); at != std::string::npos) text[at] = ' ';
  if (text.ends_with(" 00:00")) text.resize(text.size() - 6);
  return text;
}

class SheetReader : public XmlEvents {
 public:
  SheetReader(const Workbook& workbook, Reading& reading, Grid& grid)
      : workbook_(workbook), reading_(reading), grid_(grid) {}

  bool open(const XmlElement& element) override;
  bool close(std::string_view name) override;
  bool text(std::string_view words) override;
  bool finish();

 private:
  bool open_row(const XmlElement& element);
  bool open_cell(const XmlElement& element);
  bool close_cell();
  bool close_row();
  void hide_columns(const XmlElement& element);
  bool add_merged(std::string_view range);
  [[nodiscard]] Cell cell_of_value() const;
  bool damaged(Place place);

  const Workbook& workbook_;
  Reading& reading_;
  Grid& grid_;
  std::vector<Merged> merged_;
  Row row_;
  int last_row_ = 0;
  // The cell being read.
  Place place_;
  std::string type_, value_;
  int style_ = 0;
  bool in_row_ = false, in_cell_ = false, in_value_ = false, in_inline_ = false, has_formula_ = false;
  RichText inline_;
};

bool SheetReader::damaged(Place place) {
  return reading_.fail("damaged-file", said("rows or cells that do not come in order", "行或单元格的顺序有误"),
                       said("open it in an office program and save it anew", "请用办公软件打开后重新保存"), grid_.name,
                       place);
}

bool SheetReader::open(const XmlElement& element) {
  if (element.name == "row") return open_row(element);
  if (in_row_ && element.name == "c") return open_cell(element);
  if (element.name == "col" && is_on(element.attribute("hidden"))) hide_columns(element);
  if (element.name == "mergeCell") return add_merged(element.attribute("ref"));
  if (!in_cell_) return true;
  if (element.name == "v") in_value_ = true;
  if (element.name == "f") has_formula_ = true;
  if (element.name == "is") {
    in_inline_ = true;
    inline_.begin();
  } else if (in_inline_) {
    inline_.open(element.name);
  }
  return true;
}

bool SheetReader::close(std::string_view name) {
  if (name == "v") in_value_ = false;
  if (in_inline_) inline_.close(name);
  if (name == "is" && in_inline_) {
    in_inline_ = false;
    value_ = inline_.take();
  }
  if (name == "c" && in_cell_) return close_cell();
  if (name == "row" && in_row_) return close_row();
  return true;
}

bool SheetReader::text(std::string_view words) {
  if (in_value_ && value_.size() < kKept) value_ += words;
  if (in_inline_) inline_.text(words);
  return true;
}

bool SheetReader::open_row(const XmlElement& element) {
  row_ = {};
  row_.number = element.has("r") ? number_in(element.attribute("r"), 0) : last_row_ + 1;
  row_.hidden = is_on(element.attribute("hidden"));
  if (row_.number <= last_row_ || row_.number > kLastRow) return damaged({last_row_ + 1, 0});
  last_row_ = row_.number;
  place_ = {row_.number, 0};
  in_row_ = true;
  return true;
}

bool SheetReader::open_cell(const XmlElement& element) {
  Place place{row_.number, place_.column + 1};
  if (element.has("r")) {
    const std::optional<Place> named = place_named(element.attribute("r"));
    if (!named || named->row != row_.number || named->column <= place_.column) return damaged(place);
    place = *named;
  }
  place_ = place;
  type_ = element.attribute("t");
  style_ = number_in(element.attribute("s"), 0);
  value_.clear();
  in_cell_ = true;
  in_value_ = in_inline_ = has_formula_ = false;
  return true;
}

Cell SheetReader::cell_of_value() const {
  Cell cell;
  cell.column = place_.column;
  if (value_.empty()) {
    if (has_formula_) cell.doubt = Doubt::kNoValue;
  } else if (type_ == "s") {
    const auto index = static_cast<std::size_t>(std::max(number_in(value_, -1), -1));
    if (index < workbook_.strings.size()) cell.text = workbook_.strings[index];
  } else if (type_ == "inlineStr") {
    cell.text = value_;
  } else if (type_ == "b") {
    cell.text = value_ == "0" ? "FALSE" : "TRUE";
  } else if (type_ == "d") {
    cell.text = plain(date_in(value_));
  } else if (type_.empty() || type_ == "n") {
    const auto style = static_cast<std::size_t>(std::max(style_, 0));
    const NumberForm form = style < workbook_.forms.size() ? workbook_.forms[style] : NumberForm{};
    Digits digits = shown(value_, form, workbook_.from_1904);
    cell.number = !digits.text.empty();
    cell.doubt = digits.doubt;
    cell.text = cell.number ? std::move(digits.text) : plain(value_);
  } else {
    cell.text = plain(without_escapes(value_));
    if (type_ == "e") cell.doubt = Doubt::kErrorValue;
  }
  if (!cell.number && cell.doubt == Doubt::kNone) cell.doubt = doubt_of(cell.text);
  return cell;
}

bool SheetReader::close_cell() {
  in_cell_ = false;
  Cell cell = cell_of_value();
  if (cell.text.empty() && cell.doubt == Doubt::kNone) return true;
  if (!reading_.take_cell(grid_, place_, cell.text.size())) return false;
  row_.cells.push_back(std::move(cell));
  return true;
}

bool SheetReader::close_row() {
  in_row_ = false;
  if (row_.cells.empty()) return true;
  if (!reading_.take_row(grid_, row_.number)) return false;
  grid_.rows.push_back(std::move(row_));
  return true;
}

void SheetReader::hide_columns(const XmlElement& element) {
  const int first = std::max(number_in(element.attribute("min"), 0), 1);
  const int last = std::min(number_in(element.attribute("max"), 0), kMaxColumns);
  for (int column = first; column <= last; ++column) grid_.hidden_columns.push_back(column);
  // Columns that come twice would make the list grow with the file.
  if (grid_.hidden_columns.size() > 2 * static_cast<std::size_t>(kMaxColumns)) grid_.hidden_columns.clear();
}

bool SheetReader::add_merged(std::string_view range) {
  const std::size_t colon = range.find(':');
  const std::optional<Place> first = place_named(range.substr(0, colon));
  if (!first || colon == std::string_view::npos) return true;  // of one cell, or of none
  const std::optional<Place> last = place_named(range.substr(colon + 1));
  if (!last || last->row < first->row || last->column < first->column || *first == *last) return true;
  if (!reading_.take_merged(grid_, *first)) return false;
  merged_.push_back({*first, *last});
  return true;
}

bool SheetReader::finish() {
  auto& hidden = grid_.hidden_columns;
  std::sort(hidden.begin(), hidden.end());
  hidden.erase(std::unique(hidden.begin(), hidden.end()), hidden.end());
  return cover_merged(grid_, merged_, reading_);
}

}  // namespace

void RichText::begin() {
  words_.clear();
  phonetic_ = 0;
  in_text_ = false;
}

void RichText::open(std::string_view element) {
  if (element == "rPh" || phonetic_ > 0) ++phonetic_;
  in_text_ = element == "t" && phonetic_ == 0;
}

void RichText::close(std::string_view) {
  if (phonetic_ > 0) --phonetic_;
  in_text_ = false;
}

void RichText::text(std::string_view words) {
  if (in_text_ && words_.size() < kKept) words_ += words;
}

std::string RichText::take() {
  return plain(without_escapes(std::exchange(words_, {})));
}

bool read_sheet(Package& package, std::string_view part, const Workbook& workbook, Reading& reading, Grid& grid) {
  SheetReader reader(workbook, reading, grid);
  return read_part(package, part, kWorkbookSpaces, reader, reading) && reader.finish();
}

}  // namespace tocsin::table
