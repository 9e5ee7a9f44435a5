// An office's list read and accepted while the office runs.
#include <gmock/gmock.h>

#include "gateway/ports/directory_desk.h"
#include "tests/support/world.h"
#include "tests/support/world_directory.h"

namespace tocsin::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kList = "姓名,职务,单位,手机\n文思远,队员,救援队,14400000071\n少一位,队员,救援队,1440000007\n";

struct Lists {
  Lists() { EXPECT_TRUE(directory.import_town().ok()); }

  base::Result<ports::ListRead> read(ports::ListWish wish) {
    wish.name = "folder/值班表2026年11月.csv";
    if (wish.bytes.empty()) wish.bytes = kList;
    wish.at = world.clock.utc_now();
    return world.office->directory()->read_list(std::move(wish)).get();
  }
  base::Result<ports::ListRead> for_import() {
    ports::ListWish wish;
    wish.to_import = true;
    wish.agreed_when = world.clock.utc_now();
    wish.agreed_how = "form";
    return read(wish);
  }

  World world;
  DirectoryOf directory{world};
};

TEST(ListScenario, WhatIsReadIsShownMaskedWithItsFindingsAndChangesNothing) {
  Lists lists;
  const auto seen = lists.read({});
  ASSERT_TRUE(seen.ok()) << seen.error().message;
  EXPECT_EQ(seen->version, 1);
  EXPECT_THAT(seen->json, HasSubstr(R"("name":"值班表2026年11月.csv")"));
  EXPECT_THAT(seen->json, HasSubstr(R"("code":"mobile-digit-missing","sheet":1,"row":3,"column":4)"));
  EXPECT_THAT(seen->json, HasSubstr("wen-siyuan"));
  EXPECT_THAT(seen->json, Not(HasSubstr("14400000071")));
  EXPECT_TRUE(seen->import.sheets.empty());
  EXPECT_EQ(lists.directory.version(), 1);
  EXPECT_EQ(lists.directory.name_of("wen-siyuan"), "nobody");
  ports::ListWish whole;
  whole.unmasked = true;
  EXPECT_THAT(lists.read(whole)->json, HasSubstr("14400000071"));
}

TEST(ListScenario, WhatIsAcceptedIsInForceAndItsColumnsAreRememberedForTheNextMonth) {
  Lists lists;
  auto ready = lists.for_import();
  ASSERT_TRUE(ready.ok()) << ready.error().message;
  ASSERT_TRUE(lists.directory.change(ready->import).ok());
  EXPECT_EQ(lists.directory.name_of("wen-siyuan"), "文思远");
  EXPECT_EQ(lists.directory.version(), 2);
  ASSERT_EQ(lists.world.office->directory()->lists()->size(), 1U);
  const auto again = lists.read({});
  EXPECT_THAT(again->json, HasSubstr(R"("used":true)"));
  EXPECT_THAT(again->json, HasSubstr(R"("verdict":"same","code":"wen-siyuan")"));
}

TEST(ListScenario, AFileThatCannotBeReadSaysWhyAndIsNeverAccepted) {
  Lists lists;
  ports::ListWish broken;
  broken.bytes = "PK\x03\x04 and then nothing";
  const auto seen = lists.read(broken);
  ASSERT_TRUE(seen.ok());
  EXPECT_THAT(seen->json, HasSubstr(R"("readable":false)"));
  EXPECT_THAT(seen->json, HasSubstr("damaged-file"));
  broken.to_import = true;
  EXPECT_EQ(lists.read(broken).error().code, base::ErrorCode::kInvalid);
}

TEST(ListScenario, AnOpenQuestionIsAnsweredBeforeAnythingIsAccepted) {
  Lists lists;
  ports::ListWish wish;
  wish.bytes = "姓名,手机\n文思远,14400000071\n文思远,14400000072\n";
  wish.to_import = true;
  const auto open = lists.read(wish);
  ASSERT_FALSE(open.ok());
  EXPECT_EQ(open.error().code, base::ErrorCode::kConflict);
  wish.answers = "one-name-two-numbers:*=two";
  EXPECT_TRUE(lists.read(wish).ok());
  wish.answers = "nonsense";
  EXPECT_EQ(lists.read(wish).error().field, "answers");
}

}  // namespace
}  // namespace tocsin::testing
