// Messages by e-mail: each a mail of its own to one recipient, handed to one server by SMTP (RFC 5321, submission as in
// RFC 6409).
//
// The link signs in (AUTH as the server offers it) where a user is set.  STARTTLS is required unless the settings say
// otherwise; a server that does not offer it is not spoken to.  Ends in adapters/transfer/outcome.h.  The carrier's id
// is the local part of the Message-ID (message.h): the delivery's own.  No receipts: a bounce is a mail to `from`,
// which tocsin does not read.  No answers; texts may hold links.
#pragma once

#include <memory>
#include <string>

#include "adapters/transfer/link.h"

namespace tocsin::mail {

struct MailSettings {
  transfer::LinkSettings link;
  std::string host;
  int port = 587;
  std::string tls = "starttls";  // "from the first byte" (mostly port 465, RFC 8314), or "none"
  std::string user, password;
  std::string from, from_name;
  std::string signature;  // put before each text; empty = none
};

// The first thing wrong with them, naming the field.
[[nodiscard]] base::Status check(const MailSettings& settings);

class MailCourier final : public transfer::Courier {
 public:
  explicit MailCourier(MailSettings settings) : settings_(std::move(settings)) {}  // check() holds

  [[nodiscard]] model::Channel channel() const override { return model::Channel::kEmail; }
  [[nodiscard]] ports::LinkCan can() const override { return {false, false, true}; }
  base::Result<transfer::Transfer> wrap(const ports::OutMessage& message, base::UtcTime now) override;
  transfer::Judged judge(const ports::OutMessage& message, const transfer::Ended& ended) override;
  std::optional<transfer::Transfer> probe() override;  // says hello, signs in and says NOOP

 private:
  [[nodiscard]] transfer::Mail empty_mail() const;
  const MailSettings settings_;
};

[[nodiscard]] std::unique_ptr<ports::Sender> make_mail_link(MailSettings settings);

}  // namespace tocsin::mail
