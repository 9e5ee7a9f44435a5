#include "adapters/sms/smpp/pdu.h"

#include <gmock/gmock.h>

#include "gateway/base/random.h"

namespace tocsin::sms::smpp {
namespace {

Pdu whole(const std::string& octets) {
  const Frame frame = next_pdu(octets);
  EXPECT_EQ(frame.framing, Framing::kWhole);
  EXPECT_EQ(frame.pdu.header.length, octets.size());
  return frame.pdu;
}

ShortMessage a_message() {
  ShortMessage message;
  message.service_type = "CMT";
  message.source = {5, 0, "tocsin"};
  message.destination = {1, 1, "8614400000017"};
  message.esm_class = kUdhi;
  message.protocol_id = 1;
  message.priority = 2;
  message.schedule = "260101000000000+";
  message.validity = "000002000000000R";
  message.registered_delivery = 1;
  message.data_coding = 8;
  message.text = "text";
  return message;
}

TEST(PduTest, AHeaderIsBigEndianAsTheSpecificationShows) {
  std::string out;
  append_header_only(out, CommandId::kEnquireLink, 0, 0x01020304);
  EXPECT_EQ(out, std::string("\x00\x00\x00\x10\x00\x00\x00\x15\x00\x00\x00\x00\x01\x02\x03\x04", 16));
}

TEST(PduTest, ABindIsThatOfTheSpecificationsExample) {
  // SMPP 3.4, section 3.2.3: bind_transmitter of "SMPP3TEST", "secret08", "SUBMIT1".
  const std::string example(
      "\x00\x00\x00\x2F\x00\x00\x00\x02\x00\x00\x00\x00\x00\x00\x00\x01SMPP3TEST\x00secret08\x00SUBMIT1\x00\x00\x01\x01"
      "\x00",
      47);
  Bind bind;
  bind.id = CommandId::kBindTransmitter;
  bind.system_id = "SMPP3TEST";
  bind.password = "secret08";
  bind.system_type = "SUBMIT1";
  bind.interface_version = 0;
  bind.range = {1, 1, ""};
  std::string out;
  append_bind(out, bind, 1);

  EXPECT_EQ(out, example);
  const auto read = read_bind(whole(example));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->system_id, "SMPP3TEST");
  EXPECT_EQ(read->password, "secret08");
  EXPECT_EQ(read->system_type, "SUBMIT1");
  EXPECT_EQ(read->range.ton, 1);
}

TEST(PduTest, AShortMessageComesBackAsItWasWritten) {
  for (const CommandId id : {CommandId::kSubmitSm, CommandId::kDeliverSm}) {
    std::string tlvs;
    append_tlv(tlvs, Tag::kMessageState, "\x02");
    append_tlv(tlvs, static_cast<Tag>(0x1501), "vendor");
    ShortMessage message = a_message();
    message.tlvs = Tlvs::read(tlvs).value();
    std::string out;
    append_short_message(out, id, message, "head", 9);

    const Pdu pdu = whole(out);
    EXPECT_EQ(pdu.header.id, id);
    EXPECT_EQ(pdu.header.sequence, 9U);
    const auto read = read_short_message(pdu);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->service_type, "CMT");
    EXPECT_EQ(read->source.ton, 5);
    EXPECT_EQ(read->source.digits, "tocsin");
    EXPECT_EQ(read->destination.digits, "8614400000017");
    EXPECT_EQ(read->esm_class, kUdhi);
    EXPECT_EQ(read->validity, "000002000000000R");
    EXPECT_EQ(read->schedule, "260101000000000+");
    EXPECT_EQ(read->registered_delivery, 1);
    EXPECT_EQ(read->data_coding, 8);
    EXPECT_EQ(read->text, "headtext");
    EXPECT_EQ(read->tlvs.number(Tag::kMessageState), 2U);
    EXPECT_EQ(read->tlvs.find(static_cast<Tag>(0x1501)), "vendor");
    EXPECT_EQ(read->tlvs.octets(), tlvs);  // unknown ones are kept as they came
  }
}

TEST(PduTest, ALongTextComesInMessagePayload) {
  std::string tlvs;
  append_tlv(tlvs, Tag::kMessagePayload, std::string(40000, 'x'));
  ShortMessage message = a_message();
  message.text = {};
  message.tlvs = Tlvs::read(tlvs).value();
  std::string out;
  append_short_message(out, CommandId::kDeliverSm, message, {}, 1);
  EXPECT_EQ(read_short_message(whole(out))->text.size(), 40000U);
}

TEST(PduTest, ResponsesComeBackAsTheyWereWritten) {
  std::string out;
  append_message_resp(out, CommandId::kSubmitSm, 0, 7, "abc");
  EXPECT_EQ(whole(out).header.id, response_to(CommandId::kSubmitSm));
  EXPECT_EQ(read_message_id(whole(out)), "abc");

  out.clear();
  append_message_resp(out, CommandId::kSubmitSm, 0x58, 7, "abc");
  EXPECT_EQ(out.size(), kHeaderSize);
  EXPECT_EQ(read_message_id(whole(out)), "");

  out.clear();
  append_message_resp(out, CommandId::kDeliverSm, 0x64, 7, "");
  EXPECT_EQ(out.size(), kHeaderSize + 1);

  out.clear();
  append_bind_resp(out, CommandId::kBindTransceiver, 0, 1, "centre");
  EXPECT_EQ(read_bind_resp(whole(out))->system_id, "centre");
}

TEST(PduTest, SeveralPdusInOneBufferAreTakenOneByOne) {
  std::string out;
  append_header_only(out, CommandId::kEnquireLink, 0, 1);
  append_header_only(out, CommandId::kUnbind, 0, 2);
  const Frame first = next_pdu(out);
  ASSERT_EQ(first.framing, Framing::kWhole);
  EXPECT_EQ(next_pdu(std::string_view(out).substr(first.pdu.header.length)).pdu.header.id, CommandId::kUnbind);
}

TEST(PduTest, AnUnfinishedPduWaitsForMore) {
  std::string out;
  append_short_message(out, CommandId::kSubmitSm, a_message(), {}, 1);
  for (std::size_t size = 0; size < out.size(); ++size) {
    EXPECT_EQ(next_pdu(std::string_view(out).substr(0, size)).framing, Framing::kNeedMore) << size;
  }
}

TEST(PduTest, ImpossibleLengthsBreakTheStream) {
  const auto framing = [](std::string_view octets) { return next_pdu(octets).framing; };
  EXPECT_EQ(framing(std::string_view("\x00\x00\x00\x0F", 4)), Framing::kBroken);
  EXPECT_EQ(framing(std::string_view("\x00\x00\x00\x00", 4)), Framing::kBroken);
  EXPECT_EQ(framing(std::string_view("\x00\x01\x00\x01", 4)), Framing::kBroken);  // 65537
  EXPECT_EQ(framing(std::string_view("\x00\x01\x00\x00", 4)), Framing::kNeedMore);
  EXPECT_EQ(framing("GET / HTTP/1.1\r\n\r\n"), Framing::kBroken);
}

TEST(PduTest, ABodyCutAnywhereIsNotRead) {
  std::string tlvs;
  append_tlv(tlvs, Tag::kMessagePayload, "payload");
  ShortMessage message = a_message();
  message.tlvs = Tlvs::read(tlvs).value();
  std::string out;
  append_short_message(out, CommandId::kDeliverSm, message, {}, 1);
  const std::size_t without_tlvs = out.size() - kHeaderSize - tlvs.size();
  const Pdu pdu = whole(out);
  for (std::size_t size = 0; size < pdu.body.size(); ++size) {
    const auto read = read_short_message({pdu.header, pdu.body.substr(0, size)});
    EXPECT_EQ(read.has_value(), size == without_tlvs) << size;
  }
}

TEST(PduTest, StringsLongerThanTheirFieldAreRefused) {
  Pdu pdu;
  const std::string id(65, 'x');
  pdu.body = id;
  EXPECT_FALSE(read_message_id(pdu));  // no end within 65 octets
  const std::string fits = std::string(64, 'x') + '\0';
  pdu.body = fits;
  EXPECT_EQ(read_message_id(pdu)->size(), 64U);
  const std::string long_name = std::string(16, 's') + std::string(1, '\0');
  pdu.body = long_name;
  EXPECT_FALSE(read_bind(pdu));
}

TEST(PduTest, OptionalParametersRunningOverTheEndAreRefused) {
  EXPECT_FALSE(
      Tlvs::read(std::string_view("\x04\x24\x00\x05"
                                  "abcd",
                                  8)));
  EXPECT_FALSE(Tlvs::read(std::string_view("\x04\x24\x00", 3)));
  EXPECT_TRUE(Tlvs::read(std::string_view("\x04\x24\x00\x00", 4)));
  EXPECT_TRUE(Tlvs::read({}));
}

TEST(PduTest, NoGarbageIsReadBeyondItsEnd) {
  base::Random random(34);
  for (int round = 0; round < 20000; ++round) {
    // Each on the heap in its own size, so that a sanitizer sees any octet too far.
    std::string octets(random.below(120), '\0');
    for (char& c : octets) c = random.one_in(3) ? '\0' : static_cast<char>(random.below(256));
    const Pdu pdu{{}, octets};
    (void)next_pdu(octets);
    (void)read_bind(pdu);
    (void)read_bind_resp(pdu);
    (void)read_message_id(pdu);
    if (const auto data = read_data_message(pdu)) (void)data->tlvs.find(Tag::kMessagePayload);
    if (const auto message = read_short_message(pdu)) {
      ASSERT_LE(message->text.size(), octets.size());
    }
  }
}

}  // namespace
}  // namespace tocsin::sms::smpp
