#include "gateway/callout/authority.h"

#include <algorithm>

namespace tocsin::callout {
namespace {

template <typename Range, typename Value>
bool has(const Range& range, const Value& value) {
  return std::find(range.begin(), range.end(), value) != range.end();
}

}  // namespace

Authority authority_of(std::span<const model::Recipient> named, const model::Alert* asked, model::PersonId person) {
  if (!person) return {};
  for (const auto& recipient : named) {
    if (recipient.person == person) return {true, recipient.stands_in_for};
  }
  if (asked != nullptr && asked->person == person && asked->stands_in_for) return {true, asked->stands_in_for};
  return {};
}

bool is_held_back(const plan::Response& response, const plan::PlanStep& step, std::span<const std::string> ran_before) {
  return response.approval && !step.life_safety && !has(ran_before, step.name);
}

std::vector<int> steps_at_start(const plan::Response& response, std::span<const std::string> ran_before) {
  std::vector<int> begin;
  for (std::size_t i = 0; i < response.steps.size(); ++i) {
    const auto& step = response.steps[i];
    if (step.start == plan::StepStart::kAtOnce && !is_held_back(response, step, ran_before))
      begin.push_back(static_cast<int>(i));
  }
  return begin;
}

std::vector<int> steps_on_approval(const plan::Response& response, std::span<const model::StepState> states,
                                   bool not_opened, std::span<const int> called_for) {
  std::vector<int> begin;
  for (std::size_t i = 0; i < response.steps.size() && i < states.size(); ++i) {
    if (states[i] != model::StepState::kWaiting) continue;
    const auto start = response.steps[i].start;
    const bool called = has(called_for, static_cast<int>(i));
    if (start == plan::StepStart::kAtOnce || (start == plan::StepStart::kNotOpened && not_opened) || called)
      begin.push_back(static_cast<int>(i));
  }
  return begin;
}

std::vector<const plan::StandDownCondition*> open_conditions(const plan::StandDownRule& rule,
                                                             std::span<const std::string> ticked) {
  std::vector<const plan::StandDownCondition*> open;
  for (const auto& condition : rule.conditions) {
    if (!has(ticked, condition.name)) open.push_back(&condition);
  }
  return open;
}

std::string in_words(std::span<const model::Selector> selectors) {
  std::string words;
  for (const auto& selector : selectors) words += (words.empty() ? "" : " ") + model::to_text(selector);
  return words;
}

}  // namespace tocsin::callout
