#include "gateway/app/coverage_desk.h"

#include <chrono>
#include <optional>
#include <utility>

#include "gateway/app/plan_coverage.h"
#include "gateway/base/local_time.h"

namespace tocsin::app {
namespace {

std::future<base::Result<std::string>> at_once(base::Result<std::string> answer) {
  std::promise<base::Result<std::string>> promise;
  promise.set_value(std::move(answer));
  return promise.get_future();
}

}  // namespace

std::future<base::Result<std::string>> CoverageDesk::ask(plan::PlanPtr plan, ports::RosterPtr roster,
                                                         base::UtcTime from, int days) {
  const auto people = std::dynamic_pointer_cast<const directory::Snapshot>(std::move(roster));
  if (!people) {
    return at_once(base::Error{base::ErrorCode::kNotFound, "this office keeps no directory to work with", {}});
  }
  const auto begin = base::midnight_before(from, plan->time_zone);
  const auto known = counted_.with([&](const auto& all) -> std::optional<std::string> {
    for (const Counted& one : all) {
      if (one.digest == plan->digest && one.version == people->version() && one.from == begin && one.days == days) {
        return one.json;
      }
    }
    return std::nullopt;
  });
  if (known) return at_once(*known);
  return thread_.run([this, plan, people, begin, days]() -> base::Result<std::string> {
    const auto found = cover(*plan, *people, {begin, begin + std::chrono::hours(24) * days});
    auto json = coverage_json(found, *people);
    counted_.with([&](auto& all) {
      all.push_front({plan->digest, people->version(), begin, days, json});
      if (all.size() > kRemembered) all.pop_back();
    });
    return json;
  });
}

}  // namespace tocsin::app
