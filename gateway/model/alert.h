// One person told one thing, and the deliveries that try to tell it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/time.h"
#include "gateway/model/answer.h"
#include "gateway/model/ids.h"
#include "gateway/model/meaning.h"

namespace tocsin::model {

// What a message is about.  A matter is (incident, kind, revision); nobody is told one matter twice.
// Persisted: numbers are frozen.
enum class MatterKind : std::uint8_t {
  kAlert = 1,      // the call-out itself
  kUpdate = 2,     // to those already told: level raised or lowered, merged, moved
  kStandDown = 3,  // it is over
  kReply = 4,      // a fixed service text: receipt or question to a reporter, auto-reply
  kApproval = 5,   // may the response begin?  Asked beside the alert, in words of its own
  kDecided = 6,    // to others who were asked that: what was decided.  Nobody answers it
  kSummary = 7,    // what holds of several matters at once, after an outage; no alert is of this kind
};
[[nodiscard]] std::string_view name_of(MatterKind kind);

struct Matter {
  MatterId id;
  IncidentId incident;
  MatterKind kind = MatterKind::kAlert;
  int revision = 0;
};

// How a rung tries to reach somebody.  Persisted: numbers are frozen.
enum class Channel : std::uint8_t {
  kConsole = 1,
  kSms = 2,
  kVoice = 3,
  kEmail = 4,
  kWebhook = 5,
  kPush = 6,
  kDeskCall = 20,  // a line on the call sheet
  kDeputy = 21,    // the next deputy of the post is told
  kKnock = 22,     // a line on the call sheet: who is to go to the door
};
[[nodiscard]] std::string_view name_of(Channel channel);  // "sms", "desk_call", ...
[[nodiscard]] std::optional<Channel> channel_named(std::string_view name);
// Carried by a link (console .. push), as opposed to done by people.
[[nodiscard]] constexpr bool is_carried(Channel c) {
  return static_cast<int>(c) < 20;
}

// Drill goes after everything real; then by level.  Larger is more urgent.  Persisted.
using Urgency = int;
inline constexpr Urgency kContactCheckUrgency = -1;  // goes after everything else
inline constexpr Urgency kDrillUrgency = 0, kServiceUrgency = 1, kLowestLevelUrgency = 2, kMostUrgent = 15;

// Persisted: numbers are frozen.
enum class AlertState : std::uint8_t {
  kTelling = 1,    // the ladder is being climbed, nothing confirmed yet
  kTold = 2,       // a message was handed over; still climbing until what settles it comes
  kAnswered = 3,   // settled: the answer its steps need has come
  kExhausted = 4,  // every rung of every cycle was used; a human has the line
  kWithdrawn = 5,  // stand-down, raise or merge took it back
};
[[nodiscard]] std::string_view name_of(AlertState state);

// Why an alert stands where it stands.  The same word in record, log, metric and on the desk.
// Persisted: numbers are frozen.
enum class Reason : std::uint8_t {
  kNone = 0,
  kFirstRung = 1,
  kNoAnswer = 2,      // the wait is over
  kOnlyReceived = 3,  // received, but the step needs more; the pause is over
  kCannotCome = 4,
  kRefused = 5,         // the carrier refused it
  kUndelivered = 6,     // the carrier reported it undelivered
  kEndUnknown = 7,      // crash, lost link or overdue receipt: it may or may not have arrived
  kLinkStalled = 8,     // the link of this rung has been down too long
  kNoContactPoint = 9,  // nothing agreed and usable for this rung
  kNoLink = 10,         // no link serves this channel
  kNoDeputy = 11,
  kRepeat = 12,  // the plan asks for another cycle
  kAwaitingHandOver = 13,
  kAwaitingAnswer = 14,
  kPausedByReceived = 15,
  kPausedByQuestion = 16,
  kSettled = 17,
  kLadderEnded = 18,
  kStandDown = 19,
  kRaised = 20,
  kMerged = 21,
  kAlreadyTold = 22,  // by another hat: one person is told once
  kOnLeave = 23,
  kPostEmpty = 24,
  kNotAgreed = 25,  // the person never agreed to be called on any contact point
  kStandsIn = 26,
  kCallerBusy = 27,        // the desk phoned and nobody answered, or the wrong person did
  kReachedMeanwhile = 28,  // phoned or answered while the message waited for a link that was down
  kNewerNews = 29,         // a newer message about the same incident waits for the same person
  kOneUpdateAMinute = 30,  // it waits for the rest of the minute after the last update
  kProbe = 31,             // a message to the office's own number: does the link carry it?
  kNotAtNight = 32,        // a contact point was passed over: it is night, and another is left
  kOnlyOneAtNight = 33,    // one that should rest at night was used, because nothing else is left
  kContactCheck = 40,      // "please answer 1", on a calm day (contact_check.h)
};
[[nodiscard]] std::string_view name_of(Reason reason);  // "no_answer", ...

struct Alert {
  AlertId id;
  MatterId matter;
  MatterKind matter_kind = MatterKind::kAlert;
  IncidentId incident;
  CallOutId callout;       // 0: an update or stand-down without a ladder
  StepId step;             // the first of its steps, in plan order: its ladder is climbed; 0 without a call-out
  int selector = -1;       // which of that step's selectors found them, from 0
  bool more_hats = false;  // it has memberships: counts for further steps too
  PersonId person;
  PersonId stands_in_for;  // 0: on their own account
  int ladder = -1;         // index into the plan's ladders; -1: the first carried contact only, no climbing
  AnswerKind needs = AnswerKind::kNone;  // the most any of its steps asks for
  Urgency urgency = kLowestLevelUrgency;
  bool drill = false;
  AlertState state = AlertState::kTelling;
  Reason reason = Reason::kNone;
  int cycle = 1, rung = 0;       // where the ladder stands
  bool told = false;             // some message has left us, or may have, or the desk reached them
  bool first_rung_done = false;  // a first message was handed over, or will never be: step counters took note
  AnswerKind answer = AnswerKind::kNone;
  std::optional<base::UtcTime> answered_at;
  std::optional<base::UtcTime> seen_at;       // this person opened its page (a POST); kept by its own statement
  std::optional<base::UtcTime> paused_until;  // by "received" or by tocsin's own question; one wait at most
  std::optional<base::UtcTime> look_again_at;
};

// A further hat: another step the same person counts for through the same alert.
struct Membership {
  AlertId alert;
  StepId step;
  int selector = -1;
};

// Persisted: numbers are frozen.
enum class DeliveryState : std::uint8_t {
  kQueued = 1,
  kClaimed = 2,    // belongs to one process epoch and is, or is about to be, on the wire
  kAccepted = 3,   // the carrier took it and gave an id; for a desk call: the line is listed
  kDelivered = 4,  // the carrier confirmed it; for a desk call: the person was reached
  kUndelivered = 5,
  kRefused = 6,
  kUnknown = 7,     // may have been delivered
  kCancelled = 8,   // answered or stood down before it was handed over
  kSuperseded = 9,  // a raise made it moot before it was handed over
};
[[nodiscard]] std::string_view name_of(DeliveryState state);
[[nodiscard]] constexpr bool is_open(DeliveryState s) {
  return s == DeliveryState::kQueued || s == DeliveryState::kClaimed;
}
// The message has left us, or may have: the person counts as told.
[[nodiscard]] constexpr bool was_handed_over(DeliveryState s) {
  return s == DeliveryState::kAccepted || s == DeliveryState::kDelivered || s == DeliveryState::kUndelivered ||
         s == DeliveryState::kUnknown;
}

// Links are numbered by their position in the settings; the number is stored and stays with the name.
using LinkIndex = int;

struct Delivery {
  DeliveryId id;
  AlertId alert;  // 0 for a service text
  IncidentId incident;
  MessageId message;
  Channel channel = Channel::kSms;
  LinkIndex link = -1;  // -1 for what people do
  ContactId contact;
  std::string address;  // E.164 or what the channel takes
  int cycle = 1, rung = 0;
  int attempt = 1;                    // grows with each repeat of this very delivery after `retry`
  Reason cause = Reason::kFirstRung;  // why it was made
  Urgency urgency = kLowestLevelUrgency;
  DeliveryState state = DeliveryState::kQueued;
  std::int64_t turn = 0;  // place in its link's queue within one urgency: call-outs take turns by it
  bool stalled = false;   // queued on a link that has been down too long: the ladder goes on without it
  int parts = 1;
  std::string carrier_id;  // of a one-part message; longer ones keep theirs per part
  std::string code;        // the carrier's last word on it ("ESME_RTHROTTLED", "DELIVRD err:000"); no number, no text
  Meaning meaning = Meaning::kNone;             // of that code
  std::optional<base::UtcTime> handed_over_at;  // the carrier took it, or may have
  std::optional<base::UtcTime> on_its_way_at;   // the carrier's first word after that, before the end is known
  std::optional<base::UtcTime> ended_at, not_before, receipt_due_at;
  // Told together with others of the same person, in one message: the delivery of that message, whose end is theirs.
  // Its own id: it is that message.  0: it goes by itself.
  DeliveryId summary;
};

// What the carrier's last word on it means; where no code says more, what its state does.  kNone for what people do and
// for what has not left us.
[[nodiscard]] Meaning meaning_of(const Delivery& delivery);

struct PartState {
  DeliveryId delivery;
  int part = 1;  // from 1
  DeliveryState state = DeliveryState::kQueued;
  std::string carrier_id;
};

}  // namespace tocsin::model
