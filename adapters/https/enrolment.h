// A new password, second factor and recovery codes for an account.
#pragma once

#include <string>
#include <vector>

#include "gateway/base/result.h"

namespace tocsin::https {

struct Enrolment {
  std::string password_hash, totp_secret;    // kept
  std::vector<std::string> recovery_hashes;  // kept
  std::string otpauth;                       // shown once, as text and as a QR code
  std::vector<std::string> recovery_codes;   // shown once
};

// kInvalid when the password will not do.  Takes some 40 ms and 19 MiB.
[[nodiscard]] base::Result<Enrolment> enrol(const std::string& account, const std::string& password,
                                            const std::string& issuer);

// The hash a recovery code is known by, however it was typed: without blanks and hyphens, in capitals.
[[nodiscard]] std::string recovery_hash(const std::string& typed);

}  // namespace tocsin::https
