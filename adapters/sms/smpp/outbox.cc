#include "adapters/sms/smpp/outbox.h"

#include <algorithm>
#include <cstdio>
#include <numeric>
#include <utility>

namespace tocsin::sms::smpp {
namespace {

using model::SendEnd;
using model::SendOutcome;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_dialled(char c) {
  return (c >= '0' && c <= '9') || c == '*' || c == '#';
}

Address source_of(const SmppSettings& settings) {
  std::string_view digits = settings.source_addr;
  const bool international = !digits.empty() && digits.front() == '+';
  const bool name = std::any_of(digits.begin(), digits.end(), is_letter);
  if (international) digits.remove_prefix(1);
  const int ton = settings.source_ton >= 0 ? settings.source_ton : name ? 5 : international ? 1 : 0;
  const int npi = settings.source_npi >= 0 ? settings.source_npi : international ? 1 : 0;
  return {static_cast<std::uint8_t>(ton), static_cast<std::uint8_t>(npi), digits};
}

// SMPP 3.4, 7.1.1.2: relative time "YYMMDDhhmmsstnnR".
std::string relative_time(base::Duration duration) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(duration).count();
  if (seconds <= 0) return {};
  char text[32];
  std::snprintf(text, sizeof text, "0000%02d%02d%02d%02d000R",
                static_cast<int>(std::min(seconds / 86400, std::int64_t{30})), static_cast<int>(seconds / 3600 % 24),
                static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60));
  return text;
}

SendEnd refusal(model::DeliveryId delivery, int part, int parts, std::string why, model::Meaning meaning) {
  return {delivery, part, parts, SendOutcome::kRefused, {}, std::move(why), {}, meaning};
}

// The sar_* parameters of one part.
std::string sar_of(int reference, int part, int parts) {
  const auto byte = [](int value) { return static_cast<char>(value & 0xFF); };
  std::string tlvs;
  append_tlv(tlvs, Tag::kSarMsgRefNum, std::string{byte(reference >> 8), byte(reference)});
  append_tlv(tlvs, Tag::kSarTotalSegments, std::string{byte(parts)});
  append_tlv(tlvs, Tag::kSarSegmentSeqnum, std::string{byte(part)});
  return tlvs;
}

std::uint8_t data_coding_of(Alphabet alphabet) {  // 5.2.19
  switch (alphabet) {
    case Alphabet::kGsm7: return 0;
    case Alphabet::kLatin1: return 3;
    case Alphabet::kUcs2: break;
  }
  return 8;
}

}  // namespace

Outbox::Outbox(const SmppSettings& settings)
    : settings_(settings),
      long_messages_(long_messages_of(settings.long_messages).value_or(LongMessages::kUdh8)),
      carries_(carries_of(settings.alphabets).value_or(Carries{})),
      validity_(relative_time(settings.validity)),
      urgent_validity_(relative_time(settings.urgent_validity)) {
  frame_.source = source_of(settings);
  source_digits_ = frame_.source.digits;
  frame_.source.digits = source_digits_;
  frame_.validity = validity_;
  frame_.registered_delivery = settings.receipts ? 1 : 0;  // 5.2.17: a receipt for success and for failure
}

base::Result<std::shared_ptr<const Outbox::Text>> Outbox::encoded(const ports::OutMessage& message) {
  const std::string_view signature = settings_.signature;
  const bool signed_already = message.text.compare(0, signature.size(), signature) == 0;
  const std::string_view prefix = signed_already ? std::string_view() : signature;
  if (auto text = latest_.lock(); text && text->source.size() == prefix.size() + message.text.size() &&
                                  text->source.compare(0, prefix.size(), prefix) == 0 &&
                                  text->source.compare(prefix.size(), std::string::npos, message.text) == 0) {
    return {std::move(text)};
  }
  std::string source = std::string(prefix) + message.text;
  auto parts = encode_text(source, width_of(long_messages_), carries_);
  if (!parts.ok()) return parts.error();
  EncodedText encoded = std::move(parts).value();
  const bool payload = long_messages_ == LongMessages::kPayload && encoded.parts.size() > 1;
  if (payload) encoded.parts = {std::accumulate(encoded.parts.begin(), encoded.parts.end(), std::string())};
  std::shared_ptr<const Text> text = std::make_shared<Text>(Text{std::move(source), std::move(encoded), payload});
  latest_ = text;
  return {std::move(text)};
}

int Outbox::take(const ports::OutMessage& message, std::vector<SendEnd>& refused) {
  std::string_view digits = message.to;
  const bool international = !digits.empty() && digits.front() == '+';
  if (international) digits.remove_prefix(1);
  if (digits.empty() || digits.size() > 20 || !std::all_of(digits.begin(), digits.end(), is_dialled)) {
    refused.push_back(refusal(message.delivery, 1, 1, "not a number that SMPP can carry", model::Meaning::kBadNumber));
    return 1;
  }
  const auto text = encoded(message);
  if (!text.ok()) {
    refused.push_back(refusal(message.delivery, 1, 1, text.error().message, model::Meaning::kCannotCarry));
    return 1;
  }
  const int parts = static_cast<int>((*text)->encoded.parts.size());
  const auto append = [&](int part) {
    waiting_.push_back({message.delivery, std::string(digits), international, part, message.reference,
                        priority_of(message.urgency), *text});
  };
  if (message.parts.empty()) {
    for (int part = 1; part <= parts; ++part) append(part);
    return parts;
  }
  for (const int part : message.parts) {
    if (part >= 1 && part <= parts) {
      append(part);
    } else {
      refused.push_back(
          refusal(message.delivery, part, parts, "the text has no such part", model::Meaning::kBadRequest));
    }
  }
  return static_cast<int>(message.parts.size());
}

void Outbox::write_first(std::string& out, InFlightTable& in_flight, base::SteadyTime now, std::uint64_t turn) {
  const Part& part = waiting_.front();
  const EncodedText& encoded = part.text->encoded;
  const int parts = static_cast<int>(encoded.parts.size());
  ShortMessage message = frame_;
  message.destination.ton = static_cast<std::uint8_t>(part.international ? settings_.destination_ton : 0);
  message.destination.npi = static_cast<std::uint8_t>(part.international ? settings_.destination_npi : 1);
  message.destination.digits = part.digits;
  message.priority = static_cast<std::uint8_t>(std::min(part.priority, settings_.highest_priority));
  if (part.priority == 3 && !urgent_validity_.empty()) message.validity = urgent_validity_;
  message.data_coding = data_coding_of(encoded.alphabet);
  const std::string& octets = encoded.parts[static_cast<std::size_t>(part.part - 1)];
  std::string header, tlvs;
  if (part.text->payload) {
    append_tlv(tlvs, Tag::kMessagePayload, octets);
  } else {
    message.text = octets;
    if (parts > 1 && long_messages_ == LongMessages::kSar) {
      tlvs = sar_of(part.reference, part.part, parts);
    } else if (parts > 1) {
      const bool wide = long_messages_ == LongMessages::kUdh16;
      header =
          concatenation_header(part.reference, part.part, parts, wide ? ReferenceWidth::k16Bit : ReferenceWidth::k8Bit);
      message.esm_class = kUdhi;
    }
  }
  message.tlvs = Tlvs::read(tlvs).value_or(Tlvs());
  const std::uint32_t sequence = in_flight.add({0, part.delivery, part.part, parts, now, turn});
  append_short_message(out, CommandId::kSubmitSm, message, header, sequence);
  waiting_.pop_front();
}

void Outbox::give_back(std::vector<SendEnd>& ends, const std::string& why, base::Duration retry_after) {
  for (const Part& part : waiting_) {
    const int parts = static_cast<int>(part.text->encoded.parts.size());
    ends.push_back(
        {part.delivery, part.part, parts, SendOutcome::kRetry, {}, why, retry_after, model::Meaning::kGivenBack});
  }
  waiting_.clear();
}

}  // namespace tocsin::sms::smpp
