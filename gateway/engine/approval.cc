#include "gateway/engine/approval.h"

#include <algorithm>

#include "gateway/engine/desk.h"
#include "gateway/engine/identity.h"
#include "gateway/engine/ladder.h"
#include "gateway/engine/steps.h"

namespace tocsin::engine {
namespace {

using model::ApprovalOutcome;
using model::ApprovalReply;
using model::ApprovalState;
using model::RecordKind;
using model::StepState;

constexpr base::Duration kRefusalsApart = std::chrono::minutes(1);

const plan::Response* response_of(Core& core, const model::Incident& incident, const model::CallOut& callout) {
  return core.plan_of(incident).response(callout.kind, callout.level);
}

callout::Authority authority_of(Core& core, const model::Incident& incident, const plan::Approval& rules,
                                const model::Approval& approval, model::PersonId person) {
  const auto matter = core.store.matter(incident.id, model::MatterKind::kApproval, approval.revision,
                                        core.ids.next_id<model::MatterId>(core.now));
  const auto asked = core.store.alert(matter.id, person);
  const auto named = core.roster().resolve(rules.by, incident.area, core.now).recipients;
  return callout::authority_of(named, asked ? &*asked : nullptr, person);
}

// An approval that is awaited, with all it takes to decide it.
struct Awaited {
  model::Incident incident;
  model::Approval approval;
  model::CallOut callout;
  const plan::Response* response = nullptr;
};

base::Result<Awaited> awaited(Core& core, int code, const model::Expected& expected) {
  auto incident = open_by_code(core, code, expected);
  if (!incident) return incident.error();
  const auto all = core.store.approvals_of(incident->id);
  if (all.empty()) return base::Error{base::ErrorCode::kConflict, "nothing here waits for an approval", ""};
  if (all.back().state != ApprovalState::kPending) {
    return base::Error{base::ErrorCode::kConflict,
                       "it is decided already: " + std::string(model::name_of(all.back().state)), ""};
  }
  const auto callout = core.store.callout(all.back().callout);
  const auto* response = callout ? response_of(core, *incident, *callout) : nullptr;
  if (response == nullptr || !response->approval)
    return base::Error{base::ErrorCode::kInternal, "the plan of this approval cannot be read", ""};
  return Awaited{std::move(*incident), all.back(), *callout, response};
}

// Once a minute and person: a script that keeps asking fills no record.
void note_refused(Core& core, const Awaited& a, const model::Principal& by, const char* why) {
  if (core.refused.size() > 512) core.refused.clear();
  const auto last = core.refused.find(by.person.value);
  if (last != core.refused.end() && core.now - last->second < kRefusalsApart) return;
  core.refused[by.person.value] = core.now;
  core.record(RecordKind::kApprovalRefused, a.incident.id, a.callout.id.value, by.person.value, 0,
              Core::who(by) + " " + why);
}

// Nobody is asked any more: what was not handed over never will be, lines leave the call sheet.
void end_asking(Core& core, const Awaited& a, model::AlertState end, model::Reason reason) {
  const auto matter = core.store.matter(a.incident.id, model::MatterKind::kApproval, a.approval.revision,
                                        core.ids.next_id<model::MatterId>(core.now));
  Rows rows;
  for (auto alert : core.store.alerts_of_matter(matter.id)) {
    if (alert.state == model::AlertState::kWithdrawn) continue;
    const bool was_open = is_open(alert);
    cancel_what_is_queued(core, alert);
    core.store.close_call_lines(alert.incident, alert.id, core.now);
    note_first_rung(core, alert, std::nullopt);
    if (was_open) note_closed(core, alert);
    alert.state = end;
    alert.reason = reason;
    alert.needs = model::AnswerKind::kNone;
    alert.paused_until.reset();
    alert.look_again_at.reset();
    core.record(RecordKind::kAlertUpdated, alert.incident, alert.id.value, static_cast<int>(end),
                static_cast<int>(reason));
    rows.changed.push_back(std::move(alert));
  }
  rows.write(core);
}

void end_approval_step(Core& core, const Awaited& a, bool somebody_decided) {
  for (const auto& row : core.store.steps_of(a.callout.id)) {
    if (row.index != a.response->approval->step) continue;
    auto* step = core.step(row.id);
    if (step->state == StepState::kShort && !somebody_decided) return;
    step->state = somebody_decided ? StepState::kSatisfied : StepState::kShort;
    step->look_again_at.reset();
    core.record(somebody_decided ? RecordKind::kStepSatisfied : RecordKind::kStepShort, step->incident, step->id.value,
                step->index, somebody_decided ? 0 : static_cast<int>(model::Reason::kNoAnswer), step->name);
    core.write_step(*step);
  }
}

// Steps whose `then` names another and that came to it while it was held back.
std::vector<int> called_for(Core& core, const Awaited& a, const std::vector<model::Step>& steps) {
  std::vector<int> called;
  const auto tasks = core.store.tasks_of(a.incident.id);
  for (const auto& row : steps) {
    const bool overdue = std::any_of(tasks.begin(), tasks.end(), [&](const model::Task& t) {
      return t.step == row.id && t.state == model::TaskState::kOverdue;
    });
    if (!overdue && core.step(row.id)->state != StepState::kShort) continue;
    const auto& then = a.response->steps[static_cast<std::size_t>(row.index)].then;
    called.insert(called.end(), then.begin(), then.end());
  }
  return called;
}

std::vector<model::Step> known_steps(Core& core, const Awaited& a) {
  auto steps = core.store.steps_of(a.callout.id);
  std::erase_if(steps, [&](const model::Step& s) { return s.index >= static_cast<int>(a.response->steps.size()); });
  return steps;
}

void begin_what_waited(Core& core, const Awaited& a) {
  const auto steps = known_steps(core, a);
  std::vector<StepState> states(a.response->steps.size(), StepState::kClosed);
  for (const auto& row : steps) states[static_cast<std::size_t>(row.index)] = core.step(row.id)->state;
  const bool not_opened = !a.incident.seen_at && !a.incident.open_by;
  for (const auto index : callout::steps_on_approval(*a.response, states, not_opened, called_for(core, a, steps))) {
    for (const auto& row : steps) {
      if (row.index == index) begin_step(core, row.id);
    }
  }
}

void close_what_waited(Core& core, const Awaited& a) {
  const auto ran = ran_before(core, a.callout);
  for (const auto& row : known_steps(core, a)) {
    auto* step = core.step(row.id);
    const auto& rules = a.response->steps[static_cast<std::size_t>(row.index)];
    if (step->state != StepState::kWaiting || !callout::is_held_back(*a.response, rules, ran)) continue;
    step->state = StepState::kClosed;
    core.record(RecordKind::kStepClosed, step->incident, step->id.value, step->index, 0, step->name);
    core.write_step(*step);
  }
}

// Whoever else was asked hears what became of it, over a channel on which they were asked: behind everything that the
// decision itself sets going.
void tell_the_others(Core& core, const Awaited& a) {
  const auto id_of = [&](model::MatterKind kind) {
    return core.store.matter(a.incident.id, kind, a.approval.revision, core.ids.next_id<model::MatterId>(core.now)).id;
  };
  std::vector<model::AlertId> asked;
  for (const auto& alert : core.store.alerts_of_matter(id_of(model::MatterKind::kApproval))) {
    if (alert.person != a.approval.person) asked.push_back(alert.id);
  }
  std::vector<model::Alert> fresh;
  for (const auto& [alert, tried] : core.store.alerts_with_deliveries(asked)) {
    if (!callout::was_asked(alert, tried)) continue;
    model::Alert news;
    news.id = core.ids.next_id<model::AlertId>(core.now);
    news.matter = id_of(model::MatterKind::kDecided);
    news.matter_kind = model::MatterKind::kDecided;
    news.incident = a.incident.id;
    news.callout = a.callout.id;
    news.person = alert.person;
    news.urgency = a.incident.drill ? model::kDrillUrgency : model::kServiceUrgency;
    news.drill = a.incident.drill;
    fresh.push_back(std::move(news));
  }
  raise_alerts(core, std::move(fresh));
}

void decide(Core& core, Awaited& a, ApprovalState state, model::PersonId person, model::PersonId stands_in_for,
            const std::string& by) {
  const bool somebody = static_cast<bool>(person);
  a.approval.state = state;
  a.approval.person = person;
  a.approval.stands_in_for = stands_in_for;
  a.approval.decided_at = core.now;
  core.store.update(a.approval);
  core.record(RecordKind::kApprovalDecided, a.incident.id, a.callout.id.value, static_cast<int>(state), person.value,
              by);
  // The step first: an alert that ends must not make it short.
  end_approval_step(core, a, somebody);
  end_asking(core, a, somebody ? model::AlertState::kAnswered : model::AlertState::kWithdrawn,
             somebody ? model::Reason::kSettled : model::Reason::kNoAnswer);
  if (model::holds_back(state)) {
    close_what_waited(core, a);
  } else {
    begin_what_waited(core, a);
  }
  tell_the_others(core, a);
}

std::string phone_of(const model::PersonCard& card) {
  for (const auto& contact : card.contacts) {
    if (contact.agreed && model::can_carry(model::Channel::kSms, contact.kind)) return contact.address;
  }
  return {};
}

}  // namespace

void ask_approval(Core& core, const model::CallOut& callout, const plan::Response& response) {
  const auto& rules = *response.approval;
  model::Approval approval;
  approval.callout = callout.id;
  approval.incident = callout.incident;
  approval.revision = callout.revision;
  approval.by = callout::in_words(rules.by);
  approval.starts_by_default = rules.starts_by_default;
  approval.asked_at = core.now;
  approval.due_at = core.now + rules.at_most;
  core.store.insert(approval);
  core.record(RecordKind::kApprovalAsked, callout.incident, callout.id.value, callout.revision,
              rules.starts_by_default ? 1 : 0, approval.by.substr(0, 200));
}

std::vector<std::string> ran_before(Core& core, const model::CallOut& callout) {
  std::vector<std::string> names;
  model::CallOutId before;
  for (const auto& other : core.store.callouts_of(callout.incident)) {
    if (other.id < callout.id) before = other.id;
  }
  if (!before) return names;
  for (const auto& step : core.store.steps_of(before)) {
    if (step.started_at) names.push_back(step.name);
  }
  return names;
}

bool is_held_back(Core& core, const model::Step& step, const plan::PlanStep& rules) {
#if TOCSIN_PLANTED_FAULT == 6  // what nobody approved begins
  return false;
#endif
  if (rules.life_safety) return false;
  const auto approval = core.store.approval(step.callout);
  if (!approval || !model::holds_back(approval->state)) return false;
  const auto callout = core.store.callout(step.callout);
  const auto ran = callout ? ran_before(core, *callout) : std::vector<std::string>{};
  return std::find(ran.begin(), ran.end(), rules.name) == ran.end();
}

void drop_approvals(Core& core, model::IncidentId incident) {
  for (auto approval : core.store.approvals_of(incident)) {
    if (approval.state != ApprovalState::kPending) continue;
    approval.state = ApprovalState::kMoot;
    approval.decided_at = core.now;
    core.store.update(approval);
    core.record(RecordKind::kApprovalDecided, incident, approval.callout.value, static_cast<int>(approval.state));
  }
}

model::CommandResult ask_approval_code(Core& core, const model::AskApprovalCode& c) {
  const auto a = awaited(core, c.code, {});
  if (!a) return a.error();
  ApprovalReply reply;
  reply.incident_code = a->incident.code;
  reply.state = a->approval.state;
  if (!authority_of(core, a->incident, *a->response->approval, a->approval, c.by.person).may) {
    note_refused(core, *a, c.by, "not_named");
    reply.outcome = ApprovalOutcome::kNotNamed;
    return model::Reply{reply};
  }
  const auto* card = core.roster().person(c.by.person);
  const auto number = card == nullptr ? std::string() : phone_of(*card);
  if (number.empty())
    return base::Error{base::ErrorCode::kRefused, "you have no agreed mobile number that a code could go to", ""};
  model::AskCode ask;
  ask.request = c.request;
  ask.purpose = model::CodePurpose::kApprove;
  ask.subject = a->callout.id.value;
  ask.number = number;
  ask.person_code = card->code;
  ask.client = c.client;
  ask.code = c.one_time_code;
  const auto asked = ask_code(core, ask);
  if (!asked) return asked.error();
  const auto& given = std::get<model::IdentityReply>(*asked);
  reply.request = given.request;
  reply.expires_at = given.expires_at;
  reply.retry_after = given.retry_after;
  if (given.outcome == model::IdentityOutcome::kLocked) reply.outcome = ApprovalOutcome::kTooMany;
  return model::Reply{reply};
}

model::CommandResult approve(Core& core, const model::Approve& c) {
  auto a = awaited(core, c.code, c.expected);
  if (!a) return a.error();
  ApprovalReply reply;
  reply.incident_code = a->incident.code;
  reply.state = a->approval.state;
  const auto authority = authority_of(core, a->incident, *a->response->approval, a->approval, c.by.person);
  if (!authority.may) {
    note_refused(core, *a, c.by, "not_named");
    reply.outcome = ApprovalOutcome::kNotNamed;
    return model::Reply{reply};
  }
  const auto spent = spend_code(core, c.request, c.one_time_code, model::CodePurpose::kApprove, a->callout.id.value);
  if (!spent || spent->person != c.by.person) {
    note_refused(core, *a, c.by, "wrong_code");
    reply.outcome = ApprovalOutcome::kWrongCode;
    return model::Reply{reply};
  }
  decide(core, *a, c.approved ? ApprovalState::kApproved : ApprovalState::kDeclined, c.by.person,
         authority.stands_in_for, Core::who(c.by));
  reply.state = a->approval.state;
  return model::Reply{reply};
}

bool due_approvals(Core& core) {
  const auto due = core.store.due_approvals(core.now, core.options.due_slice);
  for (auto approval : due) {
    const auto* incident = core.incident(approval.incident);
    const auto callout = core.store.callout(approval.callout);
    const auto* response = incident == nullptr || !callout ? nullptr : response_of(core, *incident, *callout);
    if (response == nullptr || !response->approval) {  // never looked at again, whatever became of its plan
      drop_approvals(core, approval.incident);
      continue;
    }
    Awaited a{*incident, approval, *callout, response};
    decide(core, a, approval.starts_by_default ? ApprovalState::kStartedByDefault : ApprovalState::kLeftByDefault, {},
           {}, "nobody decided in time");
  }
  return static_cast<int>(due.size()) >= core.options.due_slice;
}

base::Result<model::PersonId> word_to_end(Core& core, const model::Incident& incident, const model::StandDown& c) {
  const bool desk =
      c.by.role == model::Role::kDuty || c.by.role == model::Role::kAdmin || c.by.role == model::Role::kSystem;
  const auto callouts = core.store.callouts_of(incident.id);
  const auto* response = callouts.empty() ? nullptr : response_of(core, incident, callouts.back());
  const auto* rule = response != nullptr && response->stand_down ? &*response->stand_down : nullptr;
  const base::Error not_yours{base::ErrorCode::kForbidden, "the plan names others to end this incident", ""};
  model::PersonId word;
  if (rule == nullptr || rule->by.empty()) {
    if (!desk) return not_yours;
    word = c.by.person;
  } else {
    const auto named = core.roster().resolve(rule->by, incident.area, core.now).recipients;
    const auto approvals = core.store.approvals_of(incident.id);
    const auto may_end = [&](model::PersonId person) {
      return callout::authority_of(named, nullptr, person).may ||
             std::any_of(approvals.begin(), approvals.end(), [&](const model::Approval& a) {
               return person && a.person == person && a.state == ApprovalState::kApproved;
             });
    };
    word = c.by.person;
    if (!may_end(word)) {
      if (!desk) return not_yours;
      const auto whom = " (" + callout::in_words(rule->by) + ", or who approved it)";
      if (c.ordered_by.empty()) return base::invalid("name the person on whose word it ends" + whom, "ordered_by");
      const auto* card = core.roster().person_coded(c.ordered_by);
      if (card == nullptr) return base::invalid("nobody in the directory has that code", "ordered_by");
      word = card->id;
      if (!may_end(word)) return base::Error{base::ErrorCode::kForbidden, "they may not end it" + whom, "ordered_by"};
    }
  }
  if (rule == nullptr) return word;
  std::string missing;
  const auto& plan = core.plan_of(incident);
  for (const auto* condition : callout::open_conditions(*rule, c.conditions)) {
    missing += (missing.empty() ? "" : "; ") + condition->name + ": " +
               plan::say(condition->text, plan.default_language(), plan.default_language());
  }
  if (!missing.empty()) return base::invalid("not ticked: " + missing, "conditions");
  return word;
}

}  // namespace tocsin::engine
