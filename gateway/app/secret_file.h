// Keys and passwords: where they lie, and that nobody else can read them.
//
// A setting names either a file, or "credential:NAME": the file NAME in $CREDENTIALS_DIRECTORY, which the service
// manager keeps for this process alone (systemd.exec(5), LoadCredential=).
#pragma once

#include <string>

#include "gateway/base/result.h"

namespace tocsin::app {

inline constexpr const char* kCredentialPrefix = "credential:";

[[nodiscard]] bool is_credential(const std::string& setting);
// The path of what the setting names.  kInvalid: a credential's name that is none, or no service manager that gave any.
[[nodiscard]] base::Result<std::string> secret_path(const std::string& setting);
// Done when it is a plain file that only its owner can read or write, and the owner is this process's user or root.
// kRefused names path, mode or owner; kNotFound when there is none.  Of a credential only that it is there: its folder
// belongs to this process.
[[nodiscard]] base::Status check_secret(const std::string& setting);
// Checked and read whole, at most `limit` bytes.
[[nodiscard]] base::Result<std::string> read_secret(const std::string& setting, std::size_t limit);

}  // namespace tocsin::app
