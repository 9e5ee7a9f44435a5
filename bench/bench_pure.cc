// What the pure rules cost: classify, next_rung, step_state, understand, compose.  On the plan that unit tests use.
#include <benchmark/benchmark.h>

#include <cstdlib>

#include "gateway/callout/compose.h"
#include "gateway/callout/next_rung.h"
#include "gateway/callout/step_state.h"
#include "gateway/triage/classify.h"
#include "gateway/triage/understand.h"
#include "tests/support/a_ladder.h"
#include "tests/support/a_plan.h"
#include "tests/support/a_reach.h"
#include "tests/support/an_alert.h"

namespace tocsin {
namespace {

using model::HazardKind;

const plan::PlanPtr& the_plan() {
  static const plan::PlanPtr plan = support::a_plan().shared();
  return plan;
}

model::Facts some_facts() {
  model::Facts facts;
  facts["serious"] = model::FactValue{model::Quantity::whole(2)};
  facts["spreading"] = model::FactValue{true};
  return facts;
}

void classify(benchmark::State& state) {
  const auto facts = some_facts();
  for (auto _ : state) benchmark::DoNotOptimize(triage::classify(*the_plan(), HazardKind::kFire, facts, "zh"));
}
BENCHMARK(classify);

// 200 areas, as a sub-district has; a text of 70 characters, as one SMS holds.
void understand(benchmark::State& state) {
  std::vector<model::AreaInfo> areas;
  for (int i = 1; i <= 200; ++i) {
    model::AreaInfo area;
    area.id = {i};
    area.code = "area-" + std::to_string(i);
    area.name = "东湖" + std::to_string(i) + "社区";
    areas.push_back(std::move(area));
  }
  const triage::Vocabulary vocabulary(the_plan(), areas);
  const std::string text =
      "东湖17社区三号楼四层着火，火势正在蔓延，重伤两人，三人被困，请马上派人来，我在楼下东门等消防车，楼道里烟很大，老"
      "人还没有下来，电话打不通了，屋里还有煤气罐，怕要爆炸";
  for (auto _ : state) benchmark::DoNotOptimize(vocabulary.read_report(text));
}
BENCHMARK(understand);

void read_answer(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(triage::read_answer("2 107"));
}
BENCHMARK(read_answer);

model::Delivery handed_over_at(base::UtcTime at) {
  model::Delivery d;
  d.id = {1};
  d.alert = {1};
  d.contact = {1};
  d.cause = model::Reason::kFirstRung;
  d.state = model::DeliveryState::kAccepted;
  d.handed_over_at = at;
  return d;
}

void next_rung_first(benchmark::State& state) {
  const auto ladder = support::a_ladder({{support::sms, std::chrono::minutes(5)}});
  auto somebody = support::somebody();
  const model::Alert alert = support::an_alert();
  for (auto _ : state) {
    benchmark::DoNotOptimize(callout::next_rung(alert, ladder, somebody.get(), {}, support::noon));
  }
}
BENCHMARK(next_rung_first);

void next_rung_waiting(benchmark::State& state) {
  const auto ladder = support::a_ladder({{support::sms, std::chrono::minutes(5)}});
  auto somebody = support::somebody();
  const model::Alert alert = support::an_alert();
  const std::vector tried{handed_over_at(support::noon)};
  for (auto _ : state) {
    benchmark::DoNotOptimize(callout::next_rung(alert, ladder, somebody.get(), tried, support::noon));
  }
}
BENCHMARK(next_rung_waiting);

void step_state(benchmark::State& state) {
  model::Step step;
  step.id = {1};
  step.state = model::StepState::kRunning;
  step.total = step.entered = step.counters.recipients = 10000;
  step.counters.open = 9000;
  step.needed = 1;
  step.needs = model::AnswerKind::kComing;
  step.started_at = step.last_first_rung_at = support::noon;
  const auto rules = support::a_step("command", {"post:commander"});
  for (auto _ : state) benchmark::DoNotOptimize(callout::step_state(step, rules, support::noon));
}
BENCHMARK(step_state);

void compose(benchmark::State& state) {
  const auto facts = some_facts();
  model::Incident incident;
  incident.code = 107;
  incident.kind = HazardKind::kFire;
  incident.level = support::level_III;
  incident.level_id = "III";
  incident.place = "3号楼";
  callout::Occasion occasion;
  occasion.plan = the_plan().get();
  occasion.incident = &incident;
  occasion.facts = &facts;
  occasion.area_name = "青石街道 / 东湖社区";
  occasion.opened_local = "14:32";
  for (auto _ : state) {
    benchmark::DoNotOptimize(callout::compose(occasion, "alert", "zh", model::Channel::kSms));
  }
}
BENCHMARK(compose);

}  // namespace
}  // namespace tocsin
