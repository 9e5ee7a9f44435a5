#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

#include "directory/intake/header_words.h"
#include "directory/intake/rows.h"
#include "directory/values.h"
#include "directory/write_sheets.h"
#include "gateway/base/text.h"
#include "gateway/base/typed_text.h"

namespace tocsin::intake {
namespace {

using namespace std::string_view_literals;
using base::said;
using base::Severity;

constexpr std::size_t kDigitsOfANumber = 7;
constexpr std::size_t kLongestHeading = 30;  // characters

// In the place of a name: nobody.
constexpr std::array kNobody = {"无"sv, "暂无"sv, "空缺"sv, "暂缺"sv, "待定"sv, "缺"sv,     "空"sv,
                                "-"sv,  "--"sv,   "—"sv,    "/"sv,    "none"sv, "vacant"sv, "n/a"sv};
// A line below the people, not one of them.
constexpr std::array kFootnotes = {"合计"sv, "总计"sv, "小计"sv, "共计"sv,    "备注"sv,  "注:"sv,  "注："sv,
                                   "说明"sv, "填表"sv, "制表"sv, "联系人:"sv, "total"sv, "note:"sv};

std::size_t digits_in(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }));
}

bool is_nobody(const std::string& words) {
  return words.empty() || std::find(kNobody.begin(), kNobody.end(), plain_word(words)) != kNobody.end() ||
         plain_word(words).empty();
}

bool is_footnote(std::string_view words) {
  return std::any_of(kFootnotes.begin(), kFootnotes.end(),
                     [&](std::string_view one) { return words.starts_with(one); });
}

std::string one_line(std::string_view cell) {
  std::string line(cell);
  std::replace(line.begin(), line.end(), '\n', ' ');
  return line;
}

// What a person sees in one cell of a column: its own words, or those of the merged cell that comes down from above.
struct Seen {
  const table::Cell* cell = nullptr;  // null: blank
  Source at;
  bool from_above = false;
  [[nodiscard]] bool blank() const {
    return cell == nullptr || (cell->text.empty() && cell->doubt == table::Doubt::kNone);
  }
  // Without the apostrophe that keeps office programs from taking a cell for a formula.
  [[nodiscard]] std::string_view words() const { return directory::unguarded(cell->text); }
};

class SheetReader {
 public:
  SheetReader(Reading& reading, const SheetMapping& mapping)
      : reading_(reading),
        mapping_(mapping),
        grid_(reading.book.grids[static_cast<std::size_t>(mapping.sheet) - 1]),
        placed_(mapping.has(Field::kUnit) || mapping.has(Field::kArea)) {
    if (looks_like_area(grid_.caption) && base::count_characters(grid_.caption) <= kLongestHeading) {
      heading_ = grid_.caption;
    }
    if (mapping.has(Field::kHead)) reading.sheets_with_heads.insert(mapping.sheet);
  }

  void run() {
    const int records = mapping_.records();
    for (const table::Row& row : grid_.rows) {
      if (row.number <= mapping_.header_last || take_heading(row) || is_header_again(row)) continue;
      for (int record = 1; record <= records; ++record) read_record(row, record);
    }
    tell_blanks();
  }

 private:
  Seen seen(const table::Row& row, int column) const {
    const auto cell = std::lower_bound(row.cells.begin(), row.cells.end(), column,
                                       [](const table::Cell& one, int number) { return one.column < number; });
    Seen seen;
    seen.at = {mapping_.sheet, {row.number, column}};
    if (cell == row.cells.end() || cell->column != column) return seen;
    if (cell->covered_by.row == 0) {
      seen.cell = &*cell;
    } else if (cell->covered_by.column == column) {
      seen.cell = grid_.at(cell->covered_by);
      seen.at.place = cell->covered_by;
      seen.from_above = true;
    }
    return seen;
  }

  // A merged line between the rows, or a lone cell that names no person: the unit or area of those below it, where no
  // column says that.
  bool take_heading(const table::Row& row) {
    const table::Cell* only = nullptr;
    for (const table::Cell& cell : row.cells) {
      if (cell.covered_by.row == row.number) continue;
      if (cell.text.empty() && cell.covered_by.row == 0) continue;
      if (only != nullptr || cell.covered_by.row > 0) return false;
      only = &cell;
    }
    if (only == nullptr) return false;
    const std::string words = one_line(only->text);
    if (only->columns < 2 && (placed_ || !(looks_like_area(words) || looks_like_unit(words)))) return false;
    const bool plain = digits_in(words) < kDigitsOfANumber && base::count_characters(words) <= kLongestHeading;
    if (plain && !is_footnote(words)) heading_ = words;
    return true;
  }

  // Long tables repeat their header on each page.
  bool is_header_again(const table::Row& row) const {
    bool any = false;
    for (const ColumnUse& use : mapping_.columns) {
      const Seen cell = seen(row, use.column);
      if (cell.blank()) continue;
      if (use.header.empty() || cell.cell->text != use.header) return false;
      any = true;
    }
    return any;
  }

  struct Record {
    RawRow row;
    const ColumnUse* who = nullptr;
    Seen name;
    Source place_at;   // of the unit, or the area
    Source number_at;  // the first cell of a number that is not blank
    std::string number_cell;
    bool numbers_written = false;
    std::vector<Source> blanks;  // places that say nothing
  };

  // A place written in the row, or above it where blank cells mean that.
  void take_place(const table::Row& row, const ColumnUse& use, Record& one, std::string& to, Source& at) {
    const Seen cell = seen(row, use.column);
    std::string words = cell.blank() ? std::string() : base::trim(one_line(cell.words()));
    Source from = cell.at;
    if (use.as_above) {
      auto& above = above_[use.column];
      if (words.empty()) {
        words = above.first;
        from = above.second;
      } else {
        above = {words, from};
        above_.erase(above_.upper_bound(use.column), above_.end());  // another 片区 has other 社区
      }
    }
    if (!words.empty()) blanks_[use.column].filled = true;
    if (words.empty() && !use.as_above) one.blanks.push_back(cell.at);
    if (words.empty()) return;
    if (base::count_characters(words) > kLongestName) {
      reading_.find(Severity::kWarning, "too-long", cell.at, words,
                    said("longer than {0} characters: no name of a unit or area", "超过{0}个字，不是单位或区域的名称",
                         kLongestName),
                    said("write its name", "请填写名称"));
      return;
    }
    to = std::move(words);
    at = from;
  }

  // Whether a blank cell means "as above" is not to be seen: where some rows have a place and others none, it is said.
  void note_blanks(const Record& one) {
    for (const Source& at : one.blanks) {
      Blanks& column = blanks_[at.place.column];
      if (!column.filled || column.last_row == at.place.row) continue;
      column.last_row = at.place.row;
      if (column.count++ == 0) column.first = at;
    }
  }
  void tell_blanks() {
    for (const auto& column : blanks_) {
      const Blanks& blanks = column.second;
      if (blanks.count == 0) continue;
      const std::string letter = table::column_letter(static_cast<std::size_t>(column.first - 1));
      reading_.find(Severity::kNote, "blank-below-filled", blanks.first, "",
                    said("column {0} is blank below a filled cell; places: {1}",
                         "{0}列有空白单元格，其上方有内容，共{1}处", letter, blanks.count),
                    said("if blank means \"as above\", say so of column {0} (in a mapping: {0}+)",
                         "如果空白表示“同上”，请在{0}列注明（列对应关系写作{0}+）", letter));
    }
  }

  void read_record(const table::Row& row, int record) {
    Record one;
    for (const ColumnUse& use : mapping_.columns) {
      if (use.record != 0 && use.record != record) continue;
      read_column(row, use, one);
    }
    take_heading_as_place(one);
    if (continues(one, record)) return;
    take_record(one, record);
  }

  void read_column(const table::Row& row, const ColumnUse& use, Record& one) {
    RawRow& raw = one.row;
    if (use.field == Field::kUnit) {
      take_place(row, use, one, raw.hat.unit, one.place_at);
    } else if (use.field == Field::kArea) {
      // Of several columns the last that says something is the smallest: 片区 | 社区.
      Source at;
      std::string area;
      take_place(row, use, one, area, at);
      if (area.empty()) return;
      raw.hat.area = std::move(area);
      if (raw.hat.unit.empty()) one.place_at = at;
    } else if (use.field == Field::kSection) {
      Source at;
      take_place(row, use, one, raw.hat.section, at);
    } else if (names_somebody(use.field)) {
      if (one.who != nullptr && !one.name.blank()) return;
      one.who = &use;
      one.name = seen(row, use.column);
    } else if (use.field == Field::kTitle) {
      const Seen cell = seen(row, use.column);
      if (!cell.blank() && raw.hat.title.empty()) raw.hat.title = base::cut(one_line(cell.words()), kLongestName);
    } else if (holds_numbers(use.field)) {
      read_number(row, use, one);
    }
  }

  void read_number(const table::Row& row, const ColumnUse& use, Record& one) {
    const Seen cell = seen(row, use.column);
    if (cell.blank()) return;
    const std::size_t found = reading_.findings.size();
    read_number_cell(reading_, *cell.cell, cell.at, use.field, one.row.numbers);
    // What is wrong with a merged cell was said at its first row.
    if (cell.from_above) reading_.findings.resize(found);
    if (reading_.findings.size() > found || !one.row.numbers.empty()) one.numbers_written = true;
    if (one.number_at.sheet == 0) {
      one.number_at = cell.at;
      one.number_cell = cell.cell->text;
    }
  }

  void take_heading_as_place(Record& one) const {
    if (placed_ || heading_.empty()) return;
    (looks_like_area(heading_) ? one.row.hat.area : one.row.hat.unit) = heading_;
  }

  // One merged name beside several rows of numbers is one row.
  bool continues(Record& one, int record) {
    if (!one.name.from_above || one.name.blank()) return false;
    const auto last = last_of_record_.find(record);
    if (last == last_of_record_.end() || !(reading_.rows[last->second].at == one.name.at)) return false;
    for (const DraftNumber& number : one.row.numbers) add_number(reading_.rows[last->second].numbers, number);
    return true;
  }

  void take_record(Record& one, int record) {
    const std::string name = one.name.blank() ? std::string() : base::trim(one.name.words());
    if (is_footnote(name)) return;
    if (is_nobody(name)) return take_nameless(one);
    if (one.name.cell->doubt != table::Doubt::kNone || digits_in(name) >= kDigitsOfANumber) {
      reading_.find(Severity::kError, "no-name", one.name.at, name,
                    said("no name: a number stands here", "此处应为姓名，却是号码"),
                    said("write name and number into their own columns", "请把姓名和号码分别填写在各自的列"));
      return;
    }
    if (!take_name(one, name)) return;
    RawRow& raw = one.row;
    if (raw.hat.title.empty()) raw.hat.title = one.who->title;
    raw.hat.part = part_of(one);
    raw.hat.from = raw.at = one.name.at;
    raw.place_at = one.place_at;
    raw.unread = raw.numbers.empty() && one.numbers_written;
    if (raw.numbers.empty() && !raw.unread) {
      reading_.find(Severity::kWarning, "name-without-number", raw.at, name,
                    said("a name without a number: cannot be told anything", "有姓名，没有号码：无法通知"),
                    said("write the number beside it", "请补充号码"));
    }
    note_blanks(one);
    last_of_record_[record] = reading_.rows.size();
    reading_.rows.push_back(std::move(raw));
  }

  static Part part_of(const Record& one) {
    if (one.who->field == Field::kHead) return Part::kHead;
    if (one.who->field == Field::kWorker) return Part::kWorker;
    const std::vector<std::string> titles = titles_in(one.row.hat.title);
    const bool works = !one.row.hat.area.empty() && std::find(titles.begin(), titles.end(), "网格员") != titles.end();
    if (works) return Part::kWorker;
    const bool leads =
        std::any_of(titles.begin(), titles.end(), [](const std::string& title) { return is_head_title(title); });
    return leads && (!one.row.hat.unit.empty() || !one.row.hat.area.empty()) ? Part::kHead : Part::kMember;
  }

  // "石青松（兼）", "石青松（组长）": the brackets say what somebody is.
  bool take_name(Record& one, const std::string& cell) {
    std::string words = base::to_plain_ascii(cell);
    const std::size_t open = words.find('(');
    if (open != std::string::npos && open > 0 && words.back() == ')') {
      const std::string inside = words.substr(open + 1, words.size() - open - 2);
      const auto header = header_word(inside);
      const bool title = is_head_title(inside) || (header && !header->title.empty());
      if (title || inside == "兼" || inside == "男" || inside == "女") {
        if (title && one.row.hat.title.empty()) one.row.hat.title = inside;
        words.resize(open);
      }
    }
    const directory::NameInCell name = directory::name_in_cell(words);
    constexpr std::array kBetween = {"、"sv, ","sv, ";"sv, "/"sv, "，"sv};
    const bool listed = std::any_of(kBetween.begin(), kBetween.end(),
                                    [&](std::string_view sign) { return name.text.find(sign) != std::string::npos; });
    if (name.several || listed) {
      reading_.find(Severity::kError, "several-names", one.name.at, cell,
                    said("perhaps several names in one cell: which number is whose is not guessed",
                         "一格里可能有几个姓名：不会猜测哪个号码属于谁"),
                    said("give each person a row", "请每人一行"));
      return false;
    }
    if (base::count_characters(name.text) > kLongestName) {
      reading_.find(Severity::kError, "too-long", one.name.at, cell,
                    said("a name of more than {0} characters", "姓名超过{0}个字", kLongestName),
                    said("write the name alone", "请只填写姓名"));
      return false;
    }
    one.row.name = name.text;
    return true;
  }

  void take_nameless(Record& one) {
    RawRow& raw = one.row;
    const bool office = !raw.hat.section.empty() || (one.who == nullptr && !raw.hat.unit.empty());
    if (!raw.numbers.empty() && office) {
      raw.office = true;
      raw.name = raw.hat.unit + raw.hat.section;
      raw.at = raw.hat.from = one.number_at;
      reading_.rows.push_back(std::move(raw));
      return;
    }
    if (one.number_at.sheet > 0 && !office && !is_nobody(one.number_cell)) {
      reading_.find(Severity::kError, "number-without-name", one.number_at, one.number_cell,
                    said("a number without a name: whose it is is not known", "有号码，没有姓名：不知道是谁的"),
                    said("write the name beside it", "请补充姓名"));
    } else if (office && one.number_at.sheet == 0) {
      reading_.find(Severity::kWarning, "name-without-number", one.place_at, raw.hat.unit + raw.hat.section,
                    said("an office without a number", "该科室没有号码"),
                    said("write the number beside it", "请补充号码"));
    } else if (!raw.hat.title.empty()) {
      reading_.find(Severity::kNote, "title-without-name", one.name.at, raw.hat.title,
                    said("{0}: nobody is named", "{0}：没有写明是谁", raw.hat.title));
    }
    const bool leads = one.who != nullptr && one.who->field == Field::kHead;
    const std::string& place = raw.hat.unit.empty() ? raw.hat.area : raw.hat.unit;
    if (leads && !place.empty() && one.place_at.sheet > 0) reading_.headless.push_back({place, one.place_at});
  }

  Reading& reading_;
  const SheetMapping& mapping_;
  const table::Grid& grid_;
  const bool placed_;  // a column says the unit or the area
  std::string heading_;
  std::map<int, std::pair<std::string, Source>> above_;  // by column
  std::map<int, std::size_t> last_of_record_;            // in reading_.rows
  struct Blanks {
    bool filled = false;
    int count = 0, last_row = 0;  // a row's records share it
    Source first;
  };
  std::map<int, Blanks> blanks_;  // by column
};

}  // namespace

void read_sheet_rows(Reading& reading, const SheetMapping& mapping) {
  SheetReader(reading, mapping).run();
}

}  // namespace tocsin::intake
