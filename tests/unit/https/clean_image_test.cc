#include "adapters/https/clean_image.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "tests/support/pictures.h"

namespace tocsin::https {
namespace {

using testing::a_jpeg;
using testing::a_png;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::pixel;

CleanImage kept(const std::string& bytes) {
  auto result = clean_image(bytes);
  if (const auto* refused = std::get_if<ImageRefused>(&result)) {
    ADD_FAILURE() << refused->detail;
    return {};
  }
  return std::get<CleanImage>(std::move(result));
}

ImageRefused refused(const std::string& bytes) {
  auto result = clean_image(bytes);
  if (std::holds_alternative<CleanImage>(result)) {
    ADD_FAILURE() << "it was taken";
    return {};
  }
  return std::get<ImageRefused>(std::move(result));
}

TEST(CleanImageTest, NothingOfWhoTookAPhotographIsKept) {
  const auto raw = a_jpeg(64, 32, 1);
  ASSERT_THAT(raw, HasSubstr("SECRET-CAMERA"));
  const auto jpeg = kept(raw);
  EXPECT_EQ(jpeg.type, model::MediaType::kJpeg);
  EXPECT_THAT(jpeg.bytes, Not(HasSubstr("SECRET")));
  EXPECT_THAT(jpeg.bytes, Not(HasSubstr("Exif")));
  ASSERT_THAT(a_png(10, 10), HasSubstr("SECRET-AUTHOR"));
  const auto png = kept(a_png(10, 10));
  EXPECT_EQ(png.type, model::MediaType::kPng);
  EXPECT_THAT(png.bytes, Not(HasSubstr("SECRET")));
}

TEST(CleanImageTest, TheSamePhotographGivesTheSameBytes) {
  EXPECT_EQ(kept(a_jpeg(64, 32, 6)).bytes, kept(a_jpeg(64, 32, 6)).bytes);
  EXPECT_EQ(kept(a_png(20, 20)).bytes, kept(a_png(20, 20)).bytes);
  const auto once = kept(a_jpeg(64, 32, 1)).bytes;
  EXPECT_EQ(kept(once).bytes, once) << "what is clean stays as it is";
}

TEST(CleanImageTest, APhotographStandsUprightWhateverWayThePhoneWasHeld) {
  // Stored red left, blue right; where red must be once it stands upright (Exif 2.3, tag Orientation).
  struct Held {
    int orientation;
    bool turned;  // width and height change places
    bool red_left, red_top;
  };
  for (const Held& held : {Held{1, false, true, true}, Held{2, false, false, true}, Held{3, false, false, true},
                           Held{4, false, true, true}, Held{5, true, true, true}, Held{6, true, true, true},
                           Held{7, true, true, false}, Held{8, true, true, false}}) {
    const auto image = kept(a_jpeg(64, 32, held.orientation));
    EXPECT_EQ(image.width, held.turned ? 32 : 64) << held.orientation;
    EXPECT_EQ(image.height, held.turned ? 64 : 32) << held.orientation;
    const int x = held.red_left ? 3 : image.width - 4, y = held.red_top ? 3 : image.height - 4;
    EXPECT_GT(pixel(image.bytes, x, y).red, 200) << held.orientation;
    EXPECT_GT(pixel(image.bytes, image.width - 1 - x, image.height - 1 - y).blue, 200) << held.orientation;
  }
}

TEST(CleanImageTest, ATurnedPictureThatFillsNoBlocksLosesAnEdgeAndIsWholeOtherwise) {
  const auto image = kept(a_jpeg(70, 50, 6));
  EXPECT_GE(image.width, 32);
  EXPECT_LE(image.width, 50);
  EXPECT_GE(image.height, 64);
  EXPECT_LE(image.height, 70);
}

TEST(CleanImageTest, OtherTypesAreRefusedByTheirContentAndTheAnswerSaysWhatIsTaken) {
  const std::string heic = std::string("\0\0\0\x18", 4) + "ftypheic" + std::string(20, 'x');
  EXPECT_EQ(refused(heic).problem, Problem::kUnsupportedType);
  EXPECT_THAT(refused(heic).detail, HasSubstr("HEIC"));
  EXPECT_THAT(refused(heic).detail, HasSubstr("JPEG and PNG photographs are taken"));
  EXPECT_THAT(refused("RIFFxxxxWEBPVP8 ").detail, HasSubstr("WebP"));
  EXPECT_THAT(refused("GIF89a").detail, HasSubstr("GIF"));
  for (const std::string& bytes :
       {std::string(), std::string("\xff\xd8"), std::string("<svg/>"), std::string("%PDF-1.7")}) {
    EXPECT_EQ(refused(bytes).problem, Problem::kUnsupportedType) << bytes;
  }
}

TEST(CleanImageTest, WhatIsDamagedIsRefused) {
  EXPECT_EQ(refused("\xff\xd8\xff\xe0 and nothing more").problem, Problem::kInvalidField);
  EXPECT_EQ(refused("\x89PNG\r\n\x1a\n and nothing more").problem, Problem::kInvalidField);
  const auto png = a_png(50, 50);
  EXPECT_EQ(refused(png.substr(0, png.size() / 2)).problem, Problem::kInvalidField);
}

TEST(CleanImageTest, AChunkThatPromisesGigabytesIsRefusedBeforeAnythingIsReadIntoMemory) {
  auto png = a_png(9, 7);
  const auto text = png.find("tEXt");
  ASSERT_NE(text, std::string::npos);
  png.replace(text - 4, 4, "\x71\xff\xff\xff");
  EXPECT_EQ(refused(png).problem, Problem::kInvalidField);
}

TEST(CleanImageTest, APhotographCutShortStillShowsThePlace) {
  const auto jpeg = a_jpeg(640, 480, 1);
  const auto image = kept(jpeg.substr(0, jpeg.size() - 100));
  EXPECT_EQ(image.width, 640);
}

TEST(CleanImageTest, MorePixelsThanAllowedAreRefusedBeforeTheyAreDecoded) {
  // A header that promises 65,000 x 65,000 pixels and holds none of them.
  auto jpeg = a_jpeg(64, 32);
  const auto frame = jpeg.find("\xff\xc0");
  ASSERT_NE(frame, std::string::npos);
  jpeg.replace(frame + 5, 4, "\xfd\xe8\xfd\xe8");
  EXPECT_EQ(refused(jpeg).problem, Problem::kTooLarge);
  EXPECT_THAT(refused(jpeg).detail, HasSubstr("40 megapixels"));
  const auto png = a_png(7000, 6000);
  EXPECT_LT(png.size(), kMostImageBytes);
  EXPECT_EQ(refused(png).problem, Problem::kTooLarge);
}

TEST(ImageGateTest, LetsOneThroughAtATimeAndTheNextOnceItIsFree) {
  ImageGate gate;
  EXPECT_TRUE(gate.enter({}));
  EXPECT_FALSE(gate.enter({}));
  std::thread other([&] { EXPECT_TRUE(gate.enter(std::chrono::minutes(1))); });
  gate.leave();
  other.join();
  EXPECT_FALSE(gate.enter({}));
}

}  // namespace
}  // namespace tocsin::https
