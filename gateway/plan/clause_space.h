// A hazard's clauses as sets of facts, so that questions about all reports at once have exact answers.
//
// A clause is true where each attribute it names is *known* and lies in a set of values: a box.  Attributes it does not
// name may be unknown, and then only clauses over some of its own attributes can be true as well.  So "whenever this
// clause is true, so is one of those" holds exactly when the boxes of those among them that name no further attribute
// cover its box; nothing else has to be looked at.  Values are whole numbers: thousandths of a measure, whole counts,
// no and yes, the place of a choice in its list. Pure values; any thread.  Covering is a hard problem, so the work for
// one question is bounded.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/plan/plan.h"

namespace tocsin::plan {

// Half-open and not empty.
struct Interval {
  std::int64_t from = 0, to = 0;
  bool operator==(const Interval&) const = default;
};
using Values = std::vector<Interval>;  // ascending, apart from each other

[[nodiscard]] Values intersection(const Values& a, const Values& b);
[[nodiscard]] Values difference(const Values& a, const Values& b);

struct Side {
  int attribute = 0;  // index into Hazard::attributes
  Values values;
};
using Box = std::vector<Side>;  // ascending by attribute

struct PlacedClause {
  const Clause* clause = nullptr;
  model::LevelIndex level = model::kNoLevel;
  Box box;
  bool never = false;  // one of its conditions no value can meet
};

enum class Cover { kWhole, kNotWhole, kTooHard };
struct Covered {
  Cover cover = Cover::kNotWhole;
  Box left;  // with kNotWhole: a part that nothing covers
};

class ClauseSpace {
 public:
  // `criteria` of `hazard` (or its grades), highest level first; both outlive this.
  ClauseSpace(const Plan& plan, const Hazard& hazard, const std::vector<Criteria>& criteria);

  // In the order in which classify asks: highest level first, then as written.
  [[nodiscard]] const std::vector<PlacedClause>& clauses() const { return clauses_; }
  [[nodiscard]] const Hazard& hazard() const { return hazard_; }
  [[nodiscard]] const Attribute* attribute(int index) const;     // null for one the plan does not know
  [[nodiscard]] int index_of(std::string_view attribute) const;  // -1 when the hazard does not ask for it

  // The first value that is worse than all of `values` and every value beyond it; empty where nothing is worse, or
  // where the attribute is no number.
  [[nodiscard]] Values worse_than(int attribute, const Values& values) const;
  // "10" for a value of that attribute, as a person writes it.
  [[nodiscard]] std::string text_of(int attribute, std::int64_t value) const;

  // Is `box` covered by those of the first `count` clauses for which `counts` says yes?
  template <typename Counts>
  [[nodiscard]] Covered covered(const Box& box, std::size_t count, Counts counts) const {
    std::vector<const Box*> by;
    for (std::size_t i = 0; i < count; ++i) {
      if (!clauses_[i].never && counts(clauses_[i])) by.push_back(&clauses_[i].box);
    }
    return covered(box, by);
  }
  [[nodiscard]] Covered covered(const Box& box, const std::vector<const Box*>& by) const;

 private:
  [[nodiscard]] Values values_of(const Condition& condition, int attribute) const;

  const Plan& plan_;
  const Hazard& hazard_;
  std::vector<PlacedClause> clauses_;
  mutable std::int64_t comparisons_left_;
};

// Whatever is in `narrow` is in `wide`: wide names no attribute that narrow does not, and is nowhere narrower.
[[nodiscard]] bool lies_in(const Box& narrow, const Box& wide);

}  // namespace tocsin::plan
