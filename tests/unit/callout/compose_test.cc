#include "gateway/callout/compose.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/base/short_message.h"

namespace tocsin::callout {
namespace {

using model::Channel;
using model::Choice;
using model::HazardKind;
using model::Quantity;
using testing::HasSubstr;
using testing::StartsWith;

plan::Attribute attribute(const std::string& name, plan::AttributeType type, plan::Words label, plan::Words unit = {}) {
  plan::Attribute made;
  made.name = name;
  made.type = type;
  made.label = std::move(label);
  made.unit = std::move(unit);
  return made;
}

// A fire at level III with two injured, in a plan that speaks Chinese first and English second.
class ComposeTest : public testing::Test {
 protected:
  ComposeTest() {
    plan_.name = "青石街道";
    plan_.languages = {"zh", "en"};
    plan_.levels = {{"IV", {{"zh", "四级"}, {"en", "level IV"}}, "blue"},
                    {"III", {{"zh", "三级"}, {"en", "level III"}}, "yellow"}};
    add(attribute("serious", plan::AttributeType::kCount, {{"zh", "重伤"}, {"en", "seriously injured"}}));
    add(attribute("trapped", plan::AttributeType::kCount, {}));
    add(attribute("spreading", plan::AttributeType::kFlag, {{"zh", "正在蔓延"}, {"en", "spreading"}}));
    add(attribute("depth", plan::AttributeType::kMeasure, {{"zh", "水深"}, {"en", "water depth"}},
                  {{"zh", "米"}, {"en", "m"}}));
    auto place = attribute("place_kind", plan::AttributeType::kChoice, {{"zh", "场所"}, {"en", "kind of place"}});
    place.choices = {"home", "school"};
    place.choice_labels["school"] = {{"zh", "学校"}, {"en", "school"}};
    add(place);
    auto& fire = plan_.hazards[HazardKind::kFire];
    fire.kind = HazardKind::kFire;
    fire.name = {{"zh", "火灾"}, {"en", "Fire"}};
    fire.attributes = {"trapped", "serious", "spreading", "depth", "place_kind"};
    say("alert", "zh", "default",
        "{{hazard}}{{level_name}} {{code}} {{area}}{{#place}}（{{place}}）{{/place}} {{facts}}");
    say("alert", "en", "default", "{{hazard}} {{level_name}} {{code}} {{area}} {{facts}}");
    say("alert", "en", "sms", "SMS {{code}}{{^one_way}} reply 1{{/one_way}}");
    say("update", "zh", "default", "{{code}} {{change}}");
    say("update", "en", "default", "{{code}} {{change}}");
    incident_.code = 107;
    incident_.kind = HazardKind::kFire;
    incident_.level = 1;
    incident_.level_id = "III";
    facts_ = {{"serious", Quantity::whole(2)}, {"trapped", Quantity::whole(1)}, {"spreading", true}};
    occasion_.plan = &plan_;
    occasion_.incident = &incident_;
    occasion_.facts = &facts_;
    occasion_.area_name = "东湖社区";
  }

  void add(plan::Attribute made) { plan_.attributes[made.name] = std::move(made); }
  void say(const std::string& name, const std::string& language, const std::string& channel, const std::string& text) {
    plan_.templates[name].name = name;
    plan_.templates[name].text[language][channel] = text;
  }
  std::string words(const std::string& language) const {
    return facts_in_words(plan_, incident_.kind, facts_, language);
  }
  std::string text(const std::string& name, const std::string& language, Channel channel = Channel::kConsole) const {
    return compose(occasion_, name, language, channel);
  }

  plan::Plan plan_;
  model::Incident incident_;
  model::Facts facts_;
  Occasion occasion_;
};

TEST_F(ComposeTest, FactsReadAsAPersonWouldSayThemInThePlansOrder) {
  EXPECT_EQ(words("zh"), "被困1 重伤2 正在蔓延");
  EXPECT_EQ(words("en"), "trapped 1, seriously injured 2, spreading");
}

TEST_F(ComposeTest, AFlagThatIsDownIsNotMentioned) {
  facts_ = {{"spreading", false}, {"serious", Quantity::whole(0)}};
  EXPECT_EQ(words("zh"), "重伤0");
}

TEST_F(ComposeTest, MeasuresHaveTheirUnitAndChoicesTheirLabel) {
  facts_ = {{"depth", Quantity{500}}, {"place_kind", Choice{"school"}}};
  EXPECT_EQ(words("zh"), "水深0.5米 学校");
  EXPECT_EQ(words("en"), "water depth 0.5 m, school");
}

TEST_F(ComposeTest, AFactAnotherHazardBroughtIsSaidLast) {
  add(attribute("aftershock", plan::AttributeType::kFlag, {{"zh", "有余震"}, {"en", "aftershocks"}}));
  facts_["aftershock"] = true;
  EXPECT_EQ(words("zh"), "被困1 重伤2 正在蔓延 有余震");
}

TEST_F(ComposeTest, FillsTheTemplateOfTheReadersLanguage) {
  EXPECT_EQ(text("alert", "zh"), "火灾三级 107 东湖社区 被困1 重伤2 正在蔓延");
  EXPECT_EQ(text("alert", "en"), "Fire level III 107 东湖社区 trapped 1, seriously injured 2, spreading");
}

TEST_F(ComposeTest, AnUnknownLanguageReadsThePlansFirst) {
  EXPECT_THAT(text("alert", "fr"), StartsWith("火灾三级"));
}

TEST_F(ComposeTest, AChannelWithWordsOfItsOwnUsesThem) {
  EXPECT_EQ(text("alert", "en", Channel::kSms), "SMS 107 reply 1");
  EXPECT_THAT(text("alert", "zh", Channel::kSms), StartsWith("火灾"));
}

TEST_F(ComposeTest, ALinkThatTakesNoAnswersIsNotAskedForOne) {
  occasion_.one_way = true;
  EXPECT_EQ(text("alert", "en", Channel::kSms), "SMS 107");
}

TEST_F(ComposeTest, WhatTheDeskReadsOutAsksForAWordNotForADigit) {
  say("alert", "en", "default",
      "Fire {{code}}{{^read_out}}, reply 1{{/read_out}}{{#read_out}}: are you coming?{{/read_out}}");
  for (const auto channel : {Channel::kDeskCall, Channel::kKnock})
    EXPECT_EQ(text("alert", "en", channel), "Fire 107: are you coming?");
  for (const auto channel : {Channel::kWebhook, Channel::kConsole})
    EXPECT_EQ(text("alert", "en", channel), "Fire 107, reply 1");
}

TEST_F(ComposeTest, ThePlaceIsSaidOnlyWhereThereIsOne) {
  incident_.place = "三号楼 {{code}}";
  EXPECT_THAT(text("alert", "zh"), HasSubstr("东湖社区（三号楼 {{code}}）"))
      << "a reporter's words are never a template";
}

TEST_F(ComposeTest, ADrillIsMarkedAtItsFrontWhateverTheTemplateSays) {
  incident_.drill = true;
  EXPECT_THAT(text("alert", "zh"), StartsWith("【演练】火灾"));
  EXPECT_THAT(text("alert", "en"), StartsWith("[DRILL] Fire"));
}

TEST_F(ComposeTest, ADrillIsMarkedOnce) {
  incident_.drill = true;
  say("alert", "zh", "default", "{{#drill}}【演练】{{/drill}}{{hazard}}");
  EXPECT_EQ(text("alert", "zh"), "【演练】火灾");
}

TEST_F(ComposeTest, AnUpdateSaysWhatChanged) {
  occasion_.level_before = "IV";
  occasion_.change = "raised";
  EXPECT_EQ(text("update", "zh"), "107 级别升为三级，原为四级");
  EXPECT_EQ(text("update", "en"), "107 raised to level III, was level IV");
  occasion_.change = "merged";
  EXPECT_EQ(text("update", "en"), "107 merged with another report of the same event");
}

TEST_F(ComposeTest, AnUnclassifiedIncidentHasAName) {
  incident_.kind = HazardKind::kUnclassified;
  incident_.level_id = "";
  EXPECT_THAT(text("alert", "en"), StartsWith("a report nobody has classified yet"));
}

TEST_F(ComposeTest, AMissingTemplateStillSaysWhatHappenedAndWhere) {
  EXPECT_THAT(text("no_such", "zh"), testing::AllOf(HasSubstr("107"), HasSubstr("火灾"), HasSubstr("东湖社区")));
}

TEST_F(ComposeTest, EveryFieldATemplateMayNameIsFilledInAndNoOther) {
  const auto fields = fields_of(occasion_, "zh");
  for (const auto& field : plan::template_fields()) EXPECT_EQ(fields.count(field.name), 1U) << field.name;
  EXPECT_EQ(fields.size(), plan::template_fields().size());
}

TEST_F(ComposeTest, ColoursAreSaidInTheReadersLanguage) {
  EXPECT_EQ(fields_of(occasion_, "zh").at("colour"), "黄色");
  EXPECT_EQ(fields_of(occasion_, "en").at("colour"), "yellow");
}

TEST_F(ComposeTest, ATextSaysFromWhichTemplateLanguageAndFieldsItWasMade) {
  say("site", "zh", "default", "{{hazard}} {{place}}");
  incident_.drill = true;
  incident_.place = "";
  const auto made_of = compose_text(occasion_, "site", "en", Channel::kSms).made_of;
  EXPECT_EQ(made_of.template_name, "site");
  EXPECT_EQ(made_of.language, "zh") << "the plan says it in Chinese only";
  EXPECT_EQ(made_of.fields.at("area"), "东湖社区");
  EXPECT_EQ(made_of.fields.count("place"), 0U) << "what is empty is not there";
  EXPECT_EQ(made_of.fields.count("drill"), 1U);
  EXPECT_EQ(compose_text(occasion_, "leads", "en", Channel::kSms).made_of.language, "en") << "tocsin's own words";
}

TEST_F(ComposeTest, AContactCheckIsOneShortMessageBehindALongSignatureAndSaysThatItIsNoAlarm) {
  const auto zh = compose(occasion_, "contact_check", "zh", Channel::kSms);
  const auto en = compose(occasion_, "contact_check", "en", Channel::kSms);
  std::string signature;  // as long as a link may have one
  for (int i = 0; i < 40; ++i) signature += "青";
  EXPECT_EQ(base::count_short_messages(signature + zh), 1);
  EXPECT_EQ(base::count_short_messages("[Qingshi Emergency Desk, sub-district]" + en), 1);
  EXPECT_THAT(zh, ::testing::AllOf(::testing::HasSubstr("无紧急情况"), ::testing::HasSubstr("回复1")));
  EXPECT_THAT(en, ::testing::AllOf(::testing::HasSubstr("no emergency"), ::testing::HasSubstr("reply 1")));
}

}  // namespace
}  // namespace tocsin::callout
