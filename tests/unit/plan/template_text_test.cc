#include "gateway/plan/template_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tocsin::plan {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(TemplateTextTest, FieldsAreFilledWithoutHtmlEscaping) {
  EXPECT_EQ(fill("{{hazard}} {{place}}", {{"hazard", "fire"}, {"place", "A & B <\"2\"> 'x'"}}),
            "fire A & B <\"2\"> 'x'");
}

TEST(TemplateTextTest, AnEmptyOrAbsentFieldIsNothingAndFalse) {
  const std::string text = "a{{place}}{{#place}}, at {{place}}{{/place}}{{^place}}, nowhere{{/place}}";

  EXPECT_EQ(fill(text, {{"place", ""}}), "a, nowhere");
  EXPECT_EQ(fill(text, {}), "a, nowhere");
  EXPECT_EQ(fill(text, {{"place", "here"}}), "ahere, at here");
}

TEST(TemplateTextTest, ALineThatItsFieldsLeaveEmptyIsLeftOut) {
  const std::string text = "first\n{{#place}}at {{place}}{{/place}}\n{{facts}}\nlast\n";

  EXPECT_EQ(fill(text, {}), "first\nlast");
  EXPECT_EQ(fill(text, {{"place", "school"}}), "first\nat school\nlast");
}

TEST(TemplateTextTest, ABlankLineOfTheTemplateStays) {
  EXPECT_EQ(fill("a\n\n{{facts}}\nb", {}), "a\n\nb");
}

TEST(TemplateTextTest, ValuesAreNotReadAsTemplates) {
  EXPECT_EQ(fill("{{place}}", {{"place", "{{code}}"}, {"code", "107"}}), "{{code}}");
}

TEST(TemplateTextTest, OutputIsCutAtACharacter) {
  EXPECT_EQ(fill("{{facts}}", {{"facts", "一二三四五"}}, 3), "一二三");
  EXPECT_EQ(fill("{{facts}}{{facts}}", {{"facts", std::string(1'000'000, 'x')}}).size(), 2000U);
}

TEST(TemplateTextTest, UnknownFieldsAreNamedOnceEvenInsideSections) {
  const auto unknown =
      unknown_fields("{{code}} {{vilage}} {{#nope}}{{vilage}} {{&raw}} {{{deep}}}{{/nope}} {{! note }}");

  ASSERT_TRUE(unknown.ok());
  EXPECT_THAT(*unknown, ElementsAre("vilage", "nope", "raw", "deep"));
}

TEST(TemplateTextTest, EveryListedFieldIsKnown) {
  for (const auto& field : template_fields()) {
    const auto unknown = unknown_fields(std::string("{{") + field.name + "}}");
    ASSERT_TRUE(unknown.ok());
    EXPECT_THAT(*unknown, IsEmpty()) << field.name;
  }
}

TEST(TemplateTextTest, WhatIsNotMustacheIsRefusedWithItsPlace) {
  const auto message = [](std::string_view text) {
    const auto result = unknown_fields(text);
    return result.ok() ? std::string("accepted") : result.error().message;
  };

  EXPECT_THAT(message("一二 {{code"), HasSubstr("at character 4"));
  EXPECT_THAT(message("{{#code}} open"), HasSubstr("{{#code}} is never closed at character 1"));
  EXPECT_THAT(message("{{/code}}"), HasSubstr("closes nothing"));
  EXPECT_THAT(message("{{#code}}{{/place}}"), HasSubstr("{{/place}} closes nothing"));
  EXPECT_THAT(message("{{> other}}"), HasSubstr("partials"));
  EXPECT_THAT(message("{{=<% %>=}}"), HasSubstr("delimiters"));
  EXPECT_THAT(message("{{}}"), HasSubstr("without a name"));
  EXPECT_THAT(message(std::string(100'000, 'x')), HasSubstr("too long"));
}

}  // namespace
}  // namespace tocsin::plan
