#include "directory/intake/list_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "directory/intake/draft_json.h"
#include "directory/listing.h"
#include "gateway/base/text.h"

namespace tocsin::intake {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kShownCharacters = 200;  // of one cell

std::string_view word_of(table::FileKind kind) {
  switch (kind) {
    case table::FileKind::kText: return "text";
    case table::FileKind::kHtml: return "html";
    case table::FileKind::kXlsx: return "xlsx";
    case table::FileKind::kDocx: break;
  }
  return "docx";
}

Json text_or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

std::string shown_cell(const std::string& text, bool unmasked) {
  if (unmasked) return base::cut(text, kShownCharacters);
  const bool mail = text.find('@') != std::string::npos;
  return base::cut(mail ? directory::masked_address(model::ContactKind::kEmail, text) : masked_cell(text),
                   kShownCharacters);
}

Json json_of(const base::Diagnostic& finding) {
  return {{"severity", base::name_of(finding.severity)},
          {"code", finding.code},
          {"where", text_or_null(finding.where)},
          {"line", finding.line},
          {"column", finding.column},
          {"message", finding.message},
          {"message_zh", text_or_null(finding.message_zh)},
          {"hint", text_or_null(finding.hint)},
          {"hint_zh", text_or_null(finding.hint_zh)}};
}

// The first rows as a person sees them; cells that a merged cell covers are blank.
Json json_of(const table::Grid& grid, int number, bool unmasked) {
  int widest = 0;
  Json rows = Json::array();
  for (const table::Row& row : grid.rows) {
    if (rows.size() == kShownRows) break;
    Json cells = Json::array();
    for (const table::Cell& cell : row.cells) {
      if (cell.covered_by.row > 0) continue;
      widest = std::max(widest, cell.column);
      cells.push_back({{"column", cell.column}, {"text", shown_cell(cell.text, unmasked)}});
    }
    rows.push_back({{"row", row.number}, {"cells", std::move(cells)}});
  }
  return {{"sheet", number},   {"name", grid.name},       {"caption", grid.caption},        {"hidden", grid.hidden},
          {"columns", widest}, {"rows", std::move(rows)}, {"rows_in_all", grid.rows.size()}};
}

Json json_of(const directory::KnownList* known, bool used) {
  if (known == nullptr) return nullptr;
  return {{"name", known->name}, {"at", base::to_rfc3339(known->at)}, {"mapping", known->mapping}, {"used", used}};
}

}  // namespace

std::string list_json(const ListShown& shown) {
  const auto& book = shown.read.book;
  const TextOptions how{false, shown.unmasked};
  const bool readable = !base::has_errors(shown.read.findings);
  Json file = {{"name", shown.name}, {"kind", nullptr}, {"encoding", nullptr}, {"certain", true}};
  if (readable) file["kind"] = word_of(book.kind);
  if (book.text) {
    file["encoding"] = table::name_of(book.text->encoding);
    file["certain"] = book.text->certain;
  }
  Json json = {{"version", shown.version},
               {"readable", readable},
               {"file", std::move(file)},
               {"file_findings", Json::array()},
               {"remembered", json_of(shown.known, shown.remembered)},
               {"guessed", shown.guessed},
               {"open", shown.comparison.open.size()},
               {"preview", Json::array()}};
  for (const auto& finding : shown.read.findings) json["file_findings"].push_back(json_of(finding));
  int number = 0;
  for (const auto& grid : book.grids) json["preview"].push_back(json_of(grid, ++number, shown.unmasked));
  auto text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  text.back() = ',';  // one object with the draft's
  return text + draft_json(shown.draft, &shown.comparison, how).substr(1);
}

}  // namespace tocsin::intake
