#include "directory/roster/coverage.h"

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>

namespace tocsin::roster {
namespace {

// What is looked at once: the same people, the same number of them, the same place.
struct Question {
  std::vector<model::Selector> to;
  model::AreaId where;
  std::size_t enough = 0;
  bool everybody = false;
  auto operator<=>(const Question&) const = default;
};

using Minutes = std::chrono::minutes;

void join(Shortfall& range, const Shortfall& next) {
  range.span.to = std::max(range.span.to, next.span.to);
  // The worst moment is the one at which most are missing.
  if (next.needed - next.fewest > range.needed - range.fewest) {
    range.needed = next.needed;
    range.fewest = next.fewest;
  }
  for (const Gap& gap : next.gaps) {
    if (std::find(range.gaps.begin(), range.gaps.end(), gap) == range.gaps.end()) range.gaps.push_back(gap);
  }
}

std::vector<Shortfall> look(const Question& question, const ReachSource& source, const Span& span) {
  std::vector<Shortfall> found;
  auto moments = source.changes(question.to, question.where, span);
  moments.push_back(span.from);
  std::sort(moments.begin(), moments.end());
  moments.erase(std::unique(moments.begin(), moments.end()), moments.end());
  const auto most = question.everybody ? std::numeric_limits<std::size_t>::max() : question.enough;
  for (std::size_t i = 0; i < moments.size(); ++i) {
    if (!span.contains(moments[i])) continue;
    auto reach = source.reach(question.to, question.where, moments[i], most);
    const auto needed = question.everybody ? std::max(question.enough, reach.named) : question.enough;
    if (reach.reached >= needed) continue;
    const auto end = i + 1 < moments.size() ? std::min(moments[i + 1], span.to) : span.to;
    Shortfall next{{},     question.where, {std::chrono::floor<Minutes>(moments[i]), std::chrono::ceil<Minutes>(end)},
                   needed, reach.reached,  std::move(reach.gaps)};
    if (!found.empty() && found.back().span.to >= next.span.from) {
      join(found.back(), next);
    } else {
      found.push_back(std::move(next));
    }
  }
  return found;
}

}  // namespace

std::string_view name_of(Why why) {
  switch (why) {
    case Why::kNobodyOnDuty: return "nobody-on-duty";
    case Why::kOnLeave: return "on-leave";
    case Why::kNoContact: return "no-contact";
    case Why::kVacant: break;
  }
  return "vacant";
}

std::vector<Shortfall> uncovered(std::span<const StepToCover> steps, const ReachSource& source, const Span& span) {
  std::vector<Shortfall> all;
  if (span.empty()) return all;
  std::map<Question, std::vector<std::size_t>> questions;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const StepToCover& step = steps[i];
    if (step.enough == 0 && !step.everybody) continue;
    const auto ask = [&](model::AreaId where) {
      auto& who_asks = questions[{step.to, where, step.enough, step.everybody}];
      if (who_asks.empty() || who_asks.back() != i) who_asks.push_back(i);
    };
    if (step.places.empty()) ask({});
    for (const model::AreaId where : step.places) ask(where);
  }
  for (const auto& asked : questions) {
    for (Shortfall& range : look(asked.first, source, span)) {
      range.steps = asked.second;
      all.push_back(std::move(range));
    }
  }
  std::sort(all.begin(), all.end(), [](const Shortfall& a, const Shortfall& b) {
    return std::tie(a.span.from, a.where, a.steps.front()) < std::tie(b.span.from, b.where, b.steps.front());
  });
  return all;
}

}  // namespace tocsin::roster
