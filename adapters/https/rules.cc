#include "adapters/https/rules.h"

#include "adapters/https/certificate.h"
#include "gateway/base/text.h"

namespace tocsin::https {
namespace {

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

// "[::1]:8443", "10.0.0.7:8443", "desk.example:8443".
std::string with_port(const std::string& host, int port) {
  const bool bare_v6 = host.find(':') != std::string::npos && !host.starts_with('[');
  return (bare_v6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

base::Result<std::vector<std::string>> read_authorities(const HttpsSettings& settings, int port) {
  std::vector<std::string> all{with_port("localhost", port), with_port(lower(settings.address), port)};
  for (const auto& piece : base::split(settings.authorities, ',')) {
    const std::string entry = lower(base::trim(piece));
    if (entry.empty()) continue;
    if (entry.find_first_of("/@ ?#") != std::string::npos) {
      return base::invalid(
          "https.authorities: \"" + base::cut(base::without_controls(entry), 64) + "\" is not a host or host:port",
          "authorities");
    }
    const auto colon = entry.rfind(':');
    const bool has_port = colon != std::string::npos && !entry.ends_with(']');
    all.push_back(has_port ? entry : with_port(entry, 443));
  }
  return all;
}

}  // namespace

base::Result<RulesPtr> make_rules(const HttpsSettings& settings, int port) {
  auto rules = std::make_shared<FrontRules>();
  rules->settings = settings;
  rules->framing = {static_cast<std::size_t>(settings.line_bytes), static_cast<std::size_t>(settings.header_bytes),
                    static_cast<std::size_t>(settings.header_count), static_cast<std::size_t>(settings.body_bytes)};
  auto trusted = Networks::parse(settings.trusted_proxies);
  if (!trusted.ok()) return trusted.error().within("https.trusted_proxies");
  rules->trusted = std::move(*trusted);
  if (settings.forwarded_header == "forwarded") {
    rules->forwarded = ForwardedBy::kForwarded;
  } else if (settings.forwarded_header != "x-forwarded-for") {
    return base::invalid("https.forwarded_header must be \"x-forwarded-for\" or \"forwarded\"", "forwarded_header");
  }
  if (settings.proxy_protocol && rules->trusted.empty()) {
    return base::invalid("https.proxy_protocol needs https.trusted_proxies: anybody else could say who he is",
                         "proxy_protocol");
  }
  auto authorities = read_authorities(settings, port);
  if (!authorities.ok()) return authorities.error();
  rules->authorities = std::move(*authorities);

  if (auto made = ensure_certificate(settings.certificate_file, settings.key_file); !made.ok()) return made.error();
  auto context = make_tls_context(settings.certificate_file, settings.key_file);
  if (!context.ok()) return context.error();
  auto print = fingerprint(settings.certificate_file);
  if (!print.ok()) return print.error();
  rules->tls = std::move(*context);
  rules->fingerprint = std::move(*print);
  return RulesPtr(std::move(rules));
}

}  // namespace tocsin::https
