#include "adapters/sms/smpp/incoming.h"

#include <algorithm>
#include <utility>

namespace tocsin::sms::smpp {
namespace {

// A token of the reassembly: data_sm or deliver_sm, the connection, the sequence number.
constexpr std::uint64_t kIsDataSm = std::uint64_t{1} << 63U;

std::uint64_t token_of(Owed owed) {
  return (owed.request == CommandId::kDataSm ? kIsDataSm : 0) | std::uint64_t{owed.connection & 0x7FFFFFFFU} << 32U |
         owed.sequence;
}

Owed owed_of(std::uint64_t token) {
  return {(token & kIsDataSm) != 0 ? CommandId::kDataSm : CommandId::kDeliverSm, static_cast<std::uint32_t>(token),
          static_cast<std::uint32_t>(token >> 32U & 0x7FFFFFFFU)};
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

bool Incoming::take(const ShortMessage& message, Owed owed, base::SteadyTime now, std::uint64_t turn) {
  if (!is_receipt(message)) {
    take_text(message, owed, now);
    return true;
  }
  auto receipt = read_receipt(message, dialect_);
  if (!receipt) return false;
  receipts_.push_back({turn, std::move(*receipt), owed});
  return true;
}

void Incoming::take_text(const ShortMessage& message, Owed owed, base::SteadyTime now) {
  UserData data{{}, message.text, std::nullopt};
  if ((message.esm_class & kUdhi) != 0) data = split_user_data(message.text);
  if (!data.concatenation) data.concatenation = sar_of(message.tlvs);
  std::string from = number_of(message.source), to = number_of(message.destination);
  if (data.concatenation && data.concatenation->parts > 1) {
    add_joined(reassembly_.add({std::move(from), std::move(to), *data.concatenation, std::string(data.header),
                                std::string(data.body), message.data_coding, token_of(owed)},
                               now));
    return;
  }
  add({{-1, std::move(from), std::move(to), decode_text(message.data_coding, data.body), std::string(data.header)},
       {owed}});
}

void Incoming::forget_parts(std::uint32_t connection) {
  reassembly_.forget([connection](std::uint64_t token) { return owed_of(token).connection == connection; });
}

std::vector<model::Receipt> Incoming::ready_receipts(std::uint64_t oldest_turn, std::vector<Owed>& owed) {
  std::vector<model::Receipt> ready;
  while (!receipts_.empty() && receipts_.front().turn <= oldest_turn) {
    ready.push_back(std::move(receipts_.front().receipt));
    owed.push_back(receipts_.front().owed);
    receipts_.pop_front();
  }
  return ready;
}

std::vector<Arrived> Incoming::ready_messages() {
  arrived_octets_ = 0;
  return std::exchange(arrived_, {});
}

void Incoming::add(Arrived arrived) {
  arrived_octets_ += arrived.message.text.size();
  arrived_.push_back(std::move(arrived));
}

void Incoming::expire(base::SteadyTime now) {
  add_joined(reassembly_.expired(now));
}

void Incoming::add_joined(std::vector<JoinedMessage> joined) {
  for (JoinedMessage& one : joined) {
    Arrived whole{{-1, std::move(one.from), std::move(one.to), std::move(one.text), std::move(one.header)}, {}};
    for (const std::uint64_t token : one.tokens) whole.owed.push_back(owed_of(token));
    add(std::move(whole));
  }
}

std::string Incoming::number_of(const Address& address) const {
  constexpr std::uint8_t kInternational = 1;
  const std::string_view digits = address.digits;
  if (!all_digits(digits)) return std::string(digits);
  if (address.ton == kInternational) return "+" + std::string(digits);
  return base::number_on_air(digits, settings_.dialing);
}

}  // namespace tocsin::sms::smpp
