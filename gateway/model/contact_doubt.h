// A contact point somebody should look at before the next bad night: what was sent or phoned there did not reach
// anyone. Plain values.
#pragma once

#include <optional>
#include <string>

#include "gateway/model/alert.h"
#include "gateway/model/meaning.h"

namespace tocsin::model {

// How one message or call to a contact point ended.
struct ContactEvidence {
  base::UtcTime at{};
  Channel channel = Channel::kSms;
  DeliveryState state = DeliveryState::kUndelivered;
  Meaning meaning = Meaning::kNone;
  std::string code;     // the carrier's own, or "wrong number"
  IncidentId incident;  // of a contact check: its round, which is none
};

struct ContactDoubt {
  ContactId contact;
  int failures = 0;                        // since it last worked
  bool certain = false;                    // one of them says that nobody can be reached there, whatever the night
  base::UtcTime since{};                   // the first of them
  ContactEvidence last;                    // the newest that weighs most
  std::optional<base::UtcTime> worked_at;  // delivered, or the person was reached on it; within what was looked at
};

}  // namespace tocsin::model
