#include "directory/table/read_xlsx.h"

#include <charconv>
#include <map>
#include <utility>

#include "directory/table/cell_text.h"
#include "directory/table/office_parts.h"
#include "directory/table/xlsx_sheet.h"

namespace tocsin::table {
namespace {

using base::said;

constexpr std::size_t kMostStyles = 65'536;  // Excel itself allows 65 490

int number_in(std::string_view text) {
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

bool is_on(std::string_view value) {
  return value == "1" || value == "true" || value == "on";
}

struct SheetEntry {
  std::string name, id;
  bool hidden = false;
};

class WorkbookReader : public XmlEvents {
 public:
  bool open(const XmlElement& element) override {
    if (element.name == "workbookPr") from_1904 = is_on(element.attribute("date1904"));
    if (element.name == "sheet" && sheets.size() <= kMaxGrids) {
      const std::string_view state = element.attribute("state");
      sheets.push_back({plain(element.attribute("name").substr(0, 1024)), std::string(element.attribute("id")),
                        state == "hidden" || state == "veryHidden"});
    }
    return true;
  }
  bool close(std::string_view) override { return true; }
  bool text(std::string_view) override { return true; }

  std::vector<SheetEntry> sheets;
  bool from_1904 = false;
};

class StringsReader : public XmlEvents {
 public:
  StringsReader(Reading& reading, std::vector<std::string>& strings) : reading_(reading), strings_(strings) {}

  bool open(const XmlElement& element) override {
    if (element.name == "si") {
      inside_ = true;
      item_.begin();
    } else if (inside_) {
      item_.open(element.name);
    }
    return true;
  }
  bool close(std::string_view name) override {
    if (!inside_) return true;
    item_.close(name);
    if (name != "si") return true;
    inside_ = false;
    strings_.push_back(item_.take());
    bytes_ += strings_.back().size();
    if (strings_.size() <= kMaxCells && bytes_ <= kMaxTextBytes) return true;
    return reading_.fail("too-many-cells", said("the workbook holds too many words", "工作簿中的文字过多"),
                         said("split it into several files", "请拆分成几个文件"));
  }
  bool text(std::string_view words) override {
    if (inside_) item_.text(words);
    return true;
  }

 private:
  Reading& reading_;
  std::vector<std::string>& strings_;
  std::size_t bytes_ = 0;
  RichText item_;
  bool inside_ = false;
};

// cellXfs (18.8.10) are the styles that cells name; the xf of cellStyleXfs are others.
class StylesReader : public XmlEvents {
 public:
  explicit StylesReader(std::vector<NumberForm>& forms) : forms_(forms) {}

  bool open(const XmlElement& element) override {
    if (element.name == "cellXfs") in_cell_styles_ = true;
    if (element.name == "numFmt" && codes_.size() < kMostStyles) {
      codes_[number_in(element.attribute("numFmtId"))] = form_of_code(element.attribute("formatCode"));
    }
    if (element.name == "xf" && in_cell_styles_ && forms_.size() < kMostStyles) {
      const int id = number_in(element.attribute("numFmtId"));
      const auto code = codes_.find(id);
      forms_.push_back(code == codes_.end() ? form_of_id(id) : code->second);
    }
    return true;
  }
  bool close(std::string_view name) override {
    if (name == "cellXfs") in_cell_styles_ = false;
    return true;
  }
  bool text(std::string_view) override { return true; }

 private:
  std::vector<NumberForm>& forms_;
  std::map<int, NumberForm> codes_;
  bool in_cell_styles_ = false;
};

bool read_shared(Package& package, const Relations& relations, Reading& reading, Workbook& workbook) {
  for (const auto& one : relations) {
    const Relation& relation = one.second;
    if (!package.has(relation.target)) continue;
    if (relation.type == "sharedStrings") {
      workbook.strings.clear();
      StringsReader strings(reading, workbook.strings);
      if (!read_part(package, relation.target, kWorkbookSpaces, strings, reading)) return false;
    } else if (relation.type == "styles") {
      workbook.forms.clear();
      StylesReader styles(workbook.forms);
      if (!read_part(package, relation.target, kWorkbookSpaces, styles, reading)) return false;
    }
  }
  return true;
}

}  // namespace

bool read_xlsx(Package& package, Reading& reading, Book& book) {
  const std::string name = main_part(package, "xl/workbook.xml", reading);
  if (name.empty()) return false;
  WorkbookReader reader;
  Relations relations;
  if (!read_part(package, name, kWorkbookSpaces, reader, reading) ||
      !read_relations(package, name, relations, reading)) {
    return false;
  }
  Workbook workbook;
  workbook.from_1904 = reader.from_1904;
  if (!read_shared(package, relations, reading, workbook)) return false;
  for (const SheetEntry& sheet : reader.sheets) {
    const auto relation = relations.find(sheet.id);
    if (relation != relations.end() && relation->second.type != "worksheet") continue;  // a chart
    if (relation == relations.end()) {
      return reading.fail("damaged-file", said("the sheet is not in the file", "文件中没有这个工作表"),
                          said("open it in an office program and save it anew", "请用办公软件打开后重新保存"),
                          sheet.name);
    }
    if (!reading.take_grid()) return false;
    Grid grid;
    grid.name = sheet.name;
    grid.hidden = sheet.hidden;
    if (!read_sheet(package, relation->second.target, workbook, reading, grid)) return false;
    if (!grid.rows.empty()) book.grids.push_back(std::move(grid));
  }
  if (!book.grids.empty()) return true;
  return reading.fail("no-table", said("there is no sheet with words in it", "其中没有含文字的工作表"));
}

}  // namespace tocsin::table
