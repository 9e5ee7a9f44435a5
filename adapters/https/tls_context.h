// What all TLS connections share: versions, suites, certificate and key.
//
// A context never changes; a new certificate is a new context, which handshakes from then on use.  Connections hold
// theirs until they end.
#pragma once

#include <memory>
#include <string>

#include "gateway/base/result.h"

struct ssl_ctx_st;

namespace tocsin::https {

using TlsContext = std::shared_ptr<ssl_ctx_st>;

// TLS 1.2 and up, forward-secret AEAD suites only, no renegotiation, no compression, ALPN http/1.1, resumption by
// tickets alone (nothing is kept here for a client; keys of tickets die with the context).  kInvalid when certificate
// and key cannot be used together.
[[nodiscard]] base::Result<TlsContext> make_tls_context(const std::string& certificate_file,
                                                        const std::string& key_file);

}  // namespace tocsin::https
