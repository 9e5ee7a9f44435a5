#include "directory/columns.h"

#include <algorithm>

#include "gateway/base/diagnostic.h"

namespace tocsin::directory {
namespace {

constexpr Column kAreaColumns[] = {{"code", true},       {"name", true},           {"kind", true},
                                   {"parent", false},    {"aliases", false},       {"latitude", false},
                                   {"longitude", false}, {"assembly_point", false}};
constexpr Column kPersonColumns[] = {{"code", true},  {"name", true},   {"language", true},
                                     {"door", false}, {"notes", false}, {"kind", false}};
constexpr Column kContactColumns[] = {{"person", true},        {"order", false},       {"kind", true},
                                      {"address", true},       {"extension", false},   {"agreed_when", true},
                                      {"agreed_how", true},    {"withdrawn", false},   {"verified_when", false},
                                      {"verified_how", false}, {"not_at_night", false}};
constexpr Column kPostColumns[] = {{"code", true},   {"name", true},  {"area", false},
                                   {"person", true}, {"from", false}, {"to", false}};
constexpr Column kDeputyColumns[] = {{"post", true}, {"order", false}, {"person", true}};
constexpr Column kUnitColumns[] = {{"code", true}, {"name", true}, {"responsible", true}, {"area", false}};
constexpr Column kUnitMemberColumns[] = {{"unit", true}, {"person", true}};
constexpr Column kGroupColumns[] = {{"code", true}, {"name", true}};
constexpr Column kGroupMemberColumns[] = {{"group", true}, {"person", true}};
constexpr Column kAreaRoleColumns[] = {{"area", true}, {"role", true}, {"person", true}};
constexpr Column kDutyColumns[] = {{"duty", true}, {"who", true}, {"from", false}, {"to", false}};
constexpr Column kRotationColumns[] = {{"duty", true},     {"name", true}, {"turns", true}, {"every_days", false},
                                       {"handover", true}, {"from", true}, {"to", false}};
// `instead_of` must be there, though its cells may be empty: it tells this sheet from that of duty.
constexpr Column kOverrideColumns[] = {
    {"duty", true}, {"who", true}, {"from", true}, {"to", true}, {"instead_of", true}};
constexpr Column kLeaveColumns[] = {{"person", true}, {"from", true}, {"to", true}};

constexpr std::array<TableShape, kTables> kShapes = {{
    {Table::kAreas, "areas", kAreaColumns},
    {Table::kPersons, "persons", kPersonColumns},
    {Table::kContacts, "contacts", kContactColumns},
    {Table::kPosts, "posts", kPostColumns},
    {Table::kDeputies, "deputies", kDeputyColumns},
    {Table::kUnits, "units", kUnitColumns},
    {Table::kUnitMembers, "unit_members", kUnitMemberColumns},
    {Table::kGroups, "groups", kGroupColumns},
    {Table::kGroupMembers, "group_members", kGroupMemberColumns},
    {Table::kAreaRoles, "area_roles", kAreaRoleColumns},
    {Table::kDuty, "duty", kDutyColumns},
    {Table::kRotations, "rotations", kRotationColumns},
    {Table::kOverrides, "overrides", kOverrideColumns},
    {Table::kLeave, "leave", kLeaveColumns},
}};

struct Fit {
  int score = 0;  // larger fits better
  std::size_t named = 0, meant = 0;
};

Fit fit_of(const TableShape& shape, const std::vector<std::string>& header) {
  Fit fit;
  const std::vector<std::string> names = column_names(shape);
  std::size_t unknown = 0;
  for (const std::string& word : header) {
    if (std::find(names.begin(), names.end(), word) != names.end()) {
      ++fit.named;
    } else if (!base::nearest_name(word, names).empty()) {
      ++fit.meant;
    } else {
      ++unknown;
    }
  }
  int missing = 0, left_out = 0;
  for (const Column& column : shape.columns) {
    if (std::find(header.begin(), header.end(), column.name) != header.end()) continue;
    ++(column.required ? missing : left_out);
  }
  fit.score = 20 * static_cast<int>(fit.named) + 5 * static_cast<int>(fit.meant) - 30 * static_cast<int>(unknown) -
              20 * missing - left_out;
  return fit;
}

}  // namespace

std::span<const TableShape> all_shapes() {
  return kShapes;
}

const TableShape& shape_of(Table table) {
  return kShapes[static_cast<std::size_t>(table)];
}

std::vector<std::string> column_names(const TableShape& shape) {
  std::vector<std::string> names;
  for (const Column& column : shape.columns) names.emplace_back(column.name);
  return names;
}

const TableShape* recognise(const std::vector<std::string>& header) {
  const TableShape* best = nullptr;
  Fit best_fit;
  for (const TableShape& shape : kShapes) {
    const Fit fit = fit_of(shape, header);
    const bool half = 2 * (fit.named + fit.meant) >= header.size() && fit.named > 0;
    if (half && (best == nullptr || fit.score > best_fit.score)) {
      best = &shape;
      best_fit = fit;
    }
  }
  return best;
}

}  // namespace tocsin::directory
