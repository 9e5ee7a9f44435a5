// One's own contact points over HTTPS: seen by their owner, and taken back by nobody else.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "gateway/base/ids.h"
#include "tests/unit/https/a_server.h"

namespace tocsin::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using Json = nlohmann::json;

class MyContactsTest : public ServerTest {
 protected:
  MyContactsTest() {
    add(1, model::ContactKind::kMobile, "+8614400000017");
    add(2, model::ContactKind::kLandline, "+865390000001");
    start();
  }
  void add(std::int64_t id, model::ContactKind kind, const std::string& address) {
    ports::DirectoryContact contact;
    contact.id = model::ContactId{id};
    contact.kind = kind;
    contact.address = address;
    door_.fake_directory.chen.contacts.push_back(contact);
  }
  [[nodiscard]] Got withdraw(std::int64_t id, const std::string& body = R"({"confirm":true})") {
    return client().post("/api/v1/contacts/mine/" + base::to_base32(id) + "/withdraw", body, kCommander);
  }
};

TEST_F(MyContactsTest, TheirOwnerSeesWhichMayBeTakenBack) {
  const Got got = client().get("/api/v1/contacts/mine", kCommander);
  ASSERT_EQ(got.status, 200) << got.body;
  EXPECT_THAT(got.body, Not(HasSubstr("14400000017")));
  const Json answer = Json::parse(got.body);
  EXPECT_THAT(answer["contacts"], SizeIs(3));
  for (const auto& contact : answer["contacts"]) {
    EXPECT_EQ(contact["may_withdraw"], contact["kind"] == "mobile" || contact["kind"] == "email") << contact;
    EXPECT_EQ(contact["id"].get<std::string>().size(), 13U);
  }
}

TEST_F(MyContactsTest, OneIsTakenBackOnlyWhenThatIsConfirmed) {
  EXPECT_EQ(withdraw(1, "{}").status, 422);
  EXPECT_EQ(withdraw(1, R"({"confirm":false})").status, 422);
  EXPECT_THAT(door_.commands(), IsEmpty());
  EXPECT_EQ(withdraw(1).status, 200);
  EXPECT_THAT(door_.commands(), SizeIs(1));
  const auto wishes = door_.fake_directory.wishes.with([](auto& all) { return all; });
  ASSERT_THAT(wishes, SizeIs(1));
  const auto& wish = std::get<ports::WithdrawContact>(wishes[0].what);
  EXPECT_EQ(wish.person, model::PersonId{1});
  EXPECT_EQ(wish.contact, model::ContactId{1});
  EXPECT_EQ(wishes[0].reason, "withdrawn by its owner");
}

TEST_F(MyContactsTest, WhatIsTheOfficesOrSomebodyElsesIsNotTakenBack) {
  EXPECT_EQ(withdraw(2).status, 409);
  EXPECT_EQ(withdraw(99).status, 404);
  EXPECT_THAT(door_.commands(), IsEmpty());
}

}  // namespace
}  // namespace tocsin::testing
