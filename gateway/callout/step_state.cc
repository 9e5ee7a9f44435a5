#include "gateway/callout/step_state.h"

#include <algorithm>

namespace tocsin::callout {
namespace {

using base::UtcTime;
using model::AnswerKind;
using model::Reason;
using model::StepState;

// A step that asks everybody of nobody is not satisfied: it is short, and the next one begins.
int answers_needed(const model::Step& step, const plan::PlanStep& rules) {
  return rules.enough_all ? std::max(step.needed, 1) : step.needed;
}

// When it is short whatever happens; empty when only running out of people can make it so.
std::optional<UtcTime> deadline(const model::Step& step, const plan::PlanStep& rules) {
  std::optional<UtcTime> at;
  if (step.started_at && rules.at_most > base::Duration::zero()) at = *step.started_at + rules.at_most;
  const bool reached_all = step.entered >= step.total && step.counters.first_pending <= 0;
  const auto from = step.last_first_rung_at ? step.last_first_rung_at : step.started_at;
  if (reached_all && from && rules.wait > base::Duration::zero()) {
    const UtcTime waited = *from + rules.wait;
    at = at ? std::min(*at, waited) : waited;
  }
  return at;
}

int* bucket(model::StepCounters& counters, AnswerKind answer) {
  switch (answer) {
    case AnswerKind::kReceived: return &counters.received;
    case AnswerKind::kComing: return &counters.coming;
    case AnswerKind::kArrived: return &counters.arrived;
    case AnswerKind::kCannot: return &counters.cannot;
    case AnswerKind::kNone:
    case AnswerKind::kReplied:
    case AnswerKind::kDecision: break;
  }
  return nullptr;
}

}  // namespace

StepVerdict step_state(const model::Step& step, const plan::PlanStep& rules, base::UtcTime now) {
  switch (step.state) {
    case StepState::kWaiting:
    case StepState::kClosed: return {step.state, std::nullopt, Reason::kNone};
    case StepState::kSatisfied: return {StepState::kSatisfied, std::nullopt, Reason::kSettled};
    case StepState::kEntering:
    case StepState::kRunning:
    case StepState::kShort: break;
  }
  const int to_enter = std::max(step.total - step.entered, 0);
  const int needed = answers_needed(step, rules);
  if (step.needs == AnswerKind::kNone || needed <= 0) {
    const bool everybody_tried = to_enter == 0 && step.counters.first_pending <= 0;
    if (everybody_tried) return {StepState::kSatisfied, std::nullopt, Reason::kSettled};
    return {StepState::kRunning, std::nullopt, Reason::kAwaitingHandOver};
  }
  const int answered = answers_that_count(step.counters, step.needs);
  if (answered >= needed) return {StepState::kSatisfied, std::nullopt, Reason::kSettled};
  if (step.state == StepState::kShort) return {StepState::kShort, std::nullopt, Reason::kNoAnswer};
  if (answered + step.counters.open + to_enter < needed) {
    return {StepState::kShort, std::nullopt, Reason::kLadderEnded};
  }
  const auto until = deadline(step, rules);
  if (until && *until <= now) return {StepState::kShort, std::nullopt, Reason::kNoAnswer};
  const bool pending = to_enter > 0 || step.counters.first_pending > 0;
  return {StepState::kRunning, until, pending ? Reason::kAwaitingHandOver : Reason::kAwaitingAnswer};
}

int answers_that_count(const model::StepCounters& counters, model::AnswerKind needs) {
  switch (needs) {
    case AnswerKind::kComing: return counters.coming + counters.arrived;
    case AnswerKind::kArrived: return counters.arrived;
    case AnswerKind::kDecision: return 0;  // no answer is one
    default: return counters.received + counters.coming + counters.arrived;
  }
}

void count_answer(model::StepCounters& counters, model::AnswerKind before, model::AnswerKind after) {
  if (int* from = bucket(counters, before)) --*from;
  if (int* to = bucket(counters, after)) ++*to;
}

}  // namespace tocsin::callout
