#include "directory/listing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/moments.h"
#include "tests/unit/directory/a_town.h"

namespace tocsin::directory {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class ListingTest : public ::testing::Test {
 protected:
  ListingTest() { options_.at = support::noon; }
  [[nodiscard]] std::string person_line(const std::string& text, const std::string& code) const {
    const std::size_t at = text.find("\n  " + code, text.find("\npersons\n"));
    return at == std::string::npos ? std::string() : text.substr(at + 1, text.find('\n', at + 1) - at - 1);
  }

  void given(const Town& town) {
    tables_ = town.tables();
    roster_ = std::make_unique<Snapshot>(tables_, 1);
  }
  [[nodiscard]] Directory all() const { return {tables_, *roster_}; }

  ListOptions options_;
  Tables tables_;
  std::unique_ptr<Snapshot> roster_;
};

TEST_F(ListingTest, AListShowsPeopleWithTheirHatsAndMaskedNumbers) {
  given(Town().with("leave", "bob,,"));
  const std::string text = list_text(all(), options_);
  EXPECT_THAT(person_line(text, "ann"), AllOf(HasSubstr("Commander"), HasSubstr("hill heads"), HasSubstr("flood-team"),
                                              HasSubstr("0001"), HasSubstr("ext 8001")));
  EXPECT_THAT(person_line(text, "bob"), HasSubstr("on leave"));
  EXPECT_THAT(text, Not(HasSubstr("14400000001")));
}

TEST_F(ListingTest, NumbersAreShownWhenAskedFor) {
  options_.unmasked = true;
  given(Town());
  EXPECT_THAT(list_text(all(), options_), HasSubstr("+8614400000001"));
}

TEST_F(ListingTest, AreasAreATree) {
  given(Town());
  const std::string text = list_text(all(), options_);
  EXPECT_THAT(text, HasSubstr("\n  hill "));
  EXPECT_THAT(text, HasSubstr("\n    hill-east "));
  EXPECT_THAT(text, HasSubstr("\n        lake-1 "));
}

TEST_F(ListingTest, APageShowsWhenAndHowSomebodyAgreed) {
  given(Town());
  const auto page = show_text(all(), "ann", options_);
  ASSERT_TRUE(page.ok());
  EXPECT_THAT(*page,
              AllOf(HasSubstr("agreed 2026-03-01 00:00, form"), HasSubstr("Gate 1"), HasSubstr("heads of Hill")));
}

TEST_F(ListingTest, RotationsAndOverridesStandUnderTheDutyTheyAreOf) {
  given(Town()
            .with("rotations", "desk,Nights,ann;-,7,08:30,2026-11-02,2026-11-29")
            .with("overrides", "desk,bob,2026-11-22,2026-11-22,eve"));
  EXPECT_THAT(list_text(all(), options_),
              AllOf(HasSubstr("rotation Nights: Ann, -; every 7 days at 08:30, from 2026-11-02 to 2026-11-29"),
                    HasSubstr("Bob instead of Eve"), HasSubstr("from 2026-11-22 00:00 to 2026-11-23 00:00")));
  const auto json = nlohmann::json::parse(list_json(all(), options_));
  EXPECT_EQ(json["rotations"][0]["turns"], nlohmann::json({"ann", "-"}));
  EXPECT_EQ(json["rotations"][0]["handover"], "08:30");
  EXPECT_EQ(json["rotations"][0]["to"], "2026-11-29");
  EXPECT_EQ(json["overrides"][0]["instead_of"], "eve");
}

TEST_F(ListingTest, AnUnknownCodeIsAnsweredWithTheNearest) {
  given(Town());
  const auto page = show_text(all(), "comander", options_);
  ASSERT_FALSE(page.ok());
  EXPECT_EQ(page.error().code, base::ErrorCode::kNotFound);
  EXPECT_THAT(page.error().message, HasSubstr("did you mean \"commander\"?"));
  EXPECT_FALSE(show_json(all(), "comander", options_).ok());
}

TEST_F(ListingTest, JsonHasTheDocumentedKeys) {
  given(Town().with("posts", "cook,Cook,,,,"));
  const auto json = nlohmann::json::parse(list_json(all(), options_));
  EXPECT_EQ(json["version"], 1);
  EXPECT_EQ(json["areas"][3]["path"], "Hill / East / Lake / Lake 1");
  EXPECT_EQ(json["areas"][3]["workers"][0], "eve");
  EXPECT_EQ(json["posts"][0]["holder"], "ann");
  EXPECT_EQ(json["posts"][0]["deputies"], nlohmann::json({"bob", "cat"}));
  EXPECT_TRUE(json["posts"][3]["holder"].is_null());
  EXPECT_EQ(json["units"][0]["members"], nlohmann::json({"eve", "dan"}));
  EXPECT_EQ(json["groups"][0]["code"], "flood-team");
  EXPECT_EQ(json["duty"][1]["from"], "2026-11-22T00:00:00.000Z");
  EXPECT_EQ(json["persons"][0]["contacts"][0]["kind"], "mobile");
  EXPECT_EQ(json["persons"][0]["contacts"][0]["agreed"], true);
  EXPECT_FALSE(json["persons"][0].contains("notes"));
}

TEST_F(ListingTest, JsonOfOneCodeSaysWhatItIs) {
  given(Town());
  const auto person = nlohmann::json::parse(*show_json(all(), "ann", options_));
  EXPECT_EQ(person["person"]["door"], "Gate 1");
  EXPECT_EQ(person["person"]["contacts"][0]["agreed_how"], "form");
  EXPECT_EQ(nlohmann::json::parse(*show_json(all(), "commander", options_))["post"]["holder"], "ann");
  EXPECT_EQ(nlohmann::json::parse(*show_json(all(), "lake", options_))["area"]["heads"][0], "cat");
}

TEST(MaskedAddressTest, EachKindHidesWhatWouldReachSomebody) {
  EXPECT_EQ(masked_address(model::ContactKind::kEmail, "liu@qingshi.example"), "l***@qingshi.example");
  EXPECT_EQ(masked_address(model::ContactKind::kWebhook, "https://hooks.example/secret"), "https://hooks.example/***");
  EXPECT_THAT(masked_address(model::ContactKind::kMobile, "+8614400000001"), Not(HasSubstr("440000")));
}

}  // namespace
}  // namespace tocsin::directory
