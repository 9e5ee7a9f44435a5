#include "gateway/model/contact_care.h"

#include <gmock/gmock.h>

namespace tocsin::model {
namespace {

using namespace std::chrono_literals;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const base::UtcTime noon = *base::parse_rfc3339("2026-11-22T04:00:00Z");
constexpr ContactId kPhone{7};

ContactEvidence ended(DeliveryState state, Meaning meaning, int incident, base::Duration after = {}) {
  return {noon + after, Channel::kSms, state, meaning, "code", IncidentId{incident}};
}

TEST(ContactCareTest, ANumberNobodyHasIsInDoubtAtOnce) {
  for (const auto meaning : {Meaning::kNoSuchPhone, Meaning::kWrongNumber, Meaning::kBadNumber, Meaning::kBlocked}) {
    ContactCare care;
    care.add(kPhone, ended(DeliveryState::kUndelivered, meaning, 1));
    ASSERT_THAT(care.doubts(), SizeIs(1)) << name_of(meaning);
    EXPECT_TRUE(care.doubts()[0].certain);
  }
}

TEST(ContactCareTest, APhoneThatWasOffIsInDoubtFromTheSecondIncidentOn) {
  ContactCare care;
  care.add(kPhone, ended(DeliveryState::kUndelivered, Meaning::kExpired, 1));
  care.add(kPhone, ended(DeliveryState::kUndelivered, Meaning::kNoAnswer, 1, 5min));
  EXPECT_THAT(care.doubts(), IsEmpty()) << "one bad night";
  care.add(kPhone, ended(DeliveryState::kUndelivered, Meaning::kExpired, 2, 24h));
  ASSERT_THAT(care.doubts(), SizeIs(1));
  const auto doubt = care.doubts()[0];
  EXPECT_FALSE(doubt.certain);
  EXPECT_EQ(doubt.failures, 3);
  EXPECT_EQ(doubt.since, noon);
  EXPECT_EQ(doubt.last.at, noon + 24h);
  EXPECT_FALSE(doubt.worked_at);
}

TEST(ContactCareTest, WhatWorkedSinceEndsTheDoubtAndIsRemembered) {
  ContactCare care;
  care.add(kPhone, ended(DeliveryState::kUndelivered, Meaning::kNoSuchPhone, 1));
  care.add(kPhone, ended(DeliveryState::kDelivered, Meaning::kArrived, 2, 1h));
  EXPECT_THAT(care.doubts(), IsEmpty());
  care.add(kPhone, ended(DeliveryState::kUndelivered, Meaning::kWrongNumber, 3, 2h));
  ASSERT_THAT(care.doubts(), SizeIs(1));
  EXPECT_EQ(care.doubts()[0].failures, 1);
  EXPECT_EQ(care.doubts()[0].worked_at, noon + 1h);
}

TEST(ContactCareTest, WhatALinkRefusesForItsOwnReasonsAndWhatMayHaveArrivedSayNothing) {
  ContactCare care;
  for (int incident = 1; incident <= 5; ++incident) {
    care.add(kPhone, ended(DeliveryState::kRefused, Meaning::kNoCredit, incident));
    care.add(kPhone, ended(DeliveryState::kUnknown, Meaning::kReceiptOverdue, incident));
  }
  EXPECT_THAT(care.doubts(), IsEmpty());
  care.add(kPhone, ended(DeliveryState::kRefused, Meaning::kBadNumber, 6));
  EXPECT_THAT(care.doubts(), SizeIs(1));
}

TEST(ContactCareTest, TheLastFailureShownIsTheOneThatIsCertain) {
  ContactCare care;
  care.add(kPhone, ended(DeliveryState::kUndelivered, Meaning::kWrongNumber, 1));
  care.add(kPhone, ended(DeliveryState::kUndelivered, Meaning::kExpired, 2, 1h));
  EXPECT_EQ(care.doubts()[0].last.meaning, Meaning::kWrongNumber);
}

TEST(ContactCareTest, TheCertainComeFirstThenTheNewestFailure) {
  ContactCare care;
  for (const int incident : {1, 2}) {
    care.add({1}, ended(DeliveryState::kUndelivered, Meaning::kExpired, incident, 3h));
    care.add({2}, ended(DeliveryState::kUndelivered, Meaning::kExpired, incident, 4h));
  }
  care.add({3}, ended(DeliveryState::kUndelivered, Meaning::kNoSuchPhone, 1));
  std::vector<std::int64_t> order;
  for (const auto& doubt : care.doubts()) order.push_back(doubt.contact.value);
  EXPECT_THAT(order, ::testing::ElementsAre(3, 2, 1));
}

}  // namespace
}  // namespace tocsin::model
