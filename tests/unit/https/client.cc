#include "tests/unit/https/client.h"

#include <arpa/inet.h>
#include <httplib.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace tocsin::testing {
namespace {

httplib::Headers headers_for(const std::string& token) {
  httplib::Headers headers;
  if (!token.empty()) headers.emplace("Authorization", "Bearer " + token);
  return headers;
}

void prepare(httplib::SSLClient& client, const std::string& certificate_file) {
  client.set_ca_cert_path(certificate_file.c_str());
  client.enable_server_certificate_verification(true);
  client.set_read_timeout(30);
}

Got got(const httplib::Result& result) {
  Got answer;
  if (!result) return answer;
  answer.status = result->status;
  answer.body = result->body;
  for (const auto& [name, value] : result->headers) answer.headers.emplace(name, value);
  return answer;
}

}  // namespace

Got Client::get(const std::string& path, const std::string& token, const std::string& none_match) const {
  httplib::SSLClient client("localhost", port_);
  prepare(client, certificate_file_);
  auto headers = headers_for(token);
  if (!none_match.empty()) headers.emplace("If-None-Match", none_match);
  return got(client.Get(path, headers));
}

Got Client::post(const std::string& path, const std::string& body, const std::string& token,
                 const std::string& type) const {
  httplib::SSLClient client("localhost", port_);
  prepare(client, certificate_file_);
  return got(client.Post(path, headers_for(token), body, type));
}

Got Client::put(const std::string& path, const std::string& token) const {
  httplib::SSLClient client("localhost", port_);
  prepare(client, certificate_file_);
  return got(client.Put(path, headers_for(token), "{}", "application/json"));
}

Got Client::remove(const std::string& path, const std::string& token) const {
  httplib::SSLClient client("localhost", port_);
  prepare(client, certificate_file_);
  return got(client.Delete(path, headers_for(token)));
}

Got Client::head(const std::string& path) const {
  httplib::SSLClient client("localhost", port_);
  prepare(client, certificate_file_);
  return got(client.Head(path));
}

RawConnection::RawConnection(int port, int highest_version, bool handshake, const char* from,
                             std::string_view before_tls) {
  sockaddr_in to{}, own{};
  own.sin_family = AF_INET;
  ::inet_pton(AF_INET, from, &own.sin_addr);
  to.sin_family = AF_INET;
  to.sin_port = htons(static_cast<std::uint16_t>(port));
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  fd_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const timeval patience{20, 0};
  ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
  ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
  ::bind(fd_, reinterpret_cast<const sockaddr*>(&own), sizeof(own));
  if (::connect(fd_, reinterpret_cast<const sockaddr*>(&to), sizeof(to)) != 0 || !handshake) return;
  if (!before_tls.empty() && ::send(fd_, before_tls.data(), before_tls.size(), MSG_NOSIGNAL) < 0) return;
  context_ = SSL_CTX_new(TLS_client_method());
  SSL_CTX_set_options(context_, SSL_OP_IGNORE_UNEXPECTED_EOF);
  if (highest_version != 0) {
    SSL_CTX_set_security_level(context_, 0);
    SSL_CTX_set_min_proto_version(context_, highest_version);
    SSL_CTX_set_max_proto_version(context_, highest_version);
  }
  session_ = SSL_new(context_);
  SSL_set_fd(session_, fd_);
  connected_ = SSL_connect(session_) == 1;
}

RawConnection::~RawConnection() {
  if (session_ != nullptr) SSL_free(session_);
  if (context_ != nullptr) SSL_CTX_free(context_);
  if (fd_ >= 0) ::close(fd_);
}

bool RawConnection::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const int count =
        SSL_write(session_, bytes.data(), static_cast<int>(std::min<std::size_t>(bytes.size(), 1U << 20U)));
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

std::string RawConnection::read_to_end() {
  std::string all;
  char bytes[4096];
  for (;;) {
    errno = 0;
    const int count = SSL_read(session_, bytes, sizeof(bytes));
    if (count <= 0) {
      closed_ = errno != EAGAIN;
      return all;
    }
    all.append(bytes, static_cast<std::size_t>(count));
  }
}

std::string RawConnection::read_until(std::string_view text) {
  std::string all;
  char byte = 0;
  while (all.find(text) == std::string::npos && SSL_read(session_, &byte, 1) == 1) all += byte;
  return all;
}

}  // namespace tocsin::testing
