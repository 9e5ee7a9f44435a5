// The contact check: on calm days every agreed mobile contact point is asked, once a round, to answer 1.
//
// What comes of it is about the contact point, never about its owner: it answered, its message failed, or it was
// silent.  Plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/time.h"
#include "gateway/model/alert.h"
#include "gateway/model/identity.h"
#include "gateway/model/ids.h"
#include "gateway/model/meaning.h"

namespace tocsin::model {

// Silence is not held against anybody for longer than this.
inline constexpr base::Duration kChecksKept = std::chrono::hours(24 * 90);

// Persisted: numbers are frozen.
enum class RoundState : std::uint8_t {
  kAsking = 1,   // some have not been asked yet
  kWaiting = 2,  // all were asked, or it was stopped; some may answer yet
  kEnded = 3,
};
[[nodiscard]] std::string_view name_of(RoundState state);

// Persisted: numbers are frozen.
enum class RoundVia : std::uint8_t { kSchedule = 1, kByHand = 2 };
[[nodiscard]] std::string_view name_of(RoundVia via);

// Why nobody is asked right now.  Persisted: numbers are frozen.
enum class RoundWaits : std::uint8_t {
  kForNothing = 0,
  kForCalm = 1,     // an incident is open, or ended not long ago
  kForHours = 2,    // evening, night, weekend
  kForLink = 3,     // none that brings answers has room to spare
  kForStorage = 4,  // the disk is full
};
[[nodiscard]] std::string_view name_of(RoundWaits waits);

struct CheckRound {
  CheckRoundId id;
  RoundState state = RoundState::kAsking;
  RoundVia via = RoundVia::kSchedule;
  RoundWaits waits = RoundWaits::kForNothing;
  bool paused = false;  // until the days are calm again; the record tells of it
  bool stopped = false;
  std::string by;  // who began it, as in the record
  base::UtcTime started_at{};
  std::optional<base::UtcTime> asked_at, ended_at;  // the last one; the round
  ContactId position;                               // contact points up to this one were asked
};

// Persisted: numbers are frozen.
enum class CheckState : std::uint8_t {
  kAsked = 1,
  kAnswered = 2,
  kSilent = 3,   // no answer within the time for it
  kFailed = 4,   // the carrier reported it undelivered, or refused the number
  kNotSent = 5,  // its link would not take it for reasons of its own, or none that brings answers reaches it
};
[[nodiscard]] std::string_view name_of(CheckState state);

// One contact point in one round.  People who share a number share a delivery.
struct ContactCheck {
  CheckRoundId round;
  ContactId contact;
  PersonId person;
  std::string number;  // E.164
  DeliveryId delivery;
  CheckState state = CheckState::kAsked;
  base::UtcTime asked_at{}, due_at{};
  std::optional<base::UtcTime> ended_at;  // answered, or given up
};

// With what became of its message.
struct CheckedContact {
  ContactCheck check;
  DeliveryState delivery = DeliveryState::kQueued;
  Meaning meaning = Meaning::kNone;
  std::string code;  // the carrier's own
};
// What stands after it: a message that failed says so before the time is up.
[[nodiscard]] CheckState outcome_of(const CheckedContact& checked);

// Contact points.
struct CheckCounts {
  int asked = 0;  // all of them; those below, and those that may answer yet
  int answered = 0, silent = 0, failed = 0, not_sent = 0;
  [[nodiscard]] int open() const { return asked - answered - silent - failed - not_sent; }
};

// What administrators see.
struct ContactChecks {
  std::optional<CheckRound> round;  // the newest
  CheckCounts counts;               // of it
  // Contact points that were silent or failed the last time they were asked; newest first.  The directory may not have
  // them any more: their ids mean nobody then.
  std::vector<CheckedContact> silent;
};

// By an administrator or the office itself (kForbidden otherwise).  kConflict when a round asks already, or when no
// link brings answers.
struct StartContactCheck {
  Principal by;
};
// Nobody more is asked; who was asked may answer yet.  kConflict when no round asks.
struct StopContactCheck {
  Principal by;
};

}  // namespace tocsin::model
