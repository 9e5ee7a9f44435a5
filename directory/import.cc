#include "directory/import.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <tuple>

#include "directory/import_pass.h"
#include "directory/table/grid.h"
#include "gateway/base/digest.h"
#include "gateway/base/local_time.h"

namespace tocsin::directory {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostSheets = 100;

bool is_sheet(const fs::path& path) {
  const std::string extension = path.extension().string();
  return extension == ".csv" || extension == ".tsv" || extension == ".CSV" || extension == ".TSV" ||
         extension == ".geojson";
}

base::Result<Sheet> read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return base::Error{base::ErrorCode::kNotFound, path.string() + " cannot be opened", {}};
  std::string text(table::kMaxFileBytes + 1,
                   '\0');  // one more than allowed, so that the reader sees a file that is too long
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in.bad()) return base::Error{base::ErrorCode::kNotFound, path.string() + " cannot be read", {}};
  text.resize(static_cast<std::size_t>(in.gcount()));
  text.shrink_to_fit();
  return Sheet{path.string(), std::move(text)};
}

base::Result<std::vector<fs::path>> sheets_in(const fs::path& folder) {
  std::vector<fs::path> paths;
  std::error_code failure;
  for (fs::directory_iterator it(folder, failure), end; !failure && it != end; it.increment(failure)) {
    std::error_code ignored;
    if (it->is_regular_file(ignored) && is_sheet(it->path())) paths.push_back(it->path());
  }
  if (failure) return base::Error{base::ErrorCode::kNotFound, folder.string() + ": " + failure.message(), {}};
  if (paths.empty()) return base::invalid(folder.string() + " holds no .csv or .tsv file");
  if (paths.size() > kMostSheets) return base::invalid(folder.string() + " holds more than 100 sheets");
  std::sort(paths.begin(), paths.end());
  return paths;
}

// The tables that no sheet replaces, with rows that come from no sheet.
template <typename Row>
void keep_rows(ImportPass& pass, Table table, std::vector<Row>& rows, const std::vector<Row>& kept) {
  rows = kept;
  pass.origins_of(table).assign(kept.size(), RowOrigin{});
}

std::string digest_of(const std::vector<Sheet>& sheets) {
  std::string digests;
  for (const Sheet& sheet : sheets) digests += base::to_hex(base::digest(sheet.text));
  return base::to_hex(base::digest(digests));
}

}  // namespace

void keep_all(ImportPass& pass, const Tables& kept) {
  Tables& tables = pass.tables;
  keep_rows(pass, Table::kAreas, tables.areas, kept.areas);
  keep_rows(pass, Table::kPersons, tables.persons, kept.persons);
  keep_rows(pass, Table::kContacts, tables.contacts, kept.contacts);
  keep_rows(pass, Table::kPosts, tables.posts, kept.posts);
  keep_rows(pass, Table::kDeputies, tables.deputies, kept.deputies);
  keep_rows(pass, Table::kUnits, tables.units, kept.units);
  keep_rows(pass, Table::kUnitMembers, tables.unit_members, kept.unit_members);
  keep_rows(pass, Table::kGroups, tables.groups, kept.groups);
  keep_rows(pass, Table::kGroupMembers, tables.group_members, kept.group_members);
  keep_rows(pass, Table::kAreaRoles, tables.area_roles, kept.area_roles);
  keep_rows(pass, Table::kDuty, tables.duty, kept.duty);
  keep_rows(pass, Table::kRotations, tables.rotations, kept.rotations);
  keep_rows(pass, Table::kOverrides, tables.overrides, kept.overrides);
  keep_rows(pass, Table::kLeave, tables.leave, kept.leave);
}

std::size_t column_index(Table table, std::string_view column) {
  const auto columns = shape_of(table).columns;
  const auto found =
      std::find_if(columns.begin(), columns.end(), [&](const Column& candidate) { return candidate.name == column; });
  return static_cast<std::size_t>(found - columns.begin());
}

void ImportPass::report_in(base::Severity severity, Finding found, std::string file, int line, int character) {
  auto finding = base::finding(severity, std::move(found.code), std::move(found.message), std::move(found.hint));
  finding.file = std::move(file);
  finding.line = line;
  finding.column = character;
  findings.push_back(std::move(finding));
}

void ImportPass::report(base::Severity severity, Finding found, Table table, std::size_t row, std::string_view column) {
  if (++(severity == base::Severity::kError ? errors : others) > kMostFindings) return;
  const RowOrigin& origin = origins_of(table)[row];
  if (origin.sheet < 0) {
    auto words = base::said("{0}, {1}: ", "{0}表，{1}：", shape_of(table).name, column);
    found.message = words += found.message;
    return report_in(severity, std::move(found), "(directory as it is)");
  }
  const SheetLayout& layout = layouts[static_cast<std::size_t>(origin.sheet)];
  const std::size_t index = column_index(table, column);
  const int position = layout.positions[index];
  auto where = base::said("{0}: ", "{0}：", column);
  if (position >= 0) {
    const auto letter = table::column_letter(static_cast<std::size_t>(position));
    where = base::said("column {0} ({1}): ", "{0}列（{1}）：", letter, column);
  }
  found.message = where += found.message;
  report_in(severity, std::move(found), layout.name, origin.line, origin.characters[index]);
}

Imported read_sheets(std::vector<Sheet> sheets, bool whole, const ImportOptions& options) {
  ImportPass pass(options);
  if (!base::zone_exists(options.time_zone)) {
    pass.report_in(base::Severity::kError, words::kNoZone(options.time_zone), {});
  }
  if (!whole && options.keep != nullptr) keep_all(pass, *options.keep);
  for (const Sheet& sheet : sheets) {
    if (!is_outlines(sheet)) read_sheet(pass, sheet);
  }
  if (options.keep != nullptr) keep_left_out(pass, *options.keep);
  for (const Sheet& sheet : sheets) {
    if (is_outlines(sheet)) read_outlines(pass, sheet);
  }
  check_tables(pass);

  Imported out;
  out.findings = std::move(pass.findings);
  std::stable_sort(out.findings.begin(), out.findings.end(), [](const base::Diagnostic& a, const base::Diagnostic& b) {
    return std::tie(a.file, a.line, a.column) < std::tie(b.file, b.line, b.column);
  });
  const auto hidden = [](std::size_t count) { return count > kMostFindings ? count - kMostFindings : 0; };
  if (const std::size_t count = hidden(pass.errors) + hidden(pass.others); count > 0) {
    auto note = words::kNotShown(count);
    out.findings.push_back(base::finding(base::Severity::kNote, std::move(note.code), std::move(note.message)));
  }
  if (!base::has_errors(out.findings)) out.tables = std::move(pass.tables);
  out.digest = digest_of(sheets);
  out.sheets = std::move(sheets);
  return out;
}

base::Result<Imported> read_directory(const fs::path& path, const ImportOptions& options) {
  std::error_code failure;
  const bool folder = fs::is_directory(path, failure);
  std::vector<fs::path> paths{path};
  if (folder) {
    auto found = sheets_in(path);
    if (!found) return found.error();
    paths = std::move(*found);
  }
  std::vector<Sheet> sheets;
  for (const fs::path& one : paths) {
    auto sheet = read_file(one);
    if (!sheet) return sheet.error();
    sheets.push_back(std::move(*sheet));
  }
  return read_sheets(std::move(sheets), folder, options);
}

std::string render_findings(const Imported& imported) {
  std::map<std::string_view, std::string_view> sources;
  for (const Sheet& sheet : imported.sheets) sources.emplace(sheet.name, sheet.text);
  std::string out;
  for (const base::Diagnostic& finding : imported.findings) {
    const auto source = sources.find(finding.file);
    out += base::render(finding, source == sources.end() ? std::string_view() : source->second);
  }
  return out;
}

}  // namespace tocsin::directory
