#include "directory/table/reading.h"

#include <utility>

namespace tocsin::table {

using base::said;
using base::Said;

bool Reading::fail(std::string code, Said message, Said hint, const std::string& sheet, Place place) {
  Said where;
  if (!sheet.empty()) where += said("sheet {0}", "工作表“{0}”", sheet);
  if (place.row > 0) {
    if (!where.empty()) where += said(", ", "");
    where += place.column > 0 ? base::same(a1(place)) : said("row {0}", "第{0}行", place.row);
  }
  if (!where.empty()) message = said("{0}: {1}", "{0}：{1}", std::move(where), std::move(message));
  base::Diagnostic found =
      base::finding(base::Severity::kError, std::move(code), std::move(message), std::move(hint), sheet);
  found.file = file_;
  found.line = place.row;
  found.column = place.column;
  findings.push_back(std::move(found));
  return false;
}

bool Reading::fail_in_text(std::string code, Said message, Said hint, int line, int column) {
  fail(std::move(code), std::move(message), std::move(hint));
  findings.back().line = line;
  findings.back().column = column;
  return false;
}

bool Reading::take_cell(const Grid& grid, Place place, std::size_t bytes) {
  if (place.column > kMaxColumns) {
    return fail("too-many-columns", said("more than {0} columns", "超过{0}列", kMaxColumns),
                said("delete what stands far to the right", "请删除最右侧的多余内容"), grid.name, place);
  }
  if (bytes > kMaxCellBytes) {
    return fail("cell-too-long", said("the cell has more than {0} KB", "单元格内容超过{0} KB", kMaxCellBytes >> 10U),
                {}, grid.name, place);
  }
  bytes_ += bytes;
  if (++cells_ > kMaxCells || bytes_ > kMaxTextBytes) {
    return fail("too-many-cells",
                said("the file has more than {0} cells, or {1} MB of text", "文件超过{0}个单元格或{1} MB文字",
                     kMaxCells, kMaxTextBytes >> 20U),
                said("split it into several files", "请拆分成几个文件"), grid.name, place);
  }
  return true;
}

bool Reading::take_row(const Grid& grid, int number) {
  if (grid.rows.size() < kMaxRows) return true;
  return fail("too-many-rows", said("more than {0} rows with something in them", "有内容的行超过{0}行", kMaxRows),
              said("split it into several files", "请拆分成几个文件"), grid.name, {number, 0});
}

bool Reading::take_merged(const Grid& grid, Place place) {
  if (++merged_ <= kMaxMerged) return true;
  return fail("too-many-merged", said("more than {0} merged cells", "合并单元格超过{0}个", kMaxMerged), {}, grid.name,
              place);
}

bool Reading::take_grid() {
  if (++grids_ <= kMaxGrids) return true;
  return fail("too-many-sheets", said("more than {0} sheets or tables", "工作表或表格超过{0}个", kMaxGrids));
}

}  // namespace tocsin::table
