// What is registered with a provider, against the texts of the plan.
#include <gmock/gmock.h>

#include <algorithm>

#include "gateway/rehearse/check.h"
#include "tests/support/a_plan.h"

namespace tocsin::rehearse {
namespace {

using namespace support;  // NOLINT(google-build-using-namespace)
using base::Severity;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class CheckRegistered : public ::testing::Test {
 protected:
  CheckRegistered() {
    builder_.template_text("alert", "{{code}} {{hazard}}{{#place}} {{place}}{{/place}}", "{{code}}");
    LinkFacts link;
    link.name = "cloud";
    link.registered.emplace();
    link.registered->file = "cloud.toml";
    link.registered->find = [this](std::string_view name, std::string_view language, bool drill) {
      const auto& all = texts();
      const auto at = std::find_if(all.begin(), all.end(), [&](const RegisteredText& text) {
        return text.of == name && text.language == language && text.drill == drill;
      });
      return at == all.end() ? -1 : static_cast<int>(at - all.begin());
    };
    options_.links = {link};
    registers("alert", "zh", "{{code}} {{hazard}}{{#place}} {{place}}{{/place}}");
  }
  std::vector<RegisteredText>& texts() { return options_.links->front().registered->texts; }
  void registers(const std::string& of, const std::string& language, const std::string& text, bool drill = false) {
    texts().push_back({of, language, drill, text, {}, 7});
  }
  // Of that code alone.
  std::vector<base::Diagnostic> finds(const std::string& code) const {
    std::vector<base::Diagnostic> some;
    for (auto& one : check(builder_.build(), nullptr, options_).findings) {
      if (one.code == code) some.push_back(std::move(one));
    }
    return some;
  }

  PlanBuilder builder_ = a_plan();
  CheckOptions options_;
};

TEST_F(CheckRegistered, WhatIsRegisteredAsThePlanSaysItIsNoFinding) {
  EXPECT_THAT(finds("registered-text-differs"), IsEmpty());
  EXPECT_THAT(finds("registration-of-nothing"), IsEmpty());
  EXPECT_THAT(finds("registration-unusable"), IsEmpty());
}

TEST_F(CheckRegistered, WhatIsNotRegisteredIsNamedOnceForALanguage) {
  const auto found = finds("template-not-registered");
  ASSERT_EQ(found.size(), 3U);
  EXPECT_THAT(found[0].message, HasSubstr("none in en for: alert, "));
  EXPECT_THAT(found[1].message, HasSubstr("none in zh for: "));
  EXPECT_THAT(found[1].message, Not(HasSubstr("alert, "))) << "it is registered in Chinese";
  EXPECT_THAT(found[1].message, HasSubstr("sign_in")) << "tocsin's own texts are sent too";
  EXPECT_THAT(found[1].message, Not(HasSubstr("summary_line"))) << "that is a part of another";
  EXPECT_THAT(found[2].message, HasSubstr("nothing registered for drills in zh for: alert"));
  EXPECT_THAT(found[2].message_zh, HasSubstr("演练"));
}

TEST_F(CheckRegistered, ATextThatWasEditedSinceIsFoundAtItsPlaceInThePlan) {
  builder_.template_text("alert", "{{code}} {{hazard}}{{#place}}，{{place}}{{/place}}", "{{code}}");
  const auto found = finds("registered-text-differs");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].where, "template/alert/zh/sms");
  EXPECT_EQ(found[0].severity, Severity::kWarning);
  EXPECT_THAT(found[0].message, HasSubstr("cloud.toml:7"));
  EXPECT_THAT(found[0].message, HasSubstr("\" <place>\" there, \"，<place>\" here"));
}

TEST_F(CheckRegistered, ARegistrationInAWiderLanguageIsHeldAgainstTheTextThatGoesOutByIt) {
  auto& plan = builder_.raw();
  plan.languages = {"en", "zh-CN"};
  auto& alert = plan.templates.at("alert").text;
  alert = {{"en", {{"default", "English {{code}}"}}}, {"zh-CN", {{"default", "{{code}} {{hazard}}"}}}};
  texts().clear();
  registers("alert", "zh", "{{code}} {{hazard}}");
  const auto exact = options_.links->front().registered->find;
  options_.links->front().registered->find = [exact](std::string_view name, std::string_view language, bool drill) {
    return exact(name, language == "zh-CN" ? "zh" : language, drill);
  };
  EXPECT_THAT(finds("registered-text-differs"), IsEmpty());
  alert.at("zh-CN")["default"] = "{{code}}！{{hazard}}";
  const auto found = finds("registered-text-differs");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].where, "template/alert/zh-CN/sms");
}

TEST_F(CheckRegistered, ADifferenceThatShowsOnlyWhenAFieldIsEmptyIsFound) {
  builder_.template_text("alert", "{{code}} {{hazard}}{{#place}} {{place}}{{/place}}{{^place}}?{{/place}}", "{{code}}");
  const auto found = finds("registered-text-differs");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_THAT(found[0].message, HasSubstr("(when empty: place)"));
}

TEST_F(CheckRegistered, ATextForDrillsHasToSaySo) {
  registers("alert", "zh", "{{code}} {{hazard}}{{#place}} {{place}}{{/place}}", true);
  EXPECT_EQ(finds("registered-text-differs").size(), 1U);
  texts().back().text.insert(0, "【演练】");
  EXPECT_THAT(finds("registered-text-differs"), IsEmpty());
}

TEST_F(CheckRegistered, WhatThePlanDoesNotHaveIsFoundInTheProvidersFile) {
  registers("alrt", "zh", "x");
  registers("ended", "zh", "{{plce}}");
  const auto nothing = finds("registration-of-nothing");
  ASSERT_EQ(nothing.size(), 1U);
  EXPECT_EQ(nothing[0].file, "cloud.toml");
  EXPECT_EQ(nothing[0].line, 7);
  EXPECT_THAT(nothing[0].hint, HasSubstr("alert"));
  const auto unusable = finds("registration-unusable");
  ASSERT_EQ(unusable.size(), 1U);
  EXPECT_EQ(unusable[0].severity, Severity::kError);
  EXPECT_THAT(unusable[0].message, HasSubstr("plce"));
}

TEST_F(CheckRegistered, AValueThatMayBeLongerThanRegisteredIsFoundUnlessItMayBeCut) {
  texts()[0].values = {{"place", "{{place}}", 10, false}, {"code", "{{code}}", 10, false}};
  const auto found = finds("registered-value-too-long");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_THAT(found[0].message, HasSubstr("parameter place of alert may take 20 characters"));
  texts()[0].values[0].cut = true;
  EXPECT_THAT(finds("registered-value-too-long"), IsEmpty());
}

TEST_F(CheckRegistered, ALinkThatTakesAnyTextIsNotAsked) {
  options_.links->front().registered.reset();
  EXPECT_THAT(finds("template-not-registered"), IsEmpty());
}

}  // namespace
}  // namespace tocsin::rehearse
