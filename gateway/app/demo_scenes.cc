#include "gateway/app/demo_scenes.h"

#include <algorithm>
#include <vector>

namespace tocsin::app {

using namespace std::chrono_literals;
using model::Role;

namespace {

model::Principal as(Role role, const std::string& name, model::PersonId person = {}) {
  model::Principal by;
  by.role = role;
  by.name = name;
  by.person = person;
  return by;
}

model::SubmitReport a_report(Stage& stage, const std::string& key, const std::string& facts) {
  model::SubmitReport report;
  report.by = as(Role::kReporter, "demo-reporter", stage.person("gu-yutian"));
  report.via = model::ReportVia::kApi;
  report.key = key;
  report.hazard = "fire";
  report.facts = *model::parse_facts(facts);
  report.area = "donghu-1";
  report.place = "3号楼 2单元";
  return report;
}

void show_assessment(Stage& stage, const model::SubmittedReport& reply) {
  stage.line("accepted on disk; incident " + std::to_string(reply.incident_code) +
             (reply.opened ? " opened" : " joined") + ", level " + reply.assessment.level_id);
  stage.line("clause " + reply.assessment.clause + ": " + reply.assessment.clause_text);
  for (const auto& question : reply.assessment.questions) {
    stage.line("asks: " + question.text + "  (could reach level " + question.could_reach_id + ")");
  }
}

std::string step_line(const model::Step& step) {
  std::string line = "step " + step.name + ": " + std::string(model::name_of(step.state)) + ", " +
                     std::to_string(step.counters.recipients) + " told";
  if (step.needed > 0) {
    line += ", needs " + std::to_string(step.needed) + " " + std::string(model::name_of(step.needs)) + "; received " +
            std::to_string(step.counters.received) + ", coming " + std::to_string(step.counters.coming);
  }
  return line;
}

void show_callout(Stage& stage, const model::IncidentView& view) {
  if (view.callouts.empty()) return;
  for (const auto& step : view.steps) {
    if (step.callout != view.callouts.back().id || step.state == model::StepState::kWaiting) continue;
    stage.line(step_line(step));
    for (const auto& told : view.alerts) {
      if (told.alert.step != step.id) continue;
      std::string over;
      for (const auto& d : told.deliveries) {
        over += (over.empty() ? "" : ", ") + std::string(model::name_of(d.channel)) + " " +
                std::string(model::name_of(d.state));
      }
      stage.line("    " + stage.name(told.alert.person) + "  because " +
                 (told.selectors.empty() ? "" : told.selectors.front()) +
                 (told.alert.stands_in_for ? " (stands in for " + stage.name(told.alert.stands_in_for) + ")" : "") +
                 "  " + over);
    }
  }
  for (const auto& task : view.tasks) {
    stage.line("desk task: " + task.text.en + "  [" + std::string(model::name_of(task.state)) + "]");
  }
  for (const auto& left : view.not_told) {
    stage.line("not told again: " + (left.person ? stage.name(left.person) : left.what) + ", " +
               std::string(model::name_of(left.reason)));
  }
}

}  // namespace

void first_report(Stage& stage) {
  stage.title("A grid worker reports: fire, 2 injured, 1 trapped, 东湖社区一网格, 3号楼 2单元");
  const auto result = stage.submit(a_report(stage, "demo-report-0001", "serious=2 trapped=1"));
  if (!stage.expect(result.ok(), "the report is accepted")) return;
  const auto& reply = std::get<model::SubmittedReport>(*result);
  show_assessment(stage, reply);
  stage.expect(reply.assessment.level_id == "III", "the level is III");
  stage.expect(!reply.assessment.questions.empty(), "there is something to ask");
  stage.title("The call-out, step by step: who is told over what, and why");
  show_callout(stage, stage.incident());
}

void people_answer(Stage& stage) {
  stage.title("The desk calls 119 and ticks it off; one of the fire station texts 2, coming");
  const auto tasks = stage.incident().tasks;
  if (stage.expect(!tasks.empty(), "there is a desk task")) {
    stage.expect(stage.submit(model::CompleteTask{as(Role::kDuty, "desk"), tasks.front().id, ""}).ok(),
                 "the task is done");
  }
  stage.texts("yan-wuhuo", "2");
  const auto view = stage.incident();
  const auto* fire = stage.alert_of(view, "yan-wuhuo");
  stage.expect(fire != nullptr && fire->alert.answer == model::AnswerKind::kComing, "the fire station is coming");

  stage.title("The commander texts 1, received: that only pauses his ladder");
  stage.pass(1min);
  stage.texts("shi-qingsong", "1");
  stage.pass(2min + 59s);
  stage.expect(!stage.call_line("shi-qingsong"), "he is left alone for one wait");
  stage.pass(2s);
  stage.expect(stage.call_line("shi-qingsong").has_value(), "he is asked again: a line on the call sheet");

  stage.title("The leader on duty stays silent: call sheet, then the deputy is rung");
  stage.pass(4min + 10s);
  const auto later = stage.incident();
  const auto* deputy = stage.alert_of(later, "bai-yunling");
  stage.expect(deputy != nullptr, "the deputy is told");
  bool rung = false;
  for (const auto& alert : later.alerts) {
    rung = rung || (alert.alert.stands_in_for == stage.person("gao-yuanshan"));
  }
  stage.expect(rung, "a deputy stands in for the silent leader");
  show_callout(stage, later);
}

void desk_calls(Stage& stage) {
  stage.title("The duty officer takes the call sheet and phones the commander: he is coming");
  const auto line = stage.call_line("shi-qingsong");
  if (!stage.expect(line.has_value(), "the commander is on the call sheet")) return;
  stage.line("script: " + line->script);
  model::RecordCall call;
  call.by = as(Role::kDuty, "desk");
  call.line = line->line;
  call.outcome = model::CallOutcome::kComing;
  stage.expect(stage.submit(call).ok(), "the outcome is taken");
  stage.expect(!stage.call_line("shi-qingsong"), "his line is gone from the call sheet");
}

void level_rises(Stage& stage) {
  stage.title("A second report: 5 trapped, the fire is spreading");
  const auto result = stage.submit(a_report(stage, "demo-report-0002", "trapped=5 spreading=yes"));
  if (!stage.expect(result.ok(), "the second report is accepted")) return;
  const auto& reply = std::get<model::SubmittedReport>(*result);
  show_assessment(stage, reply);
  stage.expect(!reply.opened && reply.incident_code == 101, "it joins the incident");
  const auto view = stage.incident();
  stage.expect(view.incident.level_id == "II", "the level rises to II by itself");
  stage.line("only the new people get the alert; those told before get one update");
  show_callout(stage, view);
  stage.expect(stage.was_sent(view, "shi-qingsong", model::MatterKind::kUpdate), "the commander gets an update");
  const auto* gas = stage.alert_of(view, "guan-wenfa");
  stage.expect(gas != nullptr && gas->alert.matter_kind == model::MatterKind::kAlert, "the gas company is alerted");
  stage.expect(stage.was_sent(view, "shi-qingsong", model::MatterKind::kApproval), "the commander is asked to approve");
  stage.expect(stage.alert_of(view, "mi-fengnian") == nullptr, "the rest of the office waits for that");
}

void commander_approves(Stage& stage) {
  stage.title("The commander approves, with the code sent to his own phone: now the rest of the office is told");
  const auto commander = as(Role::kCommander, "commander", stage.person("shi-qingsong"));
  const std::string code = "314159";
  const auto asked = stage.submit(model::AskApprovalCode{commander, 101, model::SignInId{1}, "demo", code});
  if (!stage.expect(asked.ok(), "the code is sent")) return;
  const auto& reply = std::get<model::ApprovalReply>(*asked);
  stage.expect(stage.submit(model::Approve{commander, 101, true, reply.request, code, {}}).ok(),
               "the approval is taken");
  stage.expect(stage.alert_of(stage.incident(), "mi-fengnian") != nullptr, "the head of logistics is told");
}

void stand_down(Stage& stage) {
  stage.title("The fire is out: stand-down on the commander's word, every condition of the plan ticked");
  model::StandDown end{as(Role::kDuty, "desk"), 101, "fire is out"};
  end.ordered_by = "shi-qingsong";
  stage.expect(!stage.submit(end).ok(), "without its conditions it is refused");
  end.conditions = {"fire-out", "all-found", "handed-over"};
  stage.expect(stage.submit(end).ok(), "the stand-down is taken");
  const auto view = stage.incident();
  int told = 0, over = 0;
  std::vector<model::PersonId> people;
  for (const auto& alert : view.alerts) {
    if (alert.alert.matter_kind == model::MatterKind::kStandDown) {
      over += alert.alert.told ? 1 : 0;
    } else if (alert.alert.told && std::find(people.begin(), people.end(), alert.alert.person) == people.end()) {
      people.push_back(alert.alert.person);
      ++told;
    }
  }
  stage.line(std::to_string(told) + " people had been told; " + std::to_string(over) + " were told that it is over");
  stage.expect(told > 0 && told == over, "everybody who was told hears of the end");
  const auto size = view.alerts.size();
  stage.pass(2h);
  stage.expect(stage.incident().alerts.size() == size, "nothing more goes out");
  stage.expect(stage.call_sheet_is_empty(), "the call sheet is empty");
}

}  // namespace tocsin::app
