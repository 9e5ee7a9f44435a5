#include "gateway/plan/template_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/plan/small_plan.h"

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
  const auto faults = faults_of("{{code}} {{vilage}} {{#nope}}{{vilage}} {{&raw}} {{{deep}}}{{/nope}} {{! note }}");

  EXPECT_TRUE(faults.not_mustache.empty());
  EXPECT_THAT(faults.unknown_fields, ElementsAre("vilage", "nope", "raw", "deep"));
}

TEST(TemplateTextTest, EveryListedFieldIsKnown) {
  for (const auto& field : template_fields()) {
    const auto faults = faults_of(std::string("{{") + field.name + "}}");
    EXPECT_TRUE(faults.not_mustache.empty());
    EXPECT_THAT(faults.unknown_fields, IsEmpty()) << field.name;
  }
}

TEST(TemplateTextTest, WhatIsNotMustacheIsRefusedWithItsPlace) {
  const auto message = [](std::string_view text) { return faults_of(text).not_mustache.en; };

  EXPECT_THAT(message("一二 {{code"), HasSubstr("at character 4"));
  EXPECT_THAT(faults_of("一二 {{code").not_mustache.zh, HasSubstr("第4个字符"));
  EXPECT_THAT(message("{{#code}} open"), HasSubstr("{{#code}} is never closed at character 1"));
  EXPECT_THAT(message("{{/code}}"), HasSubstr("closes nothing"));
  EXPECT_THAT(message("{{#code}}{{/place}}"), HasSubstr("{{/place}} closes nothing"));
  EXPECT_THAT(message("{{> other}}"), HasSubstr("partials"));
  EXPECT_THAT(message("{{=<% %>=}}"), HasSubstr("delimiters"));
  EXPECT_THAT(message("{{}}"), HasSubstr("without a name"));
  EXPECT_THAT(message(std::string(100'000, 'x')), HasSubstr("too long"));
}

TEST(TemplateTextTest, TheLongestTextIsReckonedFromTheFieldsAtTheirLongest) {
  EXPECT_EQ(longest_filled("abc"), 3U);
  EXPECT_EQ(longest_filled("{{code}}"), 8U + 10U);
  EXPECT_EQ(longest_filled("{{#place}}{{&place}}{{/place}}"), 30U + 500U);
  for (const auto& field : template_fields()) EXPECT_GE(field.longest, 3U) << field.name;
}

TEST(TemplateTextTest, ATemplateThatCouldFillABookIsRefusedAtItsPlace) {
  std::string many;
  for (int i = 0; i < 40; ++i) many += "{{facts}}";
  SmallPlan small;
  small.templates += "\n[template.leaflet]\nzh.default = \"短\"\nen.default = \"" + many + "\"\n";
  const auto read = small.read();

  ASSERT_THAT(codes(read.findings), ElementsAre("template-too-long"));
  EXPECT_EQ(read.findings[0].column, 14);
}

TEST(TemplateTextTest, ATemplateHasTwoHundredTagsAtMost) {
  std::string many;
  for (int i = 0; i < 201; ++i) many += "{{code}}";
  SmallPlan small;
  small.templates += "\n[template.leaflet]\nzh.default = \"短\"\nen.default = \"" + many + "\"\n";

  EXPECT_THAT(codes(small.read().findings), ElementsAre("not-mustache"));
}

TEST(TemplateTextTest, SectionsNestedDeeplyAreFilledInTime) {
  std::string text;
  for (int i = 0; i < 99; ++i) text += "{{#code}}";
  text += "{{code}}";
  for (int i = 0; i < 99; ++i) text += "{{/code}}";

  EXPECT_EQ(fill(text, {{"code", "107"}}), "107");
}

}  // namespace
}  // namespace tocsin::plan
