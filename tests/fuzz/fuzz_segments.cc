// Any bytes as text to send, and as user data that came in.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "adapters/sms/reassembly.h"
#include "adapters/sms/segments.h"
#include "gateway/base/text.h"

namespace {

namespace sms = tocsin::sms;

void require(bool holds) {
  if (!holds) std::abort();
}

std::uint8_t data_coding(sms::Alphabet alphabet) {
  return alphabet == sms::Alphabet::kGsm7 ? 0 : alphabet == sms::Alphabet::kLatin1 ? 3 : 8;
}

void send(std::string_view text, sms::Carries carries) {
  for (const auto width : {sms::ReferenceWidth::k8Bit, sms::ReferenceWidth::k16Bit}) {
    const auto encoded = sms::encode_text(text, width, carries);
    if (!encoded.ok()) continue;
    require(!encoded->parts.empty() && encoded->parts.size() <= sms::kMostParts);
    std::string back;
    for (const std::string& part : encoded->parts) {
      require(part.size() <= (encoded->alphabet == sms::Alphabet::kGsm7 ? 160U : 140U));
      back += sms::decode_text(data_coding(encoded->alphabet), part);
    }
    require(back == text);
  }
}

void receive(std::string_view octets) {
  for (const int coding : {0, 1, 3, 4, 8, 0xF0, 0xF5}) {
    const std::string text = sms::decode_text(static_cast<std::uint8_t>(coding), octets);
    require(tocsin::base::is_utf8(text));
  }
  const sms::UserData data = sms::split_user_data(octets);
  require(data.header.size() + data.body.size() == octets.size());
  if (!data.concatenation) return;
  sms::Reassembly reassembly(std::chrono::seconds(1));
  auto ready =
      reassembly.add({"a", "b", *data.concatenation, std::string(data.header), std::string(data.body), 8, 1}, {});
  const bool whole = data.concatenation->parts == 1;
  require(ready.size() == (whole ? 1U : 0U));
  require(reassembly.expired(tocsin::base::SteadyTime{std::chrono::hours(1)}).size() == (whole ? 0U : 1U));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view octets(reinterpret_cast<const char*>(data), size);
  send(octets, {});
  send(octets, {false, true, true});
  send(octets, {true, true, false});
  receive(octets);
  return 0;
}
