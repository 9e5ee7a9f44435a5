// Who may start a response and who may end it, and which of its steps wait for that word.
//
// Pure; any thread.  The rules are docs/guarantees.md, "Approval".
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gateway/model/alert.h"
#include "gateway/model/approval.h"
#include "gateway/model/incident.h"
#include "gateway/model/recipient.h"
#include "gateway/plan/plan.h"

namespace tocsin::callout {

struct Authority {
  bool may = false;
  model::PersonId stands_in_for;  // 0: on their own account
};

// `named`: whom the plan's selectors find at this moment, stand-ins of those on leave included.  `asked`: the person's
// alert of the approval, null when they were not asked; a deputy who was asked may decide as long as the approval is
// awaited, one who was asked on their own account only while the selectors find them.
[[nodiscard]] Authority authority_of(std::span<const model::Recipient> named, const model::Alert* asked,
                                     model::PersonId person);

// ---- which steps begin when ----
// A response without an approval holds nothing back.  With one, a step waits unless it saves lives (the step that asks
// for the approval does) or `ran_before`: it had begun under the call-out this one replaces, and is not stopped.
[[nodiscard]] bool is_held_back(const plan::Response& response, const plan::PlanStep& step,
                                std::span<const std::string> ran_before = {});

// Indexes of the steps that begin with the call-out, in order; all that start at once when there is no approval.
[[nodiscard]] std::vector<int> steps_at_start(const plan::Response& response,
                                              std::span<const std::string> ran_before = {});

// Indexes of the steps that begin when it was approved or its default starts it, in order: of those still waiting
// (`states`, by index) all that start at once, those that start when nobody opened the incident if `not_opened` (that
// time is over and nobody has), and those that `called_for` names (a short step's or an overdue task's `then`).
[[nodiscard]] std::vector<int> steps_on_approval(const plan::Response& response,
                                                 std::span<const model::StepState> states, bool not_opened,
                                                 std::span<const int> called_for);

// ---- ending ----
// The rule's conditions that `ticked` (names) leaves open, in the plan's order.
[[nodiscard]] std::vector<const plan::StandDownCondition*> open_conditions(const plan::StandDownRule& rule,
                                                                           std::span<const std::string> ticked);

// "post:commander duty:leader"
[[nodiscard]] std::string in_words(std::span<const model::Selector> selectors);

}  // namespace tocsin::callout
