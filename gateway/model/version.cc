#include "gateway/model/version.h"

#include <algorithm>
#include <charconv>

namespace tocsin::model {

Version version_of(const Incident& incident) {
  return {incident.id.value, incident.revision};
}

Version version_of(const Task& task) {
  return {task.id.value, static_cast<std::int64_t>(task.state)};
}

Version version_of(const Alert& alert) {
  const std::int64_t answered = alert.answered_at ? base::to_micros(*alert.answered_at) : 0;
  return {alert.id.value, answered * 2 + (alert.state == AlertState::kWithdrawn ? 1 : 0)};
}

Version version_of(std::span<const DeliveryId> lines) {
  Version version;
  for (const DeliveryId line : lines) version.id = std::max(version.id, line.value);
  version.number = static_cast<std::int64_t>(lines.size());
  return version;
}

base::Status check(const Expected& expected, const Version& now) {
  if (expected.empty() || std::find(expected.begin(), expected.end(), now) != expected.end()) return base::Done{};
  return base::Error{base::ErrorCode::kChanged, "somebody changed it meanwhile: read it again, then decide", {}};
}

std::string to_text(const Version& version) {
  return base::to_base32(version.id) + "-" + std::to_string(version.number);
}

std::optional<Version> parse_version(std::string_view text) {
  const auto dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto id = base::from_base32(text.substr(0, dash));
  const std::string_view digits = text.substr(dash + 1);
  Version version;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), version.number);
  if (!id || digits.empty() || error != std::errc{} || end != digits.data() + digits.size() || version.number < 0) {
    return std::nullopt;
  }
  version.id = *id;
  return version;
}

}  // namespace tocsin::model
