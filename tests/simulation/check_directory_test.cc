// The checker of the directory: a history that keeps every promise, and one broken promise at a time.
#include "tests/simulation/check_directory.h"

#include <gmock/gmock.h>

#include "directory/directory_store.h"
#include "directory/history.h"
#include "gateway/model/record.h"
#include "tests/support/moments.h"
#include "tests/support/temp_folder.h"

namespace tocsin::simulation {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Kind = model::RecordKind;

constexpr std::int64_t kMinute = 60'000'000;
constexpr Id kStep = 13, kAlert = 15, kPerson = 1;

directory::Tables a_person_named(const std::string& name) {
  directory::Tables tables;
  directory::PersonRow person;
  person.code = "leader";
  person.name = name;
  person.language = "zh";
  tables.persons.push_back(person);
  return tables;
}

// Three versions: made, changed, and the change taken back.
class CheckDirectoryTest : public ::testing::Test {
 protected:
  CheckDirectoryTest() {
    session_ = std::move(db::Session::open(folder_.file("t.db"), {})).value();
    EXPECT_TRUE(directory::migrate(*session_).ok());
    for (const char* name : {"带班己", "带班庚"}) {
      const auto before = directory::load_state(*session_).value();
      write(directory::prepare_change(before, a_person_named(name), model::DirectoryHow::kEdit));
    }
    write(directory::prepare_undo(*session_, directory::load_state(*session_).value()).value());
    journal_.directory = {1, 2, 3};
  }
  void write(const directory::Change& change) {
    ASSERT_TRUE(session_->begin().ok());
    ASSERT_TRUE(directory::write_change(*session_, change, "admin:office", "", support::noon).ok());
    ASSERT_TRUE(session_->commit().ok());
  }
  std::vector<std::string> broken() {
    std::vector<std::string> found;
    check_directory(*session_, {}, journal_, found);
    return found;
  }

  testing::TempFolder folder_;
  std::unique_ptr<db::Session> session_;
  Journal journal_;
};

TEST_F(CheckDirectoryTest, AHistoryThatIsWholeIsFoundWhole) {
  EXPECT_THAT(broken(), IsEmpty());
}

TEST_F(CheckDirectoryTest, AVersionThatWasAcknowledgedAndIsNotThereIsFound) {
  journal_.directory.push_back(4);
  EXPECT_THAT(broken(), Contains(HasSubstr("version 4 is lost")));
}

TEST_F(CheckDirectoryTest, AGapInTheVersionsIsFound) {
  session_->statement("delete from dir_change where version = 2").exec();
  EXPECT_THAT(broken(), Contains(HasSubstr("after version 1 comes 3")));
}

TEST_F(CheckDirectoryTest, AnUndoThatLeavesSomethingElseIsFound) {
  session_->statement("update dir_change set undoes = 1 where version = 3").exec();
  EXPECT_THAT(broken(), Contains(HasSubstr("version 3 is not as it was before version 1")));
}

// The leader, told at minute 10 by a step that began at minute 8.
class OnLeaveTest : public ::testing::Test {
 protected:
  OnLeaveTest() {
    t_.alerts[kAlert].step = kStep;
    add(Kind::kStepStarted, 8, kStep, 0, 0);
    add(Kind::kAlertRaised, 10, kAlert, kPerson, 0);
    rosters_.push_back({1, 0, a_person_named("带班己")});
    rosters_[0].tables.persons[0].id = model::PersonId{kPerson};
  }
  void add(Kind kind, int minute, Id subject, std::int64_t a, std::int64_t b) {
    RecordRow row;
    row.seq = static_cast<std::int64_t>(t_.record.size()) + 1;
    row.at = minute * kMinute;
    row.kind = static_cast<int>(kind);
    row.subject = subject;
    row.a = a;
    row.b = b;
    t_.record.push_back(row);
  }
  static void on_leave(RosterThen& roster, int from, int to) {
    roster.tables.leave.push_back({"leader", {base::from_micros(from * kMinute), base::from_micros(to * kMinute)}});
  }
  std::vector<std::string> broken() {
    std::vector<std::string> found;
    nobody_on_leave_told(t_, rosters_, found);
    return found;
  }

  Tables t_;
  std::vector<RosterThen> rosters_;
};

TEST_F(OnLeaveTest, SomebodyOnLeaveWhoIsToldIsFound) {
  on_leave(rosters_[0], 5, 15);
  EXPECT_THAT(broken(), Contains(HasSubstr("tells person 1, who is on leave")));
}

TEST_F(OnLeaveTest, LeaveThatBeganBehindTheStepIsNoFault) {
  on_leave(rosters_[0], 9, 15);
  EXPECT_THAT(broken(), IsEmpty());
}

TEST_F(OnLeaveTest, LeaveThatCameInForceBehindTheStepIsNoFault) {
  rosters_.push_back(rosters_[0]);
  rosters_[1].at = 9 * kMinute;
  on_leave(rosters_[1], 5, 15);
  EXPECT_THAT(broken(), IsEmpty());
}

TEST_F(OnLeaveTest, ADeputyOnLeaveWhenAskedIsFound) {
  on_leave(rosters_[0], 9, 15);
  t_.record.back().detail = "stands_in";
  EXPECT_THAT(broken(), Contains(HasSubstr("stands_in")));
}

TEST_F(OnLeaveTest, WhoeverWasToldBeforeHearsOfAChangeOnLeaveToo) {
  on_leave(rosters_[0], 5, 15);
  t_.record.back().b = -1;
  EXPECT_THAT(broken(), IsEmpty());
}

}  // namespace
}  // namespace tocsin::simulation
