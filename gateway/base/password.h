// Passwords: argon2id, 19 MiB and two passes (OWASP's least for argon2id), by libsodium.
//
// Each call takes some 40 ms of one core and 19 MiB: callers let one through at a time.  Thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gateway/base/result.h"

namespace tocsin::base {

// Rules for a new password: 12 to 256 characters, not the same one throughout (NIST SP 800-63B-4 section 3.1.1 asks
// for length, not for kinds of characters).  The error never repeats it.
[[nodiscard]] Status check_new_password(std::string_view password);

// A PHC string with a fresh salt; empty only when there is no memory for it.
[[nodiscard]] std::optional<std::string> hash_password(std::string_view password);

// Whether `hash` is of that password.
[[nodiscard]] bool password_matches(std::string_view password, const std::string& hash);

// A hash of nothing anybody knows: verifying against it costs what verifying a real one costs.
[[nodiscard]] const std::string& dummy_password_hash();

}  // namespace tocsin::base
