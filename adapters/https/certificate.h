// The certificate of a first start: self-signed, so that HTTPS works before anybody has a better one.
//
// ECDSA P-256, valid 825 days (the longest that phones accept), subject alternative names
// localhost, 127.0.0.1, ::1 and the host's name.
#pragma once

#include <string>

#include "gateway/base/result.h"

namespace tocsin::https {

// Makes both files (0600, never overwriting) when neither exists; does nothing when both do.
// kInvalid when only one of them is there; kRefused when they cannot be written.
[[nodiscard]] base::Status ensure_certificate(const std::string& certificate_file, const std::string& key_file);

// SHA-256 of the first certificate in the file, as "AA:BB:…", what a browser shows.
[[nodiscard]] base::Result<std::string> fingerprint(const std::string& certificate_file);

}  // namespace tocsin::https
