#include "gateway/model/alert_link.h"

#include <cstdint>

#include "gateway/base/digest.h"
#include "gateway/base/encoding.h"
#include "gateway/base/text.h"

namespace tocsin::model {
namespace {

constexpr std::size_t kBytes = 12, kMac = 10;

std::string signed_with(std::string_view key, const std::string& what) {
  const auto digest = base::digest("alert-link:" + what, key);
  return what + std::string(base::as_bytes(digest).substr(0, kMac));
}

}  // namespace

std::string alert_token(AlertId alert, std::string_view key) {
  const auto ends = base::time_of_id(alert.value) + kAlertLinkLives;
  const auto what = base::big_endian(static_cast<std::uint64_t>(alert.value), 8) +
                    base::big_endian(static_cast<std::uint64_t>(base::to_micros(ends) / 1'000'000), 4);
  return base::to_base64url(signed_with(key, what));
}

std::optional<AlertId> read_alert_token(std::string_view token, std::string_view key, base::UtcTime now) {
  if (token.size() != kAlertTokenLength) return std::nullopt;
  const auto bytes = base::from_base64url(token);
  if (!bytes || bytes->size() != kBytes + kMac) return std::nullopt;
  const auto what = bytes->substr(0, kBytes);
  if (!base::equal_secrets(*bytes, signed_with(key, what))) return std::nullopt;
  const auto ends = static_cast<std::int64_t>(base::from_big_endian(std::string_view(what).substr(8)));
  if (base::to_micros(now) / 1'000'000 >= ends) return std::nullopt;
  return AlertId{static_cast<std::int64_t>(base::from_big_endian(std::string_view(what).substr(0, 8)))};
}

}  // namespace tocsin::model
