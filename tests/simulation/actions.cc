#include "tests/simulation/actions.h"

#include <utility>

#include "tests/simulation/authority_actions.h"
#include "tests/simulation/check_actions.h"
#include "tests/simulation/directory_actions.h"
#include "tests/simulation/link_actions.h"
#include "tests/simulation/people_actions.h"
#include "tests/simulation/sign_in_actions.h"
#include "tests/simulation/stranger_actions.h"

namespace tocsin::simulation {
namespace {

using namespace std::chrono_literals;

// ---- the desk ----

void desk_does(Driver& d, const std::string& what, model::Command command) {
  d.note("desk: " + what);
  d.submit(std::move(command),
           [&d, what](const model::CommandResult& result) { d.note("  " + what + ": " + word_of(result)); });
}

void desk_call(Driver& d) {
  const auto sheet = d.ask().call_sheet(50);
  if (!sheet || sheet->empty()) return;
  const auto& line = d.any_of(*sheet);
  const auto outcome = static_cast<model::CallOutcome>(1 + d.below(6));
  desk_does(
      d,
      "phones person " + std::to_string(line.person.value) + ", outcome " + std::to_string(static_cast<int>(outcome)),
      model::RecordCall{desk(d), line.line, outcome, ""});
}

void desk_task(Driver& d) {
  const auto view = d.ask().incident(some_code(d), 1);
  if (!view || view->tasks.empty()) return;
  desk_does(d, "task done", model::CompleteTask{desk(d), d.any_of(view->tasks).id, "done"});
}

void desk_split(Driver& d) {
  const int code = some_code(d);
  const auto view = d.ask().incident(code, 1);
  if (!view || view->reports.empty()) return;
  model::SplitIncident split;
  split.by = desk(d);
  split.code = code;
  split.reports.push_back(d.any_of(view->reports).id);
  split.area = d.one_in(2) ? "hill" : "";
  desk_does(d, "splits " + std::to_string(code), split);
}

void desk_action(Driver& d) {
  constexpr const char* kLevels[] = {"IV", "III", "II", "I", "V"};
  const int code = some_code(d);
  const auto named = std::to_string(code);
  switch (d.below(11)) {
    case 0: return desk_does(d, "opens " + named, model::OpenIncident{desk(d), code});
    case 1:
    case 2: {
      const std::string level = d.any_of(kLevels);
      return desk_does(d, "level " + level + " for " + named,
                       model::SetLevel{desk(d), code, level, d.one_in(5) ? "" : "as seen"});
    }
    case 3: {
      const int into = some_code(d);
      return desk_does(d, "merges " + named + " and " + std::to_string(into),
                       model::MergeIncidents{desk(d), code, into});
    }
    case 4: return desk_split(d);
    case 5: return desk_does(d, "stands down " + named, some_end(d, code));
    case 6:
      return desk_does(d, "classifies " + named,
                       model::ClassifyIncident{desk(d), code, d.one_in(8) ? "flod" : "fire", some_facts(d, "fire"),
                                               d.one_in(2) ? "lake" : ""});
    case 7: return desk_task(d);
    default: return desk_call(d);
  }
}

// ---- time and the machine ----

void pass_time(Driver& d) {
  constexpr base::Duration kTimes[] = {200ms, 2s, 30s, 31s, 1min, 3min, 5min, 11min, 25min};
  const auto by = d.any_of(kTimes);
  d.note("time passes: " + base::to_string(by));
  d.advance(by);
}

// Long enough for what is kept for a month to go.
void close_for_long(Driver& d) {
  constexpr base::Duration kTimes[] = {26h, 15 * 24h, 31 * 24h};
  const auto by = d.any_of(kTimes);
  d.note("the office is closed for " + base::to_string(by));
  d.sleep(by);
}

void step_clock(Driver& d) {
  constexpr base::Duration kSteps[] = {-1h, -5min, -3s, 1s, 3s, 5min, 1h};
  const auto by = d.any_of(kSteps);
  d.note("the clock is set by " + std::to_string(by.count() / 1000000) + " s");
  d.world.clock.step_utc(by);
}

void break_disk(Driver& d) {
  const auto at = d.disk.steps() + 1 + d.below(60);
  switch (d.below(8)) {
    case 0: d.note("the disk will fail"); return d.disk.fail_at(at, db::Fault::kIoError, 1 + d.below(6));
    case 1: d.note("the disk will tear a write"); return d.disk.fail_at(at, db::Fault::kTorn, 1 + d.below(2));
    case 2: d.note("the disk will be full for a while"); return d.disk.fail_at(at, db::Fault::kFull, 1 + d.below(8));
    case 3: d.note("the disk is full"); return d.disk.set_disk_full(true);
    case 4: d.note("the disk heals"); return d.disk.heal();
    default: d.note("power will fail"); return d.disk.fail_at(at, db::Fault::kCrash);
  }
}

void machine(Driver& d) {
  if (!d.options.faults) return pass_time(d);
  switch (d.below(8)) {
    case 0: d.note("restart"); return d.restart();
    case 1: d.note("kill -9"); return d.crash(db::Survives::kAll);
    case 2: d.note("power fails, some sectors written"); return d.crash(db::Survives::kSome);
    case 3: d.note("the disk heals"); return d.disk.heal();
    default: return break_disk(d);
  }
}

// One of three plans, that in force among them; now and then one that must be refused.
void swap_plan(Driver& d) {
  if (d.one_in(6)) {
    d.note("a plan with a mistake");
    ports::PlanOffer offer;
    offer.by = as(d, model::Role::kAdmin, "office");
    offer.text = d.world.plan_text("wrong", "\n[nonsense]\n");
    if (d.world.judge(offer).may_stand) d.broken.emplace_back("plan: one with an error may stand");
    return;
  }
  const auto version = std::to_string(1 + d.below(3));
  d.note("plan " + version + " is offered");
  d.world.follow_plans();
  ports::PlanOffer offer;
  offer.by = as(d, model::Role::kAdmin, "office");
  offer.text = d.world.plan_text(version);
  auto judged = d.world.judge(offer);
  for (const auto& one : judged.findings) {
    if (one.standing == "in_the_way") offer.accept.push_back({one.finding.code, one.finding.where, "by chance"});
  }
  if (!offer.accept.empty()) judged = d.world.judge(offer);
  if (!judged.may_stand) return d.broken.push_back("plan: a good one may not stand: " + judged.why_not.en);
  d.submit(std::move(judged.command), [&d, version](const model::CommandResult& result) {
    d.note("  plan " + version + ": " + word_of(result));
    if (!result) return;
    const auto& swap = std::get<model::PlanTaken>(*result).swap;
    d.journal.plans.push_back({swap.number, swap.version});
  });
}

}  // namespace

void act(Driver& d) {
  perhaps_directory_action(d);
  perhaps_check_action(d);
  perhaps_stranger_action(d);
  const auto dice = d.below(100);
  if (d.one_in(25))
    photograph(d);
  else if (d.one_in(20))
    sign_in_action(d);
  else if (d.with_approvals && d.one_in(8))
    authority_action(d);
  else if (d.one_in(30))
    swap_plan(d);
  else if (d.one_in(100))
    close_for_long(d);
  else if (dice < 16)
    web_report(d);
  else if (dice < 22)
    sms_report(d);
  else if (dice < 38)
    sms_answer(d);
  else if (dice < 43)
    api_answer(d);
  else if (dice < 59)
    desk_action(d);
  else if (dice < 73)
    link_action(d);
  else if (dice < 87)
    pass_time(d);
  else if (dice < 89)
    step_clock(d);
  else
    machine(d);
  // Several things at one instant, or a process that dies between two batches.
  if (d.one_in(4)) return;
  if (d.one_in(5)) return d.pump_some(1);
  d.settle();
}

}  // namespace tocsin::simulation
