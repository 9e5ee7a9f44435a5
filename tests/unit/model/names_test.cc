#include <gtest/gtest.h>

#include <initializer_list>
#include <set>
#include <string_view>

#include "gateway/model/alert.h"
#include "gateway/model/answer.h"
#include "gateway/model/approval.h"
#include "gateway/model/desk_view.h"
#include "gateway/model/identity.h"
#include "gateway/model/incident.h"
#include "gateway/model/recipient.h"
#include "gateway/model/record.h"
#include "gateway/model/report.h"

namespace tocsin::model {
namespace {

// Every number in [0, 255] that has a name has one of its own, and `expected` of them have one.
template <typename Enum>
void expect_distinct_names(std::size_t expected) {
  std::set<std::string_view> seen;
  for (int number = 0; number <= 255; ++number) {
    const std::string_view name = name_of(static_cast<Enum>(number));
    if (name == "?") continue;
    EXPECT_TRUE(seen.insert(name).second) << name;
  }
  EXPECT_EQ(seen.size(), expected);
}

TEST(NamesTest, EveryWordOfAListIsItsOwn) {
  expect_distinct_names<MatterKind>(7);
  expect_distinct_names<Channel>(9);
  expect_distinct_names<AlertState>(5);
  expect_distinct_names<Reason>(35);
  expect_distinct_names<DeliveryState>(9);
  expect_distinct_names<AnswerKind>(7);
  expect_distinct_names<AnswerVia>(5);
  expect_distinct_names<ApprovalState>(6);
  expect_distinct_names<IncidentState>(3);
  expect_distinct_names<StepState>(6);
  expect_distinct_names<TaskState>(4);
  expect_distinct_names<ReportVia>(5);
  expect_distinct_names<Role>(6);
  expect_distinct_names<ContactKind>(5);
  expect_distinct_names<RecordKind>(94);
  expect_distinct_names<DueWhat>(4);
  expect_distinct_names<DangerKind>(8);
  expect_distinct_names<LinkState>(4);
  expect_distinct_names<SignInMethod>(3);
}

TEST(NamesTest, ChannelsReadBack) {
  for (const std::string_view name :
       {"console", "sms", "voice", "email", "webhook", "push", "desk_call", "deputy", "knock"}) {
    ASSERT_TRUE(channel_named(name).has_value()) << name;
    EXPECT_EQ(name_of(*channel_named(name)), name);
  }
  EXPECT_FALSE(channel_named("fax").has_value());
  EXPECT_FALSE(channel_named("").has_value());
  EXPECT_FALSE(channel_named("SMS").has_value());
}

TEST(NamesTest, AnswersRolesAndContactKindsReadBack) {
  for (const std::string_view name : {"received", "coming", "arrived", "cannot", "replied"}) {
    EXPECT_EQ(name_of(answer_named(name).value()), name);
  }
  for (const std::string_view name : {"reporter", "commander", "duty", "admin", "auditor", "system"}) {
    EXPECT_EQ(name_of(role_named(name).value()), name);
  }
  for (const std::string_view name : {"mobile", "landline", "email", "webhook", "console"}) {
    EXPECT_EQ(name_of(contact_kind_named(name).value()), name);
  }
  EXPECT_FALSE(role_named("root").has_value());
}

TEST(NamesTest, WordsThatOthersDependOnStayWhatTheyAre) {
  EXPECT_EQ(name_of(Reason::kNoAnswer), "no_answer");
  EXPECT_EQ(name_of(DeliveryState::kUnknown), "unknown");
  EXPECT_EQ(name_of(MatterKind::kStandDown), "stand_down");
  EXPECT_EQ(name_of(ReportVia::kApi), "api");
  EXPECT_EQ(name_of(RecordKind::kIncidentOpened), "incident_opened");
  EXPECT_EQ(name_of(RecordKind::kStorageBack), "storage_back");
}

TEST(SatisfiesTest, MoreThanAskedIsEnoughAndNoIsNever) {
  using enum AnswerKind;
  EXPECT_TRUE(satisfies(kReceived, kReceived));
  EXPECT_TRUE(satisfies(kComing, kReceived));
  EXPECT_TRUE(satisfies(kArrived, kComing));
  EXPECT_FALSE(satisfies(kReceived, kComing));
  EXPECT_FALSE(satisfies(kNone, kReceived));
  for (const AnswerKind needed : {kReceived, kComing, kArrived}) {
    EXPECT_FALSE(satisfies(kCannot, needed));
    EXPECT_FALSE(satisfies(kReplied, needed));
  }
  for (const AnswerKind given : {kNone, kReceived, kComing, kArrived, kCannot, kReplied, kDecision}) {
    EXPECT_FALSE(satisfies(given, kDecision)) << "a digit never approves";
  }
  EXPECT_FALSE(answer_named("decision").has_value()) << "nobody answers it";
  EXPECT_TRUE(satisfies(kNone, kNone));
}

TEST(CanCarryTest, EachChannelGoesToItsOwnContactPoints) {
  const auto carries = [](Channel channel, std::initializer_list<ContactKind> expected) {
    for (const ContactKind kind : {ContactKind::kMobile, ContactKind::kLandline, ContactKind::kEmail,
                                   ContactKind::kWebhook, ContactKind::kConsole}) {
      bool wanted = false;
      for (const ContactKind k : expected) wanted = wanted || k == kind;
      EXPECT_EQ(can_carry(channel, kind), wanted) << name_of(channel) << " to " << name_of(kind);
    }
  };
  using enum ContactKind;
  carries(Channel::kConsole, {kMobile, kLandline, kEmail, kWebhook, kConsole});
  carries(Channel::kSms, {kMobile});
  carries(Channel::kVoice, {kMobile, kLandline});
  carries(Channel::kDeskCall, {kMobile, kLandline});
  carries(Channel::kEmail, {kEmail});
  carries(Channel::kWebhook, {kWebhook});
  carries(Channel::kPush, {});
  carries(Channel::kDeputy, {});
  carries(Channel::kKnock, {});
}

TEST(DeliveryStatesTest, OpenAndHandedOverNeverOverlap) {
  for (int number = 1; number <= 9; ++number) {
    const auto state = static_cast<DeliveryState>(number);
    EXPECT_FALSE(is_open(state) && was_handed_over(state)) << name_of(state);
  }
  EXPECT_TRUE(was_handed_over(DeliveryState::kUnknown));
  EXPECT_FALSE(was_handed_over(DeliveryState::kRefused));
}

}  // namespace
}  // namespace tocsin::model
