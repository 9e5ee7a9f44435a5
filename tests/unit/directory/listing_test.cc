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

  ListOptions options_;
};

TEST_F(ListingTest, AListShowsPeopleWithTheirHatsAndMaskedNumbers) {
  const std::string text = list_text(*Town().with("leave", "bob,,").snapshot(), options_);
  EXPECT_THAT(person_line(text, "ann"), AllOf(HasSubstr("Commander"), HasSubstr("hill heads"), HasSubstr("flood-team"),
                                              HasSubstr("0001"), HasSubstr("ext 8001")));
  EXPECT_THAT(person_line(text, "bob"), HasSubstr("on leave"));
  EXPECT_THAT(text, Not(HasSubstr("14400000001")));
}

TEST_F(ListingTest, NumbersAreShownWhenAskedFor) {
  options_.unmasked = true;
  EXPECT_THAT(list_text(*Town().snapshot(), options_), HasSubstr("+8614400000001"));
}

TEST_F(ListingTest, AreasAreATree) {
  const std::string text = list_text(*Town().snapshot(), options_);
  EXPECT_THAT(text, HasSubstr("\n  hill "));
  EXPECT_THAT(text, HasSubstr("\n    hill-east "));
  EXPECT_THAT(text, HasSubstr("\n        lake-1 "));
}

TEST_F(ListingTest, APageShowsWhenAndHowSomebodyAgreed) {
  const auto page = show_text(*Town().snapshot(), "ann", options_);
  ASSERT_TRUE(page.ok());
  EXPECT_THAT(*page,
              AllOf(HasSubstr("agreed 2026-03-01 00:00, form"), HasSubstr("Gate 1"), HasSubstr("heads of Hill")));
}

TEST_F(ListingTest, AnUnknownCodeIsAnsweredWithTheNearest) {
  const auto page = show_text(*Town().snapshot(), "comander", options_);
  ASSERT_FALSE(page.ok());
  EXPECT_EQ(page.error().code, base::ErrorCode::kNotFound);
  EXPECT_THAT(page.error().message, HasSubstr("did you mean \"commander\"?"));
  EXPECT_FALSE(show_json(*Town().snapshot(), "comander", options_).ok());
}

TEST_F(ListingTest, JsonHasTheDocumentedKeys) {
  const auto json = nlohmann::json::parse(list_json(*Town().with("posts", "cook,Cook,,,,").snapshot(), options_));
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
  const auto snapshot = Town().snapshot();
  const auto person = nlohmann::json::parse(*show_json(*snapshot, "ann", options_));
  EXPECT_EQ(person["person"]["door"], "Gate 1");
  EXPECT_EQ(person["person"]["contacts"][0]["agreed_how"], "form");
  EXPECT_EQ(nlohmann::json::parse(*show_json(*snapshot, "commander", options_))["post"]["holder"], "ann");
  EXPECT_EQ(nlohmann::json::parse(*show_json(*snapshot, "lake", options_))["area"]["heads"][0], "cat");
}

TEST(MaskedAddressTest, EachKindHidesWhatWouldReachSomebody) {
  EXPECT_EQ(masked_address(model::ContactKind::kEmail, "liu@qingshi.example"), "l***@qingshi.example");
  EXPECT_EQ(masked_address(model::ContactKind::kWebhook, "https://hooks.example/secret"), "https://hooks.example/***");
  EXPECT_THAT(masked_address(model::ContactKind::kMobile, "+8614400000001"), Not(HasSubstr("440000")));
}

}  // namespace
}  // namespace tocsin::directory
