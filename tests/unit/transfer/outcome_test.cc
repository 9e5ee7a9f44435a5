#include "adapters/transfer/outcome.h"

#include <gtest/gtest.h>

namespace tocsin::transfer {
namespace {

using namespace std::chrono_literals;
using model::SendOutcome;

Ended answered(int status) {
  Ended ended;
  ended.sent = ended.whole = true;
  ended.status = status;
  return ended;
}

Ended silent(bool sent) {
  Ended ended;
  ended.sent = sent;
  ended.error = "no answer in time";
  return ended;
}

TEST(OutcomeTest, AnHttpAnswerIsOneOfTheFourEnds) {
  const std::pair<int, SendOutcome> rows[] = {
      {200, SendOutcome::kAccepted}, {202, SendOutcome::kAccepted}, {299, SendOutcome::kAccepted},
      {301, SendOutcome::kRefused},  {307, SendOutcome::kRefused},  {400, SendOutcome::kRefused},
      {401, SendOutcome::kRefused},  {404, SendOutcome::kRefused},  {410, SendOutcome::kRefused},
      {408, SendOutcome::kRetry},    {425, SendOutcome::kRetry},    {429, SendOutcome::kRetry},
      {503, SendOutcome::kRetry},    {500, SendOutcome::kUnknown},  {502, SendOutcome::kUnknown},
      {504, SendOutcome::kUnknown},  {501, SendOutcome::kRefused},  {505, SendOutcome::kRefused},
      {100, SendOutcome::kUnknown},  {599, SendOutcome::kUnknown},
  };
  for (const auto& [status, outcome] : rows) {
    const Outcome out = outcome_of_http(answered(status));
    EXPECT_EQ(out.outcome, outcome) << status;
    EXPECT_EQ(out.error, outcome == SendOutcome::kAccepted ? "" : "HTTP " + std::to_string(status));
  }
}

TEST(OutcomeTest, WhatSurelyNeverLeftIsARetryAndWhatMayHaveLeftIsUnknown) {
  for (const auto of : {outcome_of_http, outcome_of_mail}) {
    EXPECT_EQ(of(silent(false)).outcome, SendOutcome::kRetry);
    EXPECT_EQ(of(silent(false)).retry_after, kSoon);
    EXPECT_EQ(of(silent(true)).outcome, SendOutcome::kUnknown);
    EXPECT_EQ(of(silent(true)).error, "no answer in time");
  }
}

TEST(OutcomeTest, TheTimeAskedForIsGivenWithinBounds) {
  Ended ended = answered(429);
  EXPECT_EQ(outcome_of_http(ended).retry_after, kSoon);
  ended.retry_after = 90s;
  EXPECT_EQ(outcome_of_http(ended).retry_after, 90s);
  ended.retry_after = 1s;
  EXPECT_EQ(outcome_of_http(ended).retry_after, kSoon);
  ended.retry_after = 24h;
  EXPECT_EQ(outcome_of_http(ended).retry_after, kLatest);
}

TEST(OutcomeTest, AnAcceptanceWhoseBodyBrokeOffIsStillOne) {
  Ended ended = answered(200);
  ended.whole = false;
  EXPECT_EQ(outcome_of_http(ended).outcome, SendOutcome::kAccepted);
}

TEST(OutcomeTest, AReplyOfAMailServerIsOneOfTheFourEnds) {
  EXPECT_EQ(outcome_of_mail(answered(250)).outcome, SendOutcome::kAccepted);
  const auto failed = [](int status, bool sent, Fault fault = Fault::kNone) {
    Ended ended = silent(sent);
    ended.status = status;
    ended.fault = fault;
    return outcome_of_mail(ended);
  };
  EXPECT_EQ(failed(550, false).outcome, SendOutcome::kRefused);
  EXPECT_EQ(failed(550, false).error, "SMTP 550");
  EXPECT_EQ(failed(554, true).outcome, SendOutcome::kRefused);
  EXPECT_EQ(failed(451, false).outcome, SendOutcome::kRetry);
  EXPECT_EQ(failed(451, true).retry_after, kGreylisted);
  EXPECT_EQ(failed(354, true).outcome, SendOutcome::kUnknown);
  EXPECT_EQ(failed(354, false).outcome, SendOutcome::kRetry);
  // Of our own password no mail is refused.
  EXPECT_EQ(failed(535, false, Fault::kSignIn).outcome, SendOutcome::kRetry);
}

}  // namespace
}  // namespace tocsin::transfer
