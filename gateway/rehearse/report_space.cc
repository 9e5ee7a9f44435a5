#include "gateway/rehearse/report_space.h"

#include <algorithm>
#include <set>

#include "gateway/plan/clause_words.h"

namespace tocsin::rehearse {
namespace {

using base::said;
using base::Said;

// Where numbers change sides: every end of every range.
std::set<model::Quantity> edges_of(const std::string& attribute, const std::vector<const plan::Clause*>& clauses) {
  std::set<model::Quantity> edges;
  for (const auto* clause : clauses) {
    for (const auto& condition : clause->all) {
      const auto* range = std::get_if<plan::Range>(&condition.wanted);
      if (condition.attribute != attribute || range == nullptr) continue;
      if (range->from) edges.insert(*range->from);
      if (range->to) edges.insert(*range->to);
    }
  }
  edges.insert(model::Quantity{});  // nothing is below zero
  return edges;
}

void add_numbers(const std::set<model::Quantity>& edges, std::vector<Cell>& cells) {
  for (auto edge = edges.begin(); edge != edges.end(); ++edge) {
    const auto next = std::next(edge);
    plan::Range range{*edge, std::nullopt};
    if (next != edges.end()) range.to = *next;
    auto& cell = cells.emplace_back();
    cell.value.emplace().emplace<model::Quantity>(*edge);
    cell.range = range;
  }
}

std::vector<std::string> choices_of(const std::string& attribute, const std::vector<const plan::Plan*>& plans) {
  std::vector<std::string> all;
  for (const auto* plan : plans) {
    const auto* known = plan->attribute(attribute);
    if (known == nullptr) continue;
    for (const auto& choice : known->choices) {
      if (std::find(all.begin(), all.end(), choice) == all.end()) all.push_back(choice);
    }
  }
  return all;
}

Said number_cells(const plan::Plan& plan, const Axis& axis, const std::vector<bool>& wanted) {
  std::vector<Said> pieces;
  for (std::size_t i = 1; i < axis.cells.size(); ++i) {
    if (!wanted[i]) continue;
    plan::Range run = axis.cells[i].range;
    while (i + 1 < axis.cells.size() && wanted[i + 1]) run.to = axis.cells[++i].range.to;
    pieces.push_back(plan::in_words(plan, axis.attribute, run));
  }
  return plan::joined(pieces, {" or ", "或"});
}

Said axis_in_words(const plan::Plan& plan, const Axis& axis, const std::vector<bool>& wanted) {
  const auto name = plan::name_of_attribute(plan, axis.attribute);
  const auto known = std::count(wanted.begin() + 1, wanted.end(), true);
  if (known == 0) return said("{0} unknown", "{0}未知", name);
  if (static_cast<std::size_t>(known) + 1 == wanted.size()) return said("{0} known", "{0}已知", name);
  Said words;
  const auto& first = *axis.cells[1].value;
  if (std::holds_alternative<model::Quantity>(first)) {
    words = number_cells(plan, axis, wanted);
  } else if (std::holds_alternative<bool>(first)) {
    words = plan::in_words(plan, axis.attribute, static_cast<bool>(wanted[2]));
  } else {
    plan::AnyChoice choices;
    for (std::size_t i = 1; i < wanted.size(); ++i) {
      if (wanted[i]) choices.push_back(std::get<model::Choice>(*axis.cells[i].value).name);
    }
    words = plan::in_words(plan, axis.attribute, choices);
  }
  return wanted[0] ? said("{0} or unknown", "{0}或未知", words) : words;
}

}  // namespace

Axis axis_of(const std::string& attribute, const std::vector<const plan::Plan*>& plans,
             const std::vector<const plan::Clause*>& clauses) {
  Axis axis{attribute, {Cell{}}};
  const plan::Attribute* known = nullptr;
  for (const auto* plan : plans) known = known == nullptr ? plan->attribute(attribute) : known;
  const auto type = known == nullptr ? plan::AttributeType::kFlag : known->type;
  if (type == plan::AttributeType::kCount || type == plan::AttributeType::kMeasure) {
    add_numbers(edges_of(attribute, clauses), axis.cells);
  } else if (type == plan::AttributeType::kFlag) {
    for (const bool flag : {false, true}) axis.cells.emplace_back().value.emplace().emplace<bool>(flag);
  } else {
    for (const auto& choice : choices_of(attribute, plans)) {
      axis.cells.emplace_back().value.emplace().emplace<model::Choice>().name = choice;
    }
  }
  return axis;
}

std::vector<Region> joined_regions(std::vector<Region> regions) {
  const std::size_t axes = regions.empty() ? 0 : regions.front().size();
  for (bool joined = true; joined;) {
    joined = false;
    for (std::size_t axis = 0; axis < axes; ++axis) {
      // Regions equal but for this axis become one.
      std::map<Region, std::size_t> seen;
      std::vector<Region> kept;
      for (auto& region : regions) {
        auto rest = region;
        rest[axis].clear();
        const auto [found, fresh] = seen.try_emplace(std::move(rest), kept.size());
        if (fresh) {
          kept.push_back(std::move(region));
          continue;
        }
        joined = true;
        auto& cells = kept[found->second][axis];
        for (std::size_t i = 0; i < cells.size(); ++i) cells[i] = cells[i] || region[axis][i];
      }
      regions = std::move(kept);
    }
  }
  return regions;
}

Said in_words(const plan::Plan& plan, const std::vector<Axis>& axes, const Region& region) {
  std::vector<Said> parts;
  for (std::size_t i = 0; i < axes.size(); ++i) {
    if (std::find(region[i].begin(), region[i].end(), false) == region[i].end()) continue;
    parts.push_back(axis_in_words(plan, axes[i], region[i]));
  }
  return parts.empty() ? Said{"any report", "任何报告"} : plan::joined(parts, {" and ", "，且"});
}

}  // namespace tocsin::rehearse
