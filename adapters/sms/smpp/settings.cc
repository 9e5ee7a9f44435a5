#include "adapters/sms/smpp/settings.h"

#include <algorithm>

#include "adapters/sms/segments.h"

#include "gateway/base/text.h"

namespace tocsin::sms {
namespace {

using base::Duration;

base::Status wrong(const char* field, const char* why) {
  return base::invalid(why, field);
}

}  // namespace

namespace smpp {

std::vector<BindRole> roles_of(std::string_view bind) {
  if (bind == "transceiver") return {BindRole::kTransceiver};
  if (bind == "transmitter+receiver") return {BindRole::kTransmitter, BindRole::kReceiver};
  return {};
}

std::optional<IdDialect> dialect_of(std::string_view message_ids) {
  if (message_ids == "same") return IdDialect::kSame;
  if (message_ids == "hex response") return IdDialect::kResponseIsHex;
  if (message_ids == "hex receipt") return IdDialect::kReceiptIsHex;
  return std::nullopt;
}

std::optional<LongMessages> long_messages_of(std::string_view name) {
  if (name == "udh8") return LongMessages::kUdh8;
  if (name == "udh16") return LongMessages::kUdh16;
  if (name == "sar") return LongMessages::kSar;
  if (name == "payload") return LongMessages::kPayload;
  return std::nullopt;
}

ReferenceWidth width_of(LongMessages way) {
  const bool wide = way == LongMessages::kUdh16 || way == LongMessages::kSar;
  return wide ? ReferenceWidth::k16Bit : ReferenceWidth::k8Bit;
}

int priority_of(model::Urgency urgency) {
  if (urgency < model::kLowestLevelUrgency) return 0;
  return std::clamp(urgency - model::kLowestLevelUrgency, 1, 3);
}

}  // namespace smpp

base::Status check(const SmppSettings& settings) {
  const auto plain = [](const std::string& text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
  };
  if (settings.name.empty()) return wrong("name", "a link needs a name");
  if (settings.host.empty()) return wrong("host", "the centre's host is missing");
  if (settings.port < 1 || settings.port > 65535) return wrong("port", "the port is 1 to 65535");
  if (!settings.tls && !settings.ca_file.empty()) return wrong("ca_file", "is for tls = true");
  if (smpp::roles_of(settings.bind).empty()) return wrong("bind", "transceiver or transmitter+receiver");
  if (settings.binds < 1 || settings.binds > kMostBinds) return wrong("binds", "1 to 16");
  if (!smpp::dialect_of(settings.message_ids)) return wrong("message_ids", "same, hex response or hex receipt");
  if (settings.system_id.size() > 15 || !plain(settings.system_id)) {
    return wrong("system_id", "at most 15 ASCII characters (SMPP 3.4, 5.2.1)");
  }
  if (settings.password.size() > 8 || !plain(settings.password)) {
    return wrong("password", "at most 8 ASCII characters (SMPP 3.4, 5.2.2)");
  }
  if (settings.system_type.size() > 12 || !plain(settings.system_type)) {
    return wrong("system_type", "at most 12 ASCII characters (SMPP 3.4, 5.2.3)");
  }
  if (settings.source_addr.size() > 20 || !plain(settings.source_addr)) {
    return wrong("source_addr", "at most 20 ASCII characters (SMPP 3.4, 5.2.8)");
  }
  if (settings.window < 1 || settings.window > 10000) return wrong("window", "1 to 10000");
  if (settings.rate < 0 || settings.rate > 1000000) return wrong("rate", "0 (no limit) to 1000000");
  if (settings.enquire_link <= Duration::zero()) return wrong("enquire_link", "longer than nothing");
  if (settings.response_timeout <= Duration::zero()) return wrong("response_timeout", "longer than nothing");
  if (settings.connect_timeout <= Duration::zero()) return wrong("connect_timeout", "longer than nothing");
  if (settings.reconnect_min <= Duration::zero() || settings.reconnect_max < settings.reconnect_min) {
    return wrong("reconnect_min", "longer than nothing, and not above reconnect_max");
  }
  constexpr Duration kLongestValidity = std::chrono::hours(30 * 24);
  if (settings.validity > kLongestValidity) return wrong("validity", "at most 30 days");
  if (settings.urgent_validity > kLongestValidity) return wrong("urgent_validity", "at most 30 days");
  if (settings.highest_priority < 0 || settings.highest_priority > 3) return wrong("highest_priority", "0 to 3");
  if (!carries_of(settings.alphabets)) return wrong("alphabets", "of gsm7, latin1 and ucs2, with commas between");
  if (!smpp::long_messages_of(settings.long_messages)) return wrong("long_messages", "udh8, udh16, sar or payload");
  if (settings.most_unacknowledged < 1) return wrong("most_unacknowledged", "at least 1");
  return base::Done{};
}

base::Result<EncodedText> cut_text(const SmppSettings& settings, std::string_view text) {
  const auto way = smpp::long_messages_of(settings.long_messages).value_or(smpp::LongMessages::kUdh8);
  return encode_text(base::begun_with(settings.signature, text), smpp::width_of(way),
                     carries_of(settings.alphabets).value_or(Carries{}));
}

}  // namespace tocsin::sms
