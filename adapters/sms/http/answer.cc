#include <algorithm>
#include <functional>
#include <optional>

#include "adapters/sms/http/body.h"
#include "adapters/sms/http/provider.h"

namespace tocsin::sms::http {
namespace {

using model::SendOutcome;
transfer::Outcome by_code(const Answers& answers, const std::string& code, const transfer::Ended& ended,
                          const transfer::Outcome& by_status) {
  SendOutcome outcome = by_status.outcome;
  if (is_among(answers.accepted, code)) {
    outcome = SendOutcome::kAccepted;
  } else if (is_among(answers.retry, code)) {
    outcome = SendOutcome::kRetry;
  } else if (is_among(answers.refused, code)) {
    outcome = SendOutcome::kRefused;
  } else if (is_among(answers.unknown, code)) {
    outcome = SendOutcome::kUnknown;
  } else if (outcome == SendOutcome::kAccepted && !answers.accepted.empty()) {
    outcome = SendOutcome::kRefused;
  }
  if (outcome == SendOutcome::kAccepted) return {outcome, {}, {}};
  const std::string error = "HTTP " + std::to_string(ended.status) + " code " + shown_code(code);
  base::Duration later{};
  if (outcome == SendOutcome::kRetry) {
    later = std::clamp(ended.retry_after.value_or(transfer::kSoon), transfer::kSoon, transfer::kLatest);
  }
  return {outcome, error, later, model::Meaning::kOther};
}

}  // namespace

Read read_answer(const Answers& answers, const transfer::Ended& ended) {
  Read read{transfer::outcome_of_http(ended), {}};
  if (ended.status == 0) return read;
  const bool accepts = read.outcome.outcome == SendOutcome::kAccepted;
  if (accepts && !ended.whole) return {{SendOutcome::kUnknown, "the answer broke off", {}}, {}};
  const Body body(ended.body, answers.form, "");
  const auto find = [&](const std::string& where) { return body.whole(where); };
  if (const auto code = find(answers.code)) {
    read.outcome = by_code(answers, *code, ended, read.outcome);
    if (read.outcome.outcome == SendOutcome::kAccepted && !ended.whole)
      return {{SendOutcome::kUnknown, "the answer broke off", {}}, {}};
  } else if (accepts && !answers.code.empty() && !answers.accepted.empty()) {
    return {{SendOutcome::kUnknown, "the answer has no code", {}}, {}};
  }
  if (read.outcome.outcome != SendOutcome::kAccepted || answers.id.empty()) return read;
  const auto id = find(answers.id);
  if (!id || !is_token(*id, kLongestId)) return {{SendOutcome::kUnknown, "the answer has no id", {}}, {}};
  read.id = *id;
  return read;
}

}  // namespace tocsin::sms::http
