#include "adapters/sms/http/registered.h"

#include <gmock/gmock.h>

#include "tests/unit/sms_http/a_provider.h"

namespace tocsin::sms::http {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

TEST(RegisteredTest, AValueIsFilledAsThePlansTemplatesAre) {
  const Values fields = {{"area", "东湖"}, {"place", ""}, {"code", "107"}};
  EXPECT_EQ(filled("{{code}} {{area}}{{#place}} {{place}}{{/place}}", fields), "107 东湖");
  EXPECT_EQ(filled("{{^area}}{{^place}}?{{/place}}{{/area}}", fields), "");
  EXPECT_EQ(filled("{{^place}}{{#area}}in {{area}}{{/area}}{{/place}}", fields), "in 东湖");
  EXPECT_EQ(filled("{{nobody}}x{{", fields), "x{{");
  EXPECT_EQ(filled("{{code}}", {{"code", "{{area}}"}, {"area", "x"}}), "{{area}}") << "what is put in is not looked at";
}

TEST(RegisteredTest, WhatIsNoValueTemplateIsSaidSo) {
  EXPECT_EQ(fault_of("{{#a}}{{^b}}x{{/b}}{{/a}}"), "");
  EXPECT_EQ(fault_of("{{#a}}{{#b}}{{/a}}{{/b}}"), "{{/a}} closes nothing");
  EXPECT_EQ(fault_of("{{#a}}"), "{{#a}} is never closed");
  EXPECT_EQ(fault_of("x {{a"), "{{ without }}");
  EXPECT_EQ(fault_of("{{> a}}"), "{{> a}} is no field");
}

class Registered : public ::testing::Test {
 protected:
  Registered() {
    provider.registered = true;
    Registration alert;
    alert.of = "alert";
    alert.language = "zh";
    alert.id = "SMS_1";
    alert.text = "${1}在${2}，编号${3}";
    alert.parameters = {
        {"1", "{{hazard}}", 6, false, ""}, {"2", "{{area}}", 4, true, "?"}, {"3", "{{code}}", 0, false, ""}};
    provider.templates = {alert};
  }
  Provider provider;
  model::Wording fire{"alert", "zh", {{"hazard", "火灾"}, {"area", "东湖社区三网格"}, {"code", "107"}}};
};

TEST_F(Registered, AMessageIsItsRegistrationAndTheValuesOfItsFields) {
  const auto chosen = choose(provider, fire, "");
  ASSERT_TRUE(chosen.ok());
  EXPECT_EQ(chosen->id, "SMS_1");
  EXPECT_THAT(chosen->parameters, ElementsAre(Pair("1", "火灾"), Pair("2", "东湖社区"), Pair("3", "107")))
      << "only what the file says may be cut is cut";
  EXPECT_EQ(chosen->text, "火灾在东湖社区，编号107");
  EXPECT_EQ(as_template(provider, provider.templates[0]), "{{hazard}}在{{area}}，编号{{code}}");
}

TEST_F(Registered, AnEmptyValueIsSaidAsTheFileWantsIt) {
  fire.fields.erase("area");
  EXPECT_THAT(choose(provider, fire, "")->parameters, ::testing::Contains(Pair("2", "?")));
}

TEST_F(Registered, AValueLongerThanRegisteredIsRefusedAndNotCutInSilence) {
  fire.fields["hazard"] = "危险化学品泄漏";
  const auto chosen = choose(provider, fire, "");
  ASSERT_FALSE(chosen.ok());
  EXPECT_EQ(chosen.error().message, "parameter 1 is longer than registered");
}

TEST_F(Registered, AMessageWithoutARegistrationIsRefused) {
  fire.template_name = "update";
  EXPECT_EQ(choose(provider, fire, "").error().code, base::ErrorCode::kNotFound);
  EXPECT_THAT(choose(provider, fire, "").error().message, HasSubstr("no template registered for update/zh"));
  fire = {"alert", "en", fire.fields};
  EXPECT_FALSE(choose(provider, fire, "").ok());
  EXPECT_FALSE(choose(provider, {}, "").ok()) << "composed before it was kept what texts are made of";
}

TEST_F(Registered, ADrillNeverGoesAsIfItWereReal) {
  fire.fields["drill"] = "是";
  EXPECT_FALSE(choose(provider, fire, "").ok());
  provider.templates.push_back(provider.templates[0]);
  provider.templates.back().drill = true;
  provider.templates.back().id = "SMS_2";
  EXPECT_EQ(choose(provider, fire, "")->id, "SMS_2");
  fire.fields.erase("drill");
  EXPECT_EQ(choose(provider, fire, "")->id, "SMS_1");
}

TEST_F(Registered, ARegistrationInAnotherKindOfTheLanguageServesWhereThereIsNone) {
  fire.language = "zh-CN";
  EXPECT_EQ(choose(provider, fire, "")->id, "SMS_1");
}

TEST_F(Registered, TheRequestHoldsIdAndParametersInTheShapeThatTheProviderWants) {
  Wanted wanted;
  wanted.to = "+8614400000017";
  wanted.template_id = "SMS_1";
  wanted.parameters = {{"1", "a\"b"}, {"2", "东湖"}};
  Provider json;
  json.url = "https://sms.cloud.example/";
  json.send = Send::kJson;
  json.json = R"({"id":"{{template_id}}","list":{{params_list}},"object":{{params_object}},"text":"{{params_text}}"})";
  EXPECT_EQ(request_for(json, wanted).body, R"({"id":"SMS_1","list":["a\"b","东湖"],"object":{"1":"a\"b","2":"东湖"},)"
                                            R"("text":"{\"1\":\"a\\\"b\",\"2\":\"东湖\"}"})");
  Provider form = json;
  form.send = Send::kForm;
  form.parameters = {{"P", "{{params_object}}"}};
  EXPECT_EQ(request_for(form, wanted).body, "P=%7B%221%22%3A%22a%5C%22b%22%2C%222%22%3A%22%E4%B8%9C%E6%B9%96%22%7D");
}

}  // namespace
}  // namespace tocsin::sms::http
