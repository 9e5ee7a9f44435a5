// An incident shows the directory as it was when people were told.
#include <gmock/gmock.h>

#include "adapters/https/json_out.h"
#include "tests/support/world.h"
#include "tests/support/world_directory.h"

namespace tocsin::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using namespace std::chrono_literals;

class PastScenario : public ::testing::Test {
 protected:
  PastScenario() {
    world.follow_directory();
    EXPECT_TRUE(directory.import_town().ok());
    world.advance(1min);
    world.report("fire", "trapped=5", "lake-1");
    world.forget_texts();
    world.advance(1min);
  }
  ~PastScenario() override { world.forget_texts(); }
  std::string shown() {
    const auto past = world.office->directory()->past();
    EXPECT_TRUE(past.ok());
    const auto roster = world.office->roster();
    https::Viewer viewer{*roster, true};
    viewer.past = past->get();
    return https::incident_json(world.incident(101), viewer);
  }
  // The post goes to somebody else from the beginning on.
  void hand_over(const std::string& post, const std::string& to) {
    ports::ImportSheets sheets;
    const auto all = world.office->directory()->sheets();
    ASSERT_TRUE(all.ok());
    for (auto sheet : *all) {
      if (sheet.name != "posts.csv") continue;
      std::string text;
      std::istringstream lines(sheet.text);
      for (std::string line; std::getline(lines, line);) {
        if (line.find(post + ",") == std::string::npos) text += line + "\n";
      }
      sheet.text = text + post + ",指挥长,town," + to + ",,\r\n";
      sheets.sheets.push_back(sheet);
    }
    const auto done = directory.change(sheets);
    ASSERT_TRUE(done.ok()) << done.error().message;
  }

  World world;
  DirectoryOf directory{world};
};

TEST_F(PastScenario, WhoWasToldIsCalledAsTheyWereThen) {
  const auto was = directory.name_of("commander");
  EXPECT_THAT(shown(), HasSubstr(was));
  ASSERT_TRUE(directory.rename("commander", "Another Name").ok());
  EXPECT_THAT(shown(), HasSubstr(was));
  EXPECT_THAT(shown(), Not(HasSubstr("Another Name")));
}

TEST_F(PastScenario, WhoHeldAPostWhenItWasOpenedIsShownAfterThePostChangedHands) {
  const std::string held = R"("posts":[{"code":"commander","name":"指挥长","holder":{"code":"commander",)";
  EXPECT_THAT(shown(), HasSubstr(R"("directory":{"version":1,)"));
  EXPECT_THAT(shown(), HasSubstr(held));
  hand_over("commander", "deputy-a");
  ASSERT_EQ(directory.version(), 2);
  EXPECT_THAT(shown(), HasSubstr(held));
  const auto past = *world.office->directory()->past();
  EXPECT_EQ(past->post("commander", world.clock.utc_now() + 1s)->holder->code, "deputy-a") << "and today";
  EXPECT_FALSE(past->post("nobodys-post", world.clock.utc_now() + 1s).has_value());
}

TEST_F(PastScenario, WhoLeftKeepsTheirNameInWhatHappened) {
  const auto name = directory.name_of("rescue-2");
  ASSERT_TRUE(directory.change(ports::RemovePerson{"rescue-2", {}}).ok());
  EXPECT_THAT(shown(), HasSubstr(name));
}

TEST_F(PastScenario, TwoYearsAfterAChangeThePurgeForgetsWhatWasBefore) {
  const auto id = world.id_of("commander");
  const auto then = world.incident(101).incident.opened_at;
  ASSERT_TRUE(world.desk(model::StandDown{{}, 101, "over"}).ok());
  ASSERT_TRUE(directory.rename("commander", "Another Name").ok());
  ASSERT_TRUE((*world.office->directory()->past())->person(id, then).has_value());
  world.forget_texts();
  world.clock.advance(24h * 731);
  world.restart();  // the purge runs at the start and every hour
  world.advance(1s);
  EXPECT_GE(world.count_records(model::RecordKind::kPurged), 1);
  ASSERT_TRUE(directory.rename("director", "Somebody").ok());  // what is remembered of the past is read anew
  EXPECT_FALSE((*world.office->directory()->past())->person(id, then).has_value());
}

}  // namespace
}  // namespace tocsin::testing
