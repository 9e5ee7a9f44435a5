// How many short messages a text makes, against an implementation that we did not write: tests/e2e/peers/segments.js
// on the npm package sms-segments-calculator, over 10,000 generated texts in one run of node.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "adapters/sms/segments.h"
#include "gateway/base/random.h"
#include "gateway/base/text.h"
#include "tests/support/temp_folder.h"

namespace tocsin::sms {
namespace {

// Lengths crowd around the edges of 1, 2 and 3 segments of either alphabet.
std::string a_text(base::Random& random) {
  static const std::u32string plain = U"abcdefghij XYZ 0123456789.,:;!?@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà\n";
  static const std::u32string extended = U"^{}\\[~]|€";
  static const std::u32string wide = U"水库危险火灾，。「」çŁß\u0142Яж";
  static const std::u32string pairs = U"\U0001F525\U0001F6A8\U00020000";
  static constexpr std::uint64_t kEdges[] = {1, 66, 67, 70, 71, 134, 140, 153, 160, 161, 201, 306, 459};
  const std::uint64_t edge = kEdges[random.below(std::size(kEdges))];
  const std::uint64_t length = edge + random.below(5) - std::min<std::uint64_t>(edge - 1, 2);
  const std::uint64_t kind = random.below(4);  // GSM 7 bit, with its extensions, UCS-2, with pairs
  std::u32string text;
  while (text.size() < length) {
    const bool rare = random.below(6) == 0;
    const std::u32string& from = kind == 0              ? plain
                                 : kind == 1            ? (rare ? extended : plain)
                                 : kind == 3 && rare    ? pairs
                                 : random.below(2) == 0 ? wide
                                                        : plain;
    text += from[random.below(from.size())];
  }
  return base::to_utf8(text);
}

std::string hex(const std::string& octets) {
  std::string out;
  char two[3];
  for (const char c : octets) {
    std::snprintf(two, sizeof two, "%02x", static_cast<unsigned>(static_cast<unsigned char>(c)));
    out += two;
  }
  return out;
}

TEST(SegmentsOracleTest, AnIndependentImplementationCountsAsManyForTenThousandTexts) {
  constexpr std::uint64_t kSeed = 20261122;
  constexpr std::size_t kTexts = 10000;
  const std::string peers = TOCSIN_SOURCE_DIR "/tests/e2e/peers";
  ASSERT_TRUE(std::filesystem::exists(peers + "/node_modules/sms-segments-calculator"))
      << "run `npm ci --ignore-scripts` in tests/e2e/peers (./dev setup does)";
  const testing::TempFolder folder;
  base::Random random(kSeed);
  std::vector<std::string> texts;
  {
    std::ofstream asked(folder.file("asked"));
    for (std::size_t i = 0; i < kTexts; ++i) asked << hex(texts.emplace_back(a_text(random))) << '\n';
  }
  const std::string command =
      "node '" + peers + "/segments.js' <'" + folder.file("asked") + "' >'" + folder.file("told") + "'";
  ASSERT_EQ(std::system(command.c_str()), 0);  // NOLINT(cert-env33-c,concurrency-mt-unsafe)

  std::ifstream told(folder.file("told"));
  std::size_t compared = 0, long_ones = 0;
  std::string alphabet;
  for (std::size_t theirs = 0; told >> alphabet >> theirs; ++compared) {
    ASSERT_LT(compared, texts.size());
    const auto ours = encode_text(texts[compared]);
    ASSERT_TRUE(ours.ok());
    ASSERT_EQ(ours->parts.size(), theirs) << "text " << compared << " of seed " << kSeed << ": " << texts[compared];
    ASSERT_EQ(ours->alphabet == Alphabet::kGsm7 ? "GSM-7" : "UCS-2", alphabet) << texts[compared];
    long_ones += theirs > 1 ? 1 : 0;
  }
  EXPECT_EQ(compared, kTexts);
  EXPECT_GT(long_ones, kTexts / 4);
}

}  // namespace
}  // namespace tocsin::sms
