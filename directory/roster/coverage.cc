#include "directory/roster/coverage.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <unordered_map>

namespace tocsin::roster {
namespace {

// The same people at the same place: followed once.
struct Whom {
  std::vector<model::Selector> to;
  model::AreaId where;
  auto operator<=>(const Whom&) const = default;
};
// How many of them: looked at once, however many steps ask it.
struct HowMany {
  std::size_t enough = 0;
  bool everybody = false;
  auto operator<=>(const HowMany&) const = default;
};

using Minutes = std::chrono::minutes;

// A stretch in which fewer than needed are reached, to the microsecond.
struct Short {
  Span span;
  std::size_t needed = 0, reached = 0;
  std::size_t range = 0;  // of minutes, that it is told in
};

// Who is told and who of them is reached, person by person, as time goes on.
class Count {
 public:
  void add(const Told& told, int by) {
    Times& times = people_[told.person];
    const bool was_named = times.told > 0, was_reached = times.reached > 0;
    times.told += by;
    if (told.reached) times.reached += by;
    named += static_cast<std::size_t>(times.told > 0) - static_cast<std::size_t>(was_named);
    reached += static_cast<std::size_t>(times.reached > 0) - static_cast<std::size_t>(was_reached);
  }
  std::size_t named = 0, reached = 0;

 private:
  struct Times {
    int told = 0, reached = 0;
  };
  std::unordered_map<model::PersonId, Times> people_;
};

struct Edge {
  base::UtcTime at;
  int by = 0;
  const Told* told = nullptr;
};

std::vector<Edge> edges_of(const Course& course, const Span& span) {
  std::vector<Edge> edges;
  edges.reserve(2 * course.told.size());
  for (const Told& told : course.told) {
    const Span within{std::max(told.span.from, span.from), std::min(told.span.to, span.to)};
    if (within.empty()) continue;
    edges.push_back({within.from, 1, &told});
    if (within.to < span.to) edges.push_back({within.to, -1, &told});
  }
  std::sort(edges.begin(), edges.end(), [](const Edge& a, const Edge& b) { return a.at < b.at; });
  return edges;
}

// From there to the next one.
struct Moment {
  base::UtcTime at;
  std::size_t named = 0, reached = 0;
};

std::vector<Moment> moments_of(const Course& course, const Span& span) {
  std::vector<Moment> moments;
  const auto edges = edges_of(course, span);
  Count count;
  std::size_t next = 0;
  for (base::UtcTime at = span.from; at < span.to; at = next < edges.size() ? edges[next].at : span.to) {
    for (; next < edges.size() && edges[next].at == at; ++next) count.add(*edges[next].told, edges[next].by);
    moments.push_back({at, count.named, count.reached});
  }
  return moments;
}

std::vector<Short> shorts_of(const HowMany& asked, const std::vector<Moment>& moments, const Span& span) {
  std::vector<Short> shorts;
  for (std::size_t i = 0; i < moments.size(); ++i) {
    const Moment& now = moments[i];
    const auto needed = asked.everybody ? std::max(asked.enough, now.named) : asked.enough;
    const base::UtcTime end = i + 1 < moments.size() ? moments[i + 1].at : span.to;
    if (now.reached < needed) shorts.push_back({{now.at, end}, needed, now.reached, 0});
  }
  return shorts;
}

// Ranges of minutes that touch are one; each stretch learns which is its own.
std::vector<Shortfall> joined(std::vector<Short>& shorts, model::AreaId where) {
  std::vector<Shortfall> ranges;
  for (Short& one : shorts) {
    const Span minutes{std::chrono::floor<Minutes>(one.span.from), std::chrono::ceil<Minutes>(one.span.to)};
    if (ranges.empty() || ranges.back().span.to < minutes.from) {
      ranges.push_back({{}, where, minutes, one.needed, one.reached, {}});
    } else {
      Shortfall& range = ranges.back();
      range.span.to = std::max(range.span.to, minutes.to);
      // The worst moment is the one at which most are missing.
      if (one.needed - one.reached > range.needed - range.fewest) {
        range.needed = one.needed;
        range.fewest = one.reached;
      }
    }
    one.range = ranges.size() - 1;
  }
  return ranges;
}

// `missing` by beginning.
void add_gaps(std::vector<Shortfall>& ranges, const std::vector<Short>& shorts, const std::vector<Missing>& missing) {
  std::set<std::tuple<std::size_t, std::string_view, model::PersonId, Why>> told;
  for (const Missing& one : missing) {
    auto at = std::upper_bound(shorts.begin(), shorts.end(), one.span.from,
                               [](base::UtcTime t, const Short& s) { return t < s.span.to; });
    while (at != shorts.end() && at->span.from < one.span.to) {
      const std::size_t range = at->range;
      if (told.emplace(range, one.gap.what, one.gap.person, one.gap.why).second) ranges[range].gaps.push_back(one.gap);
      // On to the next range: of one that is short all the time there are thousands of stretches.
      at = std::upper_bound(at, shorts.end(), range, [](std::size_t r, const Short& s) { return r < s.range; });
    }
  }
}

void look(const Whom& whom, const std::map<HowMany, std::vector<std::size_t>>& asked, const ReachSource& source,
          const Span& span, std::vector<Shortfall>& all) {
  Course course = source.follow(whom.to, whom.where, span);
  const auto begin_of = [&](const Missing& one) { return std::max(one.span.from, span.from); };
  std::stable_sort(course.missing.begin(), course.missing.end(),
                   [&](const Missing& a, const Missing& b) { return begin_of(a) < begin_of(b); });
  const auto moments = moments_of(course, span);
  for (const auto& [how_many, steps] : asked) {
    auto shorts = shorts_of(how_many, moments, span);
    auto ranges = joined(shorts, whom.where);
    add_gaps(ranges, shorts, course.missing);
    for (Shortfall& range : ranges) {
      range.steps = steps;
      all.push_back(std::move(range));
    }
  }
}

}  // namespace

std::string_view name_of(Why why) {
  switch (why) {
    case Why::kNobodyOnDuty: return "nobody-on-duty";
    case Why::kOnLeave: return "on-leave";
    case Why::kNoContact: return "no-contact";
    case Why::kInDoubt: return "in-doubt";
    case Why::kRestsAtNight: return "rests-at-night";
    case Why::kVacant: break;
  }
  return "vacant";
}

std::vector<Shortfall> uncovered(std::span<const StepToCover> steps, const ReachSource& source, const Span& span) {
  std::vector<Shortfall> all;
  if (span.empty()) return all;
  std::map<Whom, std::map<HowMany, std::vector<std::size_t>>> questions;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const StepToCover& step = steps[i];
    if (step.enough == 0 && !step.everybody) continue;
    const auto ask = [&](model::AreaId where) {
      auto& who_asks = questions[{step.to, where}][{step.enough, step.everybody}];
      if (who_asks.empty() || who_asks.back() != i) who_asks.push_back(i);
    };
    if (step.places.empty()) ask({});
    for (const model::AreaId where : step.places) ask(where);
  }
  for (const auto& [whom, asked] : questions) look(whom, asked, source, span, all);
  std::sort(all.begin(), all.end(), [](const Shortfall& a, const Shortfall& b) {
    return std::tie(a.span.from, a.where, a.steps.front()) < std::tie(b.span.from, b.where, b.steps.front());
  });
  return all;
}

}  // namespace tocsin::roster
