#include "gateway/engine/placed_facts.h"

#include <algorithm>

#include "gateway/triage/combine.h"

namespace tocsin::engine {

std::vector<model::PlacedFact> facts_said_by(const model::Report& report) {
  std::vector<model::PlacedFact> said;
  said.reserve(report.facts.size());
  for (const auto& [name, value] : report.facts) said.push_back({name, report.area, value, report.received_at});
  return said;
}

void add_facts(Core& core, const model::Incident& incident, const std::vector<model::PlacedFact>& said) {
  if (said.empty()) return;
  const auto& plan = core.plan_of(incident);
  auto known = core.store.placed_facts(incident.id);
  std::vector<bool> changed(known.size(), false);
  for (auto fact : said) {
    const auto* attribute = plan.attribute(fact.attribute);
    if (attribute == nullptr) continue;
    const auto at = std::find_if(known.begin(), known.end(), [&](const model::PlacedFact& k) {
      return k.attribute == fact.attribute && k.area == fact.area;
    });
    if (at == known.end()) {
      known.push_back(std::move(fact));
      changed.push_back(true);
      continue;
    }
    fact.value = triage::at_one_place(*attribute, *at, fact);
    *at = std::move(fact);
    changed[static_cast<std::size_t>(at - known.begin())] = true;
  }
  for (std::size_t i = 0; i < known.size(); ++i) {
    if (changed[i]) core.store.put_placed_fact(incident.id, known[i]);
  }
}

}  // namespace tocsin::engine
