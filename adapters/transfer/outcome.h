// Which of the four ends of a send (gateway/model/command.h) the end of a transfer is.  The one table of them; pure.
//
// Of any transfer:
//  nothing left (no connection, no TLS, no sign-in)     retry
//  it may have left, and no answer came                 unknown
// Of an HTTP answer (RFC 9110, section 15; RFC 6585 for 429):
//  200..299                                             accepted
//  408, 425, 429, 503                                   retry, not before what Retry-After says
//  300..399 (nothing is followed), other 400..499,
//  501, 505                                             refused
//  500, 502, 504, other 5xx, anything else              unknown: whoever answered may have passed it on
// Of an SMTP reply (RFC 5321, 4.2.1), the last one there was:
//  400..499                                             retry
//  500..599                                             refused
//  others                                               accepted when all went well, else as of any transfer
#pragma once

#include <string>

#include "adapters/transfer/transfer.h"
#include "gateway/model/command.h"

namespace tocsin::transfer {

struct Outcome {
  model::SendOutcome outcome = model::SendOutcome::kUnknown;
  std::string error;             // "HTTP 429", "SMTP 550", or the words of Ended; empty when accepted
  base::Duration retry_after{};  // with kRetry: kSoon, or what was asked for, at most kLatest
  model::Meaning meaning = model::Meaning::kNone;
};

inline constexpr base::Duration kSoon = std::chrono::seconds(5);        // nobody said when
inline constexpr base::Duration kGreylisted = std::chrono::minutes(1);  // a mail server that said "not now"
inline constexpr base::Duration kLatest = std::chrono::minutes(15);

[[nodiscard]] Outcome outcome_of_http(const Ended& ended);
[[nodiscard]] Outcome outcome_of_mail(const Ended& ended);

}  // namespace tocsin::transfer
