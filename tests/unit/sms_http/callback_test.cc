#include "adapters/sms/http/callback.h"

#include <gmock/gmock.h>

#include "tests/unit/sms_http/a_provider.h"

namespace tocsin::sms::http {
namespace {

using model::ReceiptState;
using testing::a_provider;
using ::testing::IsEmpty;
using ::testing::SizeIs;

CalledBack called(const Provider& provider, const std::string& body) {
  auto read = read_callback(provider.callbacks, body, {});
  EXPECT_TRUE(read.ok()) << body;
  return read.ok() ? *read : CalledBack{};
}

TEST(CallbackTest, AListOfReceiptsIsReadWithItsCodes) {
  const auto read = called(a_provider("cloud-template"),
                           R"([{"biz_id":"B1","success":true,"err_code":"DELIVERED","phone_number":"14400000017"},
                               {"biz_id":"B2","success":false,"err_code":"MK:0001"},{"biz_id":"B3"},{"success":true}])");
  ASSERT_THAT(read.receipts, SizeIs(2)) << "an entry without id or status is none";
  EXPECT_EQ(read.receipts[0].carrier_id, "B1");
  EXPECT_EQ(read.receipts[0].state, ReceiptState::kDelivered);
  EXPECT_EQ(read.receipts[0].error, "true code DELIVERED");
  EXPECT_EQ(read.receipts[1].state, ReceiptState::kUndelivered);
  EXPECT_EQ(read.receipts[1].error, "false code MK:0001");
  EXPECT_THAT(read.messages, IsEmpty());
}

TEST(CallbackTest, AMessageComesWithWhoSentItInE164AndTheIdThatTellsItFromItsRepeat) {
  const auto read = called(a_provider("cloud-template"),
                           R"([{"phone_number":"14400000017","content":"2","dest_code":"10690000","sequence_id":77}])");
  ASSERT_THAT(read.messages, SizeIs(1));
  EXPECT_EQ(read.messages[0].from, "+8614400000017");
  EXPECT_EQ(read.messages[0].to, "10690000");
  EXPECT_EQ(read.messages[0].text, "2");
  EXPECT_EQ(read.messages[0].udh, "id 77");
  const auto abroad = called(a_provider("cloud-template"), R"([{"phone_number":"8614400000017","content":"2"}])");
  EXPECT_EQ(abroad.messages.at(0).from, "+8614400000017");
  const auto service = called(a_provider("cloud-template"), R"([{"phone_number":"10690000","content":"2"}])");
  EXPECT_EQ(service.messages.at(0).from, "10690000") << "a service's number is nobody's landline";
}

TEST(CallbackTest, AFormIsAReceiptOrAMessageByWhatItHolds) {
  const auto provider = a_provider("twilio-like");
  const auto sent = called(provider, "MessageSid=SM1&MessageStatus=sent&To=%2B8614400000017");
  EXPECT_EQ(sent.receipts.at(0).state, ReceiptState::kOnItsWay);
  const auto failed = called(provider, "MessageSid=SM1&MessageStatus=undelivered&ErrorCode=30003");
  EXPECT_EQ(failed.receipts.at(0).state, ReceiptState::kUndelivered);
  EXPECT_EQ(failed.receipts.at(0).error, "undelivered code 30003");
  const auto message = called(provider, "MessageSid=SM9&From=%2B8614400000017&To=10690000&Body=%E5%88%B0+%E4%BA%86");
  EXPECT_EQ(message.messages.at(0).text, "到 了");
  EXPECT_THAT(message.receipts, IsEmpty());
}

TEST(CallbackTest, AWordOfTheProviderThatNobodyDescribedEndsNothing) {
  const auto read = called(a_provider("twilio-like"), "MessageSid=SM1&MessageStatus=teleported");
  EXPECT_EQ(read.receipts.at(0).state, ReceiptState::kOnItsWay);
  EXPECT_EQ(read.receipts.at(0).error, "teleported");
}

TEST(CallbackTest, AListInsideTheBodyIsFoundAndOneEntryNeedsNoList) {
  auto provider = a_provider("cloud-template");
  EXPECT_THAT(called(provider, R"({"biz_id":"B1","success":true})").receipts, SizeIs(1));
  provider.callbacks.list = "/data/list";
  EXPECT_THAT(called(provider, R"({"data":{"list":[{"biz_id":"B1","success":true}]}})").receipts, SizeIs(1));
  EXPECT_FALSE(read_callback(provider.callbacks, R"({"data":1})", {}).ok());
}

TEST(CallbackTest, WhatCannotBeReadIsRefusedAndSoIsALongList) {
  const auto provider = a_provider("cloud-template");
  for (const auto* body : {"", "{", "7", "\"x\"", "<xml/>"}) {
    EXPECT_FALSE(read_callback(provider.callbacks, body, {}).ok()) << body;
  }
  std::string many = "[";
  for (int i = 0; i < 1001; ++i) many += std::string(i == 0 ? "" : ",") + "{}";
  EXPECT_FALSE(read_callback(provider.callbacks, many + "]", {}).ok());
}

TEST(CallbackTest, AMessageInAnotherAlphabetOrTooLongIsOddRatherThanLost) {
  const auto form = a_provider("twilio-like");
  const auto gbk = called(form, "From=%2B8614400000017&Body=1+%B5%BD");
  ASSERT_THAT(gbk.messages, SizeIs(1));
  EXPECT_EQ(gbk.messages[0].text, "1 \xEF\xBF\xBD\xEF\xBF\xBD");
  const auto json =
      called(a_provider("cloud-template"), "[{\"phone_number\":\"14400000017\",\"content\":\"1 \xB5\xBD\"}]");
  ASSERT_THAT(json.messages, SizeIs(1));
  EXPECT_EQ(json.messages[0].text, gbk.messages[0].text);
  std::string wide;
  for (int i = 0; i < 1400; ++i) wide += "火";
  const auto cut = called(form, "From=%2B8614400000017&Body=1" + wide);
  ASSERT_THAT(cut.messages, SizeIs(1));
  EXPECT_EQ(cut.messages[0].text, ("1" + wide).substr(0, 4096)) << "1 and 1365 of three octets";
  EXPECT_EQ(called(form, "From=%2B8614400000017&Body=" + wide).messages.at(0).text, wide.substr(0, 4095));
  const auto to = called(form, "From=%2B8614400000017&Body=2&To=" + std::string(65, '1'));
  EXPECT_EQ(to.messages.at(0).to, "") << "the answer counts, wherever it went";
}

TEST(CallbackTest, AMessageThatNobodyCanBeSaidToHaveSentIsCounted) {
  const auto form = a_provider("twilio-like");
  EXPECT_EQ(called(form, "Body=2").without_sender, 1);
  const auto read = called(form, "Body=2&From=" + std::string(65, '1'));
  EXPECT_EQ(read.with_long_sender, 1);
  EXPECT_THAT(read.messages, IsEmpty());
}

TEST(CallbackTest, AServiceWhoseDigitsMakeANumberAbroadStaysAService) {
  const auto read = called(a_provider("twilio-like"), "From=12025550123&Body=2");
  EXPECT_EQ(read.messages.at(0).from, "12025550123");
}

TEST(CallbackTest, CodesAreTokensAndNeverWordsOrNumbers) {
  const auto read =
      called(a_provider("cloud-template"), R"([{"biz_id":"B1","success":false,"err_code":"no phone 14400000017"}])");
  EXPECT_EQ(read.receipts.at(0).error, "false code of another form");
  EXPECT_THAT(called(a_provider("cloud-template"), R"([{"biz_id":"B 1","success":true}])").receipts, IsEmpty());
}

}  // namespace
}  // namespace tocsin::sms::http
