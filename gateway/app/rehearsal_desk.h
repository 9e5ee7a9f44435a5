// What would happen under a plan, and what differs between two, for whoever asks the office: worked out on a thread of
// its own, one at a time, against the directory in force.  Nothing is sent, nothing is changed.
#pragma once

#include <functional>
#include <future>
#include <string>

#include "gateway/app/loaded_directory.h"
#include "gateway/app/one_at_a_time.h"
#include "gateway/base/result.h"
#include "gateway/plan/plan.h"
#include "gateway/ports/plan_rehearsal.h"
#include "gateway/ports/queries.h"
#include "gateway/ports/roster.h"

namespace tocsin::app {

// `report` gets the kind that `hazard` names, and its area by its code.  kInvalid, with the nearest name: the plan has
// no such hazard, the directory no such area, or the facts are not of that hazard.  Pure; any thread.
[[nodiscard]] base::Status fit_report(const plan::Plan& plan, const ports::Roster& roster, const std::string& hazard,
                                      plan::CaseReport& report);

// Any thread.
class RehearsalDesk {
 public:
  struct Office {  // all outlive the desk; any thread
    std::function<plan::PlanPtr()> plan;
    std::function<ports::RosterPtr()> roster;
    std::function<base::Result<LoadedDirectory>()> directory;  // asked when somebody is taken to be on leave
    const ports::Queries* queries = nullptr;
    const base::Clock* clock = nullptr;
    unsigned links_for = 0;  // the channels that some link serves
  };
  explicit RehearsalDesk(Office office) : office_(std::move(office)) {}

  // FrontDoor::simulate_plan(), compare_plans().
  [[nodiscard]] std::future<base::Result<ports::PlanLookedAt>> simulate(ports::RehearsalWish wish);
  [[nodiscard]] std::future<base::Result<ports::PlanLookedAt>> compare(ports::ComparisonWish wish);

 private:
  // The plan; none when `refused` says why its text is none.
  [[nodiscard]] base::Result<plan::PlanPtr> read(const ports::PlanWanted& wanted, const std::string& name,
                                                 ports::PlanLookedAt& refused) const;
  [[nodiscard]] base::Result<ports::PlanLookedAt> simulate_now(const ports::RehearsalWish& wish) const;
  [[nodiscard]] base::Result<ports::PlanLookedAt> compare_now(const ports::ComparisonWish& wish) const;

  const Office office_;
  OneAtATime<ports::PlanLookedAt> thread_{"another plan is being worked out: ask again in a moment",
                                          "there is no thread to work it out on: ask again in a moment"};  // last
};

}  // namespace tocsin::app
