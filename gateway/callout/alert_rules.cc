#include "gateway/callout/alert_rules.h"

#include <algorithm>

#include "gateway/callout/step_state.h"
#include "gateway/plan/hours.h"

namespace tocsin::callout {
namespace {

using model::AlertState;
using model::AnswerKind;

constexpr base::Duration kDefaultPause = std::chrono::minutes(3);

bool goes_there(AnswerKind kind) {
  return kind == AnswerKind::kComing || kind == AnswerKind::kArrived;
}

bool is_on_its_way(const model::Delivery& d) {
  return model::is_carried(d.channel) && (model::was_handed_over(d.state) || d.state == model::DeliveryState::kClaimed);
}

}  // namespace

bool human_has_it(std::span<const model::Delivery> tried) {
  return std::any_of(tried.begin(), tried.end(), [](const model::Delivery& d) {
    return d.channel == model::Channel::kDeskCall || d.channel == model::Channel::kKnock;
  });
}

AnswerKind after_answer(AnswerKind before, AnswerKind given) {
  if (given == AnswerKind::kReplied) return before;
  if (given == AnswerKind::kCannot || before == AnswerKind::kCannot || before == AnswerKind::kReplied) return given;
  return std::max(before, given);
}

base::Duration one_wait(const plan::Ladder* ladder, int rung) {
  if (ladder == nullptr || ladder->rungs.empty()) return kDefaultPause;
  const auto at = std::clamp(rung, 0, static_cast<int>(ladder->rungs.size()) - 1);
  return ladder->rungs[static_cast<std::size_t>(at)].wait;
}

bool is_told_and_silent(const model::Alert& alert) {
  const bool unanswered = is_climbing(alert.state) || alert.state == AlertState::kExhausted;
  return unanswered && alert.ladder >= 0 && alert.told && alert.needs != AnswerKind::kNone &&
         alert.answer != AnswerKind::kCannot;
}

bool others_have_answered(std::span<const model::Step* const> steps) {
  return std::all_of(steps.begin(), steps.end(), [](const model::Step* step) {
    return step != nullptr && (step->state == model::StepState::kSatisfied || step->needed <= 0);
  });
}

bool is_moot(const model::Alert& alert) {
  switch (alert.state) {
    case AlertState::kAnswered:
    case AlertState::kWithdrawn: return true;
    case AlertState::kExhausted: return alert.answered_at.has_value();
    case AlertState::kTelling:
    case AlertState::kTold: break;
  }
  // What tells without a ladder has settled as soon as it is queued to somebody who had answered before.
  return alert.ladder >= 0 && alert.reason == model::Reason::kSettled;
}

void count_answer_of_hats(std::span<model::Step* const> steps, AnswerKind before, AnswerKind after) {
  if (steps.empty()) return;
  const auto asks = std::find_if(steps.begin(), steps.end(),
                                 [](const model::Step* step) { return step != nullptr && goes_there(step->needs); });
  const auto quota = asks == steps.end() ? steps.begin() : asks;
  for (auto it = steps.begin(); it != steps.end(); ++it) {
    if (*it == nullptr) continue;
    const auto as_counted = [&](AnswerKind k) { return goes_there(k) && it != quota ? AnswerKind::kReceived : k; };
    count_answer((*it)->counters, as_counted(before), as_counted(after));
  }
}

void note_given_before(model::Alert& alert, AnswerKind given) {
  alert.answer = given;
  if (!model::satisfies(given, alert.needs)) return;
  alert.ladder = -1;
  alert.needs = AnswerKind::kNone;
}

void put_on_hat(model::Alert& alert, const plan::PlanStep& rules, int ladder) {
  if (only_informs(rules) || rules.needs <= alert.needs || rules.needs > AnswerKind::kArrived) return;
  if (alert.needs == AnswerKind::kNone) alert.ladder = ladder;  // an informing ladder asks for nothing
  alert.needs = rules.needs;
}

bool owes_more(const model::Alert& alert, bool had_ladder) {
  return !model::satisfies(alert.answer, alert.needs) && alert.answer != AnswerKind::kCannot &&
         (alert.state != AlertState::kExhausted || !had_ladder) && alert.state != AlertState::kWithdrawn;
}

void rise_again(model::Alert& alert, int ladder) {
  if (alert.ladder < 0) alert.ladder = ladder;
  alert.state = alert.told ? AlertState::kTold : AlertState::kTelling;
  alert.reason = model::Reason::kNone;
}

unsigned channels_asked_on(std::span<const model::Delivery> tried) {
  unsigned channels = 0;
  for (const auto& d : tried) {
    if (is_on_its_way(d)) channels |= 1U << static_cast<unsigned>(d.channel);
  }
  return channels == 0 ? ~0U : channels;
}

bool was_asked(const model::Alert& asked, std::span<const model::Delivery> tried) {
  return asked.told || std::any_of(tried.begin(), tried.end(), is_on_its_way);
}

model::Alert stand_in_of(const model::Alert& alert, model::PersonId deputy) {
  model::Alert fresh = alert;
  fresh.id = {};
  fresh.person = deputy;
  fresh.stands_in_for = alert.stands_in_for ? alert.stands_in_for : alert.person;
  fresh.state = AlertState::kTelling;
  fresh.reason = model::Reason::kStandsIn;
  fresh.cycle = 1;
  fresh.rung = 0;
  fresh.told = fresh.first_rung_done = fresh.more_hats = false;
  fresh.answer = AnswerKind::kNone;
  fresh.answered_at = fresh.paused_until = fresh.look_again_at = std::nullopt;
  return fresh;
}

int ladder_of_stand_in(const plan::Plan& plan, int climbed, std::span<const int> of_steps, base::UtcTime now) {
  for (const int ladder : of_steps) {
    if (ladder < 0 || ladder >= static_cast<int>(plan.ladders.size())) continue;
    const auto& hours = plan.ladders[static_cast<std::size_t>(ladder)].hours;
    const bool is_it = ladder == climbed || std::any_of(hours.begin(), hours.end(), [&](const plan::LadderHours& h) {
                         return h.ladder == climbed;
                       });
    if (is_it) return plan::ladder_at(plan, ladder, now);
  }
  return climbed;
}

}  // namespace tocsin::callout
