// What `plan simulate` foretells is what the engine then does: made-up plans, directories and courses of events are
// rehearsed, and lived through by a whole office on a clock of its own; both are written down and compared.
//
// TOCSIN_CASES=10000 plays that many cases instead of a few, TOCSIN_FIRST_CASE=n begins at one of them.
#include <cstdlib>
#include <filesystem>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/app/office.h"
#include "tests/simulation/made_case.h"
#include "tests/support/fake_carrier.h"
#include "tests/support/manual_clock.h"
#include "tests/support/temp_folder.h"

namespace tocsin::simulation {
namespace {

using namespace std::chrono_literals;
using rehearse::HappenedWhat;
using Lines = std::vector<std::string>;

// The engine stamps what it does at one moment a few microseconds apart.
std::string seconds(base::Duration d) {
  return "+" + std::to_string((d + 20ms) / 100ms) + "ds";
}

template <typename T>
std::string word(T value) {
  return std::string(model::name_of(value));
}

// A message confirmed and one only taken differ for nothing that follows.
std::string end_of(model::DeliveryState state) {
  return word(state == model::DeliveryState::kDelivered ? model::DeliveryState::kAccepted : state);
}

std::string running(model::StepState state) {
  return word(state == model::StepState::kEntering ? model::StepState::kRunning : state);
}

// ---- as rehearsed ----

Lines lines_of(const rehearse::Rehearsal& r) {
  Lines lines;
  lines.push_back("level " + r.assessment.level_id + " by " + r.assessment.clause + (r.stood_down ? " over" : ""));
  std::string asked = "asked";
  for (const auto& question : r.assessment.questions) {
    if (!question.of_desk) asked += " " + question.attribute;
  }
  lines.push_back(asked);
  std::vector<int> first;
  for (const auto& step : r.steps) {
    if (step.callout >= static_cast<int>(first.size())) first.push_back(step.index);
  }
  const auto in_plan = [&](int step) {
    const auto& shown = r.steps[static_cast<std::size_t>(step)];
    return std::to_string(shown.callout) + "." + std::to_string(step - first[static_cast<std::size_t>(shown.callout)]);
  };
  for (const auto& step : r.steps) {
    lines.push_back(
        "step " + in_plan(step.index) + " " + step.name + " " + running(step.state) +
        (step.began_after ? " " + seconds(*step.began_after) + " needs " + std::to_string(step.needed) : ""));
  }
  for (const auto& task : r.tasks)
    lines.push_back("task " + in_plan(task.step) + " " + seconds(task.due_after) + " " + word(task.state));
  std::multiset<std::string> not_told;
  for (const auto& who : r.not_told)
    not_told.insert("not told " + in_plan(who.step).substr(2) + " " + who.code + " " + who.selector + " " +
                    word(who.reason));
  lines.insert(lines.end(), not_told.begin(), not_told.end());
  for (const auto& told : r.people) {
    std::string line = "told " + told.code + " " + word(told.matter) + " for " + told.stands_in_for + " in";
    std::set<std::string> steps;
    if (told.step >= 0) steps.insert(in_plan(told.step));
    for (const auto step : told.further_steps) steps.insert(in_plan(step));
    for (const auto& step : steps) line += " " + step;
    line += " " + word(told.end) + " needs " + word(told.needs);
    lines.push_back(line);
    for (const auto& one : told.tries) {
      lines.push_back("  " + seconds(one.after) + " " + word(one.channel) + " " +
                      (one.deputy.empty() ? one.contact : one.deputy) + " " + std::to_string(one.cycle) + "." +
                      std::to_string(one.rung) + " " + word(one.reason) + " " + end_of(one.state) + " " +
                      (one.handed_over ? seconds(*one.handed_over) : ""));
    }
  }
  return lines;
}

// ---- as lived through ----

class Life {
 public:
  explicit Life(const MadeCase& made)
      : made_(made), clock_(made.at - 1s), sms_("sms"), mail_("mail", model::Channel::kEmail) {
    app::OfficeParts parts;
    parts.database = folder_.file("tocsin.db");
    parts.clock = &clock_;
    parts.plan = made.plan;
    parts.plan_source = "made";
    parts.roster = made_.roster;
    parts.options.summary_after = made.options.summary_after;
    for (auto* carrier : carriers()) {
      carrier->set_window(1000000);
      parts.senders.push_back(carrier);
    }
    auto opened = app::Office::open(parts);
    if (!opened) {
      ADD_FAILURE() << opened.error().message;
      return;
    }
    office_ = std::move(*opened);
    for (auto* carrier : carriers()) {
      if (((made.options.links_down >> static_cast<unsigned>(carrier->channel())) & 1U) != 0) carrier->go_down();
    }
    settle();
  }
  ~Life() {
    if (office_) office_->stop(0s);
  }
  Life(const Life&) = delete;
  Life& operator=(const Life&) = delete;

  void live(const rehearse::Rehearsal& foretold) {
    auto given = made_.course.begin();
    for (const auto& happened : foretold.course) {
      if (happened.what == HappenedWhat::kReport || happened.what == HappenedWhat::kElsewhere) {
        given = next_report(given);
        advance_to(made_.at + given->after);
        report(std::get<plan::CaseReport>((given++)->what));
        continue;
      }
      advance_to(made_.at + happened.after);
      follow(happened, foretold);
    }
    advance_to(made_.at + made_.options.horizon);
  }

  Lines lines() {
    Lines lines;
    const auto view = office_->queries().incident(101, 1000000);
    if (!view) return {view.error().message};
    const bool over = view->incident.state == model::IncidentState::kEnded;
    lines.push_back("level " + view->incident.level_id + " by " + view->incident.clause + (over ? " over" : ""));
    lines.push_back(asked_);
    std::map<std::int64_t, std::string> name_of_step;
    for (const auto& step : view->steps) {
      name_of_step[step.id.value] = callout_number(*view, step.callout) + "." + std::to_string(step.index);
      lines.push_back("step " + name_of_step[step.id.value] + " " + step.name + " " + running(step.state) +
                      (step.started_at ? " " + after(*step.started_at) + " needs " + std::to_string(step.needed) : ""));
    }
    for (const auto& task : view->tasks)
      lines.push_back("task " + name_of_step[task.step.value] + " " + after(task.due_at) + " " + word(task.state));
    std::multiset<std::string> not_told;
    for (const auto& who : view->not_told) {
      if (who.reason == model::Reason::kAlreadyTold) continue;
      not_told.insert("not told " + std::to_string(who.step) + " " + code_of(who.person) + " " + who.selector + " " +
                      word(who.reason));
    }
    lines.insert(lines.end(), not_told.begin(), not_told.end());
    for (const auto& alert : view->alerts) add_alert(lines, *view, alert);
    return lines;
  }

 private:
  std::vector<testing::FakeCarrier*> carriers() {
    std::vector<testing::FakeCarrier*> all;
    for (auto* carrier : {&sms_, &mail_}) {
      if (((made_.options.links_for >> static_cast<unsigned>(carrier->channel())) & 1U) != 0) all.push_back(carrier);
    }
    return all;
  }

  void settle() {
    for (int i = 0; i < 100000 && office_->engine().pump(); ++i) {
    }
  }
  // What falls due on the way happens at its own time.
  void advance_to(base::UtcTime end) {
    settle();
    while (clock_.utc_now() < end) {
      const auto left = end - clock_.utc_now();
      const auto wake = office_->engine().next_wake();
      clock_.advance(wake ? std::clamp<base::Duration>(*wake - clock_.utc_now(), 1us, left) : left);
      settle();
    }
  }
  model::CommandResult submit(model::Command command) {
    auto future = office_->submit(std::move(command));
    settle();
    return future.get();
  }

  using Events = std::vector<plan::CaseEvent>::const_iterator;
  Events next_report(Events from) const {
    return std::find_if(from, made_.course.end(), [](const plan::CaseEvent& event) {
      return std::holds_alternative<plan::CaseReport>(event.what);
    });
  }

  void report(const plan::CaseReport& said) {
    model::SubmitReport report;
    report.by.role = model::Role::kReporter;
    report.by.name = "worker-" + std::to_string(++reports_);
    report.key = "key-00000000-" + std::to_string(reports_);
    if (said.kind != model::HazardKind::kUnclassified) report.hazard = std::string(model::name_of(said.kind));
    report.facts = said.facts;
    report.area = said.area;
    report.place = said.place;
    report.text = said.text;
    const auto result = submit(report);
    if (!result) {
      ADD_FAILURE() << result.error().message << " " << result.error().field;
      return;
    }
    const auto& reply = std::get<model::SubmittedReport>(*result);
    if (reply.incident_code != 101) return;
    asked_ = "asked";
    for (const auto& question : reply.assessment.questions) {
      if (!question.of_desk) asked_ += " " + question.attribute;
    }
  }

  void follow(const rehearse::Happened& happened, const rehearse::Rehearsal& foretold) {
    switch (happened.what) {
      case HappenedWhat::kAnswer: {
        const auto& told = foretold.people[static_cast<std::size_t>(happened.told)];
        const auto alert = alert_of(foretold, happened.told);
        if (!alert) {
          ADD_FAILURE() << told.code << " was not told";
          return;
        }
        EXPECT_TRUE(submit(model::AnswerAlert{desk(), *alert, happened.answer, model::AnswerVia::kDesk, "", {}}).ok());
        return;
      }
      case HappenedWhat::kOpened: EXPECT_TRUE(submit(model::OpenIncident{desk(), 101, {}}).ok()); return;
      case HappenedWhat::kStandDown: EXPECT_TRUE(submit(model::StandDown{desk(), 101, "", {}}).ok()); return;
      case HappenedWhat::kLinkDown: change_links(*happened.channel, false); return;
      case HappenedWhat::kLinkUp: change_links(*happened.channel, true); return;
      case HappenedWhat::kDecision: decide(happened); return;
      default: return;  // what time brings comes by itself
    }
  }
  static model::Principal desk() {
    model::Principal by;
    by.role = model::Role::kDuty;
    by.name = "desk";
    return by;
  }
  void change_links(model::Channel channel, bool up) {
    for (auto* carrier : carriers()) {
      if (carrier->channel() != channel) continue;
      up ? carrier->come_back() : carrier->go_down();
    }
    settle();
  }
  void decide(const rehearse::Happened& happened) {
    model::Principal by{model::Role::kCommander, "session-of-" + happened.who, made_.roster->id_of(happened.who)};
    const model::SignInId request{++requests_};
    const auto asked = submit(model::AskApprovalCode{by, 101, request, "192.0.2.1", "314159"});
    if (!asked) {
      ADD_FAILURE() << asked.error().message;
      return;
    }
    const auto& sent = std::get<model::ApprovalReply>(*asked);
    EXPECT_EQ(sent.outcome, model::ApprovalOutcome::kDone);
    const auto done = submit(model::Approve{by, 101, happened.approved, sent.request, "314159", {}});
    EXPECT_TRUE(done.ok());
    if (!done) return;
    EXPECT_EQ(std::get<model::ApprovalReply>(*done).outcome, model::ApprovalOutcome::kDone);
  }

  // The alert that stands there in the rehearsal: that person's nth.
  std::optional<model::AlertId> alert_of(const rehearse::Rehearsal& foretold, int told) {
    const auto view = office_->queries().incident(101, 1000000);
    if (!view) return std::nullopt;
    const auto& code = foretold.people[static_cast<std::size_t>(told)].code;
    auto left = std::count_if(foretold.people.begin(), foretold.people.begin() + told,
                              [&](const rehearse::Told& other) { return other.code == code; });
    for (const auto& alert : view->alerts) {
      if (code_of(alert.alert.person) == code && left-- == 0) return alert.alert.id;
    }
    return std::nullopt;
  }

  std::string code_of(model::PersonId person) const {
    const auto* card = made_.roster->person(person);
    return card == nullptr ? std::string() : card->code;
  }
  std::string after(base::UtcTime at) const { return seconds(at - made_.at); }
  static std::string callout_number(const model::IncidentView& view, model::CallOutId id) {
    for (std::size_t i = 0; i < view.callouts.size(); ++i) {
      if (view.callouts[i].id == id) return std::to_string(i);
    }
    return "?";
  }

  void add_alert(Lines& lines, const model::IncidentView& view, const model::AlertView& shown) {
    const auto& alert = shown.alert;
    std::string line = "told " + code_of(alert.person) + " " + word(alert.matter_kind) + " for " +
                       code_of(alert.stands_in_for) + " in";
    for (const auto step : std::set<int>(shown.steps.begin(), shown.steps.end()))
      line += " " + callout_number(view, callout_of(view, alert)) + "." + std::to_string(step);
    lines.push_back(line + " " + word(alert.state) + " needs " + word(alert.needs));
    for (const auto& d : shown.deliveries) {
      lines.push_back("  " + after(base::time_of_id(d.id.value)) + " " + word(d.channel) + " " + d.address + " " +
                      std::to_string(d.cycle) + "." + std::to_string(d.rung) + " " + word(d.cause) + " " +
                      end_of(d.state) + " " + (d.handed_over_at ? after(*d.handed_over_at) : ""));
    }
  }
  // An update mailed to those told has no call-out of its own until a step finds the person.
  static model::CallOutId callout_of(const model::IncidentView& view, const model::Alert& alert) {
    if (alert.callout) return alert.callout;
    return view.callouts.empty() ? model::CallOutId{} : view.callouts.back().id;
  }

  const MadeCase& made_;
  testing::TempFolder folder_;
  testing::ManualClock clock_;
  testing::FakeCarrier sms_, mail_;
  std::unique_ptr<app::Office> office_;
  std::string asked_ = "asked";
  int reports_ = 0;
  std::int64_t requests_ = 1000;
};

std::uint64_t number_in(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

std::string difference(const Lines& foretold, const Lines& happened) {
  std::string out;
  for (std::size_t i = 0; i < std::max(foretold.size(), happened.size()); ++i) {
    const auto& a = i < foretold.size() ? foretold[i] : "";
    const auto& b = i < happened.size() ? happened[i] : "";
    out += a == b ? "    " + a + "\n" : "  rehearsed " + a + "\n  lived     " + b + "\n";
  }
  return out;
}

TEST(EqualityTest, WhatIsRehearsedIsWhatTheEngineDoes) {
  const auto first = number_in("TOCSIN_FIRST_CASE", 1), cases = number_in("TOCSIN_CASES", 150);
  int wrong = 0;
  for (auto number = first; number < first + cases && wrong < 5; ++number) {
    const auto made = make_case(number);
    const auto rehearsal = rehearse::rehearse_course(*made.plan, *made.roster, made.course, made.at, made.options);
    Life life(made);
    life.live(rehearsal);
    const auto foretold = lines_of(rehearsal), happened = life.lines();
    if (foretold == happened) continue;
    ++wrong;
    ADD_FAILURE() << "case " << number << "\n" << difference(foretold, happened);
  }
}

}  // namespace
}  // namespace tocsin::simulation
