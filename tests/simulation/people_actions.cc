#include "tests/simulation/people_actions.h"

#include <utility>

namespace tocsin::simulation {
namespace {

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
                                  "快来人，在二楼",
                                  "DRILL fire at 东湖, 2 trapped",
                                  "自动回复：您发的“东湖着火 被困1”已收到",
                                  "东湖着火 #k:ABCD1234",
                                  "fire at 东湖 injured 1"};
constexpr const char* kAnswers[] = {
    "1",      "1",      "2",          "2", "3",  "0",      "收到",      "来不了",
    "coming", "已到达", "路上堵车",   "9", "２", "来吗？", "2小时后到", "【自动回复】收到",
    "批准",   "不批准", "批准 123456"};

std::string person_word(const std::string& person) {
  return person.empty() ? "nobody" : person;
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

}  // namespace

std::string word_of(const model::CommandResult& result) {
  return result ? "ok" : std::string(base::to_string(result.error().code)) + ": " + result.error().message;
}

model::Principal as(Driver& d, model::Role role, const std::string& name, const std::string& person) {
  model::Principal by;
  by.role = role;
  by.name = name;
  if (!person.empty()) by.person = d.world.id_of(person);
  return by;
}

model::Principal desk(Driver& d) {
  return as(d, model::Role::kDuty, "desk");
}

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

}  // namespace tocsin::simulation
