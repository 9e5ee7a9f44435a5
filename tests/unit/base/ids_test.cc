#include "gateway/base/ids.h"

#include <gtest/gtest.h>

#include <limits>
#include <set>
#include <string>
#include <unordered_set>

#include "gateway/base/random.h"

namespace tocsin::base {
namespace {

using namespace std::chrono_literals;

constexpr UtcTime kNoon = std::chrono::sys_days{std::chrono::November / 22 / 2026} + 12h;

TEST(IdSourceTest, IdsGrowWhateverTheClockDoes) {
  IdSource source(5);
  Random random(7);
  std::int64_t last = 0;
  UtcTime now = kNoon;
  for (int i = 0; i < 200'000; ++i) {
    if (random.one_in(100)) now += std::chrono::milliseconds{random.below(20)} - 10ms;
    const std::int64_t id = source.next(now);
    ASSERT_GT(id, last);
    last = id;
  }
}

TEST(IdSourceTest, AMillisecondWhoseSequenceIsUsedUpBorrowsFromTheNext) {
  IdSource source;
  std::int64_t last = 0;
  for (int i = 0; i < 70'000; ++i) {
    const std::int64_t id = source.next(kNoon);
    ASSERT_GT(id, last);
    last = id;
  }
  EXPECT_EQ(time_of_id(last), kNoon + 1ms);
}

TEST(IdSourceTest, NoIdIsZeroEvenBeforeTheFirstInstant) {
  IdSource source;
  EXPECT_GT(source.next(UtcTime{}), 0);
  EXPECT_GT(source.next(UtcTime{}), 1);
}

TEST(IdSourceTest, TwoNodesNeverMakeTheSameId) {
  IdSource one(1), two(2);
  std::set<std::int64_t> seen;
  for (int i = 0; i < 1000; ++i) {
    EXPECT_TRUE(seen.insert(one.next(kNoon)).second);
    EXPECT_TRUE(seen.insert(two.next(kNoon)).second);
  }
}

TEST(IdSourceTest, AfterARestartNothingIsGivenOutTwiceWhicheverNodeMadeTheLast) {
  for (const unsigned node : {1U, 2U, 3U}) {
    IdSource before(2);
    const std::int64_t highest = before.next(kNoon + 1h);  // the clock was ahead then
    IdSource after(node);
    after.start_after(highest);
    const std::int64_t next = after.next(kNoon);
    EXPECT_GT(next, highest);
    EXPECT_LE(time_of_id(next), kNoon + 1h + 1ms);
    EXPECT_EQ((next >> 16) & 63, node);
  }
}

TEST(IdSourceTest, AnIdKnowsItsMillisecond) {
  EXPECT_EQ(time_of_id(IdSource(9).next(kNoon + 1234us)), kNoon + 1ms);
}

TEST(Base32Test, IdsAreThirteenCharactersInTheSameOrder) {
  EXPECT_EQ(to_base32(0), "0000000000000");
  EXPECT_EQ(to_base32(31), "000000000000Z");
  EXPECT_EQ(to_base32(std::numeric_limits<std::int64_t>::max()), "7ZZZZZZZZZZZZ");
  EXPECT_LT(to_base32(1000), to_base32(1'000'000'007));
}

TEST(Base32Test, ReadsBackWhatItWrote) {
  Random random(3);
  for (int i = 0; i < 1000; ++i) {
    const auto id = static_cast<std::int64_t>(random.below(std::uint64_t{1} << 63U));
    EXPECT_EQ(from_base32(to_base32(id)), id);
  }
}

TEST(Base32Test, LooksAlikeAndLowerCaseAreForgiven) {
  EXPECT_EQ(from_base32("000000000001O"), 32);
  EXPECT_EQ(from_base32("00000000000il"), 33);
  EXPECT_EQ(from_base32("000000000000z"), 31);
}

TEST(Base32Test, EverythingElseIsRefused) {
  for (const std::string text : {"", "0", "00000000000000", "000000000000U", "000000000000-", "8000000000000",
                                 "ZZZZZZZZZZZZZ", "00000000000\xC3\xA9"}) {
    EXPECT_FALSE(from_base32(text).has_value()) << text;
  }
}

TEST(TypedIdTest, IdsOfDifferentNounsDoNotMix) {
  using CatId = Id<struct CatTag>;
  using DogId = Id<struct DogTag>;
  static_assert(!std::is_convertible_v<CatId, DogId>);
  EXPECT_FALSE(static_cast<bool>(CatId{}));
  EXPECT_TRUE(static_cast<bool>(CatId{1}));
  EXPECT_LT(CatId{1}, CatId{2});
  EXPECT_EQ((std::unordered_set<CatId>{CatId{1}, CatId{1}, CatId{2}}.size()), 2U);
  IdSource source;
  EXPECT_TRUE(static_cast<bool>(source.next_id<DogId>(kNoon)));
}

}  // namespace
}  // namespace tocsin::base
