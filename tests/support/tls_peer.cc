#include "tests/support/tls_peer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <list>
#include <mutex>
#include <set>
#include <thread>

namespace tocsin::testing {
namespace {

struct FreeKey {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
struct FreeCertificate {
  void operator()(X509* certificate) const { X509_free(certificate); }
};
struct FreeContext {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
using Key = std::unique_ptr<EVP_PKEY, FreeKey>;
using Certificate = std::unique_ptr<X509, FreeCertificate>;
using Context = std::unique_ptr<SSL_CTX, FreeContext>;

Certificate self_signed(EVP_PKEY* key) {
  Certificate made(X509_new());
  X509_set_version(made.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(made.get()), -300);
  X509_gmtime_adj(X509_getm_notAfter(made.get()), 3600);
  X509_set_pubkey(made.get(), key);
  X509_NAME* name = X509_get_subject_name(made.get());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("peer"), -1, -1, 0);
  X509_set_issuer_name(made.get(), name);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "IP:127.0.0.1");
  X509_add_ext(made.get(), extension, -1);
  X509_EXTENSION_free(extension);
  X509_sign(made.get(), key, EVP_sha256());
  return made;
}

class Connection final : public TlsConnection {
 public:
  explicit Connection(SSL* session) : session_(session) {}

  bool read_line(std::string& line) override {
    std::size_t end = 0;
    while ((end = buffer_.find("\r\n")) == std::string::npos) {
      if (!more()) return false;
    }
    line = buffer_.substr(0, end);
    buffer_.erase(0, end + 2);
    return true;
  }
  bool read(std::string& bytes, std::size_t count) override {
    while (buffer_.size() < count) {
      if (!more()) return false;
    }
    bytes = buffer_.substr(0, count);
    buffer_.erase(0, count);
    return true;
  }
  bool write(const std::string& bytes) override {
    return SSL_write(session_, bytes.data(), static_cast<int>(bytes.size())) > 0;
  }
  void wait_for_the_end() override {
    while (more()) {
    }
  }

 private:
  bool more() {
    char bytes[4096];
    const int got = SSL_read(session_, bytes, sizeof bytes);
    if (got > 0) buffer_.append(bytes, static_cast<std::size_t>(got));
    return got > 0;
  }

  SSL* session_;
  std::string buffer_;
};

}  // namespace

class TlsPeer::Impl {
 public:
  explicit Impl(Serve serve) : serve_(std::move(serve)) {
    ::signal(SIGPIPE, SIG_IGN);  // a link that hangs up is an answer, not an accident
    const Key key(EVP_EC_gen("P-256"));
    const Certificate certificate = self_signed(key.get());
    context_.reset(SSL_CTX_new(TLS_server_method()));
    SSL_CTX_use_certificate(context_.get(), certificate.get());
    SSL_CTX_use_PrivateKey(context_.get(), key.get());
    if (FILE* file = std::fopen(path().c_str(), "w")) {
      PEM_write_X509(file, certificate.get());
      std::fclose(file);
    }
    listen();
  }
  ~Impl() { close(); }

  [[nodiscard]] std::string path() const { return folder_.file("peer.pem"); }

  void listen() {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int yes = 1;
    ::setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), length) != 0 || ::listen(listener_, 64) != 0) {
      std::perror("the tests' TLS peer cannot listen");
      std::abort();
    }
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length);
    port = ntohs(address.sin_port);
    acceptor_ = std::thread([this, listener = listener_] { accept_all(listener); });
  }

  void close() {
    if (listener_ < 0) return;
    ::shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    ::close(listener_);
    listener_ = -1;
    {
      const std::lock_guard lock(mutex_);
      for (const int socket : open_) ::shutdown(socket, SHUT_RDWR);
    }
    for (auto& thread : threads_) thread.join();
    threads_.clear();
  }

  std::uint16_t port = 0;
  std::atomic<int> connections{0};

 private:
  void accept_all(int listener) {
    while (true) {
      const int socket = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
      if (socket < 0) return;
      ++connections;
      {
        const std::lock_guard lock(mutex_);
        open_.insert(socket);
      }
      threads_.emplace_back([this, socket] { serve(socket); });
    }
  }

  void serve(int socket) {
    SSL* session = SSL_new(context_.get());
    SSL_set_fd(session, socket);
    if (SSL_accept(session) == 1) {
      Connection connection(session);
      serve_(connection);
      SSL_shutdown(session);
    }
    SSL_free(session);
    const std::lock_guard lock(mutex_);
    open_.erase(socket);
    ::close(socket);
  }

  const TempFolder folder_;
  const Serve serve_;
  Context context_;
  int listener_ = -1;
  std::thread acceptor_;
  std::mutex mutex_;  // guards open_
  std::set<int> open_;
  std::list<std::thread> threads_;  // of the acceptor, and after it of close()
};

TlsPeer::TlsPeer(Serve serve) : impl_(std::make_unique<Impl>(std::move(serve))) {}

TlsPeer::~TlsPeer() = default;

std::uint16_t TlsPeer::port() const {
  return impl_->port;
}
std::string TlsPeer::certificate() const {
  return impl_->path();
}
int TlsPeer::connections() const {
  return impl_->connections;
}
void TlsPeer::go_down() {
  impl_->close();
}
void TlsPeer::come_back() {
  impl_->listen();
}

}  // namespace tocsin::testing
