// [response.approval]: who must say yes before the response begins, and what happens when nobody says anything.
#include "gateway/plan/reading.h"

#include <algorithm>

namespace tocsin::plan {
namespace {

using base::said;

using namespace std::chrono_literals;

constexpr const char* kApproval = "approval";  // the step's name, and its template's

// Telling whoever decides is a step like any other; only the decision itself is not an answer.
PlanStep step_of(const Approval& approval, int ladder, const Plan& plan) {
  static const Words title{{"zh", "启动批准"}, {"en", "Approval"}};
  PlanStep step;
  step.name = kApproval;
  for (const auto& language : plan.languages) {
    if (const auto it = title.find(language); it != title.end()) step.title.insert(*it);
  }
  step.to = approval.by;
  step.ladder = ladder;
  step.needs = model::AnswerKind::kDecision;
  step.enough = 1;
  step.wait = approval.at_most;
  step.at_most = approval.at_most;
  step.text = kApproval;
  step.life_safety = true;
  return step;
}

}  // namespace

void read_approval(const Node& node, Response& response, const std::string& place, const base::Said& what,
                   Reading& reading) {
  TableReader table(reading, node, Table::kApproval, said("the approval of {0}", "{0}的启动批准", what));
  const auto here = place + "/" + kApproval;
  reading.place(here, node.at);
  if (response.kind == model::HazardKind::kUnclassified) {
    reading.findings.error(
        node.at, "not-applicable",
        said("what nothing understood waits for no approval: it rings at once", "未能识别的报告不等批准，立即响铃"),
        said("leave the approval out", "请去掉批准"));
  }
  Approval approval;
  table.require("by");
  approval.by = read_selectors(table, "by", here + "/to", reading);
  table.require("ladder");
  const auto ladder = read_ladder_name(table, reading);
  approval.at_most = table.duration("at_most").value_or(10min);
  if (const auto otherwise = table.one_of("otherwise", {"start", "leave"}))
    approval.starts_by_default = *otherwise == 0;
  table.finish();
  if (reading.plan.templates.count(kApproval) == 0) {
    reading.findings.error(node.at, "missing-template",
                           said("{0} waits for an approval, but the plan has no [template.approval]",
                                "{0}要等批准，但预案没有[template.approval]", what),
                           said("say there what is to be decided and how", "在那里写明要批准什么、怎样批准"));
  }
  const auto same = [](const PlanStep& step) { return step.name == kApproval; };
  if (std::any_of(response.steps.begin(), response.steps.end(), same)) {
    reading.findings.error(node.at, "duplicate-name",
                           said("{0} has a step \"approval\": its approval is called so itself",
                                "{0}有名为\"approval\"的步骤，与批准本身重名", what),
                           said("give the step another name", "请给该步骤另取名字"));
    return;
  }
  if (!ladder) return;
  approval.step = static_cast<int>(response.steps.size());
  response.steps.push_back(step_of(approval, *ladder, reading.plan));
  response.approval = std::move(approval);
}

}  // namespace tocsin::plan
