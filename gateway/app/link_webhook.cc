#include "adapters/webhook/webhook.h"
#include "gateway/app/link_kinds.h"
#include "gateway/app/link_transfer.h"
#include "gateway/app/secret_file.h"
#include "gateway/base/text.h"

namespace tocsin::app {
namespace {

using L = LinkSettings;

constexpr std::size_t kMaxSecretBytes = 256;

base::Status check_webhook(const L& link) {
  if (link.secret_file.empty()) return base::invalid("receivers know by it who wrote", "secret_file");
  return base::Done{};
}

ports::LinkCan can_webhook(const L&) {
  return {false, false, true};
}

base::Result<std::unique_ptr<ports::Sender>> make_webhook(const L& link, const LinkWorld&) {
  if (const auto checked = check_webhook(link); !checked) return checked.error().within("link " + link.name);
  auto text = read_secret(link.secret_file, kMaxSecretBytes);
  if (!text) return text.error().within("link " + link.name);
  auto secret = webhook::secret_of(base::trim(*text));
  if (!secret) return secret.error().within("link " + link.name + ": " + link.secret_file);
  return webhook::make_webhook_link({transfer_settings(link), std::move(*secret), link.signature});
}

}  // namespace

LinkKind webhook_link() {
  LinkKind kind{"webhook",
                "Signed POSTs to the https address of a contact.",
                model::Channel::kWebhook,
                {{"secret_file", "path or credential:NAME", 0, 4096,
                  "File with the secret that signs them, readable by tocsin alone.", slot_of(&L::secret_file)}},
                check_webhook,
                make_webhook,
                nullptr,
                can_webhook};
  const auto& shared = transfer_table();
  kind.settings.insert(kind.settings.end(), shared.begin(), shared.end());
  return kind;
}

}  // namespace tocsin::app
