// The desk's cheap look at everything, put together: dangers, who is on duty, links, what waits.
//
// Any thread; a few milliseconds, more while thousands are being called: DeskMemory remembers it.
#pragma once

#include <string>
#include <vector>

#include "gateway/app/desk_memory.h"
#include "gateway/model/desk_view.h"
#include "gateway/plan/plan.h"
#include "gateway/ports/queries.h"
#include "gateway/ports/roster.h"

namespace tocsin::app {

// The duties that the plan calls, in order, and who has them now.
[[nodiscard]] std::vector<model::DutyNow> who_is_on_duty(const plan::Plan& plan, const ports::Roster& roster,
                                                         base::UtcTime now);
[[nodiscard]] std::vector<model::Danger> nobody_on_duty(const std::vector<model::DutyNow>& on_duty);
// Too little room is left where the database lies; empty: there is enough, or nobody knows.
[[nodiscard]] std::vector<model::Danger> disk_filling(const std::string& database);

struct LookParts {
  const ports::Queries* queries = nullptr;
  const DeskMemory* memory = nullptr;
  plan::PlanPtr plan;
  ports::RosterPtr roster;
  std::string database;
  std::int64_t last_seq = 0;
  base::UtcTime now{};
  std::vector<model::Danger> dangers;  // those known without looking further
  std::vector<model::LinkLook> links;  // as the engine knows them, with their kinds
};
[[nodiscard]] base::Result<model::DeskLook> look_at_everything(LookParts parts);

}  // namespace tocsin::app
