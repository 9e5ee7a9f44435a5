#include "adapters/https/json_in.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/fake_front_door.h"

namespace tocsin::https {
namespace {

using ::testing::HasSubstr;

base::Result<model::SubmitReport> read(const std::string& body) {
  return read_report(body, testing::FakeFrontDoor().form);
}

struct Refusal {
  std::string field, message;
};
Refusal refusal(const std::string& body) {
  const auto report = read(body);
  if (report.ok()) return {"accepted", ""};
  EXPECT_EQ(report.error().code, base::ErrorCode::kInvalid);
  return {report.error().field, report.error().message};
}
Refusal fact_refusal(const std::string& facts) {
  return refusal(R"({"key":"key-00001","facts":)" + facts + "}");
}

TEST(JsonInTest, AWholeReportIsRead) {
  const auto report =
      read(R"({"key":"key-00001","hazard":"fire","facts":{"serious":2,"spreading":true,"place_kind":"school",
      "water_depth":0.125,"trapped":3},"area":"donghu","place":"north gate","text":"浓烟\n大","drill":true,
      "occurred_at":"2026-11-22T12:00:00+08:00"})");
  ASSERT_TRUE(report.ok()) << report.error().message;
  EXPECT_EQ(report->key, "key-00001");
  EXPECT_EQ(report->hazard, "fire");
  EXPECT_EQ(model::to_text(report->facts), "place_kind=school serious=2 spreading=yes trapped=3 water_depth=0.125");
  EXPECT_EQ(report->area, "donghu");
  EXPECT_EQ(report->place, "north gate");
  EXPECT_EQ(report->text, "浓烟\n大");
  EXPECT_TRUE(report->drill);
  ASSERT_TRUE(report->occurred_at.has_value());
  EXPECT_EQ(base::to_rfc3339(*report->occurred_at), "2026-11-22T04:00:00.000Z");
}

TEST(JsonInTest, NullAndAbsentAreTheSameUnknown) {
  const auto report =
      read(R"({"key":"key-00001","hazard":null,"facts":{"serious":null},"area":null,"drill":null,"occurred_at":null})");
  ASSERT_TRUE(report.ok());
  EXPECT_TRUE(report->facts.empty());
  EXPECT_EQ(report->hazard, "");
  EXPECT_FALSE(report->drill);
}

TEST(JsonInTest, QuantitiesAreExactToThreeDecimals) {
  const auto report = read(R"({"key":"key-00001","facts":{"water_depth":999999999.999,"serious":2.0}})");
  ASSERT_TRUE(report.ok()) << report.error().message;
  EXPECT_EQ(std::get<model::Quantity>(report->facts.at("water_depth")).thousandths, 999999999999);
  EXPECT_EQ(fact_refusal(R"({"water_depth":0.0001})").field, "facts.water_depth");
  EXPECT_EQ(fact_refusal(R"({"water_depth":1e3})").field, "facts.water_depth");
  EXPECT_EQ(fact_refusal(R"({"water_depth":-1})").field, "facts.water_depth");
}

TEST(JsonInTest, AWrongTypeIsNamedByItsField) {
  EXPECT_EQ(fact_refusal(R"({"serious":"two"})").message, "facts.serious: expected a whole number or null");
  EXPECT_EQ(fact_refusal(R"({"serious":1.5})").message, "facts.serious: expected a whole number or null");
  EXPECT_EQ(fact_refusal(R"({"serious":true})").field, "facts.serious");
  EXPECT_EQ(fact_refusal(R"({"spreading":1})").message, "facts.spreading: expected true, false or null");
  EXPECT_EQ(fact_refusal(R"({"place_kind":"scool"})").message,
            "facts.place_kind: expected one of home, school (did you mean \"school\"?)");
  EXPECT_EQ(fact_refusal(R"({"serious":[1]})").field, "facts.serious");
  EXPECT_EQ(fact_refusal(R"({"Serious!":1})").field, "facts.Serious!");
  EXPECT_EQ(fact_refusal("[]").field, "facts");
  EXPECT_EQ(refusal(R"({"key":1})").field, "key");
  EXPECT_EQ(refusal(R"({"key":"key-00001","drill":"yes"})").field, "drill");
  EXPECT_EQ(refusal(R"({"key":"key-00001","occurred_at":"yesterday"})").field, "occurred_at");
}

TEST(JsonInTest, AnUnknownKeyIsRefusedWithTheNearestName) {
  const auto got = refusal(R"({"key":"key-00001","hazzard":"fire"})");
  EXPECT_EQ(got.field, "hazzard");
  EXPECT_THAT(got.message, HasSubstr("did you mean \"hazard\"?"));
}

TEST(JsonInTest, AKeyMustBeThereAndOfItsShape) {
  EXPECT_EQ(refusal("{}").message, "key: is missing");
  EXPECT_EQ(refusal(R"({"key":"short"})").field, "key");
  EXPECT_EQ(refusal(R"({"key":"with blanks in"})").field, "key");
}

TEST(JsonInTest, WhatIsNoReadableJsonHasNoField) {
  for (const auto& body :
       {std::string("{"), std::string("[]"), std::string("{} {}"), std::string(R"({"key":"a",})"),
        std::string("{\"key\":\"\xc3\x28\"}"), std::string("{\"key\":\"\\ud800\"}"), std::string("\xef\xbb"),
        std::string(R"({"key":1e999})"), std::string("nul"), std::string(1, '\0')}) {
    EXPECT_EQ(refusal(body).field, "") << body;
  }
}

TEST(JsonInTest, DepthKeysAndSizeAreBounded) {
  const auto nested = [](int depth) {
    const auto n = static_cast<std::size_t>(depth);
    return std::string(n, '[') + std::string(n, ']');
  };
  EXPECT_TRUE(parse_json(nested(32)).ok());
  EXPECT_THAT(parse_json(nested(33)).error().message, HasSubstr("deeper than 32"));
  EXPECT_FALSE(parse_json(std::string(60000, '[')).ok());

  std::string many = "{";
  for (int i = 0; i < 257; ++i) many += (i == 0 ? "\"k" : ",\"k") + std::to_string(i) + "\":1";
  EXPECT_THAT(parse_json(many + "}").error().message, HasSubstr("256 keys"));

  EXPECT_TRUE(parse_json("\"" + std::string(kMaxJsonBytes - 2, 'a') + "\"").ok());
  EXPECT_FALSE(parse_json("\"" + std::string(kMaxJsonBytes - 1, 'a') + "\"").ok());
}

TEST(JsonInTest, TheSameKeyTwiceIsRefusedAtAnyDepth) {
  EXPECT_THAT(parse_json(R"({"a":1,"a":2})").error().message, HasSubstr("there twice"));
  EXPECT_THAT(parse_json(R"([{"x":{"a":1,"b":2,"a":3}}])").error().message, HasSubstr("\"a\""));
  EXPECT_TRUE(parse_json(R"([{"a":1},{"a":2}])").ok());
}

TEST(JsonInTest, FreeWordsAreBoundedAndLoseTheirControlCharacters) {
  const auto report = read("{\"key\":\"key-00001\",\"text\":\"a\\u0007b\\u202ec\"}");
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(report->text, "abc");
  EXPECT_EQ(refusal(R"({"key":"key-00001","text":")" + std::string(4001, 'x') + "\"}").field, "text");
}

TEST(FieldsTest, IdsAreReadOneByOneAndNamedByTheirPlace) {
  const auto object = parse_object(R"({"reports":["0000000000007","nonsense"]})");
  ASSERT_TRUE(object.ok());
  Fields fields(*object);
  EXPECT_TRUE(fields.ids("reports").empty());
  EXPECT_EQ(fields.finish().error().field, "reports[1]");
}

}  // namespace
}  // namespace tocsin::https
