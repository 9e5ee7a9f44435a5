// The directory changed while the office runs: in force with its commit, and only with it.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "gateway/db/fault_vfs.h"
#include "gateway/ports/directory_desk.h"
#include "tests/support/world.h"

namespace tocsin::testing {
namespace {

std::string text_of(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

class DirectoryOf {
 public:
  explicit DirectoryOf(World& world) : world_(world) {}

  // The sheets of the town, as an administrator imports them.
  model::CommandResult import_town() {
    ports::ImportSheets sheets;
    sheets.whole = true;
    for (const auto& entry : std::filesystem::directory_iterator(TOCSIN_SOURCE_DIR "/tests/support/town/directory")) {
      sheets.sheets.push_back({entry.path().filename().string(), text_of(entry.path())});
    }
    return change(sheets);
  }
  model::CommandResult rename(const std::string& code, const std::string& name) {
    auto person = *world_.office->directory()->person(code);
    person.name = name;
    return change(ports::PutPerson{person, {person.version}, false});
  }
  template <typename What>
  model::CommandResult change(const What& what) {
    ports::DirectoryWish wish;
    wish.by = by;
    wish.reason = "asked for";
    wish.what = what;
    auto prepared = world_.office->directory()->prepare(wish);
    if (!prepared.ok()) return prepared.error();
    EXPECT_TRUE(prepared->may_stand) << (prepared->findings.empty() ? "" : prepared->findings.front().message);
    return world_.submit(prepared->command);
  }
  [[nodiscard]] std::string name_of(const std::string& code) const {
    const auto roster = world_.office->roster();  // keeps the card
    const auto* card = roster->person_coded(code);
    return card == nullptr ? "nobody" : card->name;
  }
  [[nodiscard]] std::int64_t version() const { return world_.office->directory()->head()->version; }

  model::Principal by{model::Role::kAdmin, "office", {}};

 private:
  World& world_;
};

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

}  // namespace
}  // namespace tocsin::testing
