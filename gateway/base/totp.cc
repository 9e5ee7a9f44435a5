#include "gateway/base/totp.h"

#include <liboath/oath.h>

#include <algorithm>
#include <array>
#include <ctime>

#include "gateway/base/encoding.h"
#include "gateway/base/random.h"

namespace tocsin::base {
namespace {

constexpr unsigned kStepSeconds = 30, kDigits = 6;
constexpr std::size_t kSecretBytes = 20, kWindow = 1;

std::time_t seconds(UtcTime at) {
  return static_cast<std::time_t>(to_micros(at) / 1'000'000);
}

}  // namespace

std::string new_totp_secret() {
  return secret_bytes(kSecretBytes);
}

std::optional<std::int64_t> totp_step(std::string_view secret, std::string_view code, UtcTime now) {
  const bool digits =
      code.size() == kDigits && std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!digits || secret.empty()) return std::nullopt;
  const std::string text(code);
  std::uint64_t step = 0;
  int position = 0;
  const int found = oath_totp_validate4(secret.data(), secret.size(), seconds(now), kStepSeconds, 0, kWindow, &position,
                                        &step, 0, text.c_str());
  if (found < 0) return std::nullopt;
  return static_cast<std::int64_t>(step);
}

std::string totp_code(std::string_view secret, UtcTime at) {
  std::array<char, kDigits + 1> code{};
  oath_totp_generate(secret.data(), secret.size(), seconds(at), kStepSeconds, 0, kDigits, code.data());
  return {code.data()};
}

std::string otpauth_uri(std::string_view issuer, std::string_view account, std::string_view secret) {
  const auto by = percent_encoded(issuer);
  return "otpauth://totp/" + by + ":" + percent_encoded(account) + "?secret=" + to_rfc_base32(secret) +
         "&issuer=" + by + "&algorithm=SHA1&digits=6&period=30";
}

}  // namespace tocsin::base
