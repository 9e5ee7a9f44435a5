#include "gateway/model/link_token.h"

#include "gateway/base/digest.h"
#include "gateway/base/encoding.h"
#include "gateway/base/text.h"

namespace tocsin::model {
namespace {

constexpr std::size_t kBytes = 12;

std::string signed_with(const LinkPurpose& purpose, std::string_view key, const std::string& what) {
  const auto digest = base::digest(std::string(purpose.name) + ":" + what, key);
  return what + std::string(base::as_bytes(digest).substr(0, purpose.mac_bytes));
}

}  // namespace

std::string link_token(const LinkPurpose& purpose, const LinkNumbers& numbers, std::string_view key) {
  const auto what =
      base::big_endian(static_cast<std::uint64_t>(numbers.first), 8) + base::big_endian(numbers.second, 4);
  return base::to_base64url(signed_with(purpose, key, what));
}

std::optional<LinkNumbers> read_link_token(const LinkPurpose& purpose, std::string_view token, std::string_view key) {
  const auto bytes = base::from_base64url(token);
  if (!bytes || bytes->size() != kBytes + purpose.mac_bytes) return std::nullopt;
  const auto what = bytes->substr(0, kBytes);
  if (!base::equal_secrets(*bytes, signed_with(purpose, key, what))) return std::nullopt;
  const std::string_view numbers = what;
  return LinkNumbers{static_cast<std::int64_t>(base::from_big_endian(numbers.substr(0, 8))),
                     static_cast<std::uint32_t>(base::from_big_endian(numbers.substr(8)))};
}

}  // namespace tocsin::model
