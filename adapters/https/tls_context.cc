#include "adapters/https/tls_context.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

namespace tocsin::https {
namespace {

constexpr long kTicketSeconds = 2 * 3600;

int choose_http_1_1(SSL*, const unsigned char** chosen, unsigned char* chosen_size, const unsigned char* offered,
                    unsigned int offered_size, void*) {
  static constexpr unsigned char kOurs[] = "\x08http/1.1";
  unsigned char* found = nullptr;
  if (SSL_select_next_proto(&found, chosen_size, kOurs, sizeof(kOurs) - 1, offered, offered_size) !=
      OPENSSL_NPN_NEGOTIATED) {
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  }
  *chosen = found;
  return SSL_TLSEXT_ERR_OK;
}

}  // namespace

base::Result<TlsContext> make_tls_context(const std::string& certificate_file, const std::string& key_file) {
  const TlsContext context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  if (!context) return base::Error{base::ErrorCode::kInternal, "TLS cannot be set up", {}};
  SSL_CTX* c = context.get();
  SSL_CTX_set_min_proto_version(c, TLS1_2_VERSION);
  SSL_CTX_set_options(c, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE |
                             SSL_OP_IGNORE_UNEXPECTED_EOF);
  SSL_CTX_set_mode(c, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_read_ahead(c, 1);  // a record's head and body in one call of the system
  SSL_CTX_set_cipher_list(c, "ECDHE+AESGCM:ECDHE+CHACHA20:!aNULL");
  SSL_CTX_set_alpn_select_cb(c, choose_http_1_1, nullptr);
  SSL_CTX_set_session_id_context(c, reinterpret_cast<const unsigned char*>("tocsin"), 6);
  SSL_CTX_set_session_cache_mode(c, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(c, 1);
  SSL_CTX_set_timeout(c, kTicketSeconds);
  const bool usable = SSL_CTX_use_certificate_chain_file(c, certificate_file.c_str()) == 1 &&
                      SSL_CTX_use_PrivateKey_file(c, key_file.c_str(), SSL_FILETYPE_PEM) == 1 &&
                      SSL_CTX_check_private_key(c) == 1;
  ERR_clear_error();
  if (!usable) {
    return base::invalid("the certificate " + certificate_file + " and the key " + key_file +
                         " cannot be used: they must be readable PEM files that belong together");
  }
  return context;
}

}  // namespace tocsin::https
