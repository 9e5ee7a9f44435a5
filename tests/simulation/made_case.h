// A plan, a directory and a course of events made up from one number: what the rehearsal and the engine are held
// against each other with.  The same number makes the same case on every machine.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "gateway/plan/plan.h"
#include "gateway/ports/roster.h"
#include "gateway/rehearse/simulate.h"
#include "tests/support/fake_roster.h"

namespace tocsin::simulation {

struct MadeCase {
  plan::PlanPtr plan;
  std::shared_ptr<support::FakeRoster> roster;
  base::UtcTime at{};
  std::vector<plan::CaseEvent> course;
  rehearse::Options options;
};

[[nodiscard]] MadeCase make_case(std::uint64_t number);

}  // namespace tocsin::simulation
