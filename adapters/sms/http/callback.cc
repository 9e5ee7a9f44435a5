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

// E.164 where it is a phone: a service's short number must not be completed to somebody's landline.
std::string number_of(const std::string& written, const base::DialingRules& dialing) {
  constexpr std::size_t kShortestMobile = 11;
  if (written.size() < kShortestMobile) return written;
  const auto number = base::parse_phone_number(written, dialing);
  if (number && (written[0] == '+' || number->kind == base::PhoneKind::kMobile)) return number->e164;
  const auto whole = base::parse_phone_number("+" + written, dialing);  // "8614400000017"
  return whole && whole->certain ? whole->e164 : written;
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
      const auto from = find(callbacks.message.from), to = find(callbacks.message.to);
      const bool good = !from.empty() && from.size() <= kMostNumber && to.size() <= kMostNumber &&
                        text->size() <= kMostText && base::is_utf8(*text) && base::is_utf8(from) && base::is_utf8(to);
      if (!good) continue;
      model::InboundMessage message;
      message.from = number_of(from, dialing);
      message.to = to.empty() ? "" : number_of(to, dialing);
      message.text = *text;
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
