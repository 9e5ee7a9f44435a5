// What several reports say together: per attribute as the plan says (worse, max | sum_by_place | latest).
#pragma once

#include <span>

#include "gateway/model/report.h"
#include "gateway/plan/plan.h"

namespace tocsin::triage {

// The value to keep for one place after another report about it: the worse one, or the latest.
[[nodiscard]] model::FactValue at_one_place(const plan::Attribute& attribute, const model::PlacedFact& known,
                                            const model::PlacedFact& said);

struct Combined {
  model::Facts facts;      // sum_by_place attributes are the worst single place here
  model::Facts with_sums;  // ... and the sum over places here: if that alone classifies higher, the desk is asked
};
// `known` holds at most one entry per (attribute, area).
[[nodiscard]] Combined combine(const plan::Plan& plan, std::span<const model::PlacedFact> known);

}  // namespace tocsin::triage
