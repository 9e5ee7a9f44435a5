// What a test says about a NextRung, so that a failure prints the whole decision.
#pragma once

#include <gmock/gmock.h>

#include <ostream>

#include "gateway/callout/next_rung.h"

namespace tocsin::callout {

inline std::ostream& operator<<(std::ostream& out, const NextRung& next) {
  static constexpr const char* kWords[] = {"nothing", "send", "list call", "tell deputy", "exhaust"};
  out << kWords[static_cast<int>(next.what)] << ", " << name_of(next.channel) << ", cycle " << next.cycle << ", rung "
      << next.rung << ", reason " << name_of(next.reason);
  if (next.contact != nullptr) out << ", contact " << next.contact->id.value;
  if (next.settled) out << ", settled";
  if (next.look_again_at) out << ", looks again at " << base::to_rfc3339(*next.look_again_at);
  return out;
}

MATCHER_P(WaitsUntil, at, "") {
  return arg.what == Do::kNothing && !arg.settled && arg.look_again_at && *arg.look_again_at == at;
}
MATCHER(WaitsForAnEvent, "") {
  return arg.what == Do::kNothing && !arg.settled && !arg.look_again_at;
}
MATCHER_P2(Sends, channel, contact, "") {
  return arg.what == Do::kSend && arg.channel == channel && arg.contact != nullptr && arg.contact->id.value == contact;
}
MATCHER_P(Lists, channel, "") {
  return arg.what == Do::kListCall && arg.channel == channel;
}
MATCHER(TellsTheDeputy, "") {
  return arg.what == Do::kTellDeputy && arg.channel == model::Channel::kDeputy;
}
MATCHER(Exhausts, "") {
  return arg.what == Do::kExhaust && !arg.settled && !arg.look_again_at;
}
MATCHER(IsSettled, "") {
  return arg.what == Do::kNothing && arg.settled && !arg.look_again_at;
}
MATCHER_P(Because, reason, "") {
  return arg.reason == reason;
}
MATCHER_P2(StandsAt, cycle, rung, "") {
  return arg.cycle == cycle && arg.rung == rung;
}

}  // namespace tocsin::callout
