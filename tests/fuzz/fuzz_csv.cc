// Any bytes as sheets of a directory (separated by 0x1E): never a crash, rows exactly when there is no error, and a
// directory that was accepted can be asked anything.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "directory/import.h"
#include "directory/listing.h"
#include "directory/snapshot.h"
#include "directory/table/csv.h"
#include "gateway/base/text.h"

namespace {

namespace base = tocsin::base;
namespace model = tocsin::model;
namespace directory = tocsin::directory;
namespace table = tocsin::table;

void require(bool holds) {
  if (!holds) std::abort();
}

void check_reader(std::string_view bytes) {
  base::Diagnostics findings;
  table::CsvReader reader(bytes, "fuzz.csv", findings);
  for (table::CsvRow row; reader.next(row);) {
    require(!row.cells.empty() && row.cells.size() <= table::kMaxColumns);
    require(row.columns.size() == row.cells.size() && row.line > 0);
    for (const std::string& cell : row.cells) require(base::is_utf8(cell) && cell.size() <= table::kMaxRowBytes + 1);
  }
  require(reader.failed() == base::has_errors(findings));
}

void check_roster(const directory::Tables& tables) {
  const directory::Snapshot roster(tables, 1);
  std::vector<model::Selector> selectors;
  for (const auto& row : tables.posts) selectors.push_back({model::SelectorKind::kPost, row.code});
  for (const auto& row : tables.units) selectors.push_back({model::SelectorKind::kUnit, row.code});
  for (const auto& row : tables.groups) selectors.push_back({model::SelectorKind::kGroup, row.code});
  for (const auto& row : tables.duty) selectors.push_back({model::SelectorKind::kDuty, row.duty});
  for (const auto& row : tables.rotations) selectors.push_back({model::SelectorKind::kDuty, row.duty});
  for (const auto& row : tables.overrides) selectors.push_back({model::SelectorKind::kDuty, row.duty});
  selectors.push_back({model::SelectorKind::kAreaUpRole, "heads"});
  selectors.push_back({model::SelectorKind::kAreaRole, "workers"});
  const base::UtcTime at = base::from_micros(1'795'000'000'000'000);
  for (const auto& area : roster.areas()) {
    const auto found = roster.resolve(selectors, area.id, at);
    for (std::size_t i = 0; i < found.recipients.size(); ++i) {
      require(roster.person(found.recipients[i].person) != nullptr);
      for (std::size_t j = 0; j < i; ++j) require(found.recipients[i].person != found.recipients[j].person);
    }
    const auto* community = roster.area(roster.community_of(area.id));
    require(community == nullptr || community->kind != "grid");
    require(roster.near(area.id, area.id, 0));
  }
  const tocsin::roster::Span days{at, at + std::chrono::hours(72)};
  for (const auto& told : roster.follow(selectors, {}, days).told) require(roster.person(told.person) != nullptr);
  for (const base::UtcTime moment : roster.changes(selectors, {}, days.from, days.to)) require(days.contains(moment));
  for (const auto* person : roster.people()) {
    for (const auto& selector : selectors) {
      const auto deputy = roster.next_deputy(person->id, selector, {}, at);
      require(!deputy || *deputy != person->id);
    }
  }
  directory::ListOptions options;
  options.at = at;
  require(!directory::list_text({tables, roster}, options).empty());
  require(!directory::list_json({tables, roster}, options).empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  check_reader(bytes);
  std::vector<directory::Sheet> sheets;
  for (const std::string& text : base::split(bytes, '\x1E')) {
    sheets.push_back({"sheet" + std::to_string(sheets.size()), text});
  }
  auto imported = directory::read_sheets(std::move(sheets), true, {});
  for (const auto& finding : imported.findings) require(base::is_utf8(finding.message));
  (void)directory::render_findings(imported);
  if (base::has_errors(imported.findings)) {
    require(imported.tables.areas.empty() && imported.tables.persons.empty() && imported.tables.contacts.empty());
    return 0;
  }
  if (imported.tables.persons.size() > 100 || imported.tables.areas.size() > 100) return 0;  // cost, not truth
  std::int64_t next_id = 1;
  directory::number_rows(imported.tables, {}, next_id);
  check_roster(imported.tables);
  return 0;
}
