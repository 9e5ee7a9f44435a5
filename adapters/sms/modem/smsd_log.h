// What gammu-smsd says in its log: why a message failed, and why the stick does not answer.
//
// Lines are "Sun 2026/11/22 14:50:18 gammu-smsd[123]: words" (smsd/log in gammu 1.42, debuglevel 1).  The level that
// names each message also logs texts and numbers: of those lines nothing is kept, and nothing is ever passed on.
// Not thread-safe.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/base/said.h"
#include "gateway/base/time.h"
#include "gateway/model/command.h"

namespace tocsin::sms {

struct SendFailure {
  model::SendOutcome outcome = model::SendOutcome::kUnknown;
  std::string words;  // "CMS ERROR 38: network out of order"
  base::Duration retry_after{};
  model::Meaning meaning = model::Meaning::kNone;
};

// What +CMS ERROR: `code` means for a message (3GPP TS 27.005 3.2.5, whose 0..127 are TS 24.011 E-2).
// Where the network may have taken it (332, 500, 111, 127) the end is unknown.
[[nodiscard]] SendFailure failure_of_cms(int code);

class SmsdLog {
 public:
  // The next bytes of the file, cut anywhere.
  void take(std::string_view bytes);
  // Why that file of the outbox failed; empty when the log did not say.
  [[nodiscard]] std::optional<SendFailure> take_failure(const std::string& file);
  // The SIM wants a PIN that it was not given, or refused the one it was given: starting again would only use up what
  // tries are left.  Empty: no such thing was said.
  [[nodiscard]] const base::Said& sim_trouble() const { return sim_trouble_; }
  // What it said last when it could not talk to the stick; empty when it could.
  [[nodiscard]] const base::Said& stick_trouble() const { return stick_trouble_; }
  void forget();  // gammu-smsd begins anew

 private:
  void take_line(std::string_view line);
  void failed(SendFailure failure);

  std::string rest_;     // a line not ended yet
  std::string current_;  // file being sent
  int cms_ = 0;          // status of the last +CMGS; 0 = none, or fine
  std::map<std::string, SendFailure> failures_;
  base::Said sim_trouble_, stick_trouble_;
};

}  // namespace tocsin::sms
