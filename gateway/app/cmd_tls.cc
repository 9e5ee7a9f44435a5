#include <cstdio>

#include "adapters/https/authority.h"
#include "gateway/app/commands.h"
#include "gateway/app/json_text.h"
#include "gateway/app/web_url.h"
#include "gateway/base/time.h"

namespace tocsin::app {
namespace {

constexpr int kDefaultPort = 8443;  // https.port

void print(const https::MadeCertificates& made) {
  std::printf("authority   SHA-256 %s, valid until %s\n", made.authority_fingerprint.c_str(),
              base::to_rfc3339(made.authority_until).c_str());
  std::printf("certificate SHA-256 %s, valid until %s\n", made.server_fingerprint.c_str(),
              base::to_rfc3339(made.server_until).c_str());
}

void print_next_steps(const TlsOptions& options, const https::AuthorityFiles& files) {
  std::printf(
      "\nIn the settings, section [https]:\n  certificate = \"%s\"\n  key = \"%s\"\n  authority = \"%s\"\n"
      "  public_url = \"%s\"\n",
      files.server_certificate.c_str(), files.server_key.c_str(), options.folder.c_str(), options.url.c_str());
  std::printf("Print %s and hang it up, or send people to %s/install.\n", files.page.c_str(), options.url.c_str());
  std::puts(
      "When the phones have the authority: authority_installed = true.  Before the certificate ends: "
      "`tocsin tls renew`, then reload.");
  std::printf("Keep %s where only you can read it; the daemon does not need it.\n", files.key.c_str());
}

int end(const TlsOptions& options, const base::Result<https::MadeCertificates>& made) {
  if (!made) return fail_to_open(made.error());
  if (options.json) {
    std::fputs(certificates_json(*made).c_str(), stdout);
  } else {
    print(*made);
  }
  return kExitDone;
}

}  // namespace

int run_tls_init(const TlsOptions& given) {
  TlsOptions options = given;
  if (options.url.empty()) {
    WebUrl url;
    url.host = options.names.front();
    url.port = kDefaultPort;
    options.url = url.text();
  }
  const auto url = parse_web_url(options.url);
  if (!url) return fail(url.error(), kExitUsage);
  options.url = url->text();
  const auto made = https::make_authority(options.folder, {options.names, options.url, base::SystemClock().utc_now()});
  if (!made && made.error().field == "name") return fail(made.error(), kExitUsage);
  const int code = end(options, made);
  if (code == kExitDone && !options.json) print_next_steps(options, https::authority_files(options.folder));
  return code;
}

int run_tls_renew(const TlsOptions& options) {
  return end(options, https::renew_server_certificate(options.folder, base::SystemClock().utc_now()));
}

}  // namespace tocsin::app
