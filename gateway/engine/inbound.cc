#include "gateway/engine/inbound.h"

#include <algorithm>

#include "gateway/base/digest.h"
#include "gateway/base/masking.h"
#include "gateway/base/text.h"
#include "gateway/engine/answers.h"
#include "gateway/engine/intake.h"
#include "gateway/engine/ladder.h"
#include "gateway/engine/words.h"
#include "gateway/triage/classify.h"

namespace tocsin::engine {
namespace {

using model::AnswerKind;
using model::RecordKind;
using What = model::InboundResult::What;

constexpr auto kSameThread = std::chrono::minutes(30);
constexpr auto kDay = std::chrono::hours(24);
constexpr int kAlertsLooked = 20;
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

  std::optional<model::Reply> answer(const triage::UnderstoodAnswer& said) const {
    auto alerts = alerts_of(core, people);
    keep_newest(alerts.open);
    if (said.code) {
      const auto named = core.store.incident_by_code(*said.code);
      if (!named) return std::nullopt;
      keep_of_incident(alerts.open, named->id);
      keep_of_incident(alerts.past, named->id);
    }
    if (said.kind != AnswerKind::kReceived) drop_requests_beside_alerts(alerts.open);
    if (alerts.open.empty()) return late(said, alerts.past);
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

  // Too late, or after it was over: recorded, and a courteous line back.
  std::optional<model::Reply> late(const triage::UnderstoodAnswer& said, const std::vector<model::Alert>& past) const {
    if (past.empty()) return std::nullopt;
    const auto& alert = past.front();
    apply_answer(core, alert, said.kind, model::AnswerVia::kSms, said.kind == AnswerKind::kReplied ? message.text : "",
                 "link:" + std::to_string(message.link));
    const auto* incident = core.incident(alert.incident);
    if (incident != nullptr && incident->state != model::IncidentState::kOpen) {
      send_service_text(core, incident, message.from, language(), "ended");
    }
    return reply(What::kAnswer, incident == nullptr ? 0 : incident->code);
  }

  model::Reply ask_which(const std::vector<model::Alert>& alerts) const {
    const bool asked_before = std::all_of(alerts.begin(), alerts.end(), [](const model::Alert& a) {
      return a.reason == model::Reason::kPausedByQuestion;
    });
    if (!asked_before) {
      pause_for_question(core, alerts);
      send_service_text(core, core.incident(alerts.front().incident), message.from, language(), "which",
                        codes_of(core, alerts));
    }
    core.record(RecordKind::kAnswerUnplaced, alerts.front().incident, alerts.front().id.value, 0, 0,
                core.store.text_digest(message.text));
    return reply(What::kQuestionAsked, 0);
  }

  // A report, or more facts for the one this person sent a moment ago.
  model::Reply report(triage::Understood understood) const {
    model::Report r;
    r.id = core.ids.next_id<model::ReportId>(core.now);
    r.via = model::ReportVia::kSms;
    r.reporter_person = people.front();
    const auto* card = core.roster().person(people.front());
    r.reporter = "sms:" + (card == nullptr ? std::string("unknown") : card->code);
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
    if (r.kind == model::HazardKind::kUnclassified) join_thread(r);
    if (r.kind != model::HazardKind::kUnclassified && !triage::check_facts(core.plan(), r.kind, r.facts))
      r.facts.clear();
    const auto done = take_in(core, std::move(r), language(), false);
    const auto incident = core.store.incident_by_code(done.incident_code);
    if (incident) {
      const bool asks = !done.assessment.questions.empty();
      const auto* name = incident->kind == model::HazardKind::kUnclassified ? "unreadable" : "receipt";
      send_service_text(core, &*incident, message.from, language(), name,
                        asks ? done.assessment.questions.front().text : "");
    }
    return reply(What::kReport, done.incident_code);
  }

  // "被困2" after "东湖小区着火": the same reporter, the same incident.
  void join_thread(model::Report& r) const {
    const auto last = core.store.latest_report_of(r.reporter_person, core.now - kSameThread);
    const auto* incident = last ? core.incident(last->incident) : nullptr;
    if (incident == nullptr || incident->state != model::IncidentState::kOpen || r.facts.empty()) return;
    r.kind = incident->kind;
    if (!r.area) r.area = last->area ? last->area : incident->area;
    r.drill = incident->drill;
  }
};

model::CommandResult from_stranger(Core& core, const model::InboundMessage& m, const std::string& text) {
  core.store.insert_stranger(m.link, m.from, text, core.now);
  core.record(RecordKind::kStrangerWrote, {}, 0, m.link, 0, core.store.text_digest(m.text));
  ++core.metrics.strangers;
  // Never to short codes and service senders: a loop of two machines helps nobody.
  const bool is_phone = m.from.size() >= 9 && m.from.front() == '+';
  if (is_phone && core.store.service_texts_to(m.from, core.now - kDay) < core.options.auto_replies_per_day) {
    send_service_text(core, nullptr, m.from, core.plan().default_language(), "stranger");
  }
  return reply(What::kStranger);
}

}  // namespace

model::CommandResult inbound_message(Core& core, const model::InboundMessage& m) {
  if (!base::is_utf8(m.text)) return base::invalid("not UTF-8", "text");
  const auto raw = base::cut(base::without_controls(m.text), kMaxText);
  const auto digest =
      base::to_hex(base::digest(std::to_string(m.link) + "|" + m.from + "|" + m.to + "|" + m.udh + "|" + m.text));
  if (core.store.seen_inbound(m.link, digest, core.now, core.now - core.options.inbound_repeat))
    return model::Reply{reply(What::kRepeat)};
  const auto masked = base::mask_numbers(raw);
  const auto people = core.roster().people_at(m.from);
  if (people.empty()) return from_stranger(core, m, masked.text);

  const Sender sender{core, m, people, masked.text};
  auto understood = core.vocabulary().read_report(raw);
  const auto said = triage::read_answer(raw);
  const bool is_report = understood.kind != model::HazardKind::kUnclassified || !understood.facts.empty();
  if (said && (said->bare || !is_report)) {
    if (auto placed = sender.answer(*said)) return *placed;
    if (said->bare) {  // nothing it could answer: kept, shown, not taken for a report
      core.record(RecordKind::kAnswerUnplaced, {}, 0, people.front().value, 0, core.store.text_digest(m.text));
      return model::Reply{reply(What::kNothing)};
    }
  }
  if (!is_report) {
    // Free words from somebody who was told something are a reply that needs a look, not a new emergency.
    auto alerts = alerts_of(core, people);
    keep_newest(alerts.open);
    if (!alerts.open.empty()) {
      apply_answer(core, alerts.open.front(), AnswerKind::kReplied, model::AnswerVia::kSms, masked.text,
                   "link:" + std::to_string(m.link));
      return model::Reply{reply(What::kAnswer, core.incident(alerts.open.front().incident)->code)};
    }
  }
  if (core.storage_full) return base::Error{base::ErrorCode::kRetryLater, "the disk is full", ""};
  return model::Reply{sender.report(std::move(understood))};
}

}  // namespace tocsin::engine
