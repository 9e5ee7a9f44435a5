#include "gateway/app/api_client.h"

#include <httplib.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "gateway/app/daemon.h"
#include "gateway/app/web_url.h"
#include "gateway/base/text.h"

namespace tocsin::app {
namespace {

constexpr std::size_t kMaxTokenBytes = 4096;
constexpr std::size_t kMaxReplyBytes = 16 * 1024 * 1024;

// Upper-case hexadecimal digits alone; empty when they are not 64.
std::string plain_fingerprint(const std::string& typed) {
  std::string plain;
  for (const char c : typed) {
    if (c == ':' || c == ' ') continue;
    if (std::isxdigit(static_cast<unsigned char>(c)) == 0) return "";
    plain += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return plain.size() == 64 ? plain : "";
}

// Looks at the server's own certificate only.  Runs inside the handshake, so nothing has been sent yet.
int check_fingerprint(X509_STORE_CTX* context, void* wanted) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
  unsigned length = 0;
  std::string seen;
  X509* certificate = X509_STORE_CTX_get0_cert(context);
  if (certificate != nullptr && X509_digest(certificate, EVP_sha256(), hash.data(), &length) == 1) {
    for (unsigned i = 0; i < length; ++i) {
      seen += kHex[hash[i] >> 4U];
      seen += kHex[hash[i] & 15U];
    }
  }
  if (base::equal_secrets(seen, *static_cast<const std::string*>(wanted))) {
    X509_STORE_CTX_set_error(context, X509_V_OK);
    return 1;
  }
  X509_STORE_CTX_set_error(context, X509_V_ERR_CERT_REJECTED);
  // The library asks for no verification (the name need not match a pinned certificate); this ends the handshake.
  auto* ssl = static_cast<SSL*>(X509_STORE_CTX_get_ex_data(context, SSL_get_ex_data_X509_STORE_CTX_idx()));
  if (ssl != nullptr) SSL_set_verify(ssl, SSL_VERIFY_PEER, nullptr);
  return 0;
}

base::Result<std::string> token_of(const ServerOptions& server) {
  std::string token = server.token;
  if (!server.token_file.empty()) {
    auto read = read_small_file(server.token_file, kMaxTokenBytes);
    if (!read) return read.error();
    token = base::trim(*read);
  }
  const bool printable = std::all_of(token.begin(), token.end(), [](unsigned char c) { return c > 0x20 && c < 0x7F; });
  if (token.empty() || !printable) return base::invalid("a token is needed: --token or --token-file", "token");
  return token;
}

base::Error no_answer(const ServerOptions& server, httplib::Error error) {
  std::string why = httplib::to_string(error);
  if (error == httplib::Error::SSLServerVerification || error == httplib::Error::SSLConnection) {
    why = server.fingerprint.empty()
              ? "its certificate is not trusted here; give --fingerprint as the server printed it at its start"
              : "its certificate is not the one with that fingerprint, or TLS failed";
  } else if (error == httplib::Error::Connection) {
    why = "no connection";
  }
  return {base::ErrorCode::kRetryLater, server.url + ": " + why, "url"};
}

}  // namespace

base::Result<ApiReply> ask_api(const ServerOptions& server, const std::string& method, const std::string& path,
                               const std::string& body) {
  const auto place = parse_web_url(server.url);
  if (!place) return place.error();
  const auto token = token_of(server);
  if (!token) return token.error();
  std::string pinned;
  if (!server.fingerprint.empty() && (pinned = plain_fingerprint(server.fingerprint)).empty()) {
    return base::invalid("a fingerprint is 64 hexadecimal digits, with or without colons", "fingerprint");
  }
  try {
    httplib::SSLClient client(place->host, place->port);
    client.enable_server_certificate_verification(!server.insecure && pinned.empty());
    if (!pinned.empty()) SSL_CTX_set_cert_verify_callback(client.ssl_context(), check_fingerprint, &pinned);
    SSL_CTX_set_min_proto_version(client.ssl_context(), TLS1_2_VERSION);
    client.set_connection_timeout(10);
    client.set_read_timeout(30);
    client.set_tcp_nodelay(true);
    httplib::Request request;
    request.method = method;
    request.path = path;
    request.headers = {{"Authorization", "Bearer " + *token}, {"Accept", "application/json"}};
    if (!body.empty()) {
      request.body = body;
      request.headers.emplace("Content-Type", "application/json");
    }
    ApiReply reply;
    request.content_receiver = [&reply](const char* bytes, std::size_t count, std::uint64_t, std::uint64_t) {
      if (reply.body.size() + count > kMaxReplyBytes) return false;
      reply.body.append(bytes, count);
      return true;
    };
    const auto answer = client.send(request);
    if (!answer) return no_answer(server, answer.error());
    reply.status = answer->status;
    return reply;
  } catch (const std::exception& problem) {
    return base::Error{base::ErrorCode::kRetryLater, server.url + ": " + problem.what(), "url"};
  }
}

}  // namespace tocsin::app
