#include "adapters/transfer/outcome.h"

#include <algorithm>

namespace tocsin::transfer {
namespace {

using model::Meaning;
using model::SendOutcome;

Outcome without_answer(const Ended& ended) {
  const std::string error = ended.error.empty() ? "no answer" : ended.error;
  if (!ended.sent) return {SendOutcome::kRetry, error, kSoon, Meaning::kNotConnected};
  return {SendOutcome::kUnknown, error, {}, Meaning::kNoResponse};
}

SendOutcome of_status(int status) {
  if (status >= 200 && status < 300) return SendOutcome::kAccepted;
  switch (status) {
    case 408:
    case 425:
    case 429:
    case 503: return SendOutcome::kRetry;
    case 501:
    case 505: return SendOutcome::kRefused;
    default: return status >= 300 && status < 500 ? SendOutcome::kRefused : SendOutcome::kUnknown;
  }
}

// RFC 9110, section 15; 429 of RFC 6585.
Meaning meaning_of_status(int status) {
  switch (status) {
    case 401:
    case 403: return Meaning::kNotAllowed;
    case 402: return Meaning::kNoCredit;
    case 429: return Meaning::kTooFast;
    case 408:
    case 425:
    case 503: return Meaning::kCarrierTrouble;
    default: break;
  }
  if (status >= 200 && status < 300) return Meaning::kNone;
  return of_status(status) == SendOutcome::kRefused ? Meaning::kBadRequest : Meaning::kUnclear;
}

}  // namespace

Outcome outcome_of_http(const Ended& ended) {
  if (ended.status == 0) return without_answer(ended);
  Outcome out{of_status(ended.status), "HTTP " + std::to_string(ended.status), {}, meaning_of_status(ended.status)};
  if (out.outcome == SendOutcome::kAccepted) out.error.clear();
  if (out.outcome == SendOutcome::kRetry)
    out.retry_after = std::clamp(ended.retry_after.value_or(kSoon), kSoon, kLatest);
  return out;
}

Outcome outcome_of_mail(const Ended& ended) {
  if (ended.whole) return {SendOutcome::kAccepted, {}, {}};
  // Whatever a server says to our name and password says nothing about the mail.
  if (ended.fault != Fault::kNone) return without_answer(ended);
  const std::string reply = "SMTP " + std::to_string(ended.status);
  if (ended.status >= 400 && ended.status < 500)
    return {SendOutcome::kRetry, reply, kGreylisted, Meaning::kCarrierTrouble};
  if (ended.status >= 500 && ended.status < 600) return {SendOutcome::kRefused, reply, {}, Meaning::kRejected};
  return without_answer(ended);
}

}  // namespace tocsin::transfer
