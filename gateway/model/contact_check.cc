#include "gateway/model/contact_check.h"

#include "gateway/model/contact_care.h"

namespace tocsin::model {

std::string_view name_of(RoundState state) {
  switch (state) {
    case RoundState::kAsking: return "asking";
    case RoundState::kWaiting: return "waiting";
    case RoundState::kEnded: return "ended";
  }
  return "?";
}

std::string_view name_of(RoundVia via) {
  switch (via) {
    case RoundVia::kSchedule: return "schedule";
    case RoundVia::kByHand: return "by_hand";
  }
  return "?";
}

std::string_view name_of(RoundWaits waits) {
  switch (waits) {
    case RoundWaits::kForNothing: return "nothing";
    case RoundWaits::kForCalm: return "not_calm";
    case RoundWaits::kForHours: return "hours";
    case RoundWaits::kForLink: return "no_link";
    case RoundWaits::kForStorage: return "storage";
  }
  return "?";
}

std::string_view name_of(CheckState state) {
  switch (state) {
    case CheckState::kAsked: return "asked";
    case CheckState::kAnswered: return "answered";
    case CheckState::kSilent: return "silent";
    case CheckState::kFailed: return "failed";
    case CheckState::kNotSent: return "not_sent";
  }
  return "?";
}

CheckState outcome_of(const CheckedContact& checked) {
  if (checked.check.state != CheckState::kAsked) return checked.check.state;
  switch (checked.delivery) {
    case DeliveryState::kUndelivered: return CheckState::kFailed;
    case DeliveryState::kRefused:
      return is_about_the_number(checked.meaning) ? CheckState::kFailed : CheckState::kNotSent;
    case DeliveryState::kCancelled:
    case DeliveryState::kSuperseded: return CheckState::kNotSent;
    default: return CheckState::kAsked;
  }
}

}  // namespace tocsin::model
