// Any bytes as a delivery receipt: the first octet chooses the dialect, the second how many octets are optional
// parameters.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "adapters/sms/smpp/receipt.h"

namespace {

namespace smpp = tocsin::sms::smpp;

void require(bool holds) {
  if (!holds) std::abort();
}

int longest_run_of_digits(std::string_view text) {
  int longest = 0, run = 0;
  for (const char c : text) {
    run = c >= '0' && c <= '9' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const auto dialect = static_cast<smpp::IdDialect>(data[0] % 3);
  const std::string_view rest(reinterpret_cast<const char*>(data) + 2, size - 2);
  const std::size_t cut = std::min<std::size_t>(data[1], rest.size());
  smpp::ShortMessage message;
  message.esm_class = (data[0] & 0x80U) != 0 ? smpp::kIntermediateNotification : smpp::kDeliveryReceipt;
  message.text = rest.substr(cut);
  if (const auto tlvs = smpp::Tlvs::read(rest.substr(0, cut))) message.tlvs = *tlvs;
  const auto receipt = smpp::read_receipt(message, dialect);
  if (!receipt) return 0;
  require(!receipt->carrier_id.empty() && receipt->carrier_id.size() <= 64);
  require(receipt->error.size() <= 64 && longest_run_of_digits(receipt->error) <= 6);
  // Normal forms are normal: once more changes nothing.
  const auto same = smpp::IdDialect::kSame;
  require(smpp::normal_id(receipt->carrier_id, same, smpp::IdSource::kResponse) == receipt->carrier_id);
  return 0;
}
