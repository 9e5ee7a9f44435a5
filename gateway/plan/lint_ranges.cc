// Clauses over one number alone, side by side on its line: what they leave out, claim twice, or skip.
#include <algorithm>
#include <map>

#include "gateway/plan/lint_parts.h"

namespace tocsin::plan {
namespace {

// A stretch of the line, in which the same clauses are true throughout.
struct Stretch {
  Interval values;
  const PlacedClause* decides = nullptr;  // the highest; null: none is true
};

std::vector<const PlacedClause*> alone_over(const ClauseSpace& space, int attribute) {
  std::vector<const PlacedClause*> alone;
  const auto* known = space.attribute(attribute);
  const bool number =
      known != nullptr && (known->type == AttributeType::kCount || known->type == AttributeType::kMeasure);
  if (!number) return alone;
  for (const auto& clause : space.clauses()) {
    if (!clause.never && clause.box.size() == 1 && clause.box[0].attribute == attribute) alone.push_back(&clause);
  }
  return alone;
}

const Interval& range_of(const PlacedClause& clause) {
  return clause.box[0].values[0];  // of a number there is one
}

// The line from the first to the last of them.
std::vector<Stretch> line_of(const std::vector<const PlacedClause*>& alone) {
  std::map<std::int64_t, int> ends;
  for (const auto* clause : alone) {
    ends[range_of(*clause).from];
    ends[range_of(*clause).to];
  }
  std::vector<Stretch> line;
  for (auto at = ends.begin(); at != ends.end() && std::next(at) != ends.end(); ++at) {
    Stretch stretch{{at->first, std::next(at)->first}, nullptr};
    for (const auto* clause : alone) {  // highest first
      const auto& range = range_of(*clause);
      if (range.from > stretch.values.from || range.to < stretch.values.to) continue;
      stretch.decides = clause;
      break;
    }
    line.push_back(stretch);
  }
  return line;
}

class RangeLint {
 public:
  RangeLint(const Plan& plan, const ClauseSpace& space, int attribute, const base::Said& otherwise,
            base::Diagnostics& findings)
      : plan_(plan),
        space_(space),
        attribute_(attribute),
        otherwise_(otherwise),
        findings_(findings),
        lower_is_worse_(space.attribute(attribute)->worse == Worse::kLower),
        alone_(alone_over(space, attribute)) {}

  void run() {
    auto line = line_of(alone_);
    find_gaps(line);
    // From here on from mild to worse.
    if (lower_is_worse_) std::reverse(line.begin(), line.end());
    find_jumps(line);
    find_overlaps();
  }

 private:
  [[nodiscard]] const std::string& name() const { return space_.attribute(attribute_)->name; }
  [[nodiscard]] std::string text(std::int64_t value) const { return space_.text_of(attribute_, value); }
  [[nodiscard]] std::string kind() const { return std::string(model::name_of(space_.hazard().kind)); }

  void find_gaps(const std::vector<Stretch>& line) {
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {  // neither the first nor the last is empty
      if (line[i].decides != nullptr) continue;
      const auto& next = line[i + 1].decides->clause->name;
      warn(findings_, "range-gap", next,
           base::said("nothing of {0} matches {1} from {2} up to {3}, below clause {4}",
                      "{0}中没有条款管{1}在{2}以上、不到{3}的情况（在条款{4}之下）", kind(), name(),
                      text(line[i].values.from), text(line[i].values.to), next),
           base::said("it falls to {0}", "这时定为{0}", otherwise_));
    }
  }

  void find_jumps(const std::vector<Stretch>& line) {
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
      const auto* mild = line[i].decides;
      const auto* worse = line[i + 1].decides;
      if (mild == nullptr || worse == nullptr || worse->level < mild->level + 2) continue;
      const auto at = lower_is_worse_ ? line[i + 1].values.to : line[i + 1].values.from;
      warn(findings_, "level-jump", worse->clause->name,
           base::said("{0} of {1} jumps at {2} from level {3} to level {4}: nothing gives the levels between",
                      "{1}的{0}到{2}时由{3}级直接跳到{4}级：中间级别没有条款", name(), kind(), text(at),
                      plan_.level_id(mild->level), plan_.level_id(worse->level)),
           base::said("add a clause for the level between, or accept the finding with a reason",
                      "补上中间级别的条款，或写明理由后接受"));
    }
  }

  // A clause that ends where a higher one has long begun: one of the two ends is a slip.  A lower clause without an
  // end is no slip: "1.. or more" below "3.. or more" is how many people write.
  void find_overlaps() {
    for (const auto* low : alone_) {
      const auto& range = range_of(*low);
      if (space_.worse_than(attribute_, low->box[0].values).empty()) continue;
      for (const auto* high : alone_) {
        const auto& other = range_of(*high);
        const bool begins_inside = lower_is_worse_ ? other.to > range.from && other.to < range.to
                                                   : other.from > range.from && other.from < range.to;
        if (high->level <= low->level || !begins_inside) continue;
        const Values both = intersection({range}, {other});
        warn(findings_, "range-overlap", low->clause->name,
             base::said("clauses {0} and {1} are both true for {2} from {3} up to {4}: level {5} holds there",
                        "条款{0}和{1}对{2}在{3}以上、不到{4}时同时成立：按{5}级", low->clause->name, high->clause->name,
                        name(), text(both[0].from), text(both[0].to), plan_.level_id(high->level)),
             base::said("let the lower one end where the higher one begins", "让较低的条款到较高条款开始处为止"));
        break;
      }
    }
  }

  const Plan& plan_;
  const ClauseSpace& space_;
  const int attribute_;
  const base::Said& otherwise_;
  base::Diagnostics& findings_;
  const bool lower_is_worse_;
  const std::vector<const PlacedClause*> alone_;  // highest first
};

}  // namespace

Values gaps_of(const ClauseSpace& space, int attribute) {
  Values gaps;
  for (const auto& stretch : line_of(alone_over(space, attribute))) {
    if (stretch.decides == nullptr) gaps.push_back(stretch.values);
  }
  return gaps;
}

void lint_ranges(const Plan& plan, const ClauseSpace& space, const base::Said& otherwise, base::Diagnostics& findings) {
  for (std::size_t i = 0; i < space.hazard().attributes.size(); ++i) {
    const int attribute = static_cast<int>(i);
    if (space.attribute(attribute) != nullptr) RangeLint(plan, space, attribute, otherwise, findings).run();
  }
}

}  // namespace tocsin::plan
