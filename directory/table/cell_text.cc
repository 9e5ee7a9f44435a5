#include "directory/table/cell_text.h"

#include <algorithm>

#include "gateway/base/text.h"
#include "gateway/base/utf8.h"

namespace tocsin::table {
namespace {

bool is_wide_blank(char32_t c) {
  return c == 0x00A0 || c == 0x3000 || (c >= 0x2002 && c <= 0x200A) || c == 0x202F || c == 0x205F;
}

// Joiners, marks of direction (U+200E, U+200F) and the soft hyphen; the others go with base::without_controls.
bool has_no_width(char32_t c) {
  return (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0x00AD;
}

void trim_end(std::string& text) {
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.pop_back();
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// The blanks that `text` begins with: their bytes, and how many they are.
struct Blanks {
  std::size_t bytes = 0, count = 0;
};
Blanks blanks_at(std::string_view text) {
  Blanks found;
  while (found.bytes < text.size()) {
    const std::string_view rest = text.substr(found.bytes);
    std::size_t bytes = 0;
    if (rest.front() == ' ') bytes = 1;
    if (rest.starts_with("\xC2\xA0")) bytes = 2;
    if (rest.starts_with("\xE3\x80\x80")) bytes = 3;
    if (bytes == 0) break;
    found.bytes += bytes;
    ++found.count;
  }
  return found;
}

}  // namespace

std::string plain(std::string_view text) {
  const bool ascii = std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c < 0x7F; });
  if (ascii && text.find("  ") == std::string_view::npos) return base::trim(text);
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const base::Utf8Step step = base::utf8_step(text, at);
    if (step.character == '\r' || step.character == '\n' || step.character == 0x2028) {
      at += step.character == '\r' && text.substr(at).starts_with("\r\n") ? 2 : step.bytes;
      trim_end(out);
      out += '\n';
      continue;
    }
    at += step.bytes;
    if (has_no_width(step.character)) continue;
    const bool blank = is_wide_blank(step.character) || step.character == '\t';
    if (blank || step.character == ' ') {
      if (!out.empty() && out.back() != '\n' && out.back() != ' ') out += ' ';
    } else {
      base::append_utf8(out, step.character);
    }
  }
  return base::trim(base::without_controls(out));
}

Doubt doubt_of(std::string_view text) {
  std::size_t at = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  const auto digits = [&] {
    const std::size_t from = at;
    while (at < text.size() && is_digit(text[at])) ++at;
    return at - from;
  };
  if (digits() != 1) return Doubt::kNone;
  if (at < text.size() && text[at] == '.') {
    ++at;
    digits();
  }
  if (at >= text.size() || (text[at] != 'E' && text[at] != 'e')) return Doubt::kNone;
  ++at;
  if (at >= text.size() || text[at] != '+') return Doubt::kNone;
  ++at;
  const std::size_t exponent = digits();
  return exponent > 0 && exponent <= 3 && at == text.size() ? Doubt::kScientific : Doubt::kNone;
}

std::vector<std::string_view> split_at_blanks(std::string_view line) {
  std::vector<std::string_view> pieces;
  line.remove_prefix(blanks_at(line).bytes);
  std::size_t at = 0;
  while (at < line.size()) {
    const Blanks blanks = blanks_at(line.substr(at));
    if (blanks.count >= 2 || (blanks.count > 0 && at + blanks.bytes == line.size())) {
      pieces.push_back(line.substr(0, at));
      line.remove_prefix(at + blanks.bytes);
      at = 0;
    } else {
      at += blanks.count > 0 ? blanks.bytes : 1;
    }
  }
  if (!line.empty()) pieces.push_back(line);
  return pieces;
}

int lines_with_runs_of_blanks(std::string_view text, std::size_t most) {
  int found = 0;
  for (std::size_t seen = 0; !text.empty() && seen < most;) {
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    const std::size_t pieces = split_at_blanks(text.substr(0, end)).size();
    if (pieces > 0) ++seen;
    if (pieces > 1) ++found;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return found;
}

}  // namespace tocsin::table
