#include "gateway/rehearse/moments.h"

#include <algorithm>
#include <map>
#include <set>

#include "gateway/plan/clause_words.h"
#include "gateway/plan/hours.h"

namespace tocsin::rehearse {
namespace {

using base::said;
using base::Said;
using Minutes = std::chrono::minutes;

constexpr int kDay = 24 * 60;
constexpr int kMorning = 7 * 60, kNight = 22 * 60;
constexpr int kDaysLooked = 14, kDaysOfCalendar = 366, kMostSpecialDays = 30;

std::set<int> ladders_of(const plan::Plan& plan, const plan::Response& response) {
  std::set<int> ladders;
  for (const auto& step : response.steps) {
    if (step.ladder >= 0 && !plan.ladders[static_cast<std::size_t>(step.ladder)].hours.empty()) {
      ladders.insert(step.ladder);
    }
  }
  return ladders;
}

void add_edges(const plan::Plan& plan, const std::set<int>& ladders, std::set<int>& edges) {
  for (const int ladder : ladders) {
    for (const auto& hours : plan.ladders[static_cast<std::size_t>(ladder)].hours) {
      edges.insert(hours.hours.from_minute);
      edges.insert(hours.hours.to_minute);
    }
  }
}

// The moment of that minute of that day of the office; empty when a change of the clocks skips it.
std::optional<base::UtcTime> moment_at(const plan::Plan& plan, base::UtcTime near, std::int32_t day, int minute) {
  auto at = std::chrono::floor<Minutes>(near);
  for (int attempt = 0; attempt < 3; ++attempt) {
    const auto office = plan::office_moment(at, plan);
    const auto off = Minutes{(day - office.day) * kDay + minute - office.minute};
    if (off == Minutes{0}) return at;
    at += off;
  }
  return std::nullopt;
}

std::vector<std::int32_t> days_looked_at(const plan::Plan& before, const plan::Plan& after, std::int32_t first,
                                         bool hours) {
  std::vector<std::int32_t> days;
  for (std::int32_t day = first; day < first + kDaysLooked; ++day) days.push_back(day);
  int special = 0;
  for (std::int32_t day = first + kDaysLooked; hours && day < first + kDaysOfCalendar; ++day) {
    if (plan::is_rest(before.calendar, day) == plan::is_rest(after.calendar, day)) continue;
    if (++special > kMostSpecialDays) break;
    days.push_back(day);
  }
  return days;
}

std::string date_of(std::int32_t day) {
  return base::to_rfc3339(base::UtcTime{std::chrono::hours{24} * static_cast<std::int64_t>(day)}).substr(0, 10);
}

using Days = std::set<std::int32_t>;

Said in_words(const Days& days, const Days& all, const Days& rest) {
  if (days == all) return {"every day", "每天"};
  Days working;
  std::set_difference(all.begin(), all.end(), rest.begin(), rest.end(), std::inserter(working, working.end()));
  if (days == working) return {"working days", "工作日"};
  if (days == rest) return {"days of rest", "休息日"};
  constexpr std::size_t kMostNamed = 4;
  std::vector<std::string> names;
  for (const auto day : days) {
    if (names.size() == kMostNamed) break;
    names.push_back(date_of(day));
  }
  if (days.size() > kMostNamed) names.emplace_back("...");
  return base::listed(names);
}

// One stretch over midnight instead of two halves of it.
void join_over_midnight(std::map<std::pair<int, int>, Days>& stretches) {
  for (auto late = stretches.begin(); late != stretches.end(); ++late) {
    if (late->first.second != kDay || late->first.first == 0) continue;
    for (auto early = stretches.begin(); early != stretches.end(); ++early) {
      if (early->first.first != 0 || early->first.second == kDay || early->second != late->second) continue;
      const std::pair<int, int> joined{late->first.first, early->first.second};
      auto days = std::move(late->second);
      stretches.erase(late);
      stretches.erase(early);
      stretches.emplace(joined, std::move(days));
      return;
    }
  }
}

}  // namespace

std::vector<Moment> moments_of(const plan::Plan& before, const plan::Plan& after, const plan::Response& old_response,
                               const plan::Response& new_response, base::UtcTime from, bool of_duty) {
  const auto old_ladders = ladders_of(before, old_response), new_ladders = ladders_of(after, new_response);
  std::set<int> edges{0};
  add_edges(before, old_ladders, edges);
  add_edges(after, new_ladders, edges);
  if (of_duty) edges.insert({kMorning, kNight});
  const auto first = plan::office_moment(from, after);
  const bool hours = !old_ladders.empty() || !new_ladders.empty();

  std::vector<Moment> moments;
  std::map<std::vector<int>, std::size_t> seen;
  for (const auto day : days_looked_at(before, after, first.day, hours)) {
    for (auto edge = edges.begin(); edge != edges.end(); ++edge) {
      const auto near = from + std::chrono::hours{24} * static_cast<std::int64_t>(day - first.day);
      const auto at = moment_at(after, near, day, *edge);
      if (!at) continue;
      const bool rest = plan::is_rest(after.calendar, day);
      std::vector<int> key;
      for (const int ladder : old_ladders) key.push_back(plan::ladder_at(before, ladder, *at));
      for (const int ladder : new_ladders) key.push_back(plan::ladder_at(after, ladder, *at));
      if (of_duty) {
        key.push_back(rest ? 1 : 0);
        key.push_back(*edge >= kMorning && *edge < kNight ? 1 : 0);
      }
      const auto [found, fresh] = seen.try_emplace(std::move(key), moments.size());
      if (fresh) moments.push_back({*at, {}});
      const auto next = std::next(edge);
      moments[found->second].bands.push_back({day, rest, *edge, next == edges.end() ? kDay : *next});
    }
  }
  return moments;
}

Said in_words(const std::vector<Moment>& all, const std::vector<std::size_t>& which) {
  if (which.size() >= all.size()) return {};
  Days every, rest;
  for (const auto& moment : all) {
    for (const auto& band : moment.bands) {
      every.insert(band.day);
      if (band.rest) rest.insert(band.day);
    }
  }
  std::map<std::int32_t, std::vector<std::pair<int, int>>> by_day;
  for (const auto index : which) {
    for (const auto& band : all[index].bands) by_day[band.day].emplace_back(band.from_minute, band.to_minute);
  }
  std::map<std::pair<int, int>, Days> stretches;
  for (auto& [day, bands] : by_day) {
    std::sort(bands.begin(), bands.end());
    std::pair<int, int> open = bands.front();
    for (const auto& band : bands) {
      if (band.first > open.second) {
        stretches[open].insert(day);
        open = band;
      }
      open.second = std::max(open.second, band.second);
    }
    stretches[open].insert(day);
  }
  join_over_midnight(stretches);
  std::vector<Said> parts;
  for (const auto& [stretch, days] : stretches) {
    const auto on = in_words(days, every, rest);
    parts.push_back(stretch == std::pair{0, kDay}
                        ? said("{0}", "{0}", on)
                        : said("{0} {1}-{2}", "{0}{1}至{2}", on, plan::clock_text(stretch.first),
                               plan::clock_text(stretch.second)));
  }
  return plan::joined(parts, {", ", "、"});
}

}  // namespace tocsin::rehearse
