// Levels and responses that do not meet, and steps, approvals and endings that cannot do what they say.
#include <algorithm>

#include "gateway/plan/lint_parts.h"

namespace tocsin::plan {
namespace {

bool asks(const PlanStep& step) {
  return step.ladder >= 0 && (step.enough_all || step.enough > 0);
}

void check_levels(const Plan& plan, base::Diagnostics& findings) {
  std::map<model::HazardKind, std::set<model::LevelIndex>> by_rule;
  for (const auto& [kind, hazard] : plan.hazards) by_rule[kind] = levels_by_rule(plan, hazard);
  for (const auto& response : plan.responses) {
    const auto levels = by_rule.find(response.kind);
    if (levels == by_rule.end() || levels->second.count(response.level) != 0) continue;
    warn(findings, "response-by-hand-only", place_of(plan, response),
         base::said("no rule reaches {0}: only a person can raise or lower to it",
                    "没有规则会用到{0}：只有人工升降级才会用到", name_of(plan, response)));
  }
  for (const auto& [kind, levels] : by_rule) {
    for (const auto level : levels) {
      const auto* response = plan.response(kind, level);
      if (response == nullptr || response->level == level) continue;
      const std::string name(model::name_of(kind));
      warn(findings, "level-without-own-response", name + "/" + plan.level_id(level),
           base::said("{0} at level {1} has no response of its own", "{0}的{1}级没有自己的响应", name,
                      plan.level_id(level)),
           base::said("it is answered by that of level {0}", "由{0}级的响应代替", plan.level_id(response->level)));
    }
  }
}

void check_then(const Plan& plan, const Response& response, base::Diagnostics& findings) {
  for (const auto& step : response.steps) {
    if (step.then.empty() || asks(step)) continue;
    warn(findings, "then-never", place_of(plan, response, step),
         base::said("{0} needs no answers, so its \"then\" never comes", "{0}不需要答复，它的then永远不会发生",
                    name_of(plan, response, step)));
  }
}

// A duty listed behind the telling of people is read as "when they have been told": due before the answers can be in,
// it is late whatever the desk does.  Only steps that begin together are compared.
void check_clocks(const Plan& plan, const Response& response, base::Diagnostics& findings) {
  for (std::size_t i = 0; i < response.steps.size(); ++i) {
    const auto& task = response.steps[i];
    if (!task.task || task.start == StepStart::kThen) continue;
    const PlanStep* slowest = nullptr;
    for (std::size_t before = 0; before < i; ++before) {
      const auto& step = response.steps[before];
      if (!asks(step) || step.start != task.start || step.wait <= task.task->clock) continue;
      if (slowest == nullptr || step.wait > slowest->wait) slowest = &step;
    }
    if (slowest == nullptr) continue;
    warn(findings, "clock-before-steps", place_of(plan, response, task),
         base::said("the task of {0} is due after {1}, but step {2} listed before it waits {3} for its answers",
                    "{0}的任务{1}后到期，而列在它前面的步骤{2}要等答复{3}", name_of(plan, response, task),
                    base::to_string(task.task->clock), slowest->name, base::to_string(slowest->wait)),
         base::said("list the task before that step, or give it more time", "把任务列在该步骤之前，或放宽时限"));
  }
}

// The waits before the first deputy is told; empty: this ladder never comes to one.
std::optional<base::Duration> until_deputy(const Ladder& ladder) {
  base::Duration passed{};
  for (const auto& rung : ladder.rungs) {
    if (rung.channel == model::Channel::kDeputy) return passed;
    passed += rung.wait;
  }
  return std::nullopt;
}

void check_approval(const Plan& plan, const Response& response, base::Diagnostics& findings) {
  const auto& approval = response.approval;
  if (!approval || approval->step < 0) return;
  const auto& step = response.steps[static_cast<std::size_t>(approval->step)];
  if (step.ladder < 0) return;
  const auto& own = plan.ladders[static_cast<std::size_t>(step.ladder)];
  std::vector<const Ladder*> climbed{&own};
  for (const auto& hours : own.hours) climbed.push_back(&plan.ladders[static_cast<std::size_t>(hours.ladder)]);
  const auto where = place_of(plan, response) + "/approval";
  for (const auto* ladder : climbed) {
    const auto needs = until_deputy(*ladder);
    if (needs && *needs < approval->at_most) continue;
    if (needs) {
      warn(findings, "approval-too-short", where,
           base::said("the approval of {0} waits {1}, but ladder {2} comes to the first deputy only after {3}",
                      "{0}的批准只等{1}，而呼叫阶梯{2}要到{3}后才通知第一位替补", name_of(plan, response),
                      base::to_string(approval->at_most), ladder->name, base::to_string(*needs)),
           base::said("give \"at_most\" more time, or let the deputy come earlier", "放宽at_most，或让替补提前"));
      return;
    }
    if (approval->by.size() > 1) continue;
    warn(findings, "approval-too-short", where,
         base::said("the approval of {0} asks {1} alone, and ladder {2} never comes to a deputy",
                    "{0}的批准只问{1}，而呼叫阶梯{2}从不通知替补", name_of(plan, response),
                    model::to_text(approval->by.front()), ladder->name),
         base::said("add a rung with channel \"deputy\", or a second post to \"by\"",
                    "增加一级channel = \"deputy\"，或在by中增加一个岗位"));
    return;
  }
}

// Whoever may end it must have heard of it.
void check_stand_down(const Plan& plan, const Response& response, base::Diagnostics& findings) {
  const auto& rule = response.stand_down;
  if (!rule || rule->by.empty()) return;
  for (const auto& step : response.steps) {
    for (const auto& selector : step.to) {
      if (std::find(rule->by.begin(), rule->by.end(), selector) != rule->by.end()) return;
    }
  }
  std::string by;
  for (const auto& selector : rule->by) by += (by.empty() ? "" : ", ") + model::to_text(selector);
  warn(findings, "stand-down-by-nobody", place_of(plan, response) + "/stand_down",
       base::said("{0} may be ended by {1} only, whom no step of it tells", "{0}只能由{1}终止，但没有任何步骤通知他们",
                  name_of(plan, response), by),
       base::said("tell them in a step (with enough = 0 if no answer is needed), or let somebody who is told end it",
                  "用一个步骤通知他们（不需答复时写enough = 0），或让已被通知的人终止"));
}

}  // namespace

void lint_responses(const Plan& plan, base::Diagnostics& findings) {
  check_levels(plan, findings);
  for (const auto& response : plan.responses) {
    check_then(plan, response, findings);
    check_clocks(plan, response, findings);
    check_approval(plan, response, findings);
    check_stand_down(plan, response, findings);
  }
}

}  // namespace tocsin::plan
