// The directory changed while the office runs: in force with its commit, and only with it.
#include <gmock/gmock.h>

#include "gateway/db/fault_vfs.h"
#include "gateway/ports/directory_desk.h"
#include "tests/support/world.h"
#include "tests/support/world_directory.h"

namespace tocsin::testing {
namespace {

TEST(DirectoryScenario, AChangeIsInForceWithItsCommitAndCanBeTakenBack) {
  World world;
  DirectoryOf directory(world);
  ASSERT_TRUE(directory.import_town().ok());
  const auto was = directory.name_of("commander");
  ASSERT_TRUE(directory.rename("commander", "Somebody Else").ok());
  EXPECT_EQ(directory.name_of("commander"), "Somebody Else");
  EXPECT_EQ(world.office->roster()->version(), 2);
  ASSERT_TRUE(directory.change(ports::UndoLastChange{}).ok());
  EXPECT_EQ(directory.name_of("commander"), was);
  EXPECT_EQ(world.office->roster()->version(), 3);
}

TEST(DirectoryScenario, ACommitThatFailsLeavesTheDirectoryThatWasInForce) {
  db::FaultVfs disk{1};
  WorldOptions options;
  options.vfs = disk.name();
  World world(options);
  DirectoryOf directory(world);
  ASSERT_TRUE(directory.import_town().ok());
  const auto was = directory.name_of("commander");
  auto person = *world.office->directory()->person("commander");
  person.name = "Somebody Else";
  ports::DirectoryWish wish;
  wish.by = directory.by;
  wish.what = ports::PutPerson{person, {person.version}, false};
  auto prepared = world.office->directory()->prepare(wish);
  ASSERT_TRUE(prepared.ok());
  disk.fail_randomly(1, db::Fault::kIoError);
  EXPECT_FALSE(world.submit(prepared->command).ok());
  disk.heal();
  world.advance(std::chrono::seconds(30));
  EXPECT_EQ(directory.name_of("commander"), was);
  EXPECT_EQ(directory.version(), 1);
  EXPECT_TRUE(world.submit(prepared->command).ok()) << "the same change, once the disk is well";
  EXPECT_EQ(directory.name_of("commander"), "Somebody Else");
}

TEST(DirectoryScenario, OfTwoWhoChangeTheSameVersionOneIsToldToLookAgain) {
  World world;
  DirectoryOf directory(world);
  ASSERT_TRUE(directory.import_town().ok());
  auto person = *world.office->directory()->person("commander");
  person.name = "Too Late";
  ports::DirectoryWish wish;
  wish.by = directory.by;
  wish.what = ports::PutPerson{person, {person.version}, false};
  auto late = world.office->directory()->prepare(wish);
  ASSERT_TRUE(late.ok());
  ASSERT_TRUE(directory.rename("commander", "First Come").ok());
  const auto refused = world.submit(late->command);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, base::ErrorCode::kChanged);
  EXPECT_EQ(directory.name_of("commander"), "First Come");
  EXPECT_EQ(world.office->directory()->prepare(wish).error().code, base::ErrorCode::kChanged);
}

TEST(DirectoryScenario, SomebodyWhomAPostNamesIsNotTakenOut) {
  World world;
  DirectoryOf directory(world);
  ASSERT_TRUE(directory.import_town().ok());
  ports::DirectoryWish wish;
  wish.by = directory.by;
  wish.what = ports::RemovePerson{"commander", {}};
  const auto prepared = world.office->directory()->prepare(wish);
  ASSERT_TRUE(prepared.ok());
  EXPECT_FALSE(prepared->may_stand);
  EXPECT_FALSE(prepared->findings.empty());
}

TEST(DirectoryScenario, NobodyButAnAdministratorChangesTheDirectory) {
  World world;
  DirectoryOf directory(world);
  directory.by.role = model::Role::kDuty;
  EXPECT_EQ(directory.import_town().error().code, base::ErrorCode::kForbidden);
  EXPECT_EQ(directory.version(), 0);
}

TEST(DirectoryScenario, CoverageIsOfThePlanAndTheDirectoryInForceAndRememberedUntilOneOfThemChanges) {
  World world;
  DirectoryOf directory(world);
  ASSERT_TRUE(directory.import_town().ok());
  const auto now = world.clock.utc_now();
  const auto first = world.office->coverage(now, 7).get();
  ASSERT_TRUE(first.ok()) << first.error().message;
  EXPECT_THAT(*first, ::testing::HasSubstr("\"directory_version\":1,"));
  auto again = world.office->coverage(now + std::chrono::minutes(1), 7);
  ASSERT_EQ(again.wait_for(std::chrono::seconds(0)), std::future_status::ready) << "it is at hand";
  EXPECT_EQ(*again.get(), *first);
  ASSERT_TRUE(directory.rename("commander", "Somebody Else").ok());
  EXPECT_THAT(*world.office->coverage(now, 7).get(), ::testing::HasSubstr("\"directory_version\":2,"));
}

TEST(DirectoryScenario, PostsAndUnitsAreShownWithWhoeverFillsThemNow) {
  World world;
  DirectoryOf directory(world);
  ASSERT_TRUE(directory.import_town().ok());
  const auto* desk = world.office->directory();
  const auto commander = [&](base::UtcTime at) {
    const auto posts = desk->posts(at);
    for (const auto& post : *posts) {
      if (post.code == "commander") return post;
    }
    return ports::DirectoryPost{};
  };
  const auto now = world.clock.utc_now();
  EXPECT_EQ(commander(now).holder.name, directory.name_of("commander"));
  EXPECT_FALSE(commander(now).holder.on_leave);
  const auto units = desk->units();
  ASSERT_TRUE(units.ok()) << units.error().message;
  const auto& rescue =
      *std::find_if(units->begin(), units->end(), [](const auto& unit) { return unit.code == "rescue"; });
  EXPECT_TRUE(rescue.responsible);
  EXPECT_GT(rescue.members.size(), 1U);
  ports::ImportSheets leave;
  leave.sheets.push_back({"leave.csv", "person,from,to\ncommander," + base::to_rfc3339(now).substr(0, 10) +
                                           ",\ndeputy-b," + base::to_rfc3339(now).substr(0, 10) + ",\n"});
  ASSERT_TRUE(directory.change(leave).ok());
  const auto tomorrow = commander(now + std::chrono::hours(24));
  EXPECT_TRUE(tomorrow.holder.on_leave);
  std::vector<std::string> away;
  for (const auto& deputy : tomorrow.deputies) {
    if (deputy.on_leave) away.push_back(deputy.code);
  }
  EXPECT_EQ(away, std::vector<std::string>{"deputy-b"});
}

TEST(DirectoryScenario, SomebodyIsFoundByHowTheirNameIsReadAsSoonAsTheChangeIsInForce) {
  World world;
  DirectoryOf directory(world);
  ASSERT_TRUE(directory.import_town().ok());
  const auto found = [&](const std::string& words) {
    std::vector<std::string> codes;
    const auto page = world.office->directory()->persons({words, "", 50});
    for (const auto& person : page->persons) codes.push_back(person.code);
    return codes;
  };
  EXPECT_THAT(found("gyt"), ::testing::IsEmpty());
  ASSERT_TRUE(directory.rename("commander", "谷雨田").ok());
  EXPECT_THAT(found("gyt"), ::testing::ElementsAre("commander"));
  EXPECT_THAT(found("guyu"), ::testing::ElementsAre("commander"));
  EXPECT_THAT(found("comm"), ::testing::Contains("commander"));
}

TEST(DirectoryScenario, EverybodysDutiesAreACalendarThatStaysTheSameAllDay) {
  World world;
  DirectoryOf directory(world);
  ASSERT_TRUE(directory.import_town().ok());
  const auto* desk = world.office->directory();
  const auto now = world.clock.utc_now();
  const auto calendar = desk->feed(world.id_of("desk-1"), now, "office.example");
  ASSERT_TRUE(calendar.ok()) << calendar.error().message;
  EXPECT_THAT(*calendar, ::testing::HasSubstr("BEGIN:VEVENT"));
  EXPECT_EQ(*desk->feed(world.id_of("desk-1"), now + std::chrono::hours(1), "office.example"), *calendar);
  EXPECT_FALSE(desk->feed(model::PersonId{999}, now, "office.example").ok());
}

}  // namespace
}  // namespace tocsin::testing
