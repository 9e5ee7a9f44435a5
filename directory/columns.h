// The shapes of the directory's sheets: which tables there are and which columns each has.
//
// One list, used by import, by its messages and by the test that holds docs/directory.md to it.  Constant.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::directory {

enum class Table : std::size_t {
  kAreas,
  kPersons,
  kContacts,
  kPosts,
  kDeputies,
  kUnits,
  kUnitMembers,
  kGroups,
  kGroupMembers,
  kAreaRoles,
  kDuty,
  kRotations,
  kOverrides,
  kLeave,
};
inline constexpr std::size_t kTables = 14;
inline constexpr std::size_t kMostColumns = 11;

struct Column {
  std::string_view name;
  bool required = false;  // must be in the header row
};

struct TableShape {
  Table table = Table::kAreas;
  std::string_view name;  // "unit_members"
  std::span<const Column> columns;
};

// In the order they are read in: a table after those it refers to.
[[nodiscard]] std::span<const TableShape> all_shapes();
[[nodiscard]] const TableShape& shape_of(Table table);
[[nodiscard]] std::vector<std::string> column_names(const TableShape& shape);

// The table whose columns a header row names best: all required ones, no unknown ones, fewest left out.  A mistyped
// column still finds its table, so that the finding can name it.  Null when no table is meant: less than half fits.
[[nodiscard]] const TableShape* recognise(const std::vector<std::string>& header);

}  // namespace tocsin::directory
