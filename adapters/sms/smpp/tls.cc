#include "adapters/sms/smpp/tls.h"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace tocsin::sms::smpp {

void FreeTlsContext::operator()(ssl_ctx_st* context) const {
  SSL_CTX_free(context);
}

base::Result<ClientTls> client_tls(const std::string& ca_file) {
  ClientTls context(SSL_CTX_new(TLS_client_method()));
  if (context == nullptr || SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION) != 1) {
    return base::invalid("no TLS on this machine", "tls");
  }
  const int read = ca_file.empty() ? SSL_CTX_set_default_verify_paths(context.get())
                                   : SSL_CTX_load_verify_locations(context.get(), ca_file.c_str(), nullptr);
  ERR_clear_error();
  if (read != 1) return base::invalid("no certificate of an authority can be read", "ca_file");
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
  return context;
}

void expect_host(ssl_st* session, const std::string& host) {
  in6_addr address{};
  if (::inet_pton(AF_INET, host.c_str(), &address) == 1 || ::inet_pton(AF_INET6, host.c_str(), &address) == 1) {
    X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(session), host.c_str());
    return;
  }
  SSL_set_hostflags(session, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  SSL_set1_host(session, host.c_str());
  SSL_set_tlsext_host_name(session, host.c_str());
}

}  // namespace tocsin::sms::smpp
