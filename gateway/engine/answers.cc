#include "gateway/engine/answers.h"

#include <algorithm>

#include "gateway/base/masking.h"
#include "gateway/base/text.h"
#include "gateway/callout/alert_rules.h"
#include "gateway/engine/ladder.h"
#include "gateway/engine/words.h"

namespace tocsin::engine {
namespace {

using model::AnswerKind;
using model::RecordKind;

constexpr std::size_t kMaxNote = 500;

// The wait of the rung an alert stands on: what *received* or a question of ours may pause at most.
base::Duration one_wait(Core& core, const model::Alert& alert) {
  const auto* incident = core.incident(alert.incident);
  if (incident == nullptr || alert.ladder < 0) return callout::one_wait(nullptr, 0);
  const auto& ladders = core.plan_of(*incident).ladders;
  const bool known = alert.ladder < static_cast<int>(ladders.size());
  return callout::one_wait(known ? &ladders[static_cast<std::size_t>(alert.ladder)] : nullptr, alert.rung);
}

void keep_note(Core& core, const model::Alert& alert, AnswerKind given, const std::string& note) {
  if (note.empty()) return;
  const auto masked = base::mask_numbers(base::cut(base::without_controls(note), kMaxNote));
  const auto kind = given == AnswerKind::kReplied ? model::NoteKind::kReplied : model::NoteKind::kWithAnswer;
  core.store.insert_note(alert.incident, alert.id, kind, masked.text, core.now);
}

// The holder and a stand-in both come: both are told who leads.  The desk sees it on the incident.
void say_who_leads(Core& core, const model::Alert& alert) {
  const auto goes = [](AnswerKind k) { return k == AnswerKind::kComing || k == AnswerKind::kArrived; };
  const auto* incident = core.incident(alert.incident);
  if (!goes(alert.answer) || incident == nullptr || incident->state != model::IncidentState::kOpen) return;
  const auto tell = [&](model::PersonId person) {
    const auto* card = core.roster().person(person);
    const auto* leader = core.roster().person(alert.stands_in_for ? alert.stands_in_for : alert.person);
    if (card == nullptr || leader == nullptr) return;
    for (const auto& contact : card->contacts) {
      if (contact.agreed && model::can_carry(model::Channel::kSms, contact.kind)) {
        send_service_text(core, incident, contact.address, card->language, "leads", leader->name);
        return;
      }
    }
  };
  if (alert.stands_in_for) {
    const auto holder = core.store.alert(alert.matter, alert.stands_in_for);
    if (!holder || !goes(holder->answer)) return;
    tell(alert.person);
    tell(holder->person);
    return;
  }
  bool any = false;
  for (const auto& other : core.store.stand_ins_for(alert.matter, alert.person)) {
    if (!goes(other.answer)) continue;
    tell(other.person);
    any = true;
  }
  if (any) tell(alert.person);
}

void settle_answered(Core& core, model::Alert& alert, bool was_climbing, Rows& rows) {
  cancel_what_is_queued(core, alert);
  core.store.close_call_lines(alert.incident, alert.id, core.now);
  note_first_rung(core, alert, std::nullopt);
  if (was_climbing) note_closed(core, alert);
  if (alert.state != model::AlertState::kWithdrawn) alert.state = model::AlertState::kAnswered;
  alert.reason = model::Reason::kSettled;
  alert.look_again_at.reset();
  rows.changed.push_back(alert);
}

void climb_after_answer(Core& core, model::Alert& alert, AnswerKind kind, Rows& rows) {
  // Whoever is asked for a decision and answers anything but that they cannot has it in hand.
  const bool has_it = alert.matter_kind == model::MatterKind::kApproval && kind != AnswerKind::kCannot;
  if (kind == AnswerKind::kReceived || has_it) alert.paused_until = core.now + one_wait(core, alert);
  if (kind == AnswerKind::kCannot) {
    alert.paused_until.reset();
    cancel_what_is_queued(core, alert);
    core.store.close_call_lines(alert.incident, alert.id, core.now);
  }
  // Written first: the climb reads the deliveries as they are after what was cancelled.
  core.store.update(std::span<const model::Alert>(&alert, 1));
  auto with = core.store.alerts_with_deliveries(std::span(&alert.id, 1));
  if (!with.empty()) climb(core, alert, with.front().deliveries, rows);
}

}  // namespace

void apply_answer(Core& core, model::Alert alert, AnswerKind kind, model::AnswerVia via, const std::string& note,
                  const std::string& by) {
  const auto* incident = core.incident(alert.incident);
  const bool over = incident == nullptr || incident->state != model::IncidentState::kOpen;
  ++core.metrics.answers;
  core.record(over ? RecordKind::kAnswerLate : RecordKind::kAnswered, alert.incident, alert.id.value,
              static_cast<int>(kind), static_cast<int>(via),
              by + (note.empty() ? "" : " note:" + core.store.text_digest(note)));
  keep_note(core, alert, kind, note);
  if (kind == AnswerKind::kReplied) return;  // needs a look; never a yes or a no
  (void)core.store.look_at_replies(alert.incident, alert.id,
                                   core.now);  // a clear word says what the unclear one did not

  const auto before = alert.answer;
  const bool was_climbing = is_open(alert);
  alert.answer = callout::after_answer(before, kind);
  alert.answered_at = core.now;
  if (alert.answer != before) count_answer_change(core, alert, before, alert.answer);
  Rows rows;
  const bool decided = alert.matter_kind == model::MatterKind::kApproval && alert.needs == AnswerKind::kNone;
  if (over || decided || callout::answer_settles(alert) || alert.ladder < 0) {
    settle_answered(core, alert, was_climbing, rows);
  } else if (was_climbing) {
    climb_after_answer(core, alert, kind, rows);
  } else if (alert.state == model::AlertState::kAnswered && alert.answer != before) {
    // An answer taken back ("coming", then "cannot", or the reverse): the ladder is climbed again from where it stood.
    alert.state = model::AlertState::kTold;
    alert.reason = model::Reason::kNone;
    note_reopened(core, alert);
    climb_after_answer(core, alert, kind, rows);
  } else {
    if (callout::is_moot(alert)) cancel_what_is_queued(core, alert);
    rows.changed.push_back(alert);
  }
  rows.write(core);
  if (alert.answer != before && alert.matter_kind != model::MatterKind::kApproval) say_who_leads(core, alert);
}

model::CommandResult answer_alert(Core& core, const model::AnswerAlert& c) {
  const auto alert = core.store.alert(c.alert);
  if (!alert) return base::Error{base::ErrorCode::kNotFound, "no such alert", ""};
  if (c.by.role == model::Role::kCommander && c.by.person != alert->person) {
    return base::Error{base::ErrorCode::kForbidden, "this alert is somebody else's", ""};
  }
  if (const auto seen = model::check(c.expected, model::version_of(*alert)); !seen) return seen.error();
  if (c.kind == AnswerKind::kNone) return base::invalid("expected received, coming, arrived or cannot", "answer");
  apply_answer(core, *alert, c.kind, c.via, c.note, Core::who(c.by));
  const auto* incident = core.incident(alert->incident);
  return model::Reply{
      model::IncidentReply{incident == nullptr ? 0 : incident->code, incident == nullptr ? -1 : incident->level, 0}};
}

model::CommandResult see_alert(Core& core, const model::SeeAlert& c) {
  const auto alert = core.store.alert(c.alert);
  if (!alert) return base::Error{base::ErrorCode::kNotFound, "no such alert", ""};
  if (!c.by.person || c.by.person != alert->person) {
    return base::Error{base::ErrorCode::kForbidden, "only the person it tells can see it for themselves", ""};
  }
  if (core.store.see(alert->id, core.now)) {
    core.record(RecordKind::kAlertSeen, alert->incident, alert->id.value, alert->person.value);
  }
  return model::Reply{base::Done{}};
}

model::CommandResult look_at_reply(Core& core, const model::LookAtReply& c) {
  const auto alert = core.store.alert(c.alert);
  if (!alert) return base::Error{base::ErrorCode::kNotFound, "no such alert", ""};
  const int replies = core.store.look_at_replies(alert->incident, alert->id, core.now);
  if (replies > 0) {
    core.record(RecordKind::kReplyLookedAt, alert->incident, alert->id.value, replies, 0, Core::who(c.by));
  }
  return model::Reply{base::Done{}};
}

namespace {

// Nobody answered, or the wrong person did: the line ends and the ladder goes on at once.
void call_failed(Core& core, const model::Delivery& line, model::Meaning meaning) {
  auto with = core.store.alerts_with_deliveries(std::span(&line.alert, 1));
  if (with.empty()) return;
  auto& alert = with.front().alert;
  for (auto& tried : with.front().deliveries) {
    if (tried.id != line.id) continue;
    tried.state = model::DeliveryState::kUndelivered;
    tried.ended_at = core.now;
    tried.code = meaning == model::Meaning::kWrongNumber ? "wrong number" : "no answer";
    tried.meaning = meaning;
    core.store.update(std::span<const model::Delivery>(&tried, 1));
  }
  Rows rows;
  if (is_climbing(alert.state)) climb(core, alert, with.front().deliveries, rows);
  rows.write(core);
}

AnswerKind answer_of(model::CallOutcome outcome) {
  switch (outcome) {
    case model::CallOutcome::kReceived: return AnswerKind::kReceived;
    case model::CallOutcome::kComing: return AnswerKind::kComing;
    case model::CallOutcome::kArrived: return AnswerKind::kArrived;
    case model::CallOutcome::kCannot: return AnswerKind::kCannot;
    default: return AnswerKind::kNone;
  }
}

// The desk reached the person on this line.
void reached(Core& core, model::Delivery line, AnswerKind kind, const model::RecordCall& c) {
  line.state = model::DeliveryState::kDelivered;
  line.ended_at = core.now;
  core.store.update(std::span<const model::Delivery>(&line, 1));
  auto alert = core.store.alert(line.alert);
  if (!alert) return;
  alert->told = true;
  core.store.update(std::span<const model::Alert>(&*alert, 1));
  apply_answer(core, *alert, kind, model::AnswerVia::kDesk, c.note, Core::who(c.by));
}

}  // namespace

model::CommandResult record_call(Core& core, const model::RecordCall& c) {
  const auto found = core.store.deliveries(std::span(&c.line, 1));
  if (found.empty() || model::is_carried(found.front().channel) || found.front().channel == model::Channel::kDeputy) {
    return base::Error{base::ErrorCode::kNotFound, "no such line on the call sheet", ""};
  }
  const auto& line = found.front();
  if (line.state != model::DeliveryState::kAccepted) {
    return base::Error{base::ErrorCode::kConflict, "this line is closed: the person answered, or it is over", ""};
  }
  const auto mine = core.store.alert(line.alert);
  const auto lines = mine ? core.store.open_call_lines(mine->person) : std::vector<model::Delivery>{line};
  std::vector<model::DeliveryId> ids;
  for (const auto& open : lines) ids.push_back(open.id);
  if (const auto seen = model::check(c.expected, model::version_of(ids)); !seen) return seen.error();
  core.record(RecordKind::kCallOutcome, line.incident, line.id.value, line.alert.value, static_cast<int>(c.outcome),
              Core::who(c.by));
  const auto kind = answer_of(c.outcome);
  for (const auto& other : lines) {
    if (kind == AnswerKind::kNone) {
      const bool wrong = c.outcome == model::CallOutcome::kWrongNumber;
      call_failed(core, other, wrong ? model::Meaning::kWrongNumber : model::Meaning::kNoAnswer);
    } else {
      reached(core, other, other.id == line.id ? kind : AnswerKind::kReceived, c);
    }
  }
  return model::Reply{base::Done{}};
}

void pause_for_question(Core& core, const std::vector<model::Alert>& alerts) {
  for (auto alert : alerts) {
    // One wait at most: asking twice does not pause twice.
    if (!is_open(alert) || alert.reason == model::Reason::kPausedByQuestion) continue;
    alert.paused_until = core.now + one_wait(core, alert);
    Rows rows;
    core.store.update(std::span<const model::Alert>(&alert, 1));
    auto with = core.store.alerts_with_deliveries(std::span(&alert.id, 1));
    if (!with.empty()) climb(core, alert, with.front().deliveries, rows);
    if (!rows.changed.empty() && is_open(rows.changed.back()))
      rows.changed.back().reason = model::Reason::kPausedByQuestion;
    rows.write(core);
  }
}

}  // namespace tocsin::engine
