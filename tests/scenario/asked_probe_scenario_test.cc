// An administrator asks for a probe of a link: one fixed text, over that link and no other, to their own phone.
#include <gmock/gmock.h>

#include <algorithm>

#include "tests/support/world.h"

namespace tocsin::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

struct Probes {
  static WorldOptions two_links() {
    WorldOptions options;
    options.second_link = true;
    return options;
  }
  model::CommandResult ask(const std::string& link) { return world.submit(model::ProbeLink{by, link}); }

  World world{two_links()};
  model::Principal by{model::Role::kAdmin, "office", world.id_of("commander")};
};

TEST(AskedProbeScenario, ItGoesOverThatLinkAloneToThePhoneOfWhoeverAsks) {
  Probes office;
  const auto sent = office.ask(office.world.backup.name());
  ASSERT_TRUE(sent.ok()) << sent.error().message;
  EXPECT_TRUE(std::get<model::ProbeSent>(*sent).delivery);
  office.world.settle();
  EXPECT_THAT(office.world.sms.log, IsEmpty());
  ASSERT_THAT(office.world.backup.log, SizeIs(1));
  EXPECT_EQ(office.world.person_at(office.world.backup.log[0].to), "commander");
  EXPECT_THAT(office.world.backup.log[0].text, HasSubstr("tocsin probe "));
  const auto record = office.world.record();
  const auto queued = std::find_if(record.begin(), record.end(), [](const auto& entry) {
    return entry.kind == model::RecordKind::kQueued && entry.b == static_cast<int>(model::Reason::kProbe);
  });
  ASSERT_NE(queued, record.end());
  EXPECT_EQ(queued->a, 1) << "the record says over which link";
  office.world.forget_texts();
}

TEST(AskedProbeScenario, ALinkThatIsDownIsNotProbedAndNoOtherInItsPlace) {
  Probes office;
  office.world.backup.go_down();
  office.world.settle();
  EXPECT_EQ(office.ask(office.world.backup.name()).error().code, base::ErrorCode::kConflict);
  EXPECT_EQ(office.ask("nonsense").error().code, base::ErrorCode::kNotFound);
  office.world.settle();
  EXPECT_THAT(office.world.sms.log, IsEmpty());
}

TEST(AskedProbeScenario, OnlyAnAdministratorWhoIsAPersonAsksAndTenTimesAnHour) {
  Probes office;
  office.by.role = model::Role::kDuty;
  EXPECT_EQ(office.ask(office.world.sms.name()).error().code, base::ErrorCode::kForbidden);
  office.by = {model::Role::kAdmin, "office", {}};
  EXPECT_EQ(office.ask(office.world.sms.name()).error().code, base::ErrorCode::kForbidden);
  office.by.person = office.world.id_of("commander");
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(office.ask(office.world.sms.name()).ok()) << i;
  EXPECT_EQ(office.ask(office.world.sms.name()).error().code, base::ErrorCode::kRetryLater);
  office.world.advance(61min);
  EXPECT_TRUE(office.ask(office.world.sms.name()).ok());
  office.world.settle();
  office.world.forget_texts();
}

}  // namespace
}  // namespace tocsin::testing
