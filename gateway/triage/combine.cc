#include "gateway/triage/combine.h"

#include <limits>

namespace tocsin::triage {
namespace {

using plan::Attribute;
using plan::Combine;
using plan::Worse;

// Is `b` worse than `a`?  Quantities and flags are ordered; a choice is not, the newer one holds.
bool is_worse(const Attribute& attribute, const model::FactValue& a, const model::FactValue& b) {
  if (attribute.worse == Worse::kLower) return b < a;
  return a < b;
}

bool newer_holds(const Attribute& attribute, const model::PlacedFact& known, const model::PlacedFact& said) {
  return attribute.combine == Combine::kLatest || attribute.type == plan::AttributeType::kChoice ||
         known.value.index() != said.value.index();
}

// Of two that are equally old, the one said second.
const model::PlacedFact& prevailing(const Attribute& attribute, const model::PlacedFact& known,
                                    const model::PlacedFact& said) {
  if (newer_holds(attribute, known, said)) return said.at >= known.at ? said : known;
  return is_worse(attribute, known.value, said.value) ? said : known;
}

model::FactValue plus(const model::FactValue& a, const model::FactValue& b) {
  const auto* x = std::get_if<model::Quantity>(&a);
  const auto* y = std::get_if<model::Quantity>(&b);
  if (x == nullptr || y == nullptr) return a;
  constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
  if (y->thousandths > 0 && x->thousandths > kMost - y->thousandths) return model::Quantity{kMost};
  return model::Quantity{x->thousandths + y->thousandths};
}

}  // namespace

model::FactValue at_one_place(const Attribute& attribute, const model::PlacedFact& known,
                              const model::PlacedFact& said) {
  return prevailing(attribute, known, said).value;
}

Combined combine(const plan::Plan& plan, std::span<const model::PlacedFact> known) {
  Combined combined;
  std::map<std::string_view, const model::PlacedFact*> prevails;
  for (const auto& fact : known) {
    const auto* attribute = plan.attribute(fact.attribute);
    if (attribute == nullptr) continue;  // the incident's own plan has them all
    auto [entry, first] = prevails.try_emplace(fact.attribute, &fact);
    if (!first) entry->second = &prevailing(*attribute, *entry->second, fact);

    if (attribute->combine != Combine::kSumByPlace) continue;
    auto [sum, first_place] = combined.with_sums.try_emplace(fact.attribute, fact.value);
    if (!first_place) sum->second = plus(sum->second, fact.value);
  }
  for (const auto& [name, fact] : prevails) {
    combined.facts.emplace(name, fact->value);
    combined.with_sums.try_emplace(std::string(name), fact->value);
  }
  return combined;
}

}  // namespace tocsin::triage
