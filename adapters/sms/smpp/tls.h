// The client's side of TLS to a centre.
//
// TLS 1.2 and up, the certificate checked against `ca_file` (or the machine's own authorities) and against the host's
// name or address (RFC 6125; the name also goes into the server_name extension, RFC 6066 section 3, an address never).
// SMPP 3.4 itself knows no TLS: the port speaks it from the first byte.  Safe from any thread.
#pragma once

#include <memory>
#include <string>

#include "gateway/base/result.h"

struct ssl_ctx_st;
struct ssl_st;

namespace tocsin::sms::smpp {

struct FreeTlsContext {
  void operator()(ssl_ctx_st* context) const;
};
using ClientTls = std::unique_ptr<ssl_ctx_st, FreeTlsContext>;

// Reads the file.  kInvalid: it cannot be read or holds no certificate.
[[nodiscard]] base::Result<ClientTls> client_tls(const std::string& ca_file);

// Tells a session, before its handshake, whom it is for.
void expect_host(ssl_st* session, const std::string& host);

}  // namespace tocsin::sms::smpp
