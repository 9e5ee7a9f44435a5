#include "directory/csv.h"

#include <algorithm>
#include <utility>

#include "gateway/base/text.h"

namespace tocsin::directory {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool is_utf16(std::string_view text) {
  return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF");
}

char separator_of(std::string_view text) {
  const std::string_view first = text.substr(0, std::min(text.find_first_of("\r\n"), kMaxRowBytes));
  const auto tabs = std::count(first.begin(), first.end(), '\t');
  return tabs > std::count(first.begin(), first.end(), ',') ? '\t' : ',';
}

bool is_blank(const CsvRow& row) {
  return std::all_of(row.cells.begin(), row.cells.end(), [](const std::string& cell) { return cell.empty(); });
}

}  // namespace

std::string column_letter(std::size_t index) {
  std::string letters;
  for (std::size_t rest = index + 1; rest > 0; rest = (rest - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  }
  return letters;
}

CsvReader::CsvReader(std::string_view text, std::string file, base::Diagnostics& findings)
    : text_(text), file_(std::move(file)), findings_(findings) {
  if (text_.size() > kMaxFileBytes) {
    static_cast<void>(fail("file-too-long", 0, 0, "the file has more than 16 MB", "split it into several files"));
  } else if (is_utf16(text_)) {
    static_cast<void>(fail("not-utf8", 1, 1, "the file is UTF-16", "save it as \"CSV UTF-8\""));
  } else if (text_.starts_with(kByteOrderMark)) {
    text_.remove_prefix(kByteOrderMark.size());
  }
  separator_ = separator_of(text_);
}

bool CsvReader::next(CsvRow& row) {
  while (!failed_ && at_ < text_.size()) {
    if (!read_row(row)) return false;
    if (!is_blank(row)) return true;
  }
  return false;
}

bool CsvReader::read_row(CsvRow& row) {
  row.line = line_;
  row.cells.clear();
  row.columns.clear();
  row_start_ = at_;
  while (true) {
    if (row.cells.size() >= kMaxCells) {
      return fail("too-many-cells", line_, character(), "the row has more than " + std::to_string(kMaxCells) + " cells",
                  {});
    }
    if (!read_cell(row)) return false;
    if (at_ >= text_.size()) return true;
    if (at_line_end()) {
      step_over_line_end();
      return true;
    }
    ++at_;  // the separator
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
    const char ends[] = {separator_, '\r', '\n', '"', '\0'};
    std::size_t end = text_.find_first_of(std::string_view(ends, sizeof ends), at_);
    if (end == std::string_view::npos) end = text_.size();
    if (end < text_.size() && (text_[end] == '"' || text_[end] == '\0')) {
      at_ = end;
      const bool quote = text_[end] == '"';
      return fail(quote ? "stray-quote" : "stray-nul", line, character(),
                  "column " + column_letter(row.cells.size()) + ": " +
                      (quote ? "a quote in the middle of a cell" : "a NUL byte in a cell"),
                  quote ? "put the whole cell in quotes and write the inner quote twice" : "");
    }
    cell = text_.substr(at_, end - at_);
    at_ = end;
  }
  if (at_ - row_start_ > kMaxRowBytes) {
    return fail("row-too-long", row.line, 1, "the row has more than 64 KB", "look for a quote that is never closed");
  }
  if (!base::is_utf8(cell)) {
    return fail("not-utf8", line, column,
                "column " + column_letter(row.cells.size()) + ": bytes that are not UTF-8; the file seems to be in " +
                    "another encoding",
                "save it as \"CSV UTF-8\"");
  }
  row.cells.push_back(base::trim(cell));
  row.columns.push_back(line == row.line ? column : 0);
  return true;
}

bool CsvReader::read_quoted(CsvRow& row, std::string& cell) {
  const int opened_line = line_;
  const int opened_at = character();
  const std::string where = "column " + column_letter(row.cells.size()) + ": ";
  ++at_;
  while (true) {
    if (at_ >= text_.size() || at_ - row_start_ > kMaxRowBytes) {
      return fail("open-quote", opened_line, opened_at, where + "the quote opened here is never closed", {});
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
      return fail("stray-nul", line_, character(), where + "a NUL byte in a cell", {});
    } else {
      cell += c;
      ++at_;
    }
  }
  while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  if (at_ >= text_.size() || text_[at_] == separator_ || at_line_end()) return true;
  return fail("stray-quote", line_, character(), where + "text after the closing quote", "write an inner quote twice");
}

bool CsvReader::fail(std::string code, int line, int column, std::string message, std::string hint) {
  failed_ = true;
  findings_.push_back(
      {base::Severity::kError, std::move(code), file_, line, column, std::move(message), std::move(hint)});
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

}  // namespace tocsin::directory
