#include "adapters/sms/smpp/incoming.h"

#include <algorithm>
#include <utility>

namespace tocsin::sms::smpp {
namespace {

std::uint64_t token_of(Owed owed) {
  return std::uint64_t{static_cast<std::uint32_t>(owed.request)} << 32U | owed.sequence;
}

Owed owed_of(std::uint64_t token) {
  return {static_cast<CommandId>(static_cast<std::uint32_t>(token >> 32U)), static_cast<std::uint32_t>(token)};
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// SMPP's own way to number parts (5.3.2.22 to 5.3.2.24), when all three are there and make sense.
std::optional<Concatenation> sar_of(const Tlvs& tlvs) {
  const auto reference = tlvs.number(Tag::kSarMsgRefNum);
  const auto parts = tlvs.number(Tag::kSarTotalSegments);
  const auto part = tlvs.number(Tag::kSarSegmentSeqnum);
  if (!reference || !parts || !part || *part < 1 || *part > *parts || *parts > kMostParts) return std::nullopt;
  return Concatenation{static_cast<int>(*reference & 0xFFFFU), ReferenceWidth::k16Bit, static_cast<int>(*part),
                       static_cast<int>(*parts)};
}

}  // namespace

ShortMessage as_short_message(const DataMessage& data) {
  ShortMessage message;
  message.service_type = data.service_type;
  message.source = data.source;
  message.destination = data.destination;
  message.esm_class = data.esm_class;
  message.registered_delivery = data.registered_delivery;
  message.data_coding = data.data_coding;
  message.tlvs = data.tlvs;
  message.text = data.tlvs.find(Tag::kMessagePayload).value_or(std::string_view());
  return message;
}

bool Incoming::take(const ShortMessage& message, Owed owed, base::SteadyTime now) {
  if (!is_receipt(message)) {
    take_text(message, owed, now);
    return true;
  }
  auto receipt = read_receipt(message, settings_.message_ids);
  if (!receipt) return false;
  receipts.push_back(std::move(*receipt));
  receipts_owed.push_back(owed);
  return true;
}

void Incoming::take_text(const ShortMessage& message, Owed owed, base::SteadyTime now) {
  UserData data{{}, message.text, sar_of(message.tlvs)};
  if ((message.esm_class & kUdhi) != 0) data = split_user_data(message.text);
  std::string from = number_of(message.source), to = number_of(message.destination);
  if (data.concatenation && data.concatenation->parts > 1) {
    add_joined(reassembly_.add({std::move(from), std::move(to), *data.concatenation, std::string(data.header),
                                std::string(data.body), message.data_coding, token_of(owed)},
                               now));
    return;
  }
  arrived.push_back(
      {{-1, std::move(from), std::move(to), decode_text(message.data_coding, data.body), std::string(data.header)},
       {owed}});
}

void Incoming::expire(base::SteadyTime now) {
  add_joined(reassembly_.expired(now));
}

void Incoming::add_joined(std::vector<JoinedMessage> joined) {
  for (JoinedMessage& one : joined) {
    Arrived whole{{-1, std::move(one.from), std::move(one.to), std::move(one.text), std::move(one.header)}, {}};
    for (const std::uint64_t token : one.tokens) whole.owed.push_back(owed_of(token));
    arrived.push_back(std::move(whole));
  }
}

std::string Incoming::number_of(const Address& address) const {
  constexpr std::uint8_t kInternational = 1;
  constexpr std::size_t kShortestMobile = 11;
  const std::string_view digits = address.digits;
  if (!all_digits(digits)) return std::string(digits);
  if (address.ton == kInternational) return "+" + std::string(digits);
  if (digits.size() >= kShortestMobile) {
    const auto number = base::parse_phone_number(digits, settings_.dialing);
    if (number.ok() && number->kind == base::PhoneKind::kMobile) return number->e164;
  }
  return std::string(digits);
}

}  // namespace tocsin::sms::smpp
