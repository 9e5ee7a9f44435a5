// Criteria that never decide, and harm that grows while the level falls.
#include <algorithm>

#include "gateway/plan/lint_parts.h"

namespace tocsin::plan {
namespace {

constexpr std::size_t kNamed = 3;  // clauses named in one finding

std::string place_of_level(const Plan& plan, const ClauseSpace& space, model::LevelIndex level) {
  const auto& first = std::find_if(space.clauses().begin(), space.clauses().end(), [&](const PlacedClause& c) {
                        return c.level == level;
                      })->clause->name;
  const auto end = first.rfind('/');  // "fire/III/1", "fire/grade/III/1"
  return end == std::string::npos ? first + "/" + plan.level_id(level) : first.substr(0, end);
}

// "fire/II/1, fire/II/2 and more": those among the first `count` clauses that are true for some of what `hidden` is.
base::Said names_of_hiders(const ClauseSpace& space, std::size_t hidden) {
  const auto& clauses = space.clauses();
  const auto& box = clauses[hidden].box;
  for (std::size_t i = 0; i < hidden; ++i) {
    if (!clauses[i].never && lies_in(box, clauses[i].box)) return {clauses[i].clause->name, clauses[i].clause->name};
  }
  std::string names;
  std::size_t named = 0;
  for (std::size_t i = 0; i < hidden && named <= kNamed; ++i) {
    const auto& other = clauses[i];
    const bool takes_part = !other.never && std::all_of(other.box.begin(), other.box.end(), [&](const Side& side) {
      return std::any_of(box.begin(), box.end(), [&](const Side& own) {
        return own.attribute == side.attribute && !intersection(own.values, side.values).empty();
      });
    });
    if (!takes_part) continue;
    if (named == kNamed) return base::said("{0} and more", "{0}等", names);
    names += (named++ > 0 ? ", " : "") + other.clause->name;
  }
  return base::said("{0}, one or another,", "{0}中总有一条", names);
}

void find_hidden(const Plan& plan, const ClauseSpace& space, base::Diagnostics& findings) {
  const auto& clauses = space.clauses();
  const auto hidden = hidden_clauses(space);
  for (std::size_t i = 0; i < clauses.size(); ++i) {
    const auto& name = clauses[i].clause->name;
    if (clauses[i].never) {
      warn(findings, "clause-never", name,
           base::said("clause {0} can never be true: no value meets one of its conditions",
                      "条款{0}永远不会成立：其中一个条件没有任何值能满足", name));
    } else if (hidden[i].cover == Cover::kWhole) {
      warn(findings, "clause-hidden", name,
           base::said("clause {0} never decides: {1} matches whenever it does",
                      "条款{0}永远不起作用：凡是它成立时，{1}都已成立", name, names_of_hiders(space, i)));
    } else if (hidden[i].cover == Cover::kTooHard) {
      warn(findings, "criteria-too-tangled", name,
           base::said("whether clause {0} can ever decide was not found out: too many clauses overlap it in part",
                      "未能判断条款{0}是否起作用：与它部分重叠的条款太多", name),
           base::said("write it with fewer conditions", "请减少它的条件"));
    }
  }
  std::set<model::LevelIndex> seen;
  for (const auto& clause : clauses) {
    if (!seen.insert(clause.level).second) continue;
    const auto decides = [&](std::size_t i) {
      return clauses[i].level == clause.level && !clauses[i].never && hidden[i].cover != Cover::kWhole;
    };
    bool any = false;
    for (std::size_t i = 0; i < clauses.size(); ++i) any = any || decides(i);
    if (any) continue;
    warn(findings, "level-hidden", place_of_level(plan, space, clause.level),
         base::said("level {0} of {1} is never decided by a rule: each of its clauses is hidden or can never be true",
                    "{1}的{0}级永远不会由规则判定：其各条款都被更高的条款遮住或不可能成立", plan.level_id(clause.level),
                    std::string(model::name_of(space.hazard().kind))));
  }
}

// "serious = 10, spreading = yes": one report of the box, with the mildest number that is left.
std::string example_of(const ClauseSpace& space, const Box& box) {
  std::string text;
  for (const auto& side : box) {
    const auto* attribute = space.attribute(side.attribute);
    const bool from_above = attribute->worse == Worse::kLower;
    const auto value = from_above ? side.values.back().to - 1 : side.values.front().from;
    text += (text.empty() ? "" : ", ") + attribute->name + " = " + space.text_of(side.attribute, value);
  }
  return text;
}

// More harm never lowers a level.  A report that meets a clause must, when one of its numbers gets worse, still meet a
// clause at least as high: what the clause's box leaves on the worse side has to be covered by those.  Were some
// report's level to fall, the clause that decided it would be one of those found here.
void find_falls(const Plan& plan, const ClauseSpace& space, model::LevelIndex otherwise, base::Diagnostics& findings) {
  const auto& clauses = space.clauses();
  for (const auto& clause : clauses) {
    if (clause.never || clause.level <= otherwise) continue;  // at or below the default: criteria-not-above-default
    for (std::size_t i = 0; i < clause.box.size(); ++i) {
      const int attribute = clause.box[i].attribute;
      auto worse = space.worse_than(attribute, clause.box[i].values);
      if (clause.box.size() == 1) worse = difference(worse, gaps_of(space, attribute));  // found as range-gap
      if (worse.empty()) continue;
      Box beyond = clause.box;
      beyond[i].values = std::move(worse);
      const auto found =
          space.covered(beyond, clauses.size(), [&](const PlacedClause& other) { return other.level >= clause.level; });
      if (found.cover == Cover::kWhole) continue;
      if (found.cover == Cover::kTooHard) {
        warn(findings, "criteria-too-tangled", clause.clause->name,
             base::said(
                 "whether more harm keeps the level of clause {0} was not found out: too many clauses overlap in part",
                 "未能判断危害加重时条款{0}的级别是否保持：部分重叠的条款太多", clause.clause->name),
             base::said("write it with fewer conditions", "请减少它的条件"));
        break;
      }
      warn(
          findings, "harm-lowers-level", clause.clause->name,
          base::said(
              "more harm lowers the level: clause {0} gives level {1}, but {2} is worse and reaches no clause as high",
              "危害加重反而降级：条款{0}定为{1}级，而更严重的{2}却没有同级或更高的条款", clause.clause->name,
              plan.level_id(clause.level), example_of(space, found.left)),
          base::said("let the range go on without an end, or add a clause of that level or higher for what lies beyond",
                     "去掉范围的上限，或为超出部分补一条同级或更高级的条款"));
      break;  // one per clause
    }
  }
}

}  // namespace

std::vector<Covered> hidden_clauses(const ClauseSpace& space) {
  std::vector<Covered> hidden;
  hidden.reserve(space.clauses().size());
  for (std::size_t i = 0; i < space.clauses().size(); ++i) {
    hidden.push_back(space.covered(space.clauses()[i].box, i, [](const PlacedClause&) { return true; }));
  }
  return hidden;
}

std::set<model::LevelIndex> levels_by_rule(const Plan& plan, const Hazard& hazard) {
  const ClauseSpace space(plan, hazard, hazard.criteria);
  const auto hidden = hidden_clauses(space);
  std::set<model::LevelIndex> levels{hazard.default_level};
  for (std::size_t i = 0; i < hidden.size(); ++i) {
    const auto& clause = space.clauses()[i];
    if (!clause.never && hidden[i].cover != Cover::kWhole) levels.insert(clause.level);
  }
  return levels;
}

void lint_criteria(const Plan& plan, const Hazard& hazard, base::Diagnostics& findings) {
  const std::string kind(model::name_of(hazard.kind));
  for (const auto& criteria : hazard.criteria) {
    if (criteria.level > hazard.default_level) continue;
    warn(findings, "criteria-not-above-default", kind + "/" + plan.level_id(criteria.level),
         base::said("criteria of {0} for level {1} do not raise anything: its default level is {2}",
                    "{0}的{1}级标准不会升级：其默认级别是{2}级", kind, plan.level_id(criteria.level),
                    plan.level_id(hazard.default_level)));
  }
  const ClauseSpace space(plan, hazard, hazard.criteria);
  find_hidden(plan, space, findings);
  lint_ranges(plan, space, base::said("level {0}", "{0}级", plan.level_id(hazard.default_level)), findings);
  find_falls(plan, space, hazard.default_level, findings);

  const ClauseSpace grades(plan, hazard, hazard.grades);
  find_hidden(plan, grades, findings);
  lint_ranges(plan, grades, base::said("no grade", "不定级"), findings);
  find_falls(plan, grades, model::kNoLevel, findings);
}

}  // namespace tocsin::plan
