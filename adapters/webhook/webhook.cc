#include "adapters/webhook/webhook.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "adapters/transfer/hmac.h"
#include "gateway/base/encoding.h"
#include "gateway/base/ids.h"
#include "gateway/base/text.h"

namespace tocsin::webhook {
namespace {

constexpr std::string_view kScheme = "https://";
constexpr std::size_t kLongestUrl = 2048;

// https://host... without user, password, fragment, or anything but printable ASCII.
bool is_address(std::string_view url) {
  if (url.size() > kLongestUrl || url.substr(0, kScheme.size()) != kScheme) return false;
  const auto rest = url.substr(kScheme.size());
  const auto host = rest.substr(0, rest.find_first_of("/?"));
  if (host.empty() || host.find('@') != std::string_view::npos) return false;
  return std::all_of(rest.begin(), rest.end(), [](char c) { return c > 0x20 && c < 0x7F && c != '#' && c != '\\'; });
}

std::string body_of(const ports::OutMessage& message, const std::string& id, const std::string& text,
                    base::UtcTime now) {
  const nlohmann::ordered_json body = {
      {"type", "message"},
      {"timestamp", base::to_rfc3339(now)},
      {"data", {{"id", id}, {"text", text}, {"urgency", message.urgency}}},
  };
  return body.dump();
}

}  // namespace

base::Result<std::string> secret_of(const std::string& text) {
  constexpr std::string_view kPrefix = "whsec_";
  constexpr std::size_t kLeast = 24, kMost = 64;  // octets: Standard Webhooks 1.0.0, "Signature scheme"
  std::string key = text;
  if (text.compare(0, kPrefix.size(), kPrefix) == 0) {
    auto octets = base::from_base64(std::string_view(text).substr(kPrefix.size()));
    if (!octets) return base::invalid("a secret that begins with whsec_ goes on in base64");
    key = std::move(*octets);
  }
  if (key.size() < kLeast || key.size() > kMost) return base::invalid("a secret has 24 to 64 octets");
  return key;
}

base::Result<transfer::Transfer> WebhookCourier::wrap(const ports::OutMessage& message, base::UtcTime now) {
  if (!is_address(message.to)) return base::invalid("not an https address");
  if (!base::is_utf8(message.text)) return base::invalid("the text is not UTF-8");
  const std::string id = base::to_base32(message.delivery.value);
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count();
  const std::string timestamp = std::to_string(seconds);
  transfer::Request request;
  request.url = message.to;
  request.body = body_of(message, id, base::begun_with(settings_.signature, message.text), now);
  const auto digest = transfer::hmac_sha256(settings_.secret, id + "." + timestamp + "." + request.body);
  request.headers = {"Content-Type: application/json", "webhook-id: " + id, "webhook-timestamp: " + timestamp,
                     "webhook-signature: v1," + base::to_base64(digest)};
  return transfer::Transfer{std::move(request)};
}

transfer::Judged WebhookCourier::judge(const ports::OutMessage& message, const transfer::Ended& ended) {
  return {transfer::outcome_of_http(ended), base::to_base32(message.delivery.value), {}};
}

std::unique_ptr<ports::Sender> make_webhook_link(WebhookSettings settings) {
  auto link = settings.link;
  return std::make_unique<transfer::TransferLink>(std::move(link),
                                                  std::make_unique<WebhookCourier>(std::move(settings)));
}

}  // namespace tocsin::webhook
