#include "adapters/sms/http/callback.h"

#include <algorithm>

#include "adapters/sms/http/body.h"
#include "gateway/base/text.h"

namespace tocsin::sms::http {
namespace {

constexpr std::size_t kMostNumber = 64, kMostText = 4096;  // octets; a text of ten short messages and more

model::ReceiptState state_of(const Callbacks& callbacks, const std::string& status) {
  if (is_among(callbacks.receipt.delivered, status)) return model::ReceiptState::kDelivered;
  if (is_among(callbacks.receipt.undelivered, status)) return model::ReceiptState::kUndelivered;
  return model::ReceiptState::kOnItsWay;
}

// Odd rather than lost: an answer in an alphabet of yesterday still has its digits.
std::string valid(const std::string& text) {
  return base::is_utf8(text) ? text : base::to_valid_utf8(text);
}

// At most so many octets, cut at a character.
std::string begun(std::string text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0U) == 0x80U) --most;
  text.resize(most);
  return text;
}

}  // namespace

base::Result<CalledBack> read_callback(const Callbacks& callbacks, std::string_view body,
                                       const base::DialingRules& dialing) {
  const Body read(body, callbacks.form, callbacks.list);
  if (!read.read()) return base::invalid("not what the provider's file describes");
  CalledBack out;
  for (std::size_t i = 0; i < read.entries(); ++i) {
    const auto find = [&](const std::string& where) { return read.find(i, where).value_or(""); };
    if (const auto text = read.find(i, callbacks.message.text); callbacks.messages && text) {
      const auto from = valid(find(callbacks.message.from)), to = valid(find(callbacks.message.to));
      if (from.empty() || from.size() > kMostNumber) {
        from.empty() ? ++out.without_sender : ++out.with_long_sender;
        continue;
      }
      model::InboundMessage message;
      message.from = base::number_on_air(from, dialing);
      if (to.size() <= kMostNumber) message.to = base::number_on_air(to, dialing);
      message.text = begun(valid(*text), kMostText);
      const auto id = find(callbacks.message.id);
      if (is_token(id, kLongestId)) message.udh = "id " + id;  // posted again it is the same message
      out.messages.push_back(std::move(message));
      continue;
    }
    const auto id = find(callbacks.receipt.id), status = find(callbacks.receipt.status);
    if (!callbacks.receipts || !is_token(id, kLongestId) || status.empty()) continue;
    model::Receipt receipt{id, state_of(callbacks, status), shown_code(status), model::Meaning::kNone};
    if (const auto code = find(callbacks.receipt.code); !code.empty()) receipt.error += " code " + shown_code(code);
    out.receipts.push_back(std::move(receipt));
  }
  return out;
}

}  // namespace tocsin::sms::http
