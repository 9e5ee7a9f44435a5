#include "adapters/mail/mail.h"
#include "gateway/app/link_kinds.h"
#include "gateway/app/link_transfer.h"
#include "gateway/app/secret_file.h"
#include "gateway/base/text.h"

namespace tocsin::app {
namespace {

using L = LinkSettings;
using M = mail::MailSettings;

constexpr std::size_t kMaxPasswordBytes = 1024;

M whole(const L& link) {
  M s = link.mail;
  s.link = transfer_settings(link);
  s.signature = link.signature;
  return s;
}

base::Status check_email(const L& link) {
  if (link.password_file.empty() != link.mail.user.empty()) {
    return base::invalid("user and password_file belong together", "password_file");
  }
  return mail::check(whole(link));
}

ports::LinkCan can_email(const L&) {
  return {false, false, true};
}

base::Result<std::unique_ptr<ports::Sender>> make_email(const L& link, const LinkWorld&) {
  if (const auto checked = check_email(link); !checked) return checked.error().within("link " + link.name);
  auto s = whole(link);
  if (!link.password_file.empty()) {
    auto password = read_secret(link.password_file, kMaxPasswordBytes);
    if (!password) return password.error().within("link " + link.name);
    s.password = base::trim(*password);
  }
  return mail::make_mail_link(std::move(s));
}

}  // namespace

LinkKind email_link() {
  LinkKind kind{"email",
                "Mails through one server, by SMTP.",
                model::Channel::kEmail,
                {
                    {"host", "name or address", 0, 255, "Of the mail server.", slot_of(&L::mail, &M::host)},
                    {"port", "port", 1, 65535, "Of the mail server.", slot_of(&L::mail, &M::port)},
                    {"tls", "starttls, from the first byte, none", 4, 32,
                     "A server that does not offer it is not spoken to.", slot_of(&L::mail, &M::tls)},
                    {"user", "", 0, 255, "Who signs in; empty = nobody.", slot_of(&L::mail, &M::user)},
                    {"password_file", "path or credential:NAME", 0, 4096,
                     "File with the password, readable by tocsin alone.", slot_of(&L::password_file)},
                    {"from", "address", 0, 254, "Whom the mails come from; somebody should read what bounces.",
                     slot_of(&L::mail, &M::from)},
                    {"from_name", "", 0, 100, "Shown beside it.", slot_of(&L::mail, &M::from_name)},
                },
                check_email,
                make_email,
                nullptr,
                can_email};
  const auto& shared = transfer_table();
  kind.settings.insert(kind.settings.end(), shared.begin(), shared.end());
  return kind;
}

}  // namespace tocsin::app
