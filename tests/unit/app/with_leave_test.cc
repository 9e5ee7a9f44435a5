// Somebody taken to be on leave leaves their duties as a leave in the directory would: layer by layer, then to
// deputies.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/app/directory_source.h"
#include "tests/support/moments.h"
#include "tests/unit/directory/a_town.h"

namespace tocsin::app {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

LoadedDirectory town() {
  // Of the desk: a shift by hand, and a rotation below it.
  const auto whole = directory::Town()
                         .without("duty", "desk")
                         .with("duty", "desk,eve,,")
                         .with("rotations", "desk,Days,bob,1,00:00,2026-01-01,");
  LoadedDirectory loaded;
  loaded.tables = whole.tables();
  loaded.roster = std::make_shared<directory::Snapshot>(loaded.tables, 7);
  return loaded;
}

std::vector<std::string> told(const directory::Snapshot& roster, const std::string& selector) {
  std::vector<std::string> codes;
  const std::vector to{model::parse_selector(selector).value()};
  for (const auto& one : roster.resolve(to, {}, support::noon).recipients) {
    codes.push_back(roster.person(one.person)->code);
  }
  return codes;
}

TEST(WithLeaveTest, ADutyFallsThroughToTheLayerBelow) {
  std::vector<std::string> codes{"eve"};
  EXPECT_THAT(told(*with_leave(town(), codes), "duty:desk"), ElementsAre("bob"));
  EXPECT_THAT(codes, IsEmpty());
  EXPECT_THAT(told(*town().roster, "duty:desk"), ElementsAre("eve"));
}

TEST(WithLeaveTest, APostGoesToItsDeputyAndWhomNobodyKnowsIsLeftInTheList) {
  std::vector<std::string> codes{"ann", "nobody", "bob"};
  EXPECT_THAT(told(*with_leave(town(), codes), "post:commander"), ElementsAre("cat"));
  EXPECT_THAT(codes, ElementsAre("nobody"));
}

}  // namespace
}  // namespace tocsin::app
