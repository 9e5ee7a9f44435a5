// Call-outs begun, approved, replaced and ended: the second half of stepping.h.
#include <algorithm>

#include "gateway/callout/alert_rules.h"
#include "gateway/callout/authority.h"
#include "gateway/plan/subjects.h"
#include "gateway/rehearse/climbing.h"
#include "gateway/rehearse/stepping.h"

namespace tocsin::rehearse {
namespace {

using model::AlertState;
using model::AnswerKind;
using model::ApprovalState;
using model::MatterKind;
using model::StepState;

// The better of two answers of one person: what settles more, then any answer before none.
AnswerKind better(AnswerKind a, AnswerKind b) {
  const auto rank = [](AnswerKind k) {
    switch (k) {
      case AnswerKind::kNone: return 0;
      case AnswerKind::kReplied: return 1;
      case AnswerKind::kCannot: return 2;
      default: return 2 + static_cast<int>(k);
    }
  };
  return rank(a) >= rank(b) ? a : b;
}

// Everybody a message has reached, or may have, with their best answer; those only asked to decide when `asked_too`.
std::unordered_map<model::PersonId, AnswerKind> told_people(const Stage& stage, bool asked_too) {
  std::unordered_map<model::PersonId, AnswerKind> told;
  for (const auto& actor : stage.actors) {
    const auto kind = actor.alert.matter_kind;
    const bool counts =
        kind == MatterKind::kAlert || kind == MatterKind::kUpdate || (asked_too && kind == MatterKind::kApproval);
    if (!counts || !actor.alert.told) continue;
    const auto answer = kind == MatterKind::kApproval ? AnswerKind::kNone : actor.alert.answer;
    const auto [known, fresh] = told.try_emplace(actor.alert.person, answer);
    if (!fresh) known->second = better(known->second, answer);
  }
  return told;
}

std::string response_name(const plan::Plan& plan, const plan::Response& response) {
  if (response.kind == model::HazardKind::kUnclassified) return "unclassified";
  return std::string(model::name_of(response.kind)) + "/" + plan.level_id(response.level);
}

const plan::Response* response_for(const Stage& stage) {
  const auto* response = stage.plan.response(stage.incident.kind, stage.incident.level);
  if (response != nullptr) return response;
  return stage.plan.response(model::HazardKind::kUnclassified, model::kNoLevel);  // a human must have it
}

// "指挥长"; the selector when nobody fills it.
std::string post_name(const Stage& stage, const model::Selector& selector) {
  const std::vector<model::Selector> one{selector};
  const auto found = stage.roster.resolve(one, stage.incident.area, stage.now);
  const bool named = !found.recipients.empty() && !found.recipients.front().post_name.empty();
  return named ? found.recipients.front().post_name : model::to_text(selector);
}

void show_callout(Stage& stage, const plan::Response& response) {
  CallOutOutcome shown;
  const auto& language = stage.options.language.empty() ? stage.plan.default_language() : stage.options.language;
  const auto level = stage.incident.level;
  shown.began_after = stage.elapsed();
  shown.level_id = stage.incident.level_id;
  if (level >= 0 && level < static_cast<int>(stage.plan.levels.size())) {
    shown.level_name =
        plan::say(stage.plan.levels[static_cast<std::size_t>(level)].name, language, stage.plan.default_language());
  }
  shown.clause = stage.incident.clause;
  shown.clause_text = stage.incident.clause_text;
  shown.response = response_name(stage.plan, response);
  if (const auto& rules = response.approval) {
    ApprovalOutcome approval;
    for (const auto& selector : rules->by) {
      approval.by.push_back(model::to_text(selector));
      approval.by_names.push_back(post_name(stage, selector));
    }
    approval.due_after = stage.elapsed() + rules->at_most;
    shown.approval = std::move(approval);
  }
  stage.out.callouts.push_back(std::move(shown));
}

void add_step_row(Stage& stage, const plan::Response& response, int index) {
  const auto& rules = response.steps[static_cast<std::size_t>(index)];
  StagedStep staged;
  staged.rules = &rules;
  staged.callout = static_cast<int>(stage.callouts.size()) - 1;
  staged.asks_decision = response.approval && response.approval->step == index;
  staged.row.index = index;
  staged.row.needs = rules.needs;
  StepOutcome shown;
  shown.name = rules.name;
  if (rules.ladder >= 0) shown.text = rules.text.empty() ? "alert" : rules.text;
  shown.title = stage.in_language(plan::title_of(stage.plan, rules));
  shown.index = static_cast<int>(stage.steps.size());
  shown.callout = staged.callout;
  shown.start = rules.start;
  shown.life_safety = rules.life_safety;
  shown.needs = staged.asks_decision ? AnswerKind::kDecision : rules.needs;
  shown.needed = rules.ladder < 0 ? 0 : rules.enough;
  for (const int next : rules.then) shown.then.push_back(response.steps[static_cast<std::size_t>(next)].name);
  stage.steps.push_back(std::move(staged));
  stage.out.steps.push_back(std::move(shown));
}

std::vector<std::string> names_that_ran(const Stage& stage) {
  std::vector<std::string> names;
  if (stage.callouts.empty()) return names;
  for (auto step = stage.callouts.back().first_step; step < stage.steps.size(); ++step) {
    if (stage.steps[step].row.started_at) names.push_back(stage.steps[step].rules->name);
  }
  return names;
}

void close_steps(Stage& stage, const StagedCallOut& callout) {
  for (std::size_t i = 0; i < callout.response->steps.size(); ++i) {
    auto& row = stage.steps[callout.first_step + i].row;
    auto& shown = stage.out.steps[callout.first_step + i];
    if (row.state == StepState::kSatisfied || row.state == StepState::kClosed) continue;
    row.state = shown.state = StepState::kClosed;
    row.look_again_at.reset();
    if (row.started_at && !shown.ended_after) shown.ended_after = stage.elapsed();
  }
}

// Nobody is asked to decide any more.
void end_asking(Stage& stage, int revision, AlertState end, model::Reason reason) {
  for (auto& actor : stage.actors) {
    auto& alert = actor.alert;
    if (alert.matter_kind != MatterKind::kApproval || actor.told.callout + 1 != static_cast<int>(stage.callouts.size()))
      continue;
    if (alert.state == AlertState::kWithdrawn ||
        stage.alert_of(MatterKind::kApproval, revision, alert.person) != &actor)
      continue;
    const bool was_open = callout::is_open(alert);
    stage.end_queued(actor, model::DeliveryState::kCancelled);
    stage.close_call_lines(actor);
    note_first_rung(stage, actor, std::nullopt);
    if (was_open) note_closed(stage, actor);
    alert.state = end;
    alert.reason = reason;
    alert.needs = AnswerKind::kNone;
    alert.paused_until.reset();
    alert.look_again_at.reset();
    stage.note_rest(actor);
  }
}

void end_approval_step(Stage& stage, Place step, bool somebody_decided) {
  auto& row = stage.steps[step].row;
  auto& shown = stage.out.steps[step];
  if (row.state == StepState::kShort && !somebody_decided) return;
  row.state = shown.state = somebody_decided ? StepState::kSatisfied : StepState::kShort;
  row.look_again_at.reset();
  shown.reason = somebody_decided ? model::Reason::kSettled : model::Reason::kNoAnswer;
  shown.ended_after = stage.elapsed();
}

// Whoever else was asked hears what became of it.
void tell_the_others(Stage& stage, int revision, const std::string& decided_by) {
  std::vector<model::PersonId> asked;
  for (const auto& actor : stage.actors) {
    const auto& alert = actor.alert;
    if (alert.matter_kind == MatterKind::kApproval && actor.told.code != decided_by &&
        stage.alert_of(MatterKind::kApproval, revision, alert.person) == &actor &&
        callout::was_asked(alert, actor.tried))
      asked.push_back(alert.person);
  }
  std::vector<Place> fresh;
  for (const auto person : asked) {
    model::Alert news;
    news.matter_kind = MatterKind::kDecided;
    news.person = person;
    if (const auto added = stage.add(std::move(news), revision)) fresh.push_back(*added);
  }
  for (const auto place : fresh) {
    stage.actors[place].told.step = -1;
    climb(stage, place);
  }
}

void begin_what_waited(Stage& stage, const StagedCallOut& callout) {
  std::vector<StepState> states;
  std::vector<int> called_for;
  for (std::size_t i = 0; i < callout.response->steps.size(); ++i) {
    const auto place = callout.first_step + i;
    states.push_back(stage.steps[place].row.state);
    bool calls = states.back() == StepState::kShort;
    for (std::size_t t = 0; t < stage.tasks.size(); ++t)
      calls = calls || (stage.tasks[t].step == place && stage.out.tasks[t].state == model::TaskState::kOverdue);
    const auto& then = callout.response->steps[i].then;
    if (calls) called_for.insert(called_for.end(), then.begin(), then.end());
  }
  const auto first = callout.first_step;
  for (const auto index : callout::steps_on_approval(*callout.response, states, stage.not_opened, called_for))
    begin_step(stage, first + static_cast<std::size_t>(index));
}

void close_what_waited(Stage& stage, const StagedCallOut& callout) {
  for (std::size_t i = 0; i < callout.response->steps.size(); ++i) {
    auto& row = stage.steps[callout.first_step + i].row;
    const auto& rules = callout.response->steps[i];
    if (row.state != StepState::kWaiting || !callout::is_held_back(*callout.response, rules, callout.ran_before))
      continue;
    row.state = stage.out.steps[callout.first_step + i].state = StepState::kClosed;
  }
}

}  // namespace

void start_callout(Stage& stage) {
  const auto* response = response_for(stage);
  if (response == nullptr) return;  // read_plan insists that there is one
  StagedCallOut callout;
  callout.response = response;
  callout.revision = stage.incident.revision;
  callout.ran_before = response->approval ? names_that_ran(stage) : std::vector<std::string>{};
  if (callout.revision > 1) callout.told_before = told_people(stage, false);
  callout.first_step = stage.steps.size();
  if (response->approval) callout.approval_due = stage.now + response->approval->at_most;
  stage.callouts.push_back(std::move(callout));
  show_callout(stage, *response);
  for (int i = 0; i < static_cast<int>(response->steps.size()); ++i) add_step_row(stage, *response, i);
  const auto first = stage.callouts.back().first_step;
  for (const auto index : callout::steps_at_start(*response, stage.callouts.back().ran_before))
    begin_step(stage, first + static_cast<std::size_t>(index));
}

void halt(Stage& stage, model::DeliveryState queued_become, model::Reason reason, bool with_tasks) {
  stage.work.clear();
  for (auto& actor : stage.actors) {
    stage.end_queued(actor, queued_become);
    if (callout::is_climbing(actor.alert.state)) {
      actor.alert.state = AlertState::kWithdrawn;
      actor.alert.reason = reason;
      actor.alert.look_again_at.reset();
      actor.alert.paused_until.reset();
      stage.note_rest(actor);
    }
    if (actor.alert.state == AlertState::kAnswered || actor.alert.state == AlertState::kWithdrawn)
      stage.close_call_lines(actor);
  }
  for (std::size_t i = 0; i < stage.callouts.size(); ++i) {
    auto& callout = stage.callouts[i];
    auto& shown = stage.out.callouts[i];
    if (callout.ended) continue;
    if (shown.approval && shown.approval->state == ApprovalState::kPending) {
      shown.approval->state = ApprovalState::kMoot;
      shown.approval->decided_after = stage.elapsed();
    }
    close_steps(stage, callout);
    callout.ended = true;
    shown.ended_after = stage.elapsed();
  }
  for (auto& task : stage.out.tasks) {
    if (with_tasks && (task.state == model::TaskState::kOpen || task.state == model::TaskState::kOverdue))
      task.state = model::TaskState::kClosed;
  }
}

void revise(Stage& stage) {
  settle_steps(stage);
  halt(stage, model::DeliveryState::kSuperseded, model::Reason::kRaised, false);
  ++stage.incident.revision;
  start_callout(stage);
  mail_told(stage, MatterKind::kUpdate);
}

void mail_told(Stage& stage, MatterKind kind) {
  StagedWork work;
  work.mails = true;
  work.matter = {kind, stage.incident.revision};
  for (const auto& [person, answer] : told_people(stage, true)) work.people.push_back(person);
  std::sort(work.people.begin(), work.people.end());
  if (!work.people.empty()) stage.work.push_back(std::move(work));
}

ApprovalOutcome* awaited(Stage& stage) {
  if (stage.callouts.empty() || stage.callouts.back().ended) return nullptr;
  auto& approval = stage.out.callouts.back().approval;
  return approval && approval->state == ApprovalState::kPending ? &*approval : nullptr;
}

void decide(Stage& stage, ApprovalState state, const std::string& by) {
  auto& approval = *awaited(stage);
  const auto& callout = stage.callouts.back();
  const bool somebody = !by.empty();
  approval.state = state;
  approval.decided_after = stage.elapsed();
  approval.decided_by = by;
  // The step first: an alert that ends must not make it short.
  if (const int step = callout.response->approval->step; step >= 0)
    end_approval_step(stage, callout.first_step + static_cast<std::size_t>(step), somebody);
  end_asking(stage, callout.revision, somebody ? AlertState::kAnswered : AlertState::kWithdrawn,
             somebody ? model::Reason::kSettled : model::Reason::kNoAnswer);
  if (model::holds_back(state)) {
    close_what_waited(stage, callout);
  } else {
    begin_what_waited(stage, callout);
  }
  tell_the_others(stage, callout.revision, by);
}

void due_approvals(Stage& stage) {
  if (awaited(stage) == nullptr || stage.callouts.back().approval_due > stage.now) return;
  const bool starts = stage.callouts.back().response->approval->starts_by_default;
  decide(stage, starts ? ApprovalState::kStartedByDefault : ApprovalState::kLeftByDefault, "");
  stage.happened(HappenedWhat::kDefault);
  stage.out.course.back().approved = starts;
}

}  // namespace tocsin::rehearse
