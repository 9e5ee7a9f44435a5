#include "directory/table/read.h"

#include <utility>

#include "directory/table/encoding.h"
#include "directory/table/kind.h"
#include "directory/table/package.h"
#include "directory/table/read_docx.h"
#include "directory/table/read_html.h"
#include "directory/table/read_text.h"
#include "directory/table/read_xlsx.h"
#include "directory/table/reading.h"

namespace tocsin::table {
namespace {

using base::said;
using base::Said;

bool read_packed(std::string_view bytes, Reading& reading, Book& book) {
  std::optional<Package> package = Package::open(bytes, reading);
  if (!package) return false;
  if (package->has("xl/workbook.bin")) {
    return reading.fail("not-a-table", said("this is a binary workbook (.xlsb)", "这是二进制工作簿（.xlsb）"),
                        said("open it and save it as .xlsx", "请打开后另存为.xlsx格式"));
  }
  if (package->has_folder("xl/")) {
    book.kind = FileKind::kXlsx;
    return read_xlsx(*package, reading, book);
  }
  if (package->has_folder("word/")) {
    book.kind = FileKind::kDocx;
    return read_docx(*package, reading, book);
  }
  if (package->has_folder("ppt/")) {
    return reading.fail("not-a-table", said("this is a presentation", "这是演示文稿"),
                        said("open it, copy the table, and paste it here", "请打开后复制其中的表格，粘贴到此处"));
  }
  if (package->has("content.xml") && package->has("mimetype")) {
    return reading.fail("not-a-table",
                        said("this is an OpenDocument file (.ods, .odt)", "这是OpenDocument文件（.ods、.odt）"),
                        said("open it and save it as .xlsx or .docx", "请打开后另存为.xlsx或.docx格式"));
  }
  if (package->has("ofd.xml")) {
    return reading.fail("not-a-table", said("this is an OFD document", "这是OFD版式文件"),
                        said("ask for the file it was made from", "请索取生成它的原始文件"));
  }
  return reading.fail("not-a-table", said("this is an archive (ZIP)", "这是压缩包（ZIP）"),
                      said("unpack it, and take the table in it", "请解压后选择其中的表格文件"));
}

bool read_any(std::string_view bytes, const ReadOptions& options, Reading& reading, Book& book) {
  if (bytes.empty()) return reading.fail("empty-file", said("the file is empty", "文件是空的"));
  if (bytes.size() > kMaxFileBytes) {
    return reading.fail("file-too-long", said("the file has more than {0} MB", "文件超过{0} MB", kMaxFileBytes >> 20U),
                        said("split it into several files", "请拆分成几个文件"));
  }
  if (std::optional<NoTable> other = no_table_in(bytes)) {
    return reading.fail(other->code, other->message, other->hint);
  }
  if (is_packed(bytes)) return read_packed(bytes, reading, book);
  std::optional<Decoded> decoded = decode(bytes, options.encoding, reading);
  if (!decoded) return false;
  book.text = decoded->form;
  if (!is_html(decoded->text)) return read_text(decoded->text, options.separator, reading, book);
  book.kind = FileKind::kHtml;
  return read_html(decoded->text, reading, book);
}

}  // namespace

Explained explained(Doubt doubt) {
  const Said retype = said("format the column as text and type the number again", "请将该列设为文本格式后重新输入号码");
  switch (doubt) {
    case Doubt::kNone: return {};
    case Doubt::kScientific:
      return {said("a spreadsheet has put a rounded form in the place of the number", "号码被表格软件变成了科学计数法"),
              retype};
    case Doubt::kTooLong:
      return {said("stored as a number of more than 15 digits: the last ones are lost",
                   "按数字保存且超过15位，末尾数字已丢失"),
              retype};
    case Doubt::kRounded:
      return {
          said("ends in many zeros: it may be what is left of a rounded number", "末尾有许多零，可能是被舍入的号码"),
          said("compare it with the number on paper", "请与原始号码核对")};
    case Doubt::kNoValue:
      return {said("a formula whose value is not in the file", "公式的计算结果没有保存在文件中"),
              said("open the file in an office program and save it", "请用办公软件打开后保存一次")};
    case Doubt::kErrorValue:
      return {said("a formula that came to an error", "公式计算出错"),
              said("mend the formula, or type the value", "请修正公式或直接填写")};
  }
  return {};
}

Read read_tables(std::string_view bytes, std::string file, const ReadOptions& options) {
  Reading reading(std::move(file));
  Read read;
  if (!read_any(bytes, options, reading, read.book)) read.book.grids.clear();
  read.findings = std::move(reading.findings);
  return read;
}

}  // namespace tocsin::table
