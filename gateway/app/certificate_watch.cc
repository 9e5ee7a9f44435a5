#include "gateway/app/certificate_watch.h"

#include <algorithm>
#include <filesystem>

#include "adapters/https/authority.h"
#include "adapters/https/chain_check.h"
#include "gateway/app/web_url.h"

namespace tocsin::app {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t kWarnDays = 21;

std::int64_t days_left(base::UtcTime until, base::UtcTime now) {
  return std::chrono::floor<std::chrono::days>(until - now).count();
}

// Empty: phones trust it.
base::Said why_not_trusted(const Settings& settings, const std::string& certificate_file) {
  if (settings.public_url.empty()) return {"https.public_url is not set", "没有设置https.public_url"};
  const auto url = parse_web_url(settings.public_url);
  if (!url) return base::same(url.error().message);
  const auto why = https::why_not_trusted_by_system(certificate_file, url->host);
  if (why.empty()) return {};
  if (settings.authority.empty()) {
    return base::said("phones do not trust the certificate for {0}: {1}", "手机不信任{0}的证书：{1}", url->host, why);
  }
  const auto authority = https::authority_files(settings.authority).certificate;
  if (const auto not_ours = https::why_not_trusted_by_authority(authority, certificate_file, url->host);
      !not_ours.empty()) {
    return base::said("the certificate for {0} is not one of https.authority: {1}",
                      "{0}的证书不是https.authority签发的：{1}", url->host, not_ours);
  }
  if (!settings.authority_installed) {
    return {"https.authority_installed is false", "https.authority_installed为false"};
  }
  return {};
}

}  // namespace

void CertificateWatch::look(const Settings& settings, const std::string& certificate_file, base::UtcTime now) {
  Seen seen;
  if (const auto until = https::valid_until(certificate_file)) seen.valid_until = *until;
  seen.why_no_links = why_not_trusted(settings, certificate_file);
  if (seen.why_no_links.empty() && seen.valid_until && *seen.valid_until <= now) {
    seen.why_no_links = {"the certificate has ended", "证书已过期"};
  }
  if (seen.why_no_links.empty()) seen.link_base = settings.public_url;
  seen_.with([&](Seen& s) { s = std::move(seen); });
}

bool CertificateWatch::links_may_be_sent() const {
  return !link_base().empty();
}

std::string CertificateWatch::link_base() const {
  return seen_.with([](const Seen& s) { return s.link_base; });
}

std::vector<base::Said> CertificateWatch::warnings(base::UtcTime now) const {
  const Seen seen = seen_.with([](const Seen& s) { return s; });
  std::vector<base::Said> sentences;
  if (!seen.why_no_links.empty()) {
    sentences.push_back(base::said("No SMS carries a link: {0}.", "短信中不带链接：{0}。", seen.why_no_links));
  }
  if (seen.valid_until && days_left(*seen.valid_until, now) < kWarnDays) {
    const auto days = days_left(*seen.valid_until, now);
    sentences.push_back(
        days < 0 ? base::Said{"The certificate has ended: phones refuse to connect.", "证书已过期：手机拒绝连接。"}
                 : base::said("The certificate ends in {0} day(s).", "证书还有{0}天到期。", days));
  }
  return sentences;
}

std::string CertificateWatch::metrics(base::UtcTime now) const {
  const Seen seen = seen_.with([](const Seen& s) { return s; });
  std::string text;
  if (seen.valid_until) {
    text +=
        "# HELP tocsin_certificate_days_left Whole days until the certificate ends; negative: it has ended.\n"
        "# TYPE tocsin_certificate_days_left gauge\n"
        "tocsin_certificate_days_left " +
        std::to_string(days_left(*seen.valid_until, now)) + "\n";
  }
  text +=
      "# HELP tocsin_links_may_be_sent 1 when texts may carry links: a public URL, and a certificate that phones "
      "trust.\n"
      "# TYPE tocsin_links_may_be_sent gauge\n"
      "tocsin_links_may_be_sent " +
      std::string(seen.link_base.empty() ? "0" : "1") + "\n";
  return text;
}

}  // namespace tocsin::app
