// Any bytes as a stream of PDUs: never a read beyond the end, and what can be read and written again means the same.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "adapters/sms/smpp/incoming.h"
#include "adapters/sms/smpp/pdu.h"

namespace {

namespace smpp = tocsin::sms::smpp;

void require(bool holds) {
  if (!holds) std::abort();
}

void read_again(const smpp::Pdu& pdu, const smpp::ShortMessage& message) {
  require(message.source.digits.size() <= 20 && message.destination.digits.size() <= 20);
  if (message.text.size() > smpp::kLongestShortMessage) return;
  smpp::ShortMessage plain = message;
  plain.tlvs = {};
  std::string out;
  smpp::append_short_message(out, smpp::CommandId::kDeliverSm, plain, {}, pdu.header.sequence);
  const smpp::Frame frame = smpp::next_pdu(out);
  require(frame.framing == smpp::Framing::kWhole && frame.pdu.header.length == out.size());
  const auto again = smpp::read_short_message(frame.pdu);
  require(again.has_value());
  require(again->text == message.text && again->source.digits == message.source.digits);
  require(again->validity == message.validity && again->data_coding == message.data_coding);
}

void walk(smpp::Tlvs tlvs) {
  std::size_t octets = 0;
  const std::size_t all = tlvs.octets().size();
  while (const auto tlv = tlvs.pop()) octets += 4 + tlv->value.size();
  require(octets == all);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const tocsin::sms::SmppSettings settings;
  smpp::Incoming incoming(settings);
  std::string_view stream(reinterpret_cast<const char*>(data), size);
  while (true) {
    const smpp::Frame frame = smpp::next_pdu(stream);
    if (frame.framing != smpp::Framing::kWhole) break;
    const smpp::Pdu& pdu = frame.pdu;
    require(pdu.header.length >= smpp::kHeaderSize && pdu.header.length <= stream.size());
    (void)smpp::read_bind(pdu);
    (void)smpp::read_message_id(pdu);
    if (const auto resp = smpp::read_bind_resp(pdu)) walk(resp->tlvs);
    const smpp::Owed owed{pdu.header.id, pdu.header.sequence, 1};
    if (const auto message = smpp::read_short_message(pdu)) {
      walk(message->tlvs);
      read_again(pdu, *message);
      (void)incoming.take(*message, owed, {});
    }
    if (const auto message = smpp::read_data_message(pdu)) {
      (void)incoming.take(smpp::as_short_message(*message), owed, {});
    }
    stream.remove_prefix(pdu.header.length);
  }
  incoming.expire(tocsin::base::SteadyTime{std::chrono::hours(1)});
  return 0;
}
