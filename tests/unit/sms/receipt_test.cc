#include "adapters/sms/smpp/receipt.h"

#include <gmock/gmock.h>

#include <tuple>

namespace tocsin::sms::smpp {
namespace {

using model::ReceiptState;

ShortMessage a_receipt(std::string_view text, std::string_view tlvs = {}) {
  ShortMessage message;
  message.esm_class = kDeliveryReceipt;
  message.text = text;
  message.tlvs = Tlvs::read(tlvs).value();
  return message;
}

model::Receipt read(const ShortMessage& message, IdDialect dialect = IdDialect::kSame) {
  const auto receipt = read_receipt(message, dialect);
  EXPECT_TRUE(receipt);
  return receipt.value_or(model::Receipt{});
}

TEST(ReceiptTest, TheTextOfAppendixBIsRead) {
  const auto receipt =
      read(a_receipt("id:0123456789 sub:001 dlvrd:001 submit date:2611220437 done date:2611220438 "
                     "stat:DELIVRD err:000 Text:fire at the"));
  EXPECT_EQ(receipt.carrier_id, "123456789");
  EXPECT_EQ(receipt.state, ReceiptState::kDelivered);
  EXPECT_EQ(receipt.error, "DELIVRD err:000");
  EXPECT_EQ(receipt.meaning, model::Meaning::kArrived);
}

struct Dialect {
  const char* text;
  ReceiptState state;
  const char* error;
};

TEST(ReceiptTest, DialectsMeanTheSame) {
  const Dialect table[] = {
      {"id:AB-7 stat:DELIVRD err:000", ReceiptState::kDelivered, "DELIVRD err:000"},
      {"ID:AB-7 STAT:delivrd ERR:0", ReceiptState::kDelivered, "delivrd err:0"},
      {"id:AB-7 stat:DELIVERED", ReceiptState::kDelivered, "DELIVERED"},
      {"stat:UNDELIV err:001 id:AB-7", ReceiptState::kUndelivered, "UNDELIV err:001"},
      {"id: AB-7 sub: 001 stat: EXPIRED err: 27", ReceiptState::kUndelivered, "EXPIRED err:27"},
      {"id:AB-7 stat:REJECTD", ReceiptState::kUndelivered, "REJECTD"},
      {"id:AB-7 stat:DELETED", ReceiptState::kUndelivered, "DELETED"},
      {"id:AB-7 stat:UNKNOWN", ReceiptState::kUndelivered, "UNKNOWN"},
      {"id:AB-7 stat:ACCEPTD", ReceiptState::kOnItsWay, "ACCEPTD"},
      {"id:AB-7 stat:ENROUTE", ReceiptState::kOnItsWay, "ENROUTE"},
      {"id:AB-7 stat:MK:0012", ReceiptState::kUndelivered, "MK:0012"},  // a network's own word
      {"id:AB-7 sub:001 dlvrd:001", ReceiptState::kDelivered, ""},      // no state: counted as delivered
      {"id:AB-7 sub:001 dlvrd:000", ReceiptState::kOnItsWay, ""},
      {"id:AB-7", ReceiptState::kOnItsWay, ""},
      {"id:AB-7 stat: err:005", ReceiptState::kOnItsWay, "err:005"},
      {"id:AB-7 stat:EN_ROUTE err:000", ReceiptState::kOnItsWay, "EN_ROUTE err:000"},
      {"id:AB-7 stat:Accepted", ReceiptState::kOnItsWay, "Accepted"},
      {"id:AB-7 stat:BUFFERED err:027", ReceiptState::kOnItsWay, "BUFFERED err:027"},
      {"id:AB-7 stat:BUFFRED", ReceiptState::kOnItsWay, "BUFFRED"},
      {"id:AB-7 stat:SCHEDULED", ReceiptState::kOnItsWay, "SCHEDULED"},
      {"id:AB-7 stat:SKIPPED", ReceiptState::kUndelivered, "SKIPPED"},
      {"id:AB-7 stat:2 err:0", ReceiptState::kDelivered, "DELIVRD err:0"},
      {"id:AB-7 stat:5 err:34", ReceiptState::kUndelivered, "UNDELIV err:34"},
      {"id:AB-7\r\nstat:DELIVRD\r\nerr:000\r\n", ReceiptState::kDelivered, "DELIVRD err:000"},
      {"Id:AB-7 Sub:1 Dlvrd:1 Submit Date:26112204 Done Date:26112205 Stat:Delivrd Err:", ReceiptState::kDelivered,
       "Delivrd"},
      {"submit date:2611220437 id:AB-7 done date:2611220438 stat:EXPIRED", ReceiptState::kUndelivered, "EXPIRED"},
      {"sub:001 stat:UNDELIVERABLE id:AB-7", ReceiptState::kUndelivered, "UNDELIVERABLE"},
  };
  for (const Dialect& row : table) {
    const auto receipt = read(a_receipt(row.text));
    EXPECT_EQ(receipt.carrier_id, "AB-7") << row.text;
    EXPECT_EQ(receipt.state, row.state) << row.text;
    EXPECT_EQ(receipt.error, row.error) << row.text;
  }
}

TEST(ReceiptTest, OptionalParametersCountMoreThanTheText) {
  std::string tlvs;
  append_tlv(tlvs, Tag::kReceiptedMessageId, std::string("XYZ-1\0", 6));
  append_tlv(tlvs, Tag::kMessageState, "\x02");
  const auto receipt = read(a_receipt("id:other stat:UNDELIV err:001", tlvs));
  EXPECT_EQ(receipt.carrier_id, "XYZ-1");
  EXPECT_EQ(receipt.state, ReceiptState::kDelivered);
}

TEST(ReceiptTest, ParametersAloneAreEnough) {
  for (const auto& [number, state, word] :
       {std::tuple{'\x01', ReceiptState::kOnItsWay, "ENROUTE"}, std::tuple{'\x02', ReceiptState::kDelivered, "DELIVRD"},
        std::tuple{'\x03', ReceiptState::kUndelivered, "EXPIRED"},
        std::tuple{'\x06', ReceiptState::kOnItsWay, "ACCEPTD"},
        std::tuple{'\x08', ReceiptState::kUndelivered, "REJECTD"}}) {
    std::string tlvs;
    append_tlv(tlvs, Tag::kReceiptedMessageId, std::string("00Ab1\0", 6));
    append_tlv(tlvs, Tag::kMessageState, std::string(1, number));
    const auto receipt = read(a_receipt("", tlvs));
    EXPECT_EQ(receipt.carrier_id, "ab1");
    EXPECT_EQ(receipt.state, state) << word;
    EXPECT_EQ(receipt.error, word);
  }
}

TEST(ReceiptTest, WordsOfTheQuotedMessageAreNotRead) {
  EXPECT_EQ(read(a_receipt("id:AB-7 Text:stat:DELIVRD err:9")).state, ReceiptState::kOnItsWay);
  EXPECT_FALSE(read_receipt(a_receipt("stat:DELIVRD text:id:AB-7"), IdDialect::kSame));
}

TEST(ReceiptTest, AReceiptWithoutAnIdIsNone) {
  EXPECT_FALSE(read_receipt(a_receipt(""), IdDialect::kSame));
  EXPECT_FALSE(read_receipt(a_receipt("id: stat:DELIVRD"), IdDialect::kSame));
  EXPECT_FALSE(read_receipt(a_receipt("valid:7"), IdDialect::kSame));
}

TEST(ReceiptTest, OnlyWhatIsMarkedAsAReceiptIsOne) {
  ShortMessage from_a_phone = a_receipt("id:AB-7 stat:DELIVRD");
  from_a_phone.esm_class = 0;
  EXPECT_FALSE(is_receipt(from_a_phone));

  std::string tlvs;
  append_tlv(tlvs, Tag::kReceiptedMessageId, "AB-7");
  from_a_phone.tlvs = Tlvs::read(tlvs).value();
  EXPECT_TRUE(is_receipt(from_a_phone));
  EXPECT_TRUE(is_receipt(a_receipt("")));
}

TEST(ReceiptTest, AnIntermediateNotificationEndsNothing) {
  ShortMessage message = a_receipt("id:AB-7 stat:UNDELIV err:001");
  message.esm_class = kIntermediateNotification;
  EXPECT_TRUE(is_receipt(message));
  EXPECT_EQ(read(message).state, ReceiptState::kOnItsWay);
}

TEST(ReceiptTest, IdsAreComparedWithoutCaseAndLeadingZerosWhenTheyAreHexadecimal) {
  const auto normal = [](std::string_view id) { return normal_id(id, IdDialect::kSame, IdSource::kResponse); };
  EXPECT_EQ(normal("00AbC1"), "abc1");
  EXPECT_EQ(normal("0000"), "0");
  EXPECT_EQ(normal("Msg-7Z"), "Msg-7Z");  // not a number: case may matter
  EXPECT_EQ(normal(" 12 "), "12");
  EXPECT_EQ(normal(""), "");
  EXPECT_EQ(normal(std::string(500, 'x')).size(), 64U);
}

TEST(ReceiptTest, HexadecimalInOnePlaceAndDecimalInTheOtherMeet) {
  const auto response = normal_id("0000ABCD", IdDialect::kResponseIsHex, IdSource::kResponse);
  EXPECT_EQ(response, "43981");
  EXPECT_EQ(read(a_receipt("id:0000043981 stat:DELIVRD"), IdDialect::kResponseIsHex).carrier_id, response);

  const auto decimal = normal_id("0000043981", IdDialect::kReceiptIsHex, IdSource::kResponse);
  EXPECT_EQ(read(a_receipt("id:abcd stat:DELIVRD"), IdDialect::kReceiptIsHex).carrier_id, decimal);

  std::string tlvs;  // the parameter repeats the response
  append_tlv(tlvs, Tag::kReceiptedMessageId, "ABCD");
  EXPECT_EQ(read(a_receipt("id:43981 stat:DELIVRD", tlvs), IdDialect::kResponseIsHex).carrier_id, response);
}

TEST(ReceiptTest, NoPhoneNumberGetsIntoTheError) {
  const std::string number = "1440000" + std::string("0017");
  EXPECT_EQ(read(a_receipt("id:AB-7 stat:" + number)).error.find("0000017"), std::string::npos);
  EXPECT_EQ(read(a_receipt("id:AB-7 stat:UNDELIV err:" + number)).error.find(number), std::string::npos);
}

}  // namespace
}  // namespace tocsin::sms::smpp
