#include "gateway/app/demo.h"

#include <stdlib.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "adapters/console/console.h"
#include "gateway/app/daemon.h"
#include "gateway/app/database_session.h"
#include "gateway/base/local_time.h"
#include "gateway/base/log.h"
#include "gateway/base/random.h"
#include "gateway/store/tokens.h"

namespace tocsin::app {
namespace {

using namespace std::chrono_literals;
using model::Role;

std::atomic<bool> stop_asked{false};

// The machine's clock, moved ahead by the scene: three minutes of waiting pass at once, on both timelines alike.
class MovedClock final : public base::Clock {
 public:
  [[nodiscard]] base::UtcTime utc_now() const override { return machine_.utc_now() + base::Duration{ahead_}; }
  [[nodiscard]] base::SteadyTime steady_now() const override { return machine_.steady_now() + base::Duration{ahead_}; }
  void move(base::Duration by) { ahead_ += by.count(); }

 private:
  base::SystemClock machine_;
  std::atomic<std::int64_t> ahead_{0};
};

void say(const std::string& line) {
  std::printf("%s\n", line.c_str());
  std::fflush(stdout);
}

// The scene is one of office hours: at night the sample plan lets the desk phone before anything is sent.
void move_to_office_hours(MovedClock& clock) {
  const auto local = base::to_local(clock.utc_now(), "Asia/Shanghai");
  if (!local || (local->hour >= 8 && local->hour < 18)) return;
  constexpr int kTen = 10 * 60, kDay = 24 * 60;
  const int minute = local->hour * 60 + local->minute;
  clock.move(std::chrono::minutes((kTen + kDay - minute) % kDay));
  say("the office's clock is moved to ten in the morning");
}

// The stage: an office, a clock that can be moved, and what the audience is told.
class Stage {
 public:
  Stage(Daemon& daemon, MovedClock& clock, base::Duration pace) : daemon_(daemon), clock_(clock), pace_(pace) {}

  void title(const std::string& text) {
    pause();
    say("\n== " + text);
  }
  void line(const std::string& text) { say("   " + text); }

  void settle() {
    while (daemon_.office().engine().pump()) {
    }
  }

  void pass(base::Duration by) {
    line("... " + base::to_string(by) + " later");
    const auto end = clock_.utc_now() + by;
    while (clock_.utc_now() < end) {
      const auto wake = daemon_.office().engine().next_wake();
      const auto left = end - clock_.utc_now();
      clock_.move(wake ? std::clamp<base::Duration>(*wake - clock_.utc_now(), 1ms, std::max<base::Duration>(left, 1ms))
                       : left);
      settle();
    }
  }

  model::CommandResult submit(model::Command command) {
    auto future = daemon_.office().submit(std::move(command));
    settle();
    return future.get();
  }

  void texts(const std::string& person, const std::string& text) {
    const auto* card = daemon_.office().roster()->person_coded(person);
    if (!expect(card != nullptr && !card->contacts.empty(), person + " is in the sample directory")) return;
    daemon_.console("console")->phone_texts(card->contacts.front().address, text);
    settle();
  }

  model::IncidentView incident() {
    auto view = daemon_.office().queries().incident(101, 1000);
    if (!expect(view.ok(), "incident 101 can be read")) return {};
    return *view;
  }

  // Every promise of the scene is looked up, not assumed.
  bool expect(bool holds, const std::string& what) {
    if (!holds) {
      ++failures_;
      say("   !! NOT AS TOLD: " + what);
    }
    return holds;
  }

  std::string name(model::PersonId id) {
    const auto* card = daemon_.office().roster()->person(id);
    return card == nullptr ? "?" : card->name;
  }
  model::PersonId person(const std::string& code) {
    const auto* card = daemon_.office().roster()->person_coded(code);
    return card == nullptr ? model::PersonId{} : card->id;
  }
  const model::AlertView* alert_of(const model::IncidentView& view, const std::string& code) {
    const model::AlertView* found = nullptr;
    for (const auto& alert : view.alerts) {
      if (alert.alert.person == person(code)) found = &alert;
    }
    return found;
  }
  bool was_sent(const model::IncidentView& view, const std::string& code, model::MatterKind matter) {
    return std::any_of(view.alerts.begin(), view.alerts.end(), [&](const auto& alert) {
      return alert.alert.person == person(code) && alert.alert.matter_kind == matter;
    });
  }
  std::optional<model::CallLine> call_line(const std::string& code) {
    const auto sheet = daemon_.office().queries().call_sheet(200);
    if (!sheet) return std::nullopt;
    for (const auto& candidate : *sheet) {
      if (candidate.person == person(code)) return candidate;
    }
    return std::nullopt;
  }

  bool call_sheet_is_empty() {
    const auto sheet = daemon_.office().queries().call_sheet(200);
    return sheet.ok() && sheet->empty();
  }

  [[nodiscard]] int failures() const { return failures_; }
  MovedClock& clock() { return clock_; }

 private:
  void pause() {
    const auto until = std::chrono::steady_clock::now() + pace_;
    while (std::chrono::steady_clock::now() < until && !stop_asked) {
      settle();
      std::this_thread::sleep_for(20ms);
    }
  }

  Daemon& daemon_;
  MovedClock& clock_;
  base::Duration pace_;
  int failures_ = 0;
};

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
    stage.line("desk task: " + task.text + "  [" + std::string(model::name_of(task.state)) + "]");
  }
  for (const auto& left : view.not_told) {
    stage.line("not told again: " + (left.person ? stage.name(left.person) : left.what) + ", " +
               std::string(model::name_of(left.reason)));
  }
}

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

std::string samples_folder(const std::string& asked) {
  for (const std::string& folder : {asked, std::string("plans/sample-subdistrict"), std::string(TOCSIN_SAMPLES),
                                    std::string(TOCSIN_INSTALLED_SAMPLES)}) {
    if (!folder.empty() && std::filesystem::exists(folder + "/plan.toml")) return folder;
  }
  return {};
}

Settings demo_settings(const DemoOptions& options, const std::string& samples, const std::string& folder) {
  Settings settings;
  settings.database = folder + "/demo.db";
  settings.plan = samples + "/plan.toml";
  settings.directory = samples + "/directory";
  settings.dialing.area_code = "539";
  settings.https.port = options.once ? 0 : options.port;
  settings.ballast_mb = 1;
  settings.log_level = "warning";
  LinkSettings link;
  link.name = "console";
  link.kind = "console";
  settings.links.push_back(link);
  return settings;
}

struct Token {
  Role role;
  const char* name;
  const char* person;
  std::string text;
};

// One token per role; the reporter's and the commander's belong to people of the sample.
bool make_tokens(const Settings& settings, Daemon& daemon, base::UtcTime now, std::vector<Token>& tokens) {
  auto database = open_to_write(settings.database);
  if (!database) return false;
  for (auto& token : tokens) {
    token.text = base::new_token();
    const auto* card = daemon.office().roster()->person_coded(token.person);
    const auto done = store::insert_token(*database->session, token.name, token.role,
                                          card == nullptr ? model::PersonId{} : card->id, token.text, now);
    if (!done) return false;
  }
  return true;
}

void print_invitation(const Daemon& daemon, const std::vector<Token>& tokens) {
  say("\n== The scene is over.  tocsin stays up at " + daemon.url() + "  (Ctrl-C ends it)");
  say("   certificate fingerprint " + daemon.fingerprint());
  for (const auto& token : tokens) say("   token " + std::string(model::name_of(token.role)) + ": " + token.text);
  say("   Try:");
  say("   curl --cacert " + daemon.certificate() + " -H 'Authorization: Bearer " + tokens.front().text +
      "' -H 'Content-Type: application/json' -d "
      "'{\"key\":\"try-0000001\",\"hazard\":\"fire\",\"facts\":{\"trapped\":1},"
      "\"area\":\"donghu-2\"}' " +
      daemon.url() + "/api/v1/reports");
}

int play(const DemoOptions& options, const std::string& samples, const std::string& folder) {
  const auto settings = demo_settings(options, samples, folder);
  MovedClock clock;
  move_to_office_hours(clock);
  base::set_log_level(base::LogLevel::kWarning);
  auto daemon =
      Daemon::start(settings, clock, [](std::string_view line) { say("      [phone] " + std::string(line)); });
  if (!daemon) {
    std::fprintf(stderr, "tocsin: %s\n", daemon.error().message.c_str());
    return 1;
  }
  std::vector<Token> tokens = {{Role::kReporter, "demo-reporter", "gu-yutian", ""},
                               {Role::kCommander, "demo-commander", "shi-qingsong", ""},
                               {Role::kDuty, "demo-duty", "zhong-changming", ""},
                               {Role::kAdmin, "demo-admin", "", ""}};
  if (!make_tokens(settings, **daemon, clock.utc_now(), tokens)) {
    std::fprintf(stderr, "tocsin: the tokens of the demo could not be stored\n");
    return 1;
  }
  Stage stage(**daemon, clock, options.once ? base::Duration{0} : base::Duration{options.pace ? 4s : 2s});
  say("tocsin at " + (*daemon)->url() + ", a throw-away database, the sample plan, every phone a console");
  for (auto scene : {first_report, people_answer, desk_calls, level_rises, commander_approves, stand_down}) {
    if (!stop_asked) scene(stage);
  }
  if (stage.failures() > 0) {
    say("\nThe scene did not go as told: " + std::to_string(stage.failures()) + " thing(s), marked !! above.");
    return 1;
  }
  if (options.once) {
    say("\nThe scene went as told.");
  } else {
    print_invitation(**daemon, tokens);
    (*daemon)->run();
    while (!stop_asked) std::this_thread::sleep_for(100ms);
  }
  (*daemon)->stop(2s);
  return 0;
}

}  // namespace

int run_demo(const DemoOptions& options) {
  const auto samples = samples_folder(options.samples);
  if (samples.empty()) {
    std::fprintf(stderr, "tocsin: the sample plan was not found; name its folder with --samples\n");
    return 2;
  }
  std::string folder = (std::filesystem::temp_directory_path() / "tocsin-demo-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) {
    std::fprintf(stderr, "tocsin: no temporary folder can be made\n");
    return 1;
  }
  std::signal(SIGINT, [](int) { stop_asked = true; });
  std::signal(SIGTERM, [](int) { stop_asked = true; });
  const int code = play(options, samples, folder);
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
  return code;
}

}  // namespace tocsin::app
