#include "gateway/model/alert_link.h"

#include <cstdint>

#include "gateway/base/ids.h"
#include "gateway/model/link_token.h"

namespace tocsin::model {
namespace {

constexpr LinkPurpose kPurpose{"alert-link", 10};

}  // namespace

std::string alert_token(AlertId alert, std::string_view key) {
  const auto ends = base::time_of_id(alert.value) + kAlertLinkLives;
  return link_token(kPurpose, {alert.value, static_cast<std::uint32_t>(base::to_micros(ends) / 1'000'000)}, key);
}

std::optional<AlertId> read_alert_token(std::string_view token, std::string_view key, base::UtcTime now) {
  if (token.size() != kAlertTokenLength) return std::nullopt;
  const auto numbers = read_link_token(kPurpose, token, key);
  if (!numbers || base::to_micros(now) / 1'000'000 >= numbers->second) return std::nullopt;
  return AlertId{numbers->first};
}

}  // namespace tocsin::model
