// What only shows once all rows are there: codes that come twice, references to nothing, cycles, shared numbers.
#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "directory/import_pass.h"
#include "gateway/base/phone_number.h"

namespace tocsin::directory {
namespace {

using base::Severity;

constexpr std::size_t kMostHoldings = 1000;  // of one post, past ones included: they are compared pairwise

// What one row of that table is called; its English word is part of a code.
base::Said noun_of(Table table) {
  switch (table) {
    case Table::kAreas: return {"area", "区域"};
    case Table::kPosts: return {"post", "职务"};
    case Table::kUnits: return {"unit", "单位"};
    case Table::kGroups: return {"group", "队伍"};
    default: return {"person", "人员"};
  }
}

class Checker {
 public:
  explicit Checker(ImportPass& pass) : pass_(pass), tables_(pass.tables) {}

  void run() {
    collect_codes();
    check_areas();
    check_contacts();
    check_posts();
    check_deputies();
    check_bodies();
    check_roles_duty_and_leave();
    check_rotations();
    check_overrides();
    check_sections(pass_);
  }

 private:
  struct Codes {
    std::unordered_map<std::string, std::size_t> first_row;
    std::vector<std::string> in_order;  // for the nearest name
  };

  Codes& codes(Table table) { return codes_[static_cast<std::size_t>(table)]; }

  // "line 12", or "areas.csv:12" when it is another sheet's.
  base::Said place_of(Table table, std::size_t row, std::size_t seen_from) {
    const RowOrigin& origin = pass_.origins_of(table)[row];
    if (origin.sheet < 0) return {"the directory as it is", "现有名录"};
    if (origin.sheet == pass_.origins_of(table)[seen_from].sheet) return base::said("line {0}", "第{0}行", origin.line);
    return base::same(pass_.layouts[static_cast<std::size_t>(origin.sheet)].name + ":" + std::to_string(origin.line));
  }

  template <typename Row>
  void collect(Table table, const std::vector<Row>& rows, bool unique) {
    Codes& known = codes(table);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const auto [first, fresh] = known.first_row.emplace(rows[i].code, i);
      if (fresh) {
        known.in_order.push_back(rows[i].code);
      } else if (unique && !rows[i].code.empty()) {
        pass_.error(words::kCodeTwice(rows[i].code, place_of(table, first->second, i)), table, i, "code");
      }
    }
  }

  void collect_codes() {
    collect(Table::kAreas, tables_.areas, true);
    collect(Table::kPersons, tables_.persons, true);
    collect(Table::kPosts, tables_.posts, false);
    collect(Table::kUnits, tables_.units, true);
    collect(Table::kGroups, tables_.groups, true);
  }

  // `code` in `column` must be a code of table `to`; an empty one was judged before.
  bool refer(Table from, std::size_t row, std::string_view column, const std::string& code, Table to) {
    if (code.empty() || codes(to).first_row.count(code) > 0) return true;
    if (pass_.is_incomplete(to)) return false;
    std::string near;
    if (pass_.errors < kMostFindings) near = base::nearest_name(code, codes(to).in_order);
    const auto noun = noun_of(to);
    pass_.error(words::kNoSuch(noun, code).with_code("unknown-" + noun.en).with_hint(did_you_mean(near)), from, row,
                column);
    return false;
  }

  // ---- areas ----
  static int rank_of(std::string_view kind) {
    constexpr std::string_view kKinds[] = {"subdistrict", "work_area", "community", "grid"};
    return static_cast<int>(std::find(std::begin(kKinds), std::end(kKinds), kind) - std::begin(kKinds));
  }

  void check_areas() {
    const auto& areas = tables_.areas;
    for (std::size_t i = 0; i < areas.size(); ++i) refer(Table::kAreas, i, "parent", areas[i].parent, Table::kAreas);
    check_cycles();
    check_area_names();
  }

  void check_cycles() {
    const auto& areas = tables_.areas;
    enum class Mark : std::uint8_t { kNew, kOnWay, kDone };
    std::vector<Mark> marks(areas.size(), Mark::kNew);
    const auto parent_of = [&](std::size_t row) {
      const auto found = codes(Table::kAreas).first_row.find(areas[row].parent);
      return found == codes(Table::kAreas).first_row.end() || areas[row].parent.empty() ? areas.size() : found->second;
    };
    for (std::size_t start = 0; start < areas.size(); ++start) {
      std::vector<std::size_t> way;
      std::size_t at = start;
      for (; at < areas.size() && marks[at] == Mark::kNew; at = parent_of(at)) {
        marks[at] = Mark::kOnWay;
        way.push_back(at);
      }
      if (at < areas.size() && marks[at] == Mark::kOnWay) {
        std::string round;
        for (auto it = std::find(way.begin(), way.end(), at); it != way.end(); ++it) round += areas[*it].code + " > ";
        pass_.error(words::kAreaCycle(round + areas[at].code), Table::kAreas, at, "parent");
      } else {
        for (const std::size_t row : way) check_rank(row, parent_of(row));
      }
      for (const std::size_t row : way) marks[row] = Mark::kDone;
    }
  }

  // The cut of public-health places at the community relies on this order.
  void check_rank(std::size_t row, std::size_t parent) {
    const auto& areas = tables_.areas;
    const int rank = rank_of(areas[row].kind);
    if (rank > 3) return;
    if (parent >= areas.size()) {
      if (areas[row].kind == "grid" && !pass_.is_incomplete(Table::kAreas) && areas[row].parent.empty()) {
        pass_.error(words::kGridAlone(), Table::kAreas, row, "parent");
      }
      return;
    }
    if (rank_of(areas[parent].kind) >= rank) {
      pass_.error(words::kAreaOrder(areas[row].kind, areas[parent].kind), Table::kAreas, row, "parent");
    }
  }

  // A name that two areas share cannot be understood in a report.
  void check_area_names() {
    std::unordered_map<std::string, std::size_t> seen;
    const auto& areas = tables_.areas;
    for (std::size_t i = 0; i < areas.size(); ++i) {
      const auto look = [&](const std::string& name, std::string_view column) {
        if (name.empty()) return;
        const auto [first, fresh] = seen.emplace(name, i);
        if (!fresh && first->second != i) {
          pass_.warn(words::kSharedName(name, areas[first->second].code), Table::kAreas, i, column);
        }
      };
      look(areas[i].name, "name");
      for (const std::string& alias : areas[i].aliases) look(alias, "aliases");
    }
  }

  // ---- contacts ----
  void check_contacts() {
    auto& contacts = tables_.contacts;
    std::set<std::pair<std::string, std::string>> keys;
    std::unordered_map<std::string, std::size_t> first_with;  // address: the first row that has it
    std::unordered_set<std::string> reachable;
    for (std::size_t i = 0; i < contacts.size(); ++i) {
      const ContactRow& row = contacts[i];
      refer(Table::kContacts, i, "person", row.person, Table::kPersons);
      reachable.insert(row.person);
      if (row.address.empty()) continue;
      const std::string key = std::string(model::name_of(row.kind)) + "\n" + row.address + "\n" + row.extension;
      if (!keys.emplace(row.person, key).second) {
        pass_.error(words::kContactTwice(), Table::kContacts, i, "address");
      }
      const auto [first, fresh] = first_with.emplace(row.address + "\n" + row.extension, i);
      const ContactRow& other = contacts[first->second];
      if (!fresh && other.person != row.person) {
        const auto where = place_of(Table::kContacts, first->second, i);
        pass_.warn(words::kSharedNumber(base::masked(row.address), other.person, where), Table::kContacts, i,
                   "address");
      }
    }
    check_orders(Table::kContacts, contacts, [](const ContactRow& row) { return row.person; });
    for (std::size_t i = 0; i < tables_.persons.size(); ++i) {
      if (reachable.count(tables_.persons[i].code) > 0 || pass_.is_incomplete(Table::kContacts)) continue;
      pass_.warn(words::kNoContact(), Table::kPersons, i, "code");
    }
  }

  // A place comes once; rows without one follow behind, in their own order.
  template <typename Row, typename KeyOf>
  void check_orders(Table table, std::vector<Row>& rows, KeyOf key_of) {
    std::set<std::pair<std::string, int>> taken;
    std::unordered_map<std::string, int> highest;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (rows[i].order == 0) continue;
      int& top = highest[key_of(rows[i])];
      top = std::max(top, rows[i].order);
      if (!taken.emplace(key_of(rows[i]), rows[i].order).second) {
        pass_.error(words::kOrderTwice(rows[i].order, key_of(rows[i])), table, i, "order");
      }
    }
    for (Row& row : rows) {
      if (row.order == 0) row.order = ++highest[key_of(row)];
    }
  }

  // ---- posts, deputies ----
  void check_posts() {
    const auto& posts = tables_.posts;
    std::unordered_map<std::string, std::vector<std::size_t>> by_code;
    for (std::size_t i = 0; i < posts.size(); ++i) {
      refer(Table::kPosts, i, "area", posts[i].area, Table::kAreas);
      refer(Table::kPosts, i, "person", posts[i].person, Table::kPersons);
      auto& same = by_code[posts[i].code];
      if (same.size() >= kMostHoldings) {
        if (same.size() == kMostHoldings) {
          pass_.error(words::kTooManyHoldings(kMostHoldings), Table::kPosts, i, "code");
        }
        same.push_back(i);
        continue;
      }
      for (const std::size_t other : same) {
        if (posts[other].name != posts[i].name || posts[other].area != posts[i].area) {
          pass_.error(words::kPostDiffers(posts[i].code, place_of(Table::kPosts, other, i)), Table::kPosts, i, "name");
        }
        if (posts[other].period.overlaps(posts[i].period)) {
          pass_.error(words::kHeldTwice(posts[i].code, place_of(Table::kPosts, other, i)), Table::kPosts, i, "code");
          break;
        }
      }
      same.push_back(i);
    }
  }

  void check_deputies() {
    auto& deputies = tables_.deputies;
    std::set<std::pair<std::string, std::string>> seen, holders;
    for (const PostRow& post : tables_.posts) holders.emplace(post.code, post.person);
    for (std::size_t i = 0; i < deputies.size(); ++i) {
      const DeputyRow& row = deputies[i];
      refer(Table::kDeputies, i, "post", row.post, Table::kPosts);
      refer(Table::kDeputies, i, "person", row.person, Table::kPersons);
      once(Table::kDeputies, i, "person", seen, row.post, row.person);
      if (holders.count({row.post, row.person}) > 0) {
        pass_.warn(words::kOwnDeputy(row.person, row.post), Table::kDeputies, i, "person");
      }
    }
    check_orders(Table::kDeputies, deputies, [](const DeputyRow& row) { return row.post; });
  }

  void once(Table table, std::size_t row, std::string_view column, std::set<std::pair<std::string, std::string>>& seen,
            const std::string& whole, const std::string& part) {
    if (seen.emplace(whole, part).second || part.empty()) return;
    pass_.warn(words::kRowTwice(part, whole), table, row, column);
  }

  // ---- units, groups, roles, duty, leave ----
  void check_bodies() {
    for (std::size_t i = 0; i < tables_.units.size(); ++i) {
      refer(Table::kUnits, i, "responsible", tables_.units[i].responsible, Table::kPersons);
      refer(Table::kUnits, i, "area", tables_.units[i].area, Table::kAreas);
    }
    std::set<std::pair<std::string, std::string>> in_units, in_groups;
    for (std::size_t i = 0; i < tables_.unit_members.size(); ++i) {
      const UnitMemberRow& row = tables_.unit_members[i];
      refer(Table::kUnitMembers, i, "unit", row.unit, Table::kUnits);
      refer(Table::kUnitMembers, i, "person", row.person, Table::kPersons);
      once(Table::kUnitMembers, i, "person", in_units, row.unit, row.person);
    }
    for (std::size_t i = 0; i < tables_.group_members.size(); ++i) {
      const GroupMemberRow& row = tables_.group_members[i];
      refer(Table::kGroupMembers, i, "group", row.group, Table::kGroups);
      refer(Table::kGroupMembers, i, "person", row.person, Table::kPersons);
      once(Table::kGroupMembers, i, "person", in_groups, row.group, row.person);
    }
  }

  void check_roles_duty_and_leave() {
    std::set<std::pair<std::string, std::string>> in_areas;
    for (std::size_t i = 0; i < tables_.area_roles.size(); ++i) {
      const AreaRoleRow& row = tables_.area_roles[i];
      refer(Table::kAreaRoles, i, "area", row.area, Table::kAreas);
      refer(Table::kAreaRoles, i, "person", row.person, Table::kPersons);
      once(Table::kAreaRoles, i, "person", in_areas, row.area + " " + row.role, row.person);
    }
    for (std::size_t i = 0; i < tables_.duty.size(); ++i) {
      refer_to_who(Table::kDuty, i, "who", tables_.duty[i].who);
    }
    for (std::size_t i = 0; i < tables_.leave.size(); ++i) {
      refer(Table::kLeave, i, "person", tables_.leave[i].person, Table::kPersons);
    }
  }

  void refer_to_who(Table from, std::size_t row, std::string_view column, const std::string& who) {
    const std::string post = post_in(who);
    refer(from, row, column, post.empty() ? who : post, post.empty() ? Table::kPersons : Table::kPosts);
  }

  // ---- rotations, overrides ----
  void check_rotations() {
    const auto& rows = tables_.rotations;
    std::map<std::pair<std::string, std::string>, std::vector<std::size_t>> by_name;
    const auto end_of = [](const RotationRow& row) {
      return row.end_day.value_or(std::numeric_limits<std::int32_t>::max());
    };
    for (std::size_t i = 0; i < rows.size(); ++i) {
      for (const std::string& who : rows[i].turns) {
        if (who != kNobodysTurn) refer_to_who(Table::kRotations, i, "turns", who);
      }
      auto& same = by_name[{rows[i].duty, rows[i].name}];
      if (same.size() >= kMostHoldings) {
        if (same.size() == kMostHoldings) {
          pass_.error(words::kTooManyRotations(kMostHoldings), Table::kRotations, i, "name");
        }
        same.push_back(i);
        continue;
      }
      for (const std::size_t other : same) {
        if (rows[i].first_day >= end_of(rows[other]) || rows[other].first_day >= end_of(rows[i])) continue;
        pass_.error(words::kRotationOverlap(rows[i].name, place_of(Table::kRotations, other, i)), Table::kRotations, i,
                    "from");
        break;
      }
      same.push_back(i);
    }
  }

  void check_overrides() {
    std::set<std::pair<std::string, std::string>> have;  // duty and who
    for (const DutyRow& row : tables_.duty) have.emplace(row.duty, row.who);
    for (const RotationRow& row : tables_.rotations) {
      for (const std::string& who : row.turns) have.emplace(row.duty, who);
    }
    std::map<std::pair<std::string, std::string>, std::vector<std::size_t>> swaps;  // of duty and whom
    const auto& rows = tables_.overrides;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      refer_to_who(Table::kOverrides, i, "who", rows[i].who);
      if (rows[i].instead_of.empty()) continue;
      refer_to_who(Table::kOverrides, i, "instead_of", rows[i].instead_of);
      if (have.count({rows[i].duty, rows[i].instead_of}) == 0) {
        pass_.warn(words::kSwapWithoutShift(rows[i].instead_of, rows[i].duty), Table::kOverrides, i, "instead_of");
      }
      auto& same = swaps[{rows[i].duty, rows[i].instead_of}];
      if (same.size() < kMostHoldings) {
        const auto at_once = std::find_if(
            same.begin(), same.end(), [&](std::size_t other) { return rows[other].period.overlaps(rows[i].period); });
        if (at_once != same.end()) {
          pass_.warn(words::kSwapOverlap(rows[i].instead_of, place_of(Table::kOverrides, *at_once, i)),
                     Table::kOverrides, i, "instead_of");
        }
      }
      same.push_back(i);
    }
  }

  ImportPass& pass_;
  Tables& tables_;
  std::array<Codes, kTables> codes_;
};

}  // namespace

void check_tables(ImportPass& pass) {
  Checker(pass).run();
}

}  // namespace tocsin::directory
