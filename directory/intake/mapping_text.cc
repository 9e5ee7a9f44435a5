#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "directory/intake/mapping.h"
#include "directory/table/limits.h"
#include "gateway/base/text.h"

namespace tocsin::intake {
namespace {

constexpr std::size_t kLongestText = 64U << 10U;
constexpr std::size_t kLongestTitle = 100;  // characters
constexpr Field kFields[] = {Field::kName,   Field::kHead,     Field::kWorker, Field::kTitle,
                             Field::kUnit,   Field::kSection,  Field::kArea,   Field::kNumber,
                             Field::kMobile, Field::kLandline, Field::kEmail};

std::optional<int> number_in(std::string_view text, int most) {
  int value = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end.ec != std::errc() || end.ptr != text.data() + text.size() || value < 0 || value > most) return std::nullopt;
  return value;
}

base::Error not_understood(std::string_view part, std::string_view expected) {
  return base::invalid("mapping: \"" + base::cut(base::to_valid_utf8(part), 60) + "\": expected " +
                       std::string(expected));
}

// "A=unit+", "E=name(网格长):2"
base::Result<ColumnUse> parse_column(std::string_view word) {
  constexpr std::string_view kExpected = "a column and what it holds, like B=name:1 or A=unit+";
  const std::size_t sign = word.find('=');
  if (sign == std::string_view::npos) return not_understood(word, kExpected);
  const auto place = table::place_named(std::string(word.substr(0, sign)) + "1");
  if (!place || place->column > table::kMaxColumns || word.find_first_of("0123456789$") < sign) {
    return not_understood(word, kExpected);
  }
  ColumnUse use;
  use.column = place->column;
  std::string_view rest = word.substr(sign + 1);
  const auto field = std::find_if(std::begin(kFields), std::end(kFields), [&](Field one) {
    const std::string_view name = name_of(one);
    return rest.starts_with(name) && (rest.size() == name.size() || rest[name.size()] == '(' ||
                                      rest[name.size()] == '+' || rest[name.size()] == ':');
  });
  if (field == std::end(kFields)) {
    return not_understood(word, "name, head, worker, title, unit, section, area, number, mobile, landline or email");
  }
  use.field = *field;
  rest.remove_prefix(name_of(*field).size());
  if (rest.starts_with('(')) {
    const std::size_t end = rest.find(')');
    if (end == std::string_view::npos || !names_somebody(use.field)) return not_understood(word, kExpected);
    use.title = rest.substr(1, end - 1);
    if (base::count_characters(use.title) > kLongestTitle) return not_understood(word, "a shorter title");
    rest.remove_prefix(end + 1);
  }
  if (rest.starts_with('+')) {
    use.as_above = true;
    rest.remove_prefix(1);
  }
  if (rest.starts_with(':')) {
    const auto record = number_in(rest.substr(1), table::kMaxColumns);
    if (!record || *record == 0) return not_understood(word, kExpected);
    use.record = *record;
    rest = {};
  }
  if (!rest.empty()) return not_understood(word, kExpected);
  return use;
}

// "1@3:", "1@2-3:", "2:"
base::Result<SheetMapping> parse_head(std::string_view word) {
  constexpr std::string_view kExpected = "a sheet and its header row, like 1@3: (1@0: without a header)";
  SheetMapping mapping;
  if (!word.ends_with(':')) return not_understood(word, kExpected);
  const std::string_view head = word.substr(0, word.size() - 1);
  const std::size_t at = head.find('@');
  const auto sheet = number_in(head.substr(0, at), static_cast<int>(table::kMaxGrids));
  if (!sheet || *sheet == 0) return not_understood(word, kExpected);
  mapping.sheet = *sheet;
  if (at == std::string_view::npos) return mapping;
  const std::string_view rows = head.substr(at + 1);
  const std::size_t dash = rows.find('-');
  const auto first = number_in(rows.substr(0, dash), table::kLastRow);
  const auto last = dash == std::string_view::npos ? first : number_in(rows.substr(dash + 1), table::kLastRow);
  if (!first || !last || *last < *first || (*first == 0 && *last > 0)) return not_understood(word, kExpected);
  mapping.header_first = *first;
  mapping.header_last = *last;
  return mapping;
}

base::Result<SheetMapping> parse_sheet(const std::string& line) {
  std::optional<SheetMapping> mapping;
  for (const std::string& word : base::split(line, ' ')) {
    if (word.empty()) continue;
    if (!mapping) {
      auto head = parse_head(word);
      if (!head) return head.error();
      mapping = std::move(*head);
    } else if (word == "skip" && mapping->columns.empty()) {
      mapping->skip = true;
    } else {
      if (mapping->skip) return not_understood(word, "nothing behind skip");
      auto use = parse_column(word);
      if (!use) return use.error();
      if (!mapping->columns.empty() && mapping->columns.back().column >= use->column) {
        return not_understood(word, "columns in their order, each once");
      }
      mapping->columns.push_back(std::move(*use));
    }
  }
  if (!mapping->skip && mapping->columns.empty()) return not_understood(line, "columns, or skip");
  return std::move(*mapping);
}

}  // namespace

std::string mapping_text(const Mapping& mapping) {
  std::string text;
  for (const SheetMapping& sheet : mapping.sheets) {
    text += std::to_string(sheet.sheet);
    if (!sheet.skip) {
      text += "@" + std::to_string(sheet.header_first);
      if (sheet.header_last != sheet.header_first) text += "-" + std::to_string(sheet.header_last);
    }
    text += sheet.skip ? ": skip" : ":";
    for (const ColumnUse& use : sheet.columns) {
      text +=
          " " + table::column_letter(static_cast<std::size_t>(use.column - 1)) + "=" + std::string(name_of(use.field));
      if (!use.title.empty()) text += "(" + use.title + ")";
      if (use.as_above) text += "+";
      if (use.record > 0) text += ":" + std::to_string(use.record);
    }
    text += "\n";
  }
  return text;
}

base::Result<Mapping> parse_mapping(std::string_view text) {
  if (text.size() > kLongestText) return base::invalid("mapping: longer than 64 KB");
  if (!base::is_utf8(text)) return base::invalid("mapping: not UTF-8");
  std::string lines(text);
  std::replace(lines.begin(), lines.end(), ';', '\n');
  std::replace(lines.begin(), lines.end(), '\r', ' ');
  std::replace(lines.begin(), lines.end(), '\t', ' ');
  Mapping mapping;
  for (const std::string& line : base::split(lines, '\n')) {
    if (base::trim(line).empty()) continue;
    auto sheet = parse_sheet(line);
    if (!sheet) return sheet.error();
    if (!mapping.sheets.empty() && mapping.sheets.back().sheet >= sheet->sheet) {
      return not_understood(line, "sheets in their order, each once");
    }
    mapping.sheets.push_back(std::move(*sheet));
  }
  return mapping;
}

}  // namespace tocsin::intake
