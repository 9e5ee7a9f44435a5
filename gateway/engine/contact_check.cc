#include "gateway/engine/contact_check.h"

#include <algorithm>

#include "gateway/base/encoding.h"
#include "gateway/callout/compose.h"
#include "gateway/callout/office_hours.h"
#include "gateway/engine/links.h"
#include "gateway/engine/words.h"

namespace tocsin::engine {
namespace {

using model::CheckState;
using model::RecordKind;
using model::RoundState;
using model::RoundWaits;

constexpr int kShareOfCaps = 10;    // one tenth of a link's caps is the most that checks use
constexpr int kPointsAtOnce = 200;  // looked at, until one is found that was not asked yet
constexpr base::Duration kHour = std::chrono::hours(1), kDay = std::chrono::hours(24);
constexpr base::Duration kLookAgain = std::chrono::minutes(1), kNotCalm = std::chrono::minutes(10);

void load(Core& core) {
  if (std::exchange(core.check.known, true)) return;
  core.check.round = core.store.latest_round();
  core.check.look_at = core.now;
}

void save(Core& core) {
  core.store.put_round(*core.check.round);
}

bool is_open(const std::optional<model::CheckRound>& round) {
  return round && round->state != RoundState::kEnded;
}
bool is_asking(const std::optional<model::CheckRound>& round) {
  return round && round->state == RoundState::kAsking;
}

// ---- may anybody be asked now? ----

callout::OfficeHours office_hours(const Core& core) {
  const auto& check = core.options.contact_check;
  return {core.plan().time_zone, check.from_minute, check.until_minute};
}

RoundWaits waits_for(Core& core, const ports::CheckStore::Calm& calm) {
  if (core.storage_full) return RoundWaits::kForStorage;
  const auto quiet = core.options.contact_check.calm;
  if (calm.any_open || (calm.last_ended && core.now - *calm.last_ended < quiet)) return RoundWaits::kForCalm;
  return callout::at_work(office_hours(core), core.now) ? RoundWaits::kForNothing : RoundWaits::kForHours;
}

// ---- whom, over what, in which words ----

// The agreed mobile contact points of the directory in force, in the order of their ids.
void list_points(Core& core) {
  auto& memory = core.check;
  if (memory.listed == core.roster_ptr()) return;
  memory.listed = core.roster_ptr();
  memory.points.clear();
  for (const auto* card : core.roster().people()) {
    for (const auto& point : card->contacts) {
      if (point.agreed && model::can_carry(model::Channel::kSms, point.kind))
        memory.points.emplace_back(point.id, card->id);
    }
  }
  std::sort(memory.points.begin(), memory.points.end());
}

const model::ContactPoint* point_of(const Core& core, model::PersonId person, model::ContactId contact) {
  const auto* card = core.roster().person(person);
  if (card == nullptr) return nullptr;
  const auto found = std::find_if(card->contacts.begin(), card->contacts.end(),
                                  [&](const model::ContactPoint& p) { return p.id == contact; });
  return found == card->contacts.end() ? nullptr : &*found;
}

bool brings_answers(const Link& link) {
  return link.channel == model::Channel::kSms && link.sender->can().answers;
}

bool serves(const Link& link, const std::string& number) {
  const auto& prefixes = link.policy.prefixes;
  return prefixes.empty() || std::any_of(prefixes.begin(), prefixes.end(), [&](const std::string& prefix) {
           return number.compare(0, prefix.size(), prefix) == 0;
         });
}

// The link that may carry it now, without being missed by anything that matters more.  Null: none, and `ever` says
// whether to try again.
Link* spare_link(Core& core, const std::string& number, bool& ever) {
  ever = std::any_of(core.links.begin(), core.links.end(),
                     [&](const Link& link) { return brings_answers(link) && serves(link, number); });
  if (!ever) return nullptr;
  callout::WantedLink wanted{model::Channel::kSms, number, model::kContactCheckUrgency, 0,
                             static_cast<std::uint64_t>(base::to_micros(core.now))};
  for (const auto& link : core.links) {
    if (!brings_answers(link)) wanted.tried |= bit_of(core, link.index);
  }
  auto* link = link_for(core, wanted);
  if (link == nullptr || !brings_answers(*link) || link->wants_room) return nullptr;
  return room_of(core, *link) > 0 && link->cap.spares(core.now, 1, kShareOfCaps) ? link : nullptr;
}

// Composed once a round and language.
model::MessageId words_for(Core& core, const Link& link, const std::string& language) {
  const auto matter = core.store.matter({}, model::MatterKind::kReply, 0, core.ids.next_id<model::MatterId>(core.now));
  const auto variant = "contact_check/" + base::to_base32(core.check.round->id.value);
  if (const auto known = core.store.message(matter.id, language, link.channel, variant)) return *known;
  const auto id = core.ids.next_id<model::MessageId>(core.now);
  model::Incident nothing;
  nothing.plan_version = core.plan_version();
  const model::Facts none;
  const auto occasion = occasion_of(core, nothing, none);
  keep_message(core, id, matter.id, language, link.channel, variant,
               callout::compose_text(occasion, "contact_check", language, link.channel));
  return id;
}

// Everybody's contact points with that number, in one message.
void ask(Core& core, Link& link, model::PersonId person, const model::ContactPoint& first) {
  const auto& round = *core.check.round;
  const auto* card = core.roster().person(person);
  model::Delivery d;
  d.id = core.ids.next_id<model::DeliveryId>(core.now);
  d.message = words_for(core, link, card->language.empty() ? core.plan().default_language() : card->language);
  d.channel = link.channel;
  d.link = link.index;
  d.contact = first.id;
  d.address = first.address;
  d.cause = model::Reason::kContactCheck;
  d.urgency = model::kContactCheckUrgency;
  d.turn = link.turn[d.urgency];
  core.store.insert(std::span<const model::Delivery>(&d, 1), 0);
  core.record(RecordKind::kQueued, {}, d.id.value, 0, static_cast<int>(d.cause));
  std::vector<model::ContactCheck> checks;
  for (const auto owner : core.roster().people_at(first.address)) {
    const auto* other = core.roster().person(owner);
    if (other == nullptr) continue;
    for (const auto& point : other->contacts) {
      const bool same = point.agreed && point.address == first.address &&
                        model::can_carry(model::Channel::kSms, point.kind) && !core.store.was_asked(round.id, point.id);
      if (!same) continue;
      checks.push_back({round.id, point.id, owner, point.address, d.id, CheckState::kAsked, core.now,
                        core.now + core.options.contact_check.answer_within, std::nullopt});
    }
  }
  core.store.add_checks(checks);
  core.check.may_wait = true;
  ++core.metrics.deliveries;
  ++core.metrics.checks_sent;
}

// ---- a round ----

void begin(Core& core, model::RoundVia via, std::string by) {
  model::CheckRound round;
  round.id = core.ids.next_id<model::CheckRoundId>(core.now);
  round.via = via;
  round.by = std::move(by);
  round.started_at = core.now;
  core.record(RecordKind::kCheckBegan, {}, round.id.value, static_cast<int>(via), 0, round.by);
  core.check.round = std::move(round);
  core.check.look_at = core.now;
  save(core);
}

// The record tells when it stands still for the sake of an incident; that people go home is no news.
void note_waits(Core& core, RoundWaits waits) {
  auto& round = *core.check.round;
  const bool pauses = waits == RoundWaits::kForCalm && !round.paused;
  const bool resumes = waits == RoundWaits::kForNothing && round.paused;
  if (pauses) core.record(RecordKind::kCheckPaused, {}, round.id.value);
  if (resumes) core.record(RecordKind::kCheckResumed, {}, round.id.value);
  if (pauses || resumes) round.paused = pauses;
  if (round.waits == waits && !pauses && !resumes) return;
  round.waits = waits;
  save(core);
}

base::UtcTime look_again_at(Core& core, RoundWaits waits, const ports::CheckStore::Calm& calm) {
  switch (waits) {
    case RoundWaits::kForHours: return callout::next_begin(office_hours(core), core.now);
    case RoundWaits::kForCalm:
      // An incident that ends does so in a batch of its own, but nothing here hears of it.
      if (!calm.any_open && calm.last_ended)
        return std::max(*calm.last_ended + core.options.contact_check.calm, core.now + kLookAgain);
      return core.now + kNotCalm;
    default: return core.now + kLookAgain;
  }
}

base::Duration pace(const Core& core) {
  return kHour / std::max(core.options.contact_check.per_hour, 1);
}

// Asks the next one.  kForLink when it has to wait; the position moves over those who were asked or cannot be.
RoundWaits ask_next(Core& core) {
  auto& memory = core.check;
  auto& round = *memory.round;
  list_points(core);
  auto at = std::upper_bound(memory.points.begin(), memory.points.end(), round.position,
                             [](model::ContactId position, const auto& point) { return position < point.first; });
  for (int looked = 0; at != memory.points.end() && looked < kPointsAtOnce; ++at, ++looked) {
    const auto [contact, person] = *at;
    const auto* point = core.store.was_asked(round.id, contact) ? nullptr : point_of(core, person, contact);
    if (point != nullptr) {
      bool ever = false;
      auto* link = spare_link(core, point->address, ever);
      if (link == nullptr && ever) return RoundWaits::kForLink;
      if (link != nullptr) {
        ask(core, *link, person, *point);
        round.position = contact;
        round.asked_at = core.now;
        save(core);
        return RoundWaits::kForNothing;
      }
      const model::ContactCheck never{round.id, contact,  person,  point->address, {}, CheckState::kNotSent,
                                      core.now, core.now, core.now};
      core.store.add_checks(std::span(&never, 1));
    }
    round.position = contact;
  }
  if (at == memory.points.end()) {
    round.state = RoundState::kWaiting;
    memory.listed = nullptr;
    memory.points.clear();
  }
  save(core);
  return RoundWaits::kForNothing;
}

void go_on_asking(Core& core) {
  auto& memory = core.check;
  const auto& asked_at = memory.round->asked_at;
  if (asked_at && core.now < *asked_at + pace(core)) {
    memory.look_at = *asked_at + pace(core);
    return;
  }
  const auto calm = core.store.calm();
  auto waits = waits_for(core, calm);
  if (waits == RoundWaits::kForNothing) waits = ask_next(core);
  note_waits(core, waits);
  const bool asked = waits == RoundWaits::kForNothing && memory.round->asked_at == core.now;
  memory.look_at = asked                              ? core.now + pace(core)
                   : waits == RoundWaits::kForNothing ? core.now  // more were passed over than one look takes
                                                      : look_again_at(core, waits, calm);
}

// Who has not answered in time was silent, or was never reached.
bool give_up_waiting(Core& core) {
  const auto due = core.store.due_checks(core.now, core.options.due_slice);
  for (const auto& checked : due) {
    auto check = checked.check;
    check.state = model::outcome_of(checked);
    if (check.state == CheckState::kAsked && model::is_open(checked.delivery)) {
      check.due_at = core.now + kDay;  // it has not even left
    } else {
      if (check.state == CheckState::kAsked) check.state = CheckState::kSilent;
      check.ended_at = core.now;
      if (check.state == CheckState::kSilent) ++core.metrics.checks_silent;
      if (check.state == CheckState::kFailed) ++core.metrics.checks_failed;
    }
    core.store.settle(check);
  }
  return static_cast<int>(due.size()) >= core.options.due_slice;
}

void end_when_all_is_known(Core& core) {
  auto& round = *core.check.round;
  if (round.state != RoundState::kWaiting || core.store.next_check_due()) return;
  const auto counts = core.store.check_counts(round.id);
  round.state = RoundState::kEnded;
  round.waits = RoundWaits::kForNothing;
  round.paused = false;
  round.ended_at = core.now;
  save(core);
  core.record(RecordKind::kCheckEnded, {}, round.id.value, counts.asked, counts.answered,
              "silent=" + std::to_string(counts.silent) + " failed=" + std::to_string(counts.failed) +
                  " not_sent=" + std::to_string(counts.not_sent));
}

// The next round of the schedule: when it may begin.
std::optional<base::UtcTime> next_round(const Core& core) {
  const auto every = core.options.contact_check.every;
  if (every <= base::Duration{}) return std::nullopt;
  const auto& last = core.check.round;
  return last ? std::max(last->started_at + every, core.now) : core.now;
}

// Nothing stands open: begins the next round when its time has come, and says when to look again.
void begin_by_schedule(Core& core) {
  core.check.look_at = next_round(core);
  if (!core.check.look_at || *core.check.look_at > core.now) return;
  const auto calm = core.store.calm();
  const auto waits = waits_for(core, calm);
  if (waits == RoundWaits::kForNothing) return begin(core, model::RoundVia::kSchedule, "schedule");
  core.check.look_at = look_again_at(core, waits, calm);
}

base::Error not_an_administrator() {
  return {base::ErrorCode::kForbidden, "only an administrator sees to the contact check", ""};
}
bool is_administrator(const model::Principal& by) {
  return by.role == model::Role::kAdmin || by.role == model::Role::kSystem;
}

}  // namespace

model::CommandResult start_contact_check(Core& core, const model::StartContactCheck& c) {
  if (!is_administrator(c.by)) return not_an_administrator();
  load(core);
  auto& round = core.check.round;
  if (is_open(round) && !round->stopped) {
    return base::Error{base::ErrorCode::kConflict, "a round of the contact check is under way", ""};
  }
  if (std::none_of(core.links.begin(), core.links.end(), brings_answers)) {
    return base::Error{base::ErrorCode::kConflict, "no SMS link brings answers", ""};
  }
  if (is_open(round)) {  // its stop is taken back
    round->stopped = false;
    round->state = RoundState::kAsking;
    core.record(RecordKind::kCheckResumed, {}, round->id.value, 0, 0, Core::who(c.by));
    core.check.look_at = core.now;
    save(core);
  } else {
    begin(core, model::RoundVia::kByHand, Core::who(c.by));
  }
  return model::Reply{base::Done{}};
}

model::CommandResult stop_contact_check(Core& core, const model::StopContactCheck& c) {
  if (!is_administrator(c.by)) return not_an_administrator();
  load(core);
  auto& round = core.check.round;
  if (!is_asking(round)) return base::Error{base::ErrorCode::kConflict, "no contact check asks anybody", ""};
  round->state = RoundState::kWaiting;
  round->stopped = true;
  round->paused = false;
  round->waits = RoundWaits::kForNothing;
  core.record(RecordKind::kCheckStopped, {}, round->id.value, 0, 0, Core::who(c.by));
  core.check.look_at = core.now;
  save(core);
  return model::Reply{base::Done{}};
}

bool see_to_contact_check(Core& core) {
  load(core);
  auto& memory = core.check;
  if (!memory.look_at || core.now < *memory.look_at) return false;
  if (!is_open(memory.round)) {
    begin_by_schedule(core);
    if (!is_open(memory.round)) return false;
  }
  bool more = give_up_waiting(core);
  if (is_asking(memory.round)) go_on_asking(core);
  if (memory.round->state == RoundState::kWaiting) {
    memory.look_at = core.store.next_check_due();
    end_when_all_is_known(core);
    if (!is_open(memory.round)) memory.look_at = next_round(core);
  } else if (const auto due = core.store.next_check_due(); due && memory.look_at && *due < *memory.look_at) {
    memory.look_at = due;
  }
  more = more || (memory.look_at && *memory.look_at <= core.now);
  return more;
}

std::optional<base::UtcTime> next_contact_check(const Core& core) {
  return core.check.known ? core.check.look_at : std::optional(core.now);
}

void hold_back_contact_checks(Core& core) {
  if (!core.check.may_wait) return;
  const auto waiting = core.store.queued_checks();
  core.check.may_wait = !waiting.empty();
  if (waiting.empty()) return;
  load(core);
  auto& round = core.check.round;
  if (is_asking(round) && waits_for(core, core.store.calm()) == RoundWaits::kForNothing) return;
  auto rows = core.store.deliveries(waiting);
  std::vector<model::DeliveryId> not_asked;
  for (auto& row : rows) {
    row.state = model::DeliveryState::kCancelled;
    row.not_before.reset();
    row.ended_at = core.now;
    core.record(RecordKind::kDeliveryCancelled, {}, row.id.value, 0, static_cast<int>(row.cause));
    if (row.parts <= 1) not_asked.push_back(row.id);  // of a longer one some parts may have arrived
  }
  core.store.update(std::span<const model::Delivery>(rows));
  const auto first = core.store.take_back_checks(not_asked);
  if (!first || !is_open(round)) return;
  round->position = std::min(round->position, model::ContactId{first.value - 1});
  save(core);
}

std::optional<base::UtcTime> contact_answered(Core& core, std::string_view number) {
  const auto since = core.now - model::kChecksKept;
  const auto asked = core.store.unanswered_since(number, since);
  if (!asked) return std::nullopt;
  core.metrics.checks_answered += static_cast<std::uint64_t>(core.store.answer_checks(number, since, core.now));
  if (core.check.known && is_open(core.check.round)) core.check.look_at = core.now;  // it may have been the last
  return asked;
}

}  // namespace tocsin::engine
