#include "directory/paper/xlsx.h"

#include <zip.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>
#include <vector>

#include "directory/table/grid.h"
#include "gateway/base/markup.h"
#include "gateway/base/text.h"

namespace tocsin::paper {
namespace {

// Of the parts that never differ.  Style 1 is text (18.8.30: number format 49 is "@").
constexpr const char* kContentTypes =
    R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>)";
constexpr const char* kRootRelations =
    R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>)";
constexpr const char* kBookRelations =
    R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>)";
constexpr const char* kStyles =
    R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>)";

std::string book_xml(std::string_view sheet) {
  return R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name=")" +
         base::escaped_markup(sheet) + R"(" sheetId="1" r:id="rId1"/></sheets></workbook>)";
}

// Columns as wide as what stands in them, within reason; a Chinese character takes two.
std::string widths_xml(const Rows& rows) {
  constexpr std::size_t kNarrowest = 6, kWidest = 40;
  std::vector<std::size_t> widths(rows.empty() ? 0 : rows.front().size(), kNarrowest);
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < std::min(row.size(), widths.size()); ++i) {
      const auto characters = base::count_characters(row[i]);
      widths[i] = std::max(widths[i], std::min(kWidest, characters + (row[i].size() - characters) / 2 + 2));
    }
  }
  std::string xml = "<cols>";
  for (std::size_t i = 0; i < widths.size(); ++i) {
    const auto number = std::to_string(i + 1);
    xml += "<col min=\"" + number + "\" max=\"" + number + "\" width=\"" + std::to_string(widths[i]) +
           "\" style=\"1\" customWidth=\"1\"/>";
  }
  return xml + "</cols>";
}

std::string sheet_xml(const Rows& rows) {
  std::string xml = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>)";
  if (!rows.empty()) xml += widths_xml(rows);
  xml += "<sheetData>";
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const auto number = std::to_string(r + 1);
    xml += "<row r=\"" + number + "\">";
    for (std::size_t c = 0; c < rows[r].size(); ++c) {
      if (rows[r][c].empty()) continue;
      xml += "<c r=\"" + table::column_letter(c) + number + (r == 0 ? "\" s=\"2\"" : "\" s=\"1\"") +
             " t=\"inlineStr\"><is><t xml:space=\"preserve\">" + base::escaped_markup(rows[r][c]) + "</t></is></c>";
    }
    xml += "</row>";
  }
  return xml + "</sheetData></worksheet>";
}

base::Error cannot() {
  return {base::ErrorCode::kRefused, "the workbook could not be made", {}};
}

struct Part {
  const char* name;
  std::string_view content;
};

bool add_part(zip_t* archive, const Part& part) {
  zip_source_t* source = zip_source_buffer(archive, part.content.data(), part.content.size(), 0);
  if (source == nullptr) return false;
  const auto index = zip_file_add(archive, part.name, source, ZIP_FL_ENC_UTF_8);
  if (index < 0) {
    zip_source_free(source);
    return false;
  }
  // 1980-01-01: the earliest that a ZIP archive can name, so that equal rows give equal bytes.
  constexpr zip_uint16_t kFirstDay = 1 << 5 | 1;
  return zip_file_set_dostime(archive, static_cast<zip_uint64_t>(index), 0, kFirstDay, 0) == 0;
}

}  // namespace

base::Result<std::string> xlsx_of(const Rows& rows, std::string_view sheet) {
  const auto content = sheet_xml(rows), book = book_xml(sheet);
  const std::array<Part, 6> parts{{{"[Content_Types].xml", kContentTypes},
                                   {"_rels/.rels", kRootRelations},
                                   {"xl/workbook.xml", book},
                                   {"xl/_rels/workbook.xml.rels", kBookRelations},
                                   {"xl/styles.xml", kStyles},
                                   {"xl/worksheets/sheet1.xml", content}}};
  zip_error_t error;
  zip_error_init(&error);
  const std::unique_ptr<zip_source_t, decltype(&zip_source_free)> memory(
      zip_source_buffer_create(nullptr, 0, 0, &error), &zip_source_free);
  if (!memory) return cannot();
  zip_source_keep(memory.get());  // one for the archive, one to read from afterwards
  zip_t* archive = zip_open_from_source(memory.get(), ZIP_CREATE | ZIP_TRUNCATE, &error);
  zip_error_fini(&error);
  if (archive == nullptr) {
    zip_source_free(memory.get());
    return cannot();
  }
  const bool added = std::all_of(parts.begin(), parts.end(), [&](const Part& one) { return add_part(archive, one); });
  if (!added || zip_close(archive) != 0) {
    zip_discard(archive);
    return cannot();
  }
  zip_stat_t size;
  if (zip_source_stat(memory.get(), &size) != 0 || zip_source_open(memory.get()) != 0) return cannot();
  std::string bytes(static_cast<std::size_t>(size.size), '\0');
  const auto got = zip_source_read(memory.get(), bytes.data(), bytes.size());
  zip_source_close(memory.get());
  if (got < 0 || static_cast<std::size_t>(got) != bytes.size()) return cannot();
  return bytes;
}

}  // namespace tocsin::paper
