#include "adapters/sms/smpp/status.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace tocsin::sms::smpp {
namespace {

using model::SendOutcome;

TEST(StatusTest, TheTableIsThatOfTheSpecification) {
  // SMPP 3.4, 5.1.3, table 5-2: the values that have a name; 0x09, 0x10, 0x12, 0x41 and others between are reserved.
  const std::set<std::uint32_t> named = {0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x0A, 0x0B, 0x0C,
                                         0x0D, 0x0E, 0x0F, 0x11, 0x13, 0x14, 0x15, 0x33, 0x34, 0x40, 0x42, 0x43,
                                         0x44, 0x45, 0x48, 0x49, 0x50, 0x51, 0x53, 0x54, 0x55, 0x58, 0x61, 0x62,
                                         0x63, 0x64, 0x65, 0x66, 0x67, 0xC0, 0xC1, 0xC2, 0xC3, 0xC4, 0xFE, 0xFF};
  // Only these say that the message was not taken and that a later try may be.
  const std::set<std::string> retries = {"ESME_RINVBNDSTS", "ESME_RALYBND",     "ESME_RSYSERR",    "ESME_RBINDFAIL",
                                         "ESME_RMSGQFUL",   "ESME_RSUBMITFAIL", "ESME_RTHROTTLED", "ESME_RX_T_APPN"};
  std::set<std::uint32_t> found;
  std::set<std::string> names, found_retries;
  for (const StatusRow& row : status_table()) {
    EXPECT_TRUE(found.empty() || row.status > *found.rbegin()) << row.name;
    found.insert(row.status);
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    EXPECT_EQ(std::string(row.name).substr(0, 6), "ESME_R");
    EXPECT_EQ(status_name(row.status), row.name);
    EXPECT_EQ(outcome_of(row.status), row.outcome);
    EXPECT_EQ(meaning_of(row.status), row.meaning);
    EXPECT_EQ(row.meaning == model::Meaning::kNone, row.status == 0) << row.name;
    if (row.outcome == SendOutcome::kRetry) found_retries.insert(row.name);
    EXPECT_EQ(row.outcome == SendOutcome::kAccepted, row.status == 0) << row.name;
    EXPECT_EQ(row.outcome == SendOutcome::kUnknown, row.status == 0xFF) << row.name;
  }
  EXPECT_EQ(found, named);
  EXPECT_EQ(found_retries, retries);
}

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
