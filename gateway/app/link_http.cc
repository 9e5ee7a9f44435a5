#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>

#include "adapters/sms/http/link.h"
#include "adapters/sms/http/registered.h"
#include "gateway/app/link_kinds.h"
#include "gateway/app/link_transfer.h"
#include "gateway/app/secret_file.h"
#include "gateway/base/text.h"

namespace tocsin::app {
namespace {

using L = LinkSettings;
namespace provider = sms::http;

constexpr std::size_t kMaxSecretBytes = 4096;
constexpr std::size_t kLeastTokenBytes = 22, kMaxTokenBytes = 128;  // 22: 128 bits in base64url
constexpr std::size_t kMaxProviderBytes = 64 * 1024;

base::Status check_http(const L& link) {
  if (link.provider.empty()) return base::invalid("the file that describes the provider is missing", "provider");
  return base::Done{};
}

base::Result<provider::Provider> read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return base::Error{base::ErrorCode::kNotFound, "cannot open " + path, ""};
  std::string text(kMaxProviderBytes + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  auto read = provider::read_provider(text, path);
  if (read.findings.empty()) return std::move(read.provider);
  std::string all;
  for (const auto& finding : read.findings) all += "\n" + base::render(finding, text);
  return base::invalid("the provider cannot be used" + base::trim(all).insert(0, ":\n"));
}

provider::HttpSmsSettings whole(const L& link, provider::Provider described) {
  provider::HttpSmsSettings s;
  s.link = transfer_settings(link);
  s.provider = std::move(described);
  s.provider.callbacks.receipts = s.provider.callbacks.receipts && link.receipts;
  s.account = link.account;
  s.from = link.from;
  s.signature = link.signature;
  return s;
}

ports::LinkCan can_http(const L& link) {
  auto described = read(link.provider);
  if (!described) return {false, false, false};
  auto s = whole(link, std::move(*described));
  if (!link.callback_token_file.empty()) s.callback_token = "there is one";
  return provider::can(s);
}

base::Result<sms::EncodedText> cut_http(const L& link, std::string_view text) {
  const auto whole_text = base::begun_with(link.signature, text);
  if (const auto described = read(link.provider); described && described->longest > 0) {
    const auto longest = static_cast<std::size_t>(described->longest);
    if (base::count_characters(whole_text) > longest) {
      return base::Error{base::ErrorCode::kRefused, "longer than the provider takes", std::to_string(longest)};
    }
  }
  return sms::encode_text(whole_text, sms::ReferenceWidth::k16Bit);
}

base::Result<std::optional<rehearse::Registered>> registered_http(const L& link) {
  auto described = read(link.provider);
  if (!described) return described.error();
  if (!described->registered) return std::optional<rehearse::Registered>();
  rehearse::Registered registered;
  registered.file = link.provider;
  for (const auto& one : described->templates) {
    rehearse::RegisteredText text{one.of, one.language, one.drill, provider::as_template(*described, one),
                                  {},     one.line};
    for (const auto& p : one.parameters) text.values.push_back({p.name, p.value, p.longest, p.cut});
    registered.texts.push_back(std::move(text));
  }
  const auto shared = std::make_shared<const provider::Provider>(std::move(*described));
  registered.find = [shared](std::string_view name, std::string_view language, bool drill) {
    const auto* found = provider::registration_for(*shared, name, language, drill);
    return found == nullptr ? -1 : static_cast<int>(found - shared->templates.data());
  };
  return std::optional(std::move(registered));
}

// As it stands in the path that the provider is told.
base::Result<std::string> read_token(const std::string& file) {
  auto token = read_secret(file, kMaxSecretBytes);
  if (!token) return token.error();
  const std::string text = base::trim(*token);
  const bool good = text.size() >= kLeastTokenBytes && text.size() <= kMaxTokenBytes &&
                    std::all_of(text.begin(), text.end(), [](unsigned char c) {
                      return (std::isalnum(c) != 0 && c < 0x80) || c == '-' || c == '_';
                    });
  if (good) return text;
  return base::invalid("callback_token_file: expected 22 to 128 letters, digits, - and _", "callback_token_file");
}

base::Result<std::unique_ptr<ports::Sender>> make_http(const L& link, const LinkWorld& world) {
  const auto named = "link " + link.name;
  if (const auto checked = check_http(link); !checked) return checked.error().within(named);
  auto described = read(link.provider);
  if (!described) return described.error().within(named);
  auto s = whole(link, std::move(*described));
  s.dialing = world.dialing;
  if (!link.callback_token_file.empty()) {
    auto token = read_token(link.callback_token_file);
    if (!token) return token.error().within(named);
    s.callback_token = std::move(*token);
  }
  if (!link.secret_file.empty()) {
    auto secret = read_secret(link.secret_file, kMaxSecretBytes);
    if (!secret) return secret.error().within(named);
    s.secret = base::trim(*secret);
  }
  if (s.provider.sign.how != provider::Sign::kNone && s.secret.empty()) {
    return base::invalid("the provider's requests are signed: secret_file is missing", "secret_file").within(named);
  }
  return provider::make_http_sms_link(s);
}

}  // namespace

LinkKind http_link() {
  LinkKind kind{"http",
                "A provider of SMS by HTTPS, described in a file; one way unless it posts what comes in.",
                model::Channel::kSms,
                {
                    {"provider", "path", 0, 4096, "What to ask of it and how to read its answers; see providers/.",
                     slot_of(&L::provider)},
                    {"account", "", 0, 255, "{{account}}: the customer's or the key's id.", slot_of(&L::account)},
                    {"secret_file", "path or credential:NAME", 0, 4096,
                     "File with what signs, readable by tocsin alone.", slot_of(&L::secret_file)},
                    {"callback_token_file", "path or credential:NAME", 0, 4096,
                     "File with the end of the path the provider posts to: /api/v1/links/NAME/callback/TOKEN; 22 "
                     "letters, digits, - and _ at least; empty = it posts nothing.",
                     slot_of(&L::callback_token_file)},
                    {"from", "", 0, 64, "{{from}}: number, name or registered signature.", slot_of(&L::from)},
                },
                check_http,
                make_http,
                cut_http,
                can_http,
                registered_http};
  const auto& shared = transfer_table();
  kind.settings.insert(kind.settings.end(), shared.begin(), shared.end());
  return kind;
}

}  // namespace tocsin::app
