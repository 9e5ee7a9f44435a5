// Offices' lists over HTTPS: read without a change, accepted against the version they were shown against.
#include <gmock/gmock.h>

#include "gateway/base/encoding.h"
#include "tests/unit/https/a_server.h"

namespace tocsin::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ListRoutesTest : public ServerTest {
 protected:
  [[nodiscard]] Got read(const std::string& more) {
    return client().post("/api/v1/directory/read", R"({"name":"list.csv")" + more + "}", kAdmin);
  }
  [[nodiscard]] Got accept(const std::string& more) {
    return client().post("/api/v1/directory/read/accept", R"({"name":"list.csv","text":"x")" + more + "}", kAdmin);
  }
  [[nodiscard]] std::vector<ports::ListWish> wishes() {
    return door_.fake_directory.lists_read.with([](const auto& all) { return all; });
  }
  [[nodiscard]] int changes() {
    int count = 0;
    for (const auto& command : door_.commands())
      count += std::holds_alternative<model::ChangeDirectory>(command) ? 1 : 0;
    return count;
  }
};

TEST_F(ListRoutesTest, AFileGoesToTheReaderByteForByteWithWhatWasDecidedOfIt) {
  start();
  const std::string bytes("PK\x03\x04\0\xff", 6);
  const Got got = read(R"(,"base64":")" + base::to_base64(bytes) +
                       R"(","mapping":"1@1: A=name\n2: skip","answers":"missing:*=keep","everybody":true)");
  EXPECT_EQ(got.status, 200) << got.body;
  ASSERT_THAT(wishes(), SizeIs(1));
  EXPECT_EQ(wishes()[0].bytes, bytes);
  EXPECT_EQ(wishes()[0].mapping, "1@1: A=name\n2: skip");
  EXPECT_EQ(wishes()[0].answers, "missing:*=keep");
  EXPECT_TRUE(wishes()[0].everybody);
  EXPECT_FALSE(wishes()[0].unmasked);
  EXPECT_EQ(changes(), 0);
}

TEST_F(ListRoutesTest, AFileIsGivenOnceAsTextOrInBase64) {
  start();
  EXPECT_EQ(read("").status, 422);
  EXPECT_EQ(read(R"(,"text":"x","base64":"eA==")").status, 422);
  EXPECT_EQ(read(R"(,"base64":"eA")").status, 422) << "without its padding";
  EXPECT_EQ(read(R"(,"text":"x","mapping":"","answers":"")").status, 200) << "nothing decided yet";
  EXPECT_EQ(read(R"(,"text":"x","encoding":"latin")").status, 422);
  EXPECT_THAT(wishes(), SizeIs(1));
}

TEST_F(ListRoutesTest, WholeNumbersAreAskedForWithAReasonThatIsNotedFirst) {
  start();
  EXPECT_EQ(read(R"(,"text":"x","reason":"to compare")").status, 200);
  ASSERT_THAT(wishes(), SizeIs(1));
  EXPECT_TRUE(wishes()[0].unmasked);
  ASSERT_THAT(door_.identity_commands(), SizeIs(1));
  EXPECT_EQ(std::get<model::NoteAccess>(door_.identity_commands()[0]).reason, "to compare");
}

TEST_F(ListRoutesTest, AcceptingIsOneChangeOfTheVersionThatWasSeen) {
  start();
  EXPECT_EQ(accept("").status, 428);
  EXPECT_EQ(accept(R"(,"base_version":6)").status, 412);
  EXPECT_EQ(changes(), 0);
  const Got done = accept(R"(,"base_version":7)");
  EXPECT_EQ(done.status, 201) << done.body;
  EXPECT_EQ(changes(), 1);
}

TEST_F(ListRoutesTest, NothingIsAcceptedWhileAQuestionIsOpen) {
  door_.fake_directory.question_open = true;
  start();
  const Got refused = accept(R"(,"base_version":7)");
  EXPECT_EQ(refused.status, 409);
  EXPECT_THAT(refused.body, HasSubstr("post:commander"));
  EXPECT_EQ(changes(), 0);
}

TEST_F(ListRoutesTest, ADryRunOfAcceptingChangesNothing) {
  start();
  EXPECT_EQ(accept(R"(,"dry_run":true)").status, 200);
  EXPECT_EQ(changes(), 0);
}

}  // namespace
}  // namespace tocsin::testing
