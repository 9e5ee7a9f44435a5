// Would a phone take this certificate for that host?  And until when?
//
// Reads PEM files; makes no connection.  Safe from any thread.
#pragma once

#include <string>

#include "gateway/base/result.h"
#include "gateway/base/said.h"
#include "gateway/base/time.h"

namespace tocsin::https {

// The chain in `certificate_file` leads to an authority that this machine trusts (Debian: ca-certificates), for TLS
// servers, for `host` (a DNS name or an address): empty.  Else why not.
[[nodiscard]] base::Said why_not_trusted_by_system(const std::string& certificate_file, const std::string& host);
// The same, with the one authority in `authority_file` instead.
[[nodiscard]] base::Said why_not_trusted_by_authority(const std::string& authority_file,
                                                      const std::string& certificate_file, const std::string& host);

// When the first certificate of the file ends.
[[nodiscard]] base::Result<base::UtcTime> valid_until(const std::string& certificate_file);

}  // namespace tocsin::https
