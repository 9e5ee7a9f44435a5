// Messages to programs: one signed POST per message, to the https:// address of the contact.
//
// Named and signed as Standard Webhooks 1.0.0 has it (standardwebhooks.com), so that receivers find a library:
//   webhook-id         the delivery's id, the same for a repeat: whoever has seen it has seen the message
//   webhook-timestamp  seconds since 1970-01-01T00:00:00Z
//   webhook-signature  "v1," + base64(HMAC-SHA256(secret, id + "." + timestamp + "." + body))
// The body is JSON: {"type": "message", "timestamp": RFC 3339, "data": {"id", "text", "urgency"}}.
// 2xx is an acceptance, whatever the answer's body; further ends in adapters/transfer/outcome.h.  410 is a refusal as
// other 4xx are; nobody is struck off the directory for it.  No receipts, no answers; texts may hold links.
//
// A receiver that is down is none of the others' business: the link itself is always up.
#pragma once

#include <memory>
#include <string>

#include "adapters/transfer/link.h"

namespace tocsin::webhook {

struct WebhookSettings {
  transfer::LinkSettings link;
  std::string secret;     // as secret_of() made it
  std::string signature;  // put before each text; empty = none
};

// The key that a secret's text stands for: "whsec_" and base64 of 24 to 64 octets, or 24 to 64 octets as they are.
[[nodiscard]] base::Result<std::string> secret_of(const std::string& text);

class WebhookCourier final : public transfer::Courier {
 public:
  explicit WebhookCourier(WebhookSettings settings) : settings_(std::move(settings)) {}

  [[nodiscard]] model::Channel channel() const override { return model::Channel::kWebhook; }
  [[nodiscard]] ports::LinkCan can() const override { return {false, false, true}; }
  base::Result<transfer::Transfer> wrap(const ports::OutMessage& message, base::UtcTime now) override;
  transfer::Judged judge(const ports::OutMessage& message, const transfer::Ended& ended) override;
  std::optional<transfer::Transfer> probe() override { return std::nullopt; }

 private:
  const WebhookSettings settings_;
};

[[nodiscard]] std::unique_ptr<ports::Sender> make_webhook_link(WebhookSettings settings);

}  // namespace tocsin::webhook
