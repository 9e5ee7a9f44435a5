#include "adapters/https/enrolment.h"

#include "gateway/base/digest.h"
#include "gateway/base/encoding.h"
#include "gateway/base/password.h"
#include "gateway/base/random.h"
#include "gateway/base/totp.h"

namespace tocsin::https {
namespace {

constexpr int kRecoveryCodes = 10;
constexpr std::size_t kRecoveryBytes = 10;  // 80 bits: 16 letters

std::string new_recovery_code() {
  const auto letters = base::to_rfc_base32(base::secret_bytes(kRecoveryBytes));
  std::string code;
  for (std::size_t i = 0; i < letters.size(); i += 4) code += (i == 0 ? "" : "-") + letters.substr(i, 4);
  return code;
}

}  // namespace

base::Result<Enrolment> enrol(const std::string& account, const std::string& password, const std::string& issuer) {
  if (const auto good = base::check_new_password(password); !good.ok()) return good.error();
  auto hash = base::hash_password(password);
  if (!hash) return base::Error{base::ErrorCode::kRetryLater, "no memory for a password right now", {}};
  Enrolment made;
  made.password_hash = std::move(*hash);
  made.totp_secret = base::new_totp_secret();
  made.otpauth = base::otpauth_uri(issuer, account, made.totp_secret);
  for (int i = 0; i < kRecoveryCodes; ++i) {
    made.recovery_codes.push_back(new_recovery_code());
    made.recovery_hashes.push_back(recovery_hash(made.recovery_codes.back()));
  }
  return made;
}

std::string recovery_hash(const std::string& typed) {
  std::string plain;
  for (const char c : typed) {
    if (c == ' ' || c == '-') continue;
    plain += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return base::to_hex(base::digest(plain));
}

}  // namespace tocsin::https
