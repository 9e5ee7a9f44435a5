// Which reports get another level or another published grade.
#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "gateway/plan/clause_words.h"
#include "gateway/rehearse/diff_parts.h"
#include "gateway/rehearse/report_space.h"
#include "gateway/triage/classify.h"

namespace tocsin::rehearse {
namespace {

using base::said;
using base::Said;
using base::same;
using Table = std::vector<plan::Criteria> plan::Hazard::*;

// A clause as it works, without its name: the same text for `3` and `3..4`, for choices and conditions in any order.
std::string meaning_of(const plan::Plan& plan, model::LevelIndex level, const plan::Clause& clause) {
  std::set<std::string> conditions;
  for (const auto& condition : clause.all) {
    std::string text = condition.attribute + "=";
    if (const auto* range = std::get_if<plan::Range>(&condition.wanted)) {
      const bool from_zero = range->from && range->from->thousandths == 0 && range->to;
      text +=
          (range->from && !from_zero ? to_string(*range->from) : "") + ".." + (range->to ? to_string(*range->to) : "");
    } else if (const auto* flag = std::get_if<bool>(&condition.wanted)) {
      text += *flag ? "yes" : "no";
    } else {
      const auto& any = std::get<plan::AnyChoice>(condition.wanted);
      for (const auto& choice : std::set<std::string>(any.begin(), any.end())) text += choice + "|";
    }
    conditions.insert(std::move(text));
  }
  std::string all = plan.level_id(level);
  for (const auto& condition : conditions) all += " & " + condition;
  return all;
}

using ByMeaning = std::map<std::string, const plan::Clause*>;

ByMeaning meanings(const plan::Plan& plan, const std::vector<plan::Criteria>& table) {
  ByMeaning all;
  for (const auto& criteria : table) {
    for (const auto& clause : criteria.any) all.emplace(meaning_of(plan, criteria.level, clause), &clause);
  }
  return all;
}

std::set<std::string> attributes_of(const plan::Clause& clause) {
  std::set<std::string> names;
  for (const auto& condition : clause.all) names.insert(condition.attribute);
  return names;
}

// Clauses of one plan alone, put together where they share an attribute: only these groups can make a difference.
std::vector<std::set<std::string>> groups_of(const std::vector<const plan::Clause*>& changed) {
  std::vector<std::set<std::string>> groups;
  for (const auto* clause : changed) {
    auto group = attributes_of(*clause);
    for (auto it = groups.begin(); it != groups.end();) {
      const bool meets =
          std::any_of(group.begin(), group.end(), [&](const std::string& name) { return it->count(name) != 0; });
      if (meets) group.insert(it->begin(), it->end());
      it = meets ? groups.erase(it) : std::next(it);
    }
    groups.push_back(std::move(group));
  }
  std::sort(groups.begin(), groups.end());
  return groups;
}

struct Outcome {
  std::string id, clause;
};

struct Compared {
  const plan::Plan& before;
  const plan::Plan& after;
  model::HazardKind kind;
  Table table;
  std::string what;                          // "level" or "grade"
  std::vector<const plan::Clause*> clauses;  // of both, for the edges

  [[nodiscard]] Outcome outcome(const plan::Plan& plan, const model::Facts& facts) const {
    const auto assessment = triage::classify(plan, kind, facts, plan.default_language());
    if (what == "grade") return {assessment.grade_id, assessment.grade_clause};
    return {assessment.level_id, assessment.clause};
  }
};

// Regions of one outcome, and the clauses that decide there.
struct Found {
  std::vector<Region> regions;
  std::vector<std::string> before_clauses, after_clauses;
};

void note(std::vector<std::string>& names, const std::string& name) {
  if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

Said outcome_in_words(const plan::Plan& plan, const std::string& id, std::vector<std::string> clauses,
                      const std::string& what) {
  if (id.empty()) return what == "grade" ? Said{"no grade", "不定级"} : Said{"unclassified", "未分级"};
  constexpr std::size_t kMostNamed = 3;
  const auto all = clauses.size();
  if (all > kMostNamed) clauses.resize(kMostNamed);
  std::string names;
  for (const auto& clause : clauses) names += (names.empty() ? "" : ", ") + clause;
  if (all > kMostNamed) names += ", ...";
  const auto level = plan.level_named(id);
  const auto name = level ? plan::name_of_level(plan, *level) : same(id);
  return said("{0} by {1}", "{0}（依据 {1}）", name, names);
}

void report(const Compared& compared, const std::vector<Axis>& axes, const std::pair<std::string, std::string>& ids,
            Found found, PlanDiff& out) {
  for (const auto& region : joined_regions(std::move(found.regions))) {
    Change change;
    change.what = compared.what;
    change.about = {std::string(model::name_of(compared.kind))};
    change.subject = in_words(compared.after, axes, region);
    change.before = outcome_in_words(compared.before, ids.first, found.before_clauses, compared.what);
    change.after = outcome_in_words(compared.after, ids.second, found.after_clauses, compared.what);
    change.was = ids.first;
    change.now = ids.second;
    const bool known =
        std::any_of(out.changes.begin(), out.changes.end(), [&](const Change& c) { return c == change; });
    if (!known) out.changes.push_back(std::move(change));
  }
}

// Classifies one report for each combination of cells.
void try_all(const Compared& compared, const std::vector<Axis>& axes, PlanDiff& out) {
  std::map<std::pair<std::string, std::string>, Found> found;
  std::vector<std::size_t> at(axes.size(), 0);
  for (bool more = true; more;) {
    model::Facts facts;
    for (std::size_t i = 0; i < axes.size(); ++i) {
      if (const auto& value = axes[i].cells[at[i]].value) facts.emplace(axes[i].attribute, *value);
    }
    const auto before = compared.outcome(compared.before, facts), after = compared.outcome(compared.after, facts);
    ++out.reports;
    if (before.id != after.id) {
      auto& here = found[{before.id, after.id}];
      Region region;
      for (std::size_t i = 0; i < axes.size(); ++i) {
        region.emplace_back(axes[i].cells.size(), false);
        region.back()[at[i]] = true;
      }
      here.regions.push_back(std::move(region));
      note(here.before_clauses, before.clause);
      note(here.after_clauses, after.clause);
    }
    more = false;
    for (std::size_t i = axes.size(); i-- > 0 && !more;) {
      at[i] = (at[i] + 1) % axes[i].cells.size();
      more = at[i] != 0;
    }
  }
  for (auto& [ids, here] : found) report(compared, axes, ids, std::move(here), out);
}

std::vector<Axis> axes_of(const Compared& compared, const std::set<std::string>& group) {
  std::vector<Axis> axes;
  for (const auto& attribute : group) {
    axes.push_back(axis_of(attribute, {&compared.before, &compared.after}, compared.clauses));
  }
  return axes;
}

std::size_t size_of(const std::vector<Axis>& axes, std::size_t most) {
  std::size_t size = 1;
  for (const auto& axis : axes) {
    size *= axis.cells.size();
    if (size > most) return most + 1;
  }
  return size;
}

Said hazard_name(const Compared& compared) {
  return plan::name_of(compared.after, *compared.after.hazard(compared.kind));
}

// Where there are too many combinations, each clause's own; what is not tried is named.
void try_group(const Compared& compared, const std::set<std::string>& group,
               const std::vector<const plan::Clause*>& changed, std::size_t most, PlanDiff& out) {
  const auto axes = axes_of(compared, group);
  if (size_of(axes, most) <= most) return try_all(compared, axes, out);
  const auto names = base::listed({group.begin(), group.end()});
  out.left_out.push_back(said("{0}: all combinations of {1} are more than {2}; tried as they stand in one clause",
                              "{0}：{1}的全部组合超过{2}种，只试了同一条款内的组合", hazard_name(compared), names,
                              most));
  std::set<std::set<std::string>> tried;
  for (const auto* clause : changed) {
    const auto own = attributes_of(*clause);
    if (group.count(own.empty() ? "" : *own.begin()) == 0 || !tried.insert(own).second) continue;
    const auto own_axes = axes_of(compared, own);
    if (size_of(own_axes, most) <= most) {
      try_all(compared, own_axes, out);
    } else {
      out.left_out.push_back(said("{0}: clause {1} has too many combinations of its own", "{0}：条款{1}自身的组合过多",
                                  hazard_name(compared), clause->name));
    }
  }
}

void compare(const Compared& compared, const std::vector<const plan::Clause*>& changed, std::size_t most,
             PlanDiff& out) {
  try_all(compared, {}, out);  // nothing known: the default
  for (const auto& group : groups_of(changed)) {
    if (!group.empty()) try_group(compared, group, changed, most, out);
  }
}

}  // namespace

void diff_levels(const plan::Plan& before, const plan::Plan& after, model::HazardKind kind, const DiffOptions& options,
                 PlanDiff& out) {
  const auto& old_hazard = *before.hazard(kind);
  const auto& new_hazard = *after.hazard(kind);
  for (const Table table : {&plan::Hazard::criteria, &plan::Hazard::grades}) {
    const bool levels = table == &plan::Hazard::criteria;
    const auto was = meanings(before, old_hazard.*table), is = meanings(after, new_hazard.*table);
    Compared compared{before, after, kind, table, levels ? "level" : "grade", {}};
    std::vector<const plan::Clause*> changed;
    for (const auto& [meaning, clause] : was) {
      compared.clauses.push_back(clause);
      if (is.count(meaning) == 0) changed.push_back(clause);
    }
    for (const auto& [meaning, clause] : is) {
      compared.clauses.push_back(clause);
      if (was.count(meaning) == 0) changed.push_back(clause);
    }
    const bool same_default = before.level_id(old_hazard.default_level) == after.level_id(new_hazard.default_level);
    if (!changed.empty() || (levels && !same_default)) compare(compared, changed, options.most_reports, out);
  }
}

}  // namespace tocsin::rehearse
