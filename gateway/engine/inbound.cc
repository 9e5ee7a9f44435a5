#include "gateway/engine/inbound.h"

#include <algorithm>

#include "gateway/base/digest.h"
#include "gateway/base/masking.h"
#include "gateway/base/text.h"
#include "gateway/engine/answers.h"
#include "gateway/engine/auto_reply.h"
#include "gateway/engine/contact_check.h"
#include "gateway/engine/intake.h"
#include "gateway/engine/ladder.h"
#include "gateway/engine/probes.h"
#include "gateway/engine/purge.h"
#include "gateway/engine/sms_decision.h"
#include "gateway/engine/strangers.h"
#include "gateway/triage/classify.h"

namespace tocsin::engine {
namespace {

using model::AnswerKind;
using model::RecordKind;
using What = model::InboundResult::What;

constexpr auto kSameThread = std::chrono::minutes(30);
// Free words so long after the end are thanks or a question about it; later ones may be a cry for help.
constexpr auto kWordsAfterTheEnd = std::chrono::minutes(30);
constexpr int kAlertsLooked = 20;
constexpr std::size_t kMostOwnNumbers = 64;
constexpr std::size_t kMaxText = 2000;

model::Reply reply(What what, int code = 0) {
  return model::InboundResult{what, code};
}

// The alerts a message from these people may answer.
struct Alerts {
  std::vector<model::Alert> open;  // of open incidents, real ones only if there is any
  std::vector<model::Alert> past;  // newest first
};

bool asks_decision(const model::Alert& alert) {
  return alert.matter_kind == model::MatterKind::kApproval;
}
bool is_decided(const model::Alert& alert) {
  return asks_decision(alert) && alert.needs == AnswerKind::kNone;
}

bool waits_for_answer(const model::Alert& alert) {
  return (alert.state == model::AlertState::kTelling || alert.state == model::AlertState::kTold ||
          alert.state == model::AlertState::kAnswered || alert.state == model::AlertState::kExhausted) &&
         alert.ladder >= 0 && !is_decided(alert);
}

Alerts alerts_of(Core& core, std::span<const model::PersonId> people) {
  Alerts found;
  for (const auto person : people) {
    for (auto& alert : core.store.alerts_of_person(person, kAlertsLooked)) {
      const auto* incident = core.incident(alert.incident);
      const bool open =
          incident != nullptr && incident->state == model::IncidentState::kOpen && waits_for_answer(alert);
      (open ? found.open : found.past).push_back(std::move(alert));
    }
  }
  const bool any_real =
      std::any_of(found.open.begin(), found.open.end(), [](const model::Alert& a) { return !a.drill; });
  if (any_real) std::erase_if(found.open, [](const model::Alert& a) { return a.drill; });
  std::sort(found.past.begin(), found.past.end(), [](const auto& a, const auto& b) { return a.id > b.id; });
  return found;
}

std::string codes_of(Core& core, const std::vector<model::Alert>& alerts) {
  std::vector<int> codes;
  for (const auto& alert : alerts) {
    const auto* incident = core.incident(alert.incident);
    if (incident != nullptr && std::find(codes.begin(), codes.end(), incident->code) == codes.end())
      codes.push_back(incident->code);
  }
  std::sort(codes.begin(), codes.end());
  std::string text;
  for (const int code : codes) text += (text.empty() ? "" : " / ") + std::to_string(code);
  return text;
}

void keep_of_incident(std::vector<model::Alert>& alerts, model::IncidentId incident) {
  std::erase_if(alerts, [&](const model::Alert& a) { return a.incident != incident; });
}

std::size_t count_incidents(const std::vector<model::Alert>& alerts) {
  std::vector<model::IncidentId> seen;
  for (const auto& alert : alerts) {
    if (std::find(seen.begin(), seen.end(), alert.incident) == seen.end()) seen.push_back(alert.incident);
  }
  return seen.size();
}

// Whether somebody comes is said to the alert, not to the request to approve that stands beside it.
void drop_requests_beside_alerts(std::vector<model::Alert>& alerts) {
  const auto beside = [&](const model::Alert& a) {
    return asks_decision(a) && std::any_of(alerts.begin(), alerts.end(), [&](const model::Alert& other) {
             return !asks_decision(other) && other.person == a.person && other.incident == a.incident;
           });
  };
  std::vector<model::Alert> kept;
  for (const auto& alert : alerts) {
    if (!beside(alert)) kept.push_back(alert);
  }
  alerts = std::move(kept);
}

// Only the newest alert of each person of an incident: an update replaced the alert it followed.
void keep_newest(std::vector<model::Alert>& alerts) {
  std::sort(alerts.begin(), alerts.end(), [](const auto& a, const auto& b) { return a.id > b.id; });
  std::vector<model::Alert> kept;
  for (auto& alert : alerts) {
    const bool newer = std::any_of(kept.begin(), kept.end(), [&](const model::Alert& k) {
      return k.person == alert.person && k.incident == alert.incident && asks_decision(k) == asks_decision(alert);
    });
    if (!newer) kept.push_back(std::move(alert));
  }
  alerts = std::move(kept);
}

struct Sender {
  Core& core;
  const model::InboundMessage& message;
  std::span<const model::PersonId> people;
  std::string text;  // masked

  [[nodiscard]] const std::string& language() const {
    const auto* card = core.roster().person(people.front());
    return card != nullptr && !card->language.empty() ? card->language : core.plan().default_language();
  }

  // Says it to the sender, unless that may be a machine or had its share (auto_reply.h).
  void say(const model::Incident* incident, const std::string& template_name, const std::string& question = {}) const {
    auto_reply(core, message, incident, language(), template_name, question);
  }

  // `checked`: when a contact check had asked for an answer from here that had not come yet.
  std::optional<model::Reply> answer(const triage::UnderstoodAnswer& said,
                                     std::optional<base::UtcTime> checked = std::nullopt) const {
    auto alerts = alerts_of(core, people);
    keep_newest(alerts.open);
    if (said.code) {
      const auto named = core.store.incident_by_code(*said.code);
      const auto all_open = alerts.open;
      keep_of_incident(alerts.open, named ? named->id : model::IncidentId{});
      keep_of_incident(alerts.past, named ? named->id : model::IncidentId{});
      // A code mistyped, or of what others were told: not silence while somebody waits for this answer.
      if (alerts.open.empty() && alerts.past.empty() && !all_open.empty() && said.bare) return ask_which(all_open);
      if (!named) return std::nullopt;
    }
    if (said.kind != AnswerKind::kReceived) drop_requests_beside_alerts(alerts.open);
    if (alerts.open.empty() && checked && is_for_check(said, alerts.past, *checked)) return reply(What::kCheck);
    if (alerts.open.empty()) return late(said, alerts.past);
    if (said.kind == AnswerKind::kReplied) return words_for(alerts.open);
    // A bare *received* is for everything handed over before it; anything more must say which incident.
    if (said.kind != AnswerKind::kReceived && count_incidents(alerts.open) > 1) return ask_which(alerts.open);
    int code = 0;
    for (const auto& alert : alerts.open) {
      if (said.kind == AnswerKind::kReceived && !alert.told && !said.code) continue;
      apply_answer(core, alert, said.kind, model::AnswerVia::kSms,
                   said.kind == AnswerKind::kReplied ? message.text : "", "link:" + std::to_string(message.link));
      code = core.incident(alert.incident)->code;
    }
    return reply(What::kAnswer, code);
  }

  // Free words are kept whole at every incident they may be about, once each; which one they mean only a person can
  // tell.
  model::Reply words_for(const std::vector<model::Alert>& alerts) const {
    std::vector<model::IncidentId> noted;
    for (const auto& alert : alerts) {
      if (std::find(noted.begin(), noted.end(), alert.incident) != noted.end()) continue;
      noted.push_back(alert.incident);
      apply_answer(core, alert, AnswerKind::kReplied, model::AnswerVia::kSms, text,
                   "link:" + std::to_string(message.link));
    }
    return reply(What::kAnswer, core.incident(noted.front())->code);
  }

  // Too late, or after it was over: recorded, and a courteous line back.
  std::optional<model::Reply> late(const triage::UnderstoodAnswer& said, const std::vector<model::Alert>& past) const {
    if (past.empty()) return std::nullopt;
    const auto& alert = past.front();
    if (said.kind == AnswerKind::kReplied && !said.code && !is_about(alert)) return std::nullopt;
    apply_answer(core, alert, said.kind, model::AnswerVia::kSms, said.kind == AnswerKind::kReplied ? message.text : "",
                 "link:" + std::to_string(message.link));
    const auto* incident = core.incident(alert.incident);
    if (incident != nullptr && incident->state != model::IncidentState::kOpen) {
      say(incident, "ended");
    }
    return reply(What::kAnswer, incident == nullptr ? 0 : incident->code);
  }

  // With no alert open a clear answer is for what was sent last: the check, or an alert that is over by now.
  [[nodiscard]] static bool is_for_check(const triage::UnderstoodAnswer& said, const std::vector<model::Alert>& past,
                                         base::UtcTime checked) {
    if (said.kind == AnswerKind::kReplied || said.code) return false;
    return past.empty() || base::time_of_id(past.front().id.value) < checked;
  }

  model::Reply ask_which(const std::vector<model::Alert>& alerts) const {
    const bool asked_before = std::all_of(alerts.begin(), alerts.end(), [](const model::Alert& a) {
      return a.reason == model::Reason::kPausedByQuestion;
    });
    if (!asked_before) {
      pause_for_question(core, alerts);
      say(core.incident(alerts.front().incident), "which", codes_of(core, alerts));
    }
    core.record(RecordKind::kAnswerUnplaced, alerts.front().incident, alerts.front().id.value, 0, 0,
                core.store.text_digest(message.text));
    return reply(What::kQuestionAsked, 0);
  }

  // Free words without a code: about this alert, or something new?
  [[nodiscard]] bool is_about(const model::Alert& alert) const {
    if (goes_on_with_report()) return false;
    const auto* incident = core.incident(alert.incident);
    if (incident == nullptr || incident->state == model::IncidentState::kOpen) return incident != nullptr;
    return incident->ended_at && core.now - *incident->ended_at < kWordsAfterTheEnd;
  }

  // The report of this sender that the next message adds to: a moment ago, and not over.
  [[nodiscard]] std::optional<model::Report> thread() const {
    auto last = core.store.latest_report_of(people.front(), core.now - kSameThread);
    const auto* incident = last ? core.incident(last->incident) : nullptr;
    // Only a drill is marked as one: what is not marked is real, and never goes into it.
    if (incident == nullptr || incident->state != model::IncidentState::kOpen || incident->drill) return std::nullopt;
    return last;
  }
  [[nodiscard]] bool goes_on_with_report() const { return thread().has_value(); }

  // A report, or more facts for the one this person sent a moment ago.
  model::Reply report(triage::Understood understood) const {
    model::Report r;
    r.id = core.ids.next_id<model::ReportId>(core.now);
    r.via = model::ReportVia::kSms;
    r.reporter_person = people.front();
    r.reporter = "sms:" + core.code_of(people.front());
    r.key = understood.key;
    if (!r.key.empty()) {
      if (const auto first = core.store.report_by_key(r.reporter, r.key)) return reply(What::kRepeat);
    }
    r.kind = understood.kind;
    r.facts = std::move(understood.facts);
    r.area = understood.area;
    r.drill = understood.drill;
    r.text = text;
    r.numbers_removed = text.find("[number removed]") != std::string::npos;
    r.received_at = core.now;
    const auto before = sent_by_other_way(core, r);
    if (before && !before->adds) {
      core.record(RecordKind::kReportRepeated, before->first.incident, before->first.id.value);
      return reply(What::kRepeat);
    }
    auto into = before ? std::optional(before->first.incident) : std::nullopt;
    if (!into && r.kind == model::HazardKind::kUnclassified) into = join_thread(r);
    if (r.kind != model::HazardKind::kUnclassified && !triage::check_facts(core.plan(), r.kind, r.facts))
      r.facts.clear();
    const auto done = take_in(core, std::move(r), language(), false, into);
    const auto incident = core.store.incident_by_code(done.incident_code);
    if (incident) {
      const bool asks = !done.assessment.questions.empty();
      const auto* name = incident->kind == model::HazardKind::kUnclassified ? "unreadable" : "receipt";
      say(&*incident, name, asks ? done.assessment.questions.front().text : "");
    }
    return reply(What::kReport, done.incident_code);
  }

  // "被困2" after "东湖小区着火", and "快来" too: the same reporter, the same incident.
  std::optional<model::IncidentId> join_thread(model::Report& r) const {
    const auto last = thread();
    if (!last) return std::nullopt;
    const auto* incident = core.incident(last->incident);
    r.kind = incident->kind;
    if (!r.area) r.area = last->area ? last->area : incident->area;
    return incident->id;
  }

  // For the desk's eyes only: a drill, or what a machine wrote.
  model::Reply for_the_inbox(const char* answer) const {
    put_in_inbox(core, message, "person:" + core.code_of(people.front()), text, false);
    if (answer != nullptr) say(nullptr, answer);
    return reply(What::kStranger);
  }
};

// "演练 2", "[DRILL] coming": the answer behind the mark.
std::optional<triage::UnderstoodAnswer> answer_in_drill(std::string_view raw) {
  const auto text = triage::normal_form(raw);
  for (const std::string_view mark : {"演练", "drill"}) {
    if (const auto at = text.find(mark); at != std::string::npos)
      return triage::read_answer(text.substr(at + mark.size()));
  }
  return std::nullopt;
}

bool is_said_by(const triage::Understood& understood) {
  return understood.kind != model::HazardKind::kUnclassified || !understood.facts.empty();
}

// The same words without an id may be said anew; with the id that a provider gave them they are the same message,
// however late it is posted again, as long as its digest is kept.
base::Duration repeated_within(const Core& core, const model::InboundMessage& m) {
  return m.udh.starts_with("id ") ? kInboundKept : core.options.inbound_repeat;
}

}  // namespace

model::CommandResult inbound_message(Core& core, const model::InboundMessage& m) {
  if (!base::is_utf8(m.text)) return base::invalid("not UTF-8", "text");
  const auto raw = base::cut(base::without_controls(m.text), kMaxText);
  const auto digest =
      base::to_hex(base::digest(std::to_string(m.link) + "|" + m.from + "|" + m.to + "|" + m.udh + "|" + m.text));
  if (core.store.seen_inbound(m.link, digest, core.now, core.now - repeated_within(core, m)))
    return model::Reply{reply(What::kRepeat)};
  if (probe_came_in(core, m.text)) return model::Reply{reply(What::kNothing)};
  if (is_persons_number(m.to) && core.own_numbers.size() < kMostOwnNumbers) core.own_numbers.insert(m.to);
  const auto masked = base::mask_numbers(raw);
  const auto people = core.roster().people_at(m.from);
  if (people.empty()) return from_stranger(core, m, masked.text);

  const Sender sender{core, m, people, masked.text};
  if (const auto decision = triage::read_decision(raw)) {
    if (auto done = decide_by_sms(core, m, people, sender.language(), *decision)) return *done;
  }
  auto understood = core.vocabulary().read_report(raw);
  const auto said = triage::read_answer(raw);
  const bool automatic = triage::is_automatic(raw);
  const bool is_report = is_said_by(understood) && !automatic;
  if (said && (said->bare || !is_report) && !understood.drill) {
    const auto checked = automatic ? std::nullopt : contact_answered(core, m.from);
    if (auto placed = sender.answer(*said, checked)) return *placed;
    if (said->bare) {  // nothing it could answer: kept, shown, not taken for a report
      core.record(RecordKind::kAnswerUnplaced, {}, 0, people.front().value, 0, core.store.text_digest(m.text));
      return model::Reply{reply(What::kNothing)};
    }
  }
  // Until drills by SMS exist they are kept and shown, and ring nobody.
  if (understood.drill) {
    const auto open = alerts_of(core, people).open;  // of drills only where no real one is open
    const auto in_drill = open.empty() || !open.front().drill || is_report ? std::nullopt : answer_in_drill(raw);
    if (in_drill) {
      if (auto placed = sender.answer(*in_drill)) return *placed;
    }
    return sender.for_the_inbox("drill_noted");
  }
  if (!is_report) {
    // Free words from somebody who was told something are a reply that needs a look, not a new emergency.
    auto alerts = alerts_of(core, people);
    keep_newest(alerts.open);
    if (!alerts.open.empty()) return model::Reply{sender.words_for(alerts.open)};
  }
  if (automatic) return sender.for_the_inbox(nullptr);  // it may quote our own alert: no report
  if (core.storage_full) return base::Error{base::ErrorCode::kRetryLater, "the disk is full", ""};
  return model::Reply{sender.report(std::move(understood))};
}

}  // namespace tocsin::engine
