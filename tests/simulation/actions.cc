#include "tests/simulation/actions.h"

#include <utility>

#include "tests/simulation/authority_actions.h"
#include "tests/simulation/sign_in_actions.h"

namespace tocsin::simulation {
namespace {

using namespace std::chrono_literals;
using testing::CarrierMood;

constexpr const char* kPeople[] = {"commander", "deputy-a",  "deputy-b", "director", "desk-1",   "leader",
                                   "lake-head", "town-head", "rescue-1", "rescue-2", "rescue-3", "worker"};
constexpr const char* kHazards[] = {"fire", "fire", "fire", "food_poisoning", "", "unsure", "fier"};
constexpr const char* kAreas[] = {"lake-1", "lake-1", "lake", "hill", "town", "", "东湖", "nowhere"};
constexpr const char* kWords[] = {"",
                                  "东湖小学旁着火，两人被困",
                                  "一网格起火，伤3",
                                  "烟很大，快来",
                                  "fire, 2 injured, 4 trapped",
                                  "食物中毒，呕吐12人",
                                  "????",
                                  "call me on 14400000099",
                                  "蔓延了"};
constexpr const char* kTexts[] = {"东湖着火 被困1",
                                  "一网格起火 伤2",
                                  "北岭 fire 3 trapped",
                                  "食物中毒 呕吐11 东湖",
                                  "演练 东湖着火 伤1",
                                  "听不清",
                                  "被困3",
                                  "着火 蔓延",
                                  "救命",
                                  "fire at 东湖 injured 1"};
constexpr const char* kAnswers[] = {"1",      "1",      "2",      "2",        "3", "0", "收到",
                                    "来不了", "coming", "已到达", "路上堵车", "9", "２"};

std::string person_word(const std::string& person) {
  return person.empty() ? "nobody" : person;
}

std::string word_of(const model::CommandResult& result) {
  return result ? "ok" : std::string(base::to_string(result.error().code)) + ": " + result.error().message;
}

model::Principal as(Driver& d, model::Role role, const std::string& name, const std::string& person = "") {
  model::Principal by;
  by.role = role;
  by.name = name;
  if (!person.empty()) by.person = d.world.id_of(person);
  return by;
}

model::Principal desk(Driver& d) {
  return as(d, model::Role::kDuty, "desk");
}

// ---- reports ----

model::Facts some_facts(Driver& d, const std::string& hazard) {
  model::Facts facts;
  const auto count = [&](const char* name, std::uint64_t most) {
    if (d.one_in(2)) facts[name] = model::Quantity::whole(static_cast<std::int64_t>(d.below(most)));
  };
  if (hazard == "food_poisoning") {
    count("ill", 15);
  } else {
    if (d.one_in(2)) count("trapped", 5);
    if (d.one_in(2)) count("serious", 12);
    if (d.one_in(6)) facts["spreading"] = d.one_in(2);
  }
  if (d.one_in(20)) facts["water_depth"] = model::Quantity::whole(1);  // no such attribute in this plan
  return facts;
}

void send_report(Driver& d, const model::SubmitReport& report) {
  const auto key = report.key;
  const auto reporter = report.by.name;
  d.submit(report, [&d, key, reporter](const model::CommandResult& result) {
    if (result) {
      const auto& reply = std::get<model::SubmittedReport>(*result);
      d.journal.reports.push_back({reporter, key, reply.report.value, reply.incident_code});
      d.note("  report " + key + " is in " + std::to_string(reply.incident_code) + (reply.repeated ? " again" : "") +
             " level " + reply.assessment.level_id);
    } else {
      d.note("  report " + key + ": " + word_of(result));
    }
  });
}

void web_report(Driver& d) {
  if (!d.sent.empty() && d.one_in(5)) {
    auto report = d.any_of(d.sent).second;
    if (d.one_in(4)) report.text += "!";  // the same key for something else
    d.note("web report again " + report.key);
    send_report(d, report);
    return;
  }
  model::SubmitReport report;
  report.via = d.one_in(2) ? model::ReportVia::kWeb : model::ReportVia::kApi;
  report.by = d.one_in(2) ? as(d, model::Role::kReporter, "worker", "worker") : as(d, model::Role::kReporter, "gate");
  report.key = "key-" + std::to_string(++d.serial) + "-00000000";
  if (d.one_in(30)) report.key = "short";
  report.hazard = d.any_of(kHazards);
  report.facts = some_facts(d, report.hazard);
  report.area = d.any_of(kAreas);
  if (d.one_in(3)) report.place = "小学东门";
  report.text = d.any_of(kWords);
  if (d.one_in(40)) report.text = "\xff\xfe";
  report.drill = d.one_in(6);
  if (d.one_in(15)) report.occurred_at = d.world.clock.utc_now() - std::chrono::hours(d.below(12));
  d.note("web report " + report.key + " " + report.hazard + " {" + model::to_text(report.facts) + "} at " +
         report.area + (report.drill ? " drill" : ""));
  d.sent.emplace_back(report.key, report);
  send_report(d, report);
}

// Puts a file, and mostly names it: behind a report of one's own, of somebody else's, or of nobody's.
void photograph(Driver& d) {
  if (d.journal.reports.empty()) return;
  const auto& report = d.any_of(d.journal.reports);
  const auto bytes = "photograph " + std::to_string(d.below(12));
  const auto hash = d.world.put_attachment(bytes);
  if (hash.empty() || (d.options.faults && d.one_in(8))) return d.note("a photograph nobody names");
  model::AttachFile attach;
  attach.by = d.one_in(6) ? desk(d) : as(d, model::Role::kReporter, d.one_in(8) ? "gate" : report.reporter);
  attach.file.report = model::ReportId{report.report};
  attach.file.hash = hash;
  attach.file.bytes = static_cast<std::int64_t>(bytes.size());
  d.note("a photograph behind report " + report.key);
  d.submit(attach, [&d, hash, id = report.report](const model::CommandResult& result) {
    if (result) d.journal.files.push_back({id, hash});
    if (!result) d.note("  photograph: " + word_of(result));
  });
}

// ---- texts ----

std::string number_of(Driver& d, const std::string& person) {
  const auto* card = d.world.office->roster()->person_coded(person);
  return card == nullptr || card->contacts.empty() ? "+8614800000001" : card->contacts.front().address;
}

void send_text(Driver& d, const model::InboundMessage& message) {
  const auto person = d.world.person_at(message.from);
  d.submit(message, [&d, person](const model::CommandResult& result) {
    if (!result) {
      d.note("  text of " + person + ": " + word_of(result));
      return;
    }
    const auto& reply = std::get<model::InboundResult>(*result);
    if (reply.what == model::InboundResult::What::kReport) ++d.journal.sms_reports[person];
    d.note("  text of " + person + " taken as " + std::to_string(static_cast<int>(reply.what)) + " for " +
           std::to_string(reply.incident_code));
  });
}

void text(Driver& d, const std::string& person, std::string words) {
  model::InboundMessage message;
  message.link = 0;
  message.from = person.empty() ? "+861480000000" + std::to_string(d.below(4)) : number_of(d, person);
  message.to = "10690000";
  message.text = std::move(words);
  d.note(person_word(person) + " texts \"" + message.text + "\"");
  d.texts.push_back(message);
  send_text(d, message);
}

void sms_report(Driver& d) {
  if (!d.texts.empty() && d.one_in(5)) {
    const auto& again = d.texts[d.texts.size() - 1 - d.below(std::min<std::size_t>(d.texts.size(), 3))];
    d.note("the carrier brings \"" + again.text + "\" again");
    send_text(d, again);
    return;
  }
  const bool stranger = d.one_in(6);
  text(d, stranger ? "" : d.one_in(2) ? "worker" : d.any_of(kPeople), d.any_of(kTexts));
}

int some_code(Driver& d) {
  model::IncidentsWanted wanted;
  if (!d.one_in(5)) wanted.open = true;
  wanted.limit = 20;
  const auto some = d.ask().incidents(wanted);
  if (!some || some->rows.empty()) return 101 + static_cast<int>(d.below(5));
  return d.any_of(some->rows).code;
}

void sms_answer(Driver& d) {
  std::string person = d.any_of(kPeople);
  // Mostly somebody who was told something.
  if (!d.journal.handed_over.empty() && !d.one_in(4)) {
    const auto known = d.world.person_at(d.any_of(d.journal.handed_over).to);
    if (!known.empty() && known[0] != '+') person = known;
  }
  std::string words = d.any_of(kAnswers);
  if (d.one_in(3)) words += " " + std::to_string(d.one_in(6) ? 999 : some_code(d));
  text(d, person, words);
}

void api_answer(Driver& d) {
  const auto view = d.ask().incident(some_code(d), 100);
  if (!view || view->alerts.empty()) return;
  const auto& alert = d.any_of(view->alerts).alert;
  model::AnswerAlert answer;
  answer.by = as(d, d.one_in(5) ? model::Role::kDuty : model::Role::kCommander, "token");
  if (answer.by.role == model::Role::kCommander && !d.one_in(10)) answer.by.person = alert.person;
  answer.alert = alert.id;
  answer.kind = static_cast<model::AnswerKind>(1 + d.below(5));
  answer.note = d.one_in(4) ? "on my way" : "";
  d.note("answer " + std::string(model::name_of(answer.kind)) + " to alert " + std::to_string(alert.id.value) + " of " +
         std::to_string(view->incident.code));
  d.submit(answer, [&d](const model::CommandResult& result) { d.note("  answer: " + word_of(result)); });
}

// ---- the desk ----

void desk_does(Driver& d, const std::string& what, model::Command command) {
  d.note("desk: " + what);
  d.submit(std::move(command),
           [&d, what](const model::CommandResult& result) { d.note("  " + what + ": " + word_of(result)); });
}

void desk_call(Driver& d) {
  const auto sheet = d.ask().call_sheet(50);
  if (!sheet || sheet->empty()) return;
  const auto& line = d.any_of(*sheet);
  const auto outcome = static_cast<model::CallOutcome>(1 + d.below(6));
  desk_does(
      d,
      "phones person " + std::to_string(line.person.value) + ", outcome " + std::to_string(static_cast<int>(outcome)),
      model::RecordCall{desk(d), line.line, outcome, ""});
}

void desk_task(Driver& d) {
  const auto view = d.ask().incident(some_code(d), 1);
  if (!view || view->tasks.empty()) return;
  desk_does(d, "task done", model::CompleteTask{desk(d), d.any_of(view->tasks).id, "done"});
}

void desk_split(Driver& d) {
  const int code = some_code(d);
  const auto view = d.ask().incident(code, 1);
  if (!view || view->reports.empty()) return;
  model::SplitIncident split;
  split.by = desk(d);
  split.code = code;
  split.reports.push_back(d.any_of(view->reports).id);
  split.area = d.one_in(2) ? "hill" : "";
  desk_does(d, "splits " + std::to_string(code), split);
}

void desk_action(Driver& d) {
  constexpr const char* kLevels[] = {"IV", "III", "II", "I", "V"};
  const int code = some_code(d);
  const auto named = std::to_string(code);
  switch (d.below(12)) {
    case 0: return desk_does(d, "opens " + named, model::OpenIncident{desk(d), code});
    case 1:
    case 2: {
      const std::string level = d.any_of(kLevels);
      return desk_does(d, "level " + level + " for " + named,
                       model::SetLevel{desk(d), code, level, d.one_in(5) ? "" : "as seen"});
    }
    case 3: {
      const int into = some_code(d);
      return desk_does(d, "merges " + named + " and " + std::to_string(into),
                       model::MergeIncidents{desk(d), code, into});
    }
    case 4: return desk_split(d);
    case 5: return desk_does(d, "stands down " + named, some_end(d, code));
    case 6:
      return desk_does(d, "classifies " + named,
                       model::ClassifyIncident{desk(d), code, d.one_in(8) ? "flod" : "fire", some_facts(d, "fire"),
                                               d.one_in(2) ? "lake" : ""});
    case 7: return desk_task(d);
    default: return desk_call(d);
  }
}

// ---- links ----

void receipts(Driver& d, bool second) {
  model::ReceiptsIn in;
  in.link = second ? 1 : 0;
  const std::string name = second ? "backup-" : "main-";
  const auto n = 1 + d.below(3);
  for (std::uint64_t i = 0; i < n; ++i) {
    const auto state = static_cast<model::ReceiptState>(d.below(3));
    in.receipts.push_back({name + std::to_string(1 + d.below(40)), state, ""});
    if (d.one_in(3)) in.receipts.push_back(in.receipts.back());
  }
  d.note("receipts out of nowhere on " + name);
  d.submit(in);
}

void link_action(Driver& d) {
  const bool second = d.world.backup.started() && d.one_in(3);
  auto& carrier = second ? d.world.backup : d.world.sms;
  constexpr CarrierMood kMoods[] = {CarrierMood::kConfirms,  CarrierMood::kConfirms,  CarrierMood::kSilent,
                                    CarrierMood::kRefuses,   CarrierMood::kThrottles, CarrierMood::kHolds,
                                    CarrierMood::kUndelivers};
  constexpr int kWindows[] = {0, 1, 2, 100, 100};
  const auto& name = carrier.name();
  switch (d.below(10)) {
    case 0:
    case 1:
    case 2:
      carrier.mood = d.any_of(kMoods);
      return d.note(name + ": mood " + std::to_string(static_cast<int>(carrier.mood)));
    case 3: d.note(name + ": down"); return carrier.go_down("lost connection");
    case 4:
    case 5: d.note(name + ": up"); return carrier.come_back();
    case 6: d.note(name + ": takes what it held"); return carrier.release();
    case 7: {
      const auto state = d.one_in(3) ? model::ReceiptState::kUndelivered : model::ReceiptState::kDelivered;
      d.note(name + ": late receipts " + std::to_string(static_cast<int>(state)));
      return carrier.confirm_all(state);
    }
    case 8: {
      const int window = d.any_of(kWindows);
      carrier.set_window(window);
      return d.note(name + ": window " + std::to_string(window));
    }
    default: return receipts(d, second);
  }
}

// ---- time and the machine ----

void pass_time(Driver& d) {
  constexpr base::Duration kTimes[] = {200ms, 2s, 30s, 31s, 1min, 3min, 5min, 11min, 25min};
  const auto by = d.any_of(kTimes);
  d.note("time passes: " + base::to_string(by));
  d.advance(by);
}

// Long enough for what is kept for a month to go.
void close_for_long(Driver& d) {
  constexpr base::Duration kTimes[] = {26h, 15 * 24h, 31 * 24h};
  const auto by = d.any_of(kTimes);
  d.note("the office is closed for " + base::to_string(by));
  d.sleep(by);
}

void step_clock(Driver& d) {
  constexpr base::Duration kSteps[] = {-1h, -5min, -3s, 1s, 3s, 5min, 1h};
  const auto by = d.any_of(kSteps);
  d.note("the clock is set by " + std::to_string(by.count() / 1000000) + " s");
  d.world.clock.step_utc(by);
}

void break_disk(Driver& d) {
  const auto at = d.disk.steps() + 1 + d.below(60);
  switch (d.below(8)) {
    case 0: d.note("the disk will fail"); return d.disk.fail_at(at, db::Fault::kIoError, 1 + d.below(6));
    case 1: d.note("the disk will tear a write"); return d.disk.fail_at(at, db::Fault::kTorn, 1 + d.below(2));
    case 2: d.note("the disk will be full for a while"); return d.disk.fail_at(at, db::Fault::kFull, 1 + d.below(8));
    case 3: d.note("the disk is full"); return d.disk.set_disk_full(true);
    case 4: d.note("the disk heals"); return d.disk.heal();
    default: d.note("power will fail"); return d.disk.fail_at(at, db::Fault::kCrash);
  }
}

void machine(Driver& d) {
  if (!d.options.faults) return pass_time(d);
  switch (d.below(8)) {
    case 0: d.note("restart"); return d.restart();
    case 1: d.note("kill -9"); return d.crash(db::Survives::kAll);
    case 2: d.note("power fails, some sectors written"); return d.crash(db::Survives::kSome);
    case 3: d.note("the disk heals"); return d.disk.heal();
    default: return break_disk(d);
  }
}

// One of three plans, that in force among them; now and then one that must be refused.
void swap_plan(Driver& d) {
  if (d.one_in(6)) {
    d.note("a plan with a mistake");
    ports::PlanOffer offer;
    offer.by = as(d, model::Role::kAdmin, "office");
    offer.text = d.world.plan_text("wrong", "\n[nonsense]\n");
    if (d.world.judge(offer).may_stand) d.broken.emplace_back("plan: one with an error may stand");
    return;
  }
  const auto version = std::to_string(1 + d.below(3));
  d.note("plan " + version + " is offered");
  d.world.follow_plans();
  ports::PlanOffer offer;
  offer.by = as(d, model::Role::kAdmin, "office");
  offer.text = d.world.plan_text(version);
  auto judged = d.world.judge(offer);
  for (const auto& one : judged.findings) {
    if (one.standing == "in_the_way") offer.accept.push_back({one.finding.code, one.finding.where, "by chance"});
  }
  if (!offer.accept.empty()) judged = d.world.judge(offer);
  if (!judged.may_stand) return d.broken.push_back("plan: a good one may not stand: " + judged.why_not);
  d.submit(std::move(judged.command), [&d, version](const model::CommandResult& result) {
    d.note("  plan " + version + ": " + word_of(result));
    if (!result) return;
    const auto& swap = std::get<model::PlanTaken>(*result).swap;
    d.journal.plans.push_back({swap.number, swap.version});
  });
}

}  // namespace

void act(Driver& d) {
  const auto dice = d.below(100);
  if (d.one_in(25))
    photograph(d);
  else if (d.one_in(20))
    sign_in_action(d);
  else if (d.with_approvals && d.one_in(8))
    authority_action(d);
  else if (d.one_in(30))
    swap_plan(d);
  else if (d.one_in(100))
    close_for_long(d);
  else if (dice < 16)
    web_report(d);
  else if (dice < 22)
    sms_report(d);
  else if (dice < 38)
    sms_answer(d);
  else if (dice < 43)
    api_answer(d);
  else if (dice < 59)
    desk_action(d);
  else if (dice < 73)
    link_action(d);
  else if (dice < 87)
    pass_time(d);
  else if (dice < 89)
    step_clock(d);
  else
    machine(d);
  // Several things at one instant, or a process that dies between two batches.
  if (d.one_in(4)) return;
  if (d.one_in(5)) return d.pump_some(1);
  d.settle();
}

}  // namespace tocsin::simulation
