#include "tests/simulation/check_actions.h"

#include "tests/simulation/people_actions.h"

namespace tocsin::simulation {

void perhaps_check_action(Driver& d) {
  auto& chance = d.check_chance;
  if (!chance.one_in(12)) return;
  const auto admin = as(d, model::Role::kAdmin, "office");
  const bool stops = chance.one_in(4);
  d.note(stops ? "the contact check is stopped" : "a contact check is begun");
  const auto then = [&d](const model::CommandResult& result) { d.note("  contact check: " + word_of(result)); };
  if (stops) return d.submit(model::StopContactCheck{admin}, then);
  d.submit(model::StartContactCheck{admin}, then);
}

}  // namespace tocsin::simulation
