// One sheet of a workbook.  For this room's .cc files.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "directory/table/number.h"
#include "directory/table/package.h"
#include "directory/table/reading.h"

namespace tocsin::table {

inline constexpr std::array<std::string_view, 3> kWorkbookSpaces = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main", ""};

// What the sheets of a workbook share.
struct Workbook {
  std::vector<std::string> strings;  // made plain
  std::vector<NumberForm> forms;     // by the number of a cell's style
  bool from_1904 = false;
};

// Words of a string item or an inline string (CT_Rst, 18.4.8): its runs, without phonetic readings; made plain
// (cell_text.h).
class RichText {
 public:
  void begin();
  void open(std::string_view element);
  void close(std::string_view element);
  void text(std::string_view words);
  [[nodiscard]] std::string take();

 private:
  std::string words_;
  int phonetic_ = 0;
  bool in_text_ = false;
};

// Fills the rows of `grid`, which has its name already.
bool read_sheet(Package& package, std::string_view part, const Workbook& workbook, Reading& reading, Grid& grid);

}  // namespace tocsin::table
