#include "adapters/mail/mail.h"

#include <algorithm>
#include <utility>

#include "adapters/mail/message.h"
#include "gateway/base/ids.h"
#include "gateway/base/text.h"

namespace tocsin::mail {
namespace {

std::optional<transfer::MailTls> tls_of(const std::string& name) {
  if (name == "starttls") return transfer::MailTls::kStartTls;
  if (name == "from the first byte") return transfer::MailTls::kFromTheFirstByte;
  if (name == "none") return transfer::MailTls::kNone;
  return std::nullopt;
}

// A name or address, nothing that would make another URL of it.
bool is_host(const std::string& host) {
  return !host.empty() && std::all_of(host.begin(), host.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
           c == ':' || c == '_';
  });
}

}  // namespace

base::Status check(const MailSettings& settings) {
  if (!is_host(settings.host)) return base::invalid("the mail server's name or address is missing", "host");
  if (settings.port < 1 || settings.port > 65535) return base::invalid("the port is 1 to 65535", "port");
  const auto tls = tls_of(settings.tls);
  if (!tls) return base::invalid("starttls, from the first byte, or none", "tls");
  if (!is_address(settings.from)) return base::invalid("an address such as alarm@tocsin.example", "from");
  if (!base::is_utf8(settings.from_name) || settings.from_name != base::without_controls(settings.from_name) ||
      settings.from_name.find_first_of("\n\t") != std::string::npos) {
    return base::invalid("one line of text", "from_name");
  }
  if (*tls == transfer::MailTls::kNone && !settings.user.empty()) {
    return base::invalid("a password does not go over a connection that everybody reads", "user");
  }
  return base::Done{};
}

transfer::Mail MailCourier::empty_mail() const {
  transfer::Mail mail;
  mail.host = settings_.host;
  mail.port = settings_.port;
  mail.tls = tls_of(settings_.tls).value_or(transfer::MailTls::kStartTls);
  mail.user = settings_.user;
  mail.password = settings_.password;
  return mail;
}

base::Result<transfer::Transfer> MailCourier::wrap(const ports::OutMessage& message, base::UtcTime now) {
  if (!is_address(message.to)) return base::invalid("not a mail address");
  if (!base::is_utf8(message.text)) return base::invalid("the text is not UTF-8");
  Letter letter;
  letter.from = settings_.from;
  letter.from_name = settings_.from_name;
  letter.to = message.to;
  letter.id = base::to_base32(message.delivery.value);
  letter.text = base::begun_with(settings_.signature, message.text);
  letter.at = now;
  auto mail = empty_mail();
  mail.from = letter.from;
  mail.to = letter.to;
  mail.text = rendered(letter);
  return transfer::Transfer{std::move(mail)};
}

transfer::Judged MailCourier::judge(const ports::OutMessage& message, const transfer::Ended& ended) {
  return {transfer::outcome_of_mail(ended), base::to_base32(message.delivery.value), {}};
}

std::optional<transfer::Transfer> MailCourier::probe() {
  return transfer::Transfer{empty_mail()};
}

std::unique_ptr<ports::Sender> make_mail_link(MailSettings settings) {
  auto link = settings.link;
  return std::make_unique<transfer::TransferLink>(std::move(link), std::make_unique<MailCourier>(std::move(settings)));
}

}  // namespace tocsin::mail
