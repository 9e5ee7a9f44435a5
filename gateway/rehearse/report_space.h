// The reports a set of clauses can tell apart: per attribute the values between two edges, every choice, yes, no and
// unknown; and words for a set of them.  Pure; used by diff.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gateway/base/said.h"
#include "gateway/plan/plan.h"

namespace tocsin::rehearse {

// Values no clause tells apart.  The first cell of an attribute is "unknown".
struct Cell {
  std::optional<model::FactValue> value;  // one of them, the lowest of a range; empty: unknown
  plan::Range range;                      // of numbers: the whole cell
};

struct Axis {
  std::string attribute;
  std::vector<Cell> cells;
};

// The cells that the conditions of all `clauses` over `attribute` make.  `plans` give its choices.
[[nodiscard]] Axis axis_of(const std::string& attribute, const std::vector<const plan::Plan*>& plans,
                           const std::vector<const plan::Clause*>& clauses);

// A set of cells per axis: 1 where the cell belongs to the region.
using Region = std::vector<std::vector<bool>>;

// Regions that differ along one axis only are joined until none are left; order kept.  Disjoint in, disjoint out.
[[nodiscard]] std::vector<Region> joined_regions(std::vector<Region> regions);

// "injured 3 up to, not including, 5 and spreading: yes"; "any report" where nothing is bounded.
[[nodiscard]] base::Said in_words(const plan::Plan& plan, const std::vector<Axis>& axes, const Region& region);

}  // namespace tocsin::rehearse
