#include "gateway/rehearse/answering.h"

#include <algorithm>

#include "gateway/callout/alert_rules.h"
#include "gateway/callout/authority.h"
#include "gateway/rehearse/climbing.h"
#include "gateway/rehearse/stepping.h"

namespace tocsin::rehearse {
namespace {

using model::AlertState;
using model::AnswerKind;
using model::MatterKind;

void settle_answered(Stage& stage, Actor& actor, bool was_climbing) {
  auto& alert = actor.alert;
  stage.end_queued(actor, model::DeliveryState::kCancelled);
  stage.close_call_lines(actor);
  note_first_rung(stage, actor, std::nullopt);
  if (was_climbing) note_closed(stage, actor);
  if (alert.state != AlertState::kWithdrawn) alert.state = AlertState::kAnswered;
  alert.reason = model::Reason::kSettled;
  alert.look_again_at.reset();
  stage.note_rest(actor);
}

void climb_after_answer(Stage& stage, Place place, AnswerKind kind) {
  auto& actor = stage.actors[place];
  auto& alert = actor.alert;
  const auto ladder = static_cast<std::size_t>(alert.ladder);
  const auto* climbed = alert.ladder >= 0 && ladder < stage.plan.ladders.size() ? &stage.plan.ladders[ladder] : nullptr;
  // Whoever is asked for a decision and answers anything but that they cannot has it in hand.
  const bool has_it = alert.matter_kind == MatterKind::kApproval && kind != AnswerKind::kCannot;
  if (kind == AnswerKind::kReceived || has_it) alert.paused_until = stage.now + callout::one_wait(climbed, alert.rung);
  if (kind == AnswerKind::kCannot) {
    alert.paused_until.reset();
    stage.end_queued(actor, model::DeliveryState::kCancelled);
    stage.close_call_lines(actor);
  }
  climb(stage, place);
}

const model::Selector* selector_of(const Stage& stage, const Actor& actor) {
  if (!actor.alert.step || actor.alert.selector < 0) return nullptr;
  const auto& to = stage.steps[static_cast<Place>(actor.alert.step.value) - 1].rules->to;
  const auto index = static_cast<std::size_t>(actor.alert.selector);
  return index < to.size() ? &to[index] : nullptr;
}

bool was_told_by(const Stage& stage, const Actor& actor, const model::Selector& selector) {
  const auto* own = selector_of(stage, actor);
  if (own != nullptr && *own == selector) return true;
  return std::find(actor.hats.begin(), actor.hats.end(), selector) != actor.hats.end();
}

std::string written(const plan::CaseWhom& who) {
  return who.selector ? model::to_text(*who.selector) : who.person;
}

// The persons meant, each once: of a selector, whoever was told by it.
std::vector<model::PersonId> persons(Stage& stage, const plan::CaseWhom& who) {
  if (!who.selector) {
    const auto* card = stage.roster.person_coded(who.person);
    if (card != nullptr) return {card->id};
    stage.out.unknown.push_back("person " + who.person);
    return {};
  }
  std::vector<model::PersonId> found;
  for (const auto& actor : stage.actors) {
    const auto person = actor.alert.person;
    if (was_told_by(stage, actor, *who.selector) && std::find(found.begin(), found.end(), person) == found.end())
      found.push_back(person);
  }
  return found;
}

bool was_reached(const Actor& actor) {
  return actor.alert.told || std::any_of(actor.tried.begin(), actor.tried.end(), [](const model::Delivery& d) {
           return d.channel == model::Channel::kDeskCall || d.channel == model::Channel::kKnock;
         });
}

// The newest alert that reached the person: of the call-out, else the one that asks for a decision.
std::optional<Place> alert_to_answer(const Stage& stage, model::PersonId person) {
  std::optional<Place> asked;
  const auto all = stage.alerts_of(person);
  for (auto it = all.rbegin(); it != all.rend(); ++it) {
    const auto& actor = stage.actors[*it];
    const auto kind = actor.alert.matter_kind;
    if (!was_reached(actor)) continue;
    if (kind == MatterKind::kAlert || kind == MatterKind::kUpdate) return *it;
    if (kind == MatterKind::kApproval && !asked) asked = *it;
  }
  return asked;
}

// The plan names them, and there is an agreed phone that the one-time code goes to.
bool may_decide(Stage& stage, model::PersonId person) {
  const auto* card = stage.roster.person(person);
  if (card == nullptr || std::none_of(card->contacts.begin(), card->contacts.end(), [](const model::ContactPoint& c) {
        return c.agreed && model::can_carry(model::Channel::kSms, c.kind);
      })) {
    return false;
  }
  const auto& callout = stage.callouts.back();
  const auto& rules = *callout.response->approval;
  const auto* asked = stage.alert_of(MatterKind::kApproval, callout.revision, person);
  const auto named = stage.roster.resolve(rules.by, stage.incident.area, stage.now).recipients;
  return callout::authority_of(named, asked == nullptr ? nullptr : &asked->alert, person).may;
}

void note_answer(Stage& stage, Place alert, AnswerKind kind) {
  stage.happened(HappenedWhat::kAnswer, stage.actors[alert].told.code);
  stage.out.course.back().answer = kind;
  stage.out.course.back().told = static_cast<int>(alert);
}

void note_decision(Stage& stage, model::PersonId person, bool approved) {
  const auto code = stage.code_of(person);
  decide(stage, approved ? model::ApprovalState::kApproved : model::ApprovalState::kDeclined, code);
  stage.happened(HappenedWhat::kDecision, code);
  stage.out.course.back().approved = approved;
}

bool is_silent(const Stage& stage, const std::string& code) {
  const auto& silent = *stage.options.silent;
  return std::find(silent.begin(), silent.end(), code) != silent.end();
}

}  // namespace

void apply_answer(Stage& stage, Place place, AnswerKind kind) {
  auto& actor = stage.actors[place];
  auto& alert = actor.alert;
  actor.told.answers.push_back({stage.elapsed(), kind});
  if (kind == AnswerKind::kReplied) return;  // needs a look; never a yes or a no
  const auto before = alert.answer;
  const bool was_climbing = callout::is_open(alert);
  alert.answer = callout::after_answer(before, kind);
  alert.answered_at = stage.now;
  if (alert.answer != before) count_answer_change(stage, actor, before, alert.answer);
  const bool over = stage.incident.state != model::IncidentState::kOpen;
  const bool decided = alert.matter_kind == MatterKind::kApproval && alert.needs == AnswerKind::kNone;
  if (over || decided || callout::answer_settles(alert) || alert.ladder < 0) {
    settle_answered(stage, actor, was_climbing);
  } else if (was_climbing) {
    climb_after_answer(stage, place, kind);
  } else if (alert.state == AlertState::kAnswered && alert.answer != before) {
    // An answer taken back: the ladder is climbed again from where it stood.
    alert.state = AlertState::kTold;
    alert.reason = model::Reason::kNone;
    note_reopened(stage, actor);
    climb_after_answer(stage, place, kind);
  } else if (callout::is_moot(alert)) {
    stage.end_queued(actor, model::DeliveryState::kCancelled);
  }
}

void answer(Stage& stage, const plan::CaseAnswer& given) {
  bool any = false;
  for (const auto person : persons(stage, given.who)) {
    const auto alert = alert_to_answer(stage, person);
    if (!alert) continue;
    any = true;
    note_answer(stage, *alert, given.kind);
    apply_answer(stage, *alert, given.kind);
    settle_steps(stage);
  }
  if (!any) stage.happened(HappenedWhat::kNobody, written(given.who));
}

void decide(Stage& stage, const plan::CaseDecision& given) {
  if (awaited(stage) != nullptr) {
    auto candidates = persons(stage, given.who);
    if (given.who.selector) {
      const auto found =
          stage.roster.resolve(std::span(&*given.who.selector, 1), stage.incident.area, stage.now).recipients;
      for (const auto& recipient : found) candidates.push_back(recipient.person);
    }
    for (const auto person : candidates) {
      if (may_decide(stage, person)) return note_decision(stage, person, given.approved);
    }
  }
  stage.happened(HappenedWhat::kNobody, written(given.who));
}

bool answer_due(Stage& stage) {
  while (!stage.due_answers.empty() && stage.due_answers.top().first <= stage.now) {
    const auto place = stage.due_answers.top().second;
    stage.due_answers.pop();
    const auto& actor = stage.actors[place];
    const auto& alert = actor.alert;
    const bool asks = alert.ladder >= 0 && alert.needs != AnswerKind::kNone && alert.state != AlertState::kWithdrawn;
    if (!asks || callout::answer_settles(alert) || is_silent(stage, actor.told.code)) continue;
    if (alert.needs == AnswerKind::kDecision) {
      if (awaited(stage) == nullptr || !may_decide(stage, alert.person)) continue;
      note_decision(stage, alert.person, true);
    } else {
      const auto kind = alert.needs;
      note_answer(stage, place, kind);
      apply_answer(stage, place, kind);
    }
    return true;
  }
  return false;
}

}  // namespace tocsin::rehearse
