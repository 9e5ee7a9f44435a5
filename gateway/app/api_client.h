// One request to a serving tocsin, for the commands that ask over HTTPS.  The HTTP library stays in api_client.cc.
#pragma once

#include <string>

#include "gateway/app/commands.h"
#include "gateway/base/result.h"

namespace tocsin::app {

struct ApiReply {
  int status = 0;
  std::string body;  // JSON, at most 16 MiB
};

// The server must be known: by a certificate the machine trusts, by `fingerprint` (SHA-256, with or without colons), or
// by `insecure`, which asks nothing.  Without a fingerprint or `insecure`, nothing is sent to a server that is not.
// kInvalid: url, fingerprint or token cannot be used; kNotFound: no token file; kRetryLater: no answer, or a server
// that is not the one meant (the message says which).
[[nodiscard]] base::Result<ApiReply> ask_api(const ServerOptions& server, const std::string& method,
                                             const std::string& path, const std::string& body);

}  // namespace tocsin::app
