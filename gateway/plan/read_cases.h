// The parts of [[case]]: what is reported, what happens then, what is expected.  Internal to gateway/plan.
#pragma once

#include "gateway/plan/reading.h"

namespace tocsin::plan {

// `what` names the report in findings: "the report of case \"fire at night\"".
[[nodiscard]] CaseReport read_case_report(const Node& node, const base::Said& what, Reading& reading);

// A selector, or "person:CODE"; reported when it is neither.
[[nodiscard]] std::optional<CaseWhom> read_whom(const Node& node, const base::Said& what, Reading& reading);

// What an expectation may name, gathered once for all cases.
struct KnownNames {
  std::vector<std::string> levels, clauses, steps, attributes;  // each sorted
};
[[nodiscard]] KnownNames known_names(const Plan& plan);
[[nodiscard]] CaseExpect read_expect(const Node& node, const KnownNames& known, const base::Said& what,
                                     Reading& reading);

}  // namespace tocsin::plan
