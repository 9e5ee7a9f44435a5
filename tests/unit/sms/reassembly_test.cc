#include "adapters/sms/reassembly.h"

#include <gmock/gmock.h>

namespace tocsin::sms {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr base::SteadyTime kNow{std::chrono::hours(1)};

InboundPart a_part(int part, int parts, std::string text, std::uint64_t token, std::string from = "+8614400000017") {
  return {std::move(from),
          "10690000",
          {77, ReferenceWidth::k8Bit, part, parts},
          "header" + std::to_string(part),
          std::move(text),
          0,
          token};
}

TEST(ReassemblyTest, PartsAreJoinedInWhateverOrderTheyCome) {
  Reassembly reassembly(5s);

  EXPECT_THAT(reassembly.add(a_part(3, 3, "C", 1), kNow), IsEmpty());
  EXPECT_THAT(reassembly.add(a_part(1, 3, "A", 2), kNow), IsEmpty());
  const auto ready = reassembly.add(a_part(2, 3, "B", 3), kNow);

  ASSERT_THAT(ready, SizeIs(1));
  EXPECT_EQ(ready[0].text, "ABC");
  EXPECT_EQ(ready[0].header, "header1");
  EXPECT_THAT(ready[0].tokens, ElementsAre(1, 2, 3));
  EXPECT_EQ(reassembly.incomplete(), 0U);
}

TEST(ReassemblyTest, ARepeatedPartIsAnsweredTooButReadOnce) {
  Reassembly reassembly(5s);
  (void)reassembly.add(a_part(1, 2, "A", 1), kNow);
  (void)reassembly.add(a_part(1, 2, "A", 2), kNow);
  const auto ready = reassembly.add(a_part(2, 2, "B", 3), kNow);

  ASSERT_THAT(ready, SizeIs(1));
  EXPECT_EQ(ready[0].text, "AB");
  EXPECT_THAT(ready[0].tokens, ElementsAre(1, 2, 3));
}

TEST(ReassemblyTest, PartsOfDifferentPhonesAreNotMixed) {
  Reassembly reassembly(5s);
  (void)reassembly.add(a_part(1, 2, "A", 1, "+8614400000017"), kNow);
  EXPECT_THAT(reassembly.add(a_part(2, 2, "B", 2, "+8614400000025"), kNow), IsEmpty());
  EXPECT_EQ(reassembly.incomplete(), 2U);
}

TEST(ReassemblyTest, AfterItsTimeWhatCameIsDeliveredWithItsHolesShown) {
  Reassembly reassembly(5s);
  (void)reassembly.add(a_part(2, 5, "B", 1), kNow);
  (void)reassembly.add(a_part(5, 5, "E", 2), kNow + 4s);

  EXPECT_THAT(reassembly.expired(kNow + 5s - 1us), IsEmpty());
  const auto ready = reassembly.expired(kNow + 5s);
  ASSERT_THAT(ready, SizeIs(1));
  EXPECT_EQ(ready[0].text, "[…]B[…]E");
  EXPECT_EQ(ready[0].header, "header2");
}

TEST(ReassemblyTest, MemoryIsBoundedAndTheOldestIsDeliveredRatherThanDropped) {
  Reassembly reassembly(5s, 2, 10);
  (void)reassembly.add(a_part(1, 2, "first", 1, "a"), kNow);
  (void)reassembly.add(a_part(1, 2, "second", 2, "b"), kNow);
  const auto pushed_out = reassembly.add(a_part(1, 2, "third", 3, "c"), kNow);
  ASSERT_THAT(pushed_out, SizeIs(1));
  EXPECT_EQ(pushed_out[0].text, "first[…]");

  std::size_t delivered = 0;
  for (std::uint64_t i = 0; i < 50; ++i) delivered += reassembly.add(a_part(1, 2, "again", i, "c"), kNow).size();
  EXPECT_GT(delivered, 3U);  // repeats of one part count as well
}

TEST(ReassemblyTest, ASurrogatePairCutBetweenPartsIsJoined) {
  Reassembly reassembly(5s);
  InboundPart first = a_part(1, 2, "\x70\x6B\xD8\x3D", 1), second = a_part(2, 2, "\xDD\x25", 2);
  first.data_coding = second.data_coding = 8;
  (void)reassembly.add(first, kNow);
  EXPECT_EQ(reassembly.add(second, kNow).at(0).text, "火\U0001F525");
}

TEST(ReassemblyTest, ForgettingLeavesNothing) {
  Reassembly reassembly(5s);
  (void)reassembly.add(a_part(1, 2, "A", 1), kNow);
  reassembly.forget([](std::uint64_t) { return true; });
  EXPECT_THAT(reassembly.add(a_part(2, 2, "B", 2), kNow), IsEmpty());
  EXPECT_EQ(reassembly.incomplete(), 1U);
}

TEST(ReassemblyTest, WhatCameOnALostConnectionAloneIsForgotten) {
  Reassembly reassembly(5s);
  (void)reassembly.add(a_part(1, 3, "A", 1), kNow);
  (void)reassembly.add(a_part(2, 3, "B", 2), kNow);
  reassembly.forget([](std::uint64_t token) { return token == 1; });
  EXPECT_THAT(reassembly.add(a_part(3, 3, "C", 3), kNow), IsEmpty());
  const auto ready = reassembly.add(a_part(1, 3, "A", 4), kNow);
  ASSERT_THAT(ready, SizeIs(1));
  EXPECT_EQ(ready[0].text, "ABC");
  EXPECT_THAT(ready[0].tokens, ::testing::UnorderedElementsAre(2, 3, 4));
}

TEST(ReassemblyTest, OctetsAreBoundedToo) {
  Reassembly reassembly(5s, 64, 1024, 1000);
  std::size_t delivered = 0;
  for (std::uint64_t i = 0; i < 20; ++i) {
    for (const auto& one : reassembly.add(a_part(1, 2, std::string(400, 'x'), i, std::to_string(i)), kNow)) {
      EXPECT_EQ(one.text.size(), 400 + std::string("[…]").size());
      ++delivered;
    }
  }
  EXPECT_EQ(delivered, 18U);
  for (std::uint64_t i = 0; i < 20; ++i) {  // a part that repeats another takes its place
    delivered += reassembly.add(a_part(1, 2, std::string(400, 'x'), i, "19"), kNow).size();
  }
  EXPECT_EQ(delivered, 18U);
}

}  // namespace
}  // namespace tocsin::sms
