#include "directory/table/csv.h"

#include <algorithm>
#include <utility>

#include "directory/table/grid.h"
#include "directory/table/separator.h"
#include "gateway/base/text.h"

namespace tocsin::table {
namespace {

using base::said;
using base::Said;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool is_utf16(std::string_view text) {
  return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF");
}

bool is_blank(const CsvRow& row) {
  return std::all_of(row.cells.begin(), row.cells.end(), [](const std::string& cell) { return cell.empty(); });
}

// `what` of the next cell of `row`.
Said in_column(const CsvRow& row, Said what) {
  return said("column {0}: {1}", "{0}列：{1}", column_letter(row.cells.size()), std::move(what));
}

const Said& nul_byte() {
  static const Said words = said("a NUL byte in a cell", "单元格中有空字节（NUL）");
  return words;
}

const Said& save_as_utf8() {
  static const Said words = said("save it as \"CSV UTF-8\"", "请另存为“CSV UTF-8”");
  return words;
}

}  // namespace

CsvReader::CsvReader(std::string_view text, std::string file, base::Diagnostics& findings, std::string_view separator)
    : text_(text), file_(std::move(file)), findings_(findings), separator_(separator) {
  if (text_.size() > kMaxFileBytes) {
    static_cast<void>(fail("file-too-long", 0, 0, said("the file has more than 16 MB", "文件超过16 MB"),
                           said("split it into several files", "请拆分成几个文件")));
  } else if (is_utf16(text_)) {
    static_cast<void>(fail("not-utf8", 1, 1, said("the file is UTF-16", "文件编码为UTF-16"), save_as_utf8()));
  } else if (text_.starts_with(kByteOrderMark)) {
    text_.remove_prefix(kByteOrderMark.size());
  }
  if (separator_.empty() && !failed_) separator_ = sign_of(separator_of(text_));
}

bool CsvReader::next(CsvRow& row) {
  while (!failed_ && at_ < text_.size()) {
    if (!read_row(row)) return false;
    if (!is_blank(row)) return true;
  }
  return false;
}

bool CsvReader::read_row(CsvRow& row) {
  row.number = ++number_;
  row.line = line_;
  row.cells.clear();
  row.columns.clear();
  row_start_ = at_;
  while (true) {
    if (row.cells.size() >= kMaxColumns) {
      return fail("too-many-cells", line_, character(),
                  said("the row has more than {0} cells", "一行超过{0}个单元格", kMaxColumns));
    }
    if (!read_cell(row)) return false;
    if (at_ >= text_.size()) return true;
    if (at_line_end()) {
      step_over_line_end();
      return true;
    }
    at_ += separator_.size();
  }
}

bool CsvReader::read_cell(CsvRow& row) {
  const int line = line_;
  const int column = character();
  std::string cell;
  std::size_t first = at_;
  while (first < text_.size() && text_[first] == ' ') ++first;  // spaces before a quote are forgiven
  if (first < text_.size() && text_[first] == '"') {
    at_ = first;
    if (!read_quoted(row, cell)) return false;
  } else {
    const char ends[] = {separator_.front(), '\r', '\n', '"', '\0'};
    std::size_t end = text_.find_first_of(std::string_view(ends, sizeof ends), at_);
    while (end != std::string_view::npos && text_[end] == separator_.front() &&
           text_.substr(end, separator_.size()) != separator_) {
      end = text_.find_first_of(std::string_view(ends, sizeof ends), end + 1);
    }
    if (end == std::string_view::npos) end = text_.size();
    if (end < text_.size() && (text_[end] == '"' || text_[end] == '\0')) {
      at_ = end;
      if (text_[end] == '\0') return fail("stray-nul", line, character(), in_column(row, nul_byte()));
      return fail("stray-quote", line, character(),
                  in_column(row, said("a quote in the middle of a cell", "单元格中间出现引号")),
                  said("put the whole cell in quotes and write the inner quote twice",
                       "请把整个单元格放在引号内，内部的引号写两次"));
    }
    cell = text_.substr(at_, end - at_);
    at_ = end;
  }
  if (at_ - row_start_ > kMaxRowBytes) {
    return fail("row-too-long", row.line, 1, said("the row has more than 64 KB", "一行超过64 KB"),
                said("look for a quote that is never closed", "请检查是否有未闭合的引号"));
  }
  if (!base::is_utf8(cell)) {
    return fail("not-utf8", line, column,
                in_column(row, said("bytes that are not UTF-8; the file seems to be in another encoding",
                                    "含有非UTF-8的字节，文件可能是其他编码")),
                save_as_utf8());
  }
  row.cells.push_back(base::trim(cell));
  row.columns.push_back(line == row.line ? column : 0);
  return true;
}

bool CsvReader::read_quoted(CsvRow& row, std::string& cell) {
  const int opened_line = line_;
  const int opened_at = character();
  ++at_;
  while (true) {
    if (at_ >= text_.size() || at_ - row_start_ > kMaxRowBytes) {
      return fail("open-quote", opened_line, opened_at,
                  in_column(row, said("the quote opened here is never closed", "此处的引号没有闭合")));
    }
    const char c = text_[at_];
    if (c == '"' && at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
      cell += '"';
      at_ += 2;
    } else if (c == '"') {
      ++at_;
      break;
    } else if (at_line_end()) {
      cell += '\n';
      step_over_line_end();
    } else if (c == '\0') {
      return fail("stray-nul", line_, character(), in_column(row, nul_byte()));
    } else {
      cell += c;
      ++at_;
    }
  }
  while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  if (at_ >= text_.size() || at_separator() || at_line_end()) return true;
  return fail("stray-quote", line_, character(),
              in_column(row, said("text after the closing quote", "闭合引号之后还有文字")),
              said("write an inner quote twice", "内部的引号请写两次"));
}

bool CsvReader::fail(std::string code, int line, int column, Said message, Said hint) {
  failed_ = true;
  base::Diagnostic found = base::finding(base::Severity::kError, std::move(code), std::move(message), std::move(hint));
  found.file = file_;
  found.line = line;
  found.column = column;
  findings_.push_back(std::move(found));
  return false;
}

int CsvReader::character() {
  for (; counted_to_ < at_; ++counted_to_) {
    if ((static_cast<unsigned char>(text_[counted_to_]) & 0xC0U) != 0x80U) ++counted_;
  }
  return counted_ + 1;
}

bool CsvReader::at_line_end() const {
  return text_[at_] == '\n' || text_[at_] == '\r';
}

void CsvReader::step_over_line_end() {
  at_ += text_.substr(at_, 2) == "\r\n" ? 2 : 1;
  ++line_;
  counted_to_ = at_;
  counted_ = 0;
}

}  // namespace tocsin::table
