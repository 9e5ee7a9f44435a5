// What a rehearsal costs: ten thousand people told, silent to the end of their ladders, or answering.
#include <benchmark/benchmark.h>

#include "bench/town.h"
#include "directory/import.h"
#include "directory/snapshot.h"
#include "gateway/rehearse/show.h"
#include "gateway/rehearse/simulate.h"

namespace tocsin {
namespace {

using namespace std::chrono_literals;

constexpr int kPeople = 10000;

struct Rehearsed {
  plan::Plan plan;
  std::shared_ptr<const directory::Snapshot> roster;
  std::vector<plan::CaseEvent> course;
};

// The town's fire, whose one step tells everybody; here it asks half of them to come, over three rungs.
const Rehearsed& the_town() {
  static const Rehearsed made = [] {
    auto town = bench::make_town(kPeople);
    std::int64_t next_id = 1;
    directory::number_rows(town.tables, {}, next_id);
    Rehearsed r{*town.plan, std::make_shared<directory::Snapshot>(std::move(town.tables), 1), {}};
    plan::Ladder ladder;
    ladder.name = "bench";
    for (const auto channel : {model::Channel::kSms, model::Channel::kSms, model::Channel::kDeskCall})
      ladder.rungs.push_back({channel, 5min, std::nullopt});
    r.plan.ladders.push_back(ladder);
    for (auto& response : r.plan.responses) {
      if (response.kind != model::HazardKind::kFire) continue;
      for (auto& step : response.steps) {
        step.ladder = static_cast<int>(r.plan.ladders.size()) - 1;
        step.needs = model::AnswerKind::kComing;
        step.enough = kPeople / 2;
      }
    }
    plan::CaseReport fire;
    fire.kind = model::HazardKind::kFire;
    fire.area = bench::area_code(0);
    r.course.push_back({0s, fire});
    return r;
  }();
  return made;
}

void simulate(benchmark::State& state, bool silent) {
  const auto& town = the_town();
  rehearse::Options options;
  if (!silent) options.silent.emplace();
  const auto at = base::parse_rfc3339("2026-11-22T02:00:00Z").value();
  for (auto _ : state) {
    const auto r = rehearse::rehearse_course(town.plan, *town.roster, town.course, at, options);
    if (r.people.size() < kPeople) state.SkipWithError("somebody was not told");
    benchmark::DoNotOptimize(r.people.data());
  }
}
void simulate_in_silence(benchmark::State& state) {
  simulate(state, true);
}
void simulate_with_answers(benchmark::State& state) {
  simulate(state, false);
}
BENCHMARK(simulate_in_silence)->Unit(benchmark::kMillisecond);
BENCHMARK(simulate_with_answers)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace tocsin
