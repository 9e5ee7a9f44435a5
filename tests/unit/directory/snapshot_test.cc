#include "directory/snapshot.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/directory/a_town.h"

namespace tocsin::directory {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class SnapshotTest : public ::testing::Test {
 protected:
  explicit SnapshotTest(const Town& town = Town()) : roster_(town.snapshot()) {}
  void given(const Town& town) { roster_ = town.snapshot(); }

  [[nodiscard]] model::AreaId area(std::string_view code) const {
    for (const auto& info : roster_->areas()) {
      if (info.code == code) return info.id;
    }
    return {};
  }
  [[nodiscard]] bool near(std::string_view a, std::string_view b, double metres) const {
    return roster_->near(area(a), area(b), metres);
  }
  [[nodiscard]] std::vector<std::string> people_at(std::string_view address) const {
    std::vector<std::string> codes;
    for (const model::PersonId id : roster_->people_at(address)) codes.push_back(roster_->person(id)->code);
    return codes;
  }

  std::shared_ptr<const Snapshot> roster_;
};

TEST_F(SnapshotTest, ContactPointsComeInOrderOfPreference) {
  const auto* ann = roster_->person_coded("ann");
  ASSERT_NE(ann, nullptr);
  ASSERT_EQ(ann->contacts.size(), 2U);
  EXPECT_EQ(ann->contacts[0].address, "+8614400000001");
  EXPECT_TRUE(ann->contacts[0].agreed);
  EXPECT_EQ(ann->contacts[1].kind, model::ContactKind::kLandline);
  EXPECT_EQ(ann->contacts[1].extension, "8001");
  EXPECT_EQ(ann->door, "Gate 1");
}

TEST_F(SnapshotTest, AWithdrawnContactPointIsNotThere) {
  given(Town().without("contacts", "bob").with("contacts", "bob,1,mobile,14400000002,,2026-03-01,form,2026-10-01"));
  EXPECT_THAT(roster_->person_coded("bob")->contacts, IsEmpty());
  EXPECT_THAT(people_at("+8614400000002"), IsEmpty());
}

TEST_F(SnapshotTest, AContactPointWithoutAgreementIsThereButNotAgreed) {
  given(Town().without("contacts", "bob").with("contacts", "bob,1,mobile,14400000002,,,,"));
  ASSERT_EQ(roster_->person_coded("bob")->contacts.size(), 1U);
  EXPECT_FALSE(roster_->person_coded("bob")->contacts[0].agreed);
}

TEST_F(SnapshotTest, ASharedNumberHasSeveralPeople) {
  given(Town().with("contacts", "bob,2,mobile,14400000001,,2026-03-01,form,"));
  EXPECT_THAT(people_at("+8614400000001"), ElementsAre("ann", "bob"));
  EXPECT_THAT(people_at("+8614400000099"), IsEmpty());
}

TEST_F(SnapshotTest, AnAreaIsNamedFromTheTopDown) {
  EXPECT_EQ(roster_->area_path(area("lake-1")), "Hill / East / Lake / Lake 1");
  EXPECT_EQ(roster_->area_path({}), "");
  EXPECT_THAT(roster_->area(area("lake"))->aliases, ElementsAre("Lake Park", "Old Lake"));
}

TEST_F(SnapshotTest, PublicHealthPlacesStopAtTheCommunity) {
  EXPECT_EQ(roster_->community_of(area("lake-1")), area("lake"));
  EXPECT_EQ(roster_->community_of(area("lake")), area("lake"));
  EXPECT_EQ(roster_->community_of(area("hill-east")), area("hill-east"));
  EXPECT_EQ(roster_->community_of({}), model::AreaId{});
}

TEST_F(SnapshotTest, NearIsTheSameAreaAParentAChildOrADistance) {
  EXPECT_TRUE(near("lake-1", "lake-1", 0));
  EXPECT_TRUE(near("lake-1", "lake", 0));
  EXPECT_TRUE(near("lake", "lake-2", 0));
  EXPECT_FALSE(near("lake-1", "lake-2", 0));
  // 0.009 degrees of longitude at 36.05 N are 809 m.
  EXPECT_FALSE(near("lake-1", "lake-2", 805));
  EXPECT_TRUE(near("lake-1", "lake-2", 815));
}

TEST_F(SnapshotTest, AnUnknownPlaceIsNearNothing) {
  EXPECT_FALSE(roster_->near({}, {}, 1e6));
  EXPECT_FALSE(roster_->near(area("lake"), {}, 1e6));
}

TEST_F(SnapshotTest, WhoIsGoneIsNull) {
  EXPECT_EQ(roster_->person(model::PersonId{9999}), nullptr);
  EXPECT_EQ(roster_->person_coded("zoe"), nullptr);
  EXPECT_EQ(roster_->area(model::AreaId{9999}), nullptr);
}

}  // namespace
}  // namespace tocsin::directory
