#include "gateway/rehearse/text_parts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/rehearse/show.h"
#include "tests/support/a_plan.h"
#include "tests/support/fake_roster.h"

namespace tocsin::rehearse {
namespace {

using namespace support;  // NOLINT(google-build-using-namespace)
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

// A link that makes one short message of every ten bytes.
LinkFacts a_link(const std::string& name) {
  LinkFacts link;
  link.name = name;
  link.parts_of = [](std::string_view text) { return Parts{static_cast<int>(text.size() + 9) / 10, false}; };
  return link;
}

class TextPartsTest : public testing::Test {
 protected:
  TextPartsTest() {
    auto& templates = builder_.raw().templates;
    templates.clear();
    builder_.template_text("alert", "0123456789", "01234567890123456789");
    builder_.template_text("stand_down", "01234", "01234");
  }
  std::vector<TextParts> counted(const TextsWanted& wanted = {}) const {
    return count_parts(builder_.build(), nullptr, links_, wanted);
  }

  PlanBuilder builder_ = a_plan();
  std::vector<LinkFacts> links_{a_link("carrier"), a_link("stick")};
};

TEST_F(TextPartsTest, EveryTextIsCountedForEveryLanguageAndLinkWithTheWebLinkUnderWhatRingsSomebody) {
  links_[1].web_line = "\nhttps://t.example/a#token";
  const auto all = counted();
  ASSERT_THAT(all, SizeIs(8));
  EXPECT_EQ(to_text(all, false),
            "short messages at the longest (area, place of 20 characters, six facts; with signature and web link):\n"
            "  template    language  carrier  stick\n"
            "  alert       zh        1        4\n"
            "  alert       en        2        5\n"
            "  stand_down  zh        1        1\n"
            "  stand_down  en        1        1\n");
  EXPECT_EQ(to_text(all, true),
            "短信条数（按最长的区域、20字的地点和最长的六项情况计，含签名和网页链接）：\n"
            "  模板        语言  carrier  stick\n"
            "  alert       zh    1        4\n"
            "  alert       en    2        5\n"
            "  stand_down  zh    1        1\n"
            "  stand_down  en    1        1\n");
}

TEST_F(TextPartsTest, ATextThatALinkCannotCarryIsSaidToBeThat) {
  links_[0].parts_of = [](std::string_view) { return Parts{0, true}; };
  const auto all = counted({std::nullopt, std::vector<std::string>{"stand_down"}});
  EXPECT_THAT(to_text(all, false), HasSubstr("  stand_down  zh        cannot   1\n"));
  EXPECT_THAT(to_text(all, true), HasSubstr("  stand_down  zh    不能发   1\n"));
}

TEST_F(TextPartsTest, ALinkThatCannotSayHowItCutsIsLeftOut) {
  links_[0].parts_of = nullptr;
  links_[1].channel = model::Channel::kEmail;
  EXPECT_THAT(counted(), IsEmpty());
  EXPECT_EQ(to_text({}, false), "");
}

TEST_F(TextPartsTest, ARehearsalShowsThemInItsTextAndForPrograms) {
  Rehearsal rehearsal;
  rehearsal.texts = counted({std::nullopt, std::vector<std::string>{"alert"}});
  EXPECT_THAT(rehearse::to_text(rehearsal, "en"), HasSubstr("  alert     en        2        2\n"));
  EXPECT_THAT(rehearse::to_text(rehearsal, "zh"), HasSubstr("短信条数"));
  const auto json = to_json(rehearsal);
  EXPECT_THAT(json, HasSubstr(R"("segments": [
    {
      "template": "alert",
      "language": "zh",
      "link": "carrier",
      "segments": 1,)"));
}

}  // namespace
}  // namespace tocsin::rehearse
