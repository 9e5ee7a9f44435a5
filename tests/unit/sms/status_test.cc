#include "adapters/sms/smpp/status.h"

#include <gtest/gtest.h>

namespace tocsin::sms::smpp {
namespace {

using model::SendOutcome;

TEST(StatusTest, EachOfTheFourEndsIsThere) {
  EXPECT_EQ(outcome_of(kRok), SendOutcome::kAccepted);
  EXPECT_EQ(outcome_of(kRthrottled), SendOutcome::kRetry);
  EXPECT_EQ(outcome_of(kRmsgQful), SendOutcome::kRetry);
  EXPECT_EQ(outcome_of(kRsysErr), SendOutcome::kRetry);
  EXPECT_EQ(outcome_of(kRinvDstAdr), SendOutcome::kRefused);
  EXPECT_EQ(outcome_of(kRunknownErr), SendOutcome::kUnknown);
}

TEST(StatusTest, NamesAreThoseOfTheSpecification) {
  EXPECT_EQ(status_name(kRthrottled), "ESME_RTHROTTLED");
  EXPECT_EQ(status_name(kRxTAppn), "ESME_RX_T_APPN");
  EXPECT_EQ(status_name(0x401), "status 0x00000401");
}

TEST(StatusTest, AVendorsOwnStatusIsRefused) {
  EXPECT_EQ(outcome_of(0x401), SendOutcome::kRefused);
}

}  // namespace
}  // namespace tocsin::sms::smpp
