// Any bytes as what a provider posts, a form or JSON by the first octet.  Whatever is read is bounded, names no number
// where a code stands, and is UTF-8.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "adapters/sms/http/callback.h"
#include "gateway/base/text.h"

namespace {

namespace http = tocsin::sms::http;

void require(bool holds) {
  if (!holds) std::abort();
}

http::Callbacks described(std::uint8_t how) {
  http::Callbacks callbacks;
  callbacks.receipts = callbacks.messages = true;
  callbacks.form = (how & 1U) != 0;
  const std::string slash = callbacks.form ? "" : "/";
  callbacks.list = (how & 2U) != 0 ? "/list" : "";
  callbacks.receipt.id = slash + "id";
  callbacks.receipt.status = slash + "status";
  callbacks.receipt.code = slash + "code";
  callbacks.receipt.delivered = {"DELIVRD", "true"};
  callbacks.message.id = slash + "id";
  callbacks.message.from = slash + "from";
  callbacks.message.to = slash + "to";
  callbacks.message.text = slash + "text";
  return callbacks;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  const std::string_view body(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto read = http::read_callback(described(data[0]), body, {});
  if (!read) return 0;
  require(read->receipts.size() + read->messages.size() <= 1000);
  for (const auto& receipt : read->receipts) {
    require(!receipt.carrier_id.empty() && receipt.carrier_id.size() <= 128);
    require(receipt.error.size() <= 200 && tocsin::base::is_utf8(receipt.error));
  }
  for (const auto& message : read->messages) {
    require(tocsin::base::is_utf8(message.text) && message.text.size() <= 4096);
    require(!message.from.empty() && message.from.size() <= 64 && message.udh.size() <= 131);
  }
  return 0;
}
