// A TLS server for tests: each connection is a thread that does what the test says, with blocking reads and writes.
//
// It listens on 127.0.0.1 under a certificate of its own signing for that address, which certificate() names as a PEM
// file.  go_down() closes it and what is connected; come_back() listens again on the same port.
// FakeProvider (fake_provider.h) speaks HTTP on it, FakeMailServer (fake_mail_server.h) SMTP.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "tests/support/temp_folder.h"

namespace tocsin::testing {

class TlsConnection {
 public:
  virtual ~TlsConnection() = default;
  // False: the other side is gone, or the peer is going down.
  virtual bool read_line(std::string& line) = 0;  // without CR LF
  virtual bool read(std::string& bytes, std::size_t count) = 0;
  virtual bool write(const std::string& bytes) = 0;
  // Until the other side or the peer goes away.
  virtual void wait_for_the_end() = 0;
};

class TlsPeer {
 public:
  using Serve = std::function<void(TlsConnection&)>;  // returns: the connection is closed

  explicit TlsPeer(Serve serve);
  ~TlsPeer();
  TlsPeer(const TlsPeer&) = delete;
  TlsPeer& operator=(const TlsPeer&) = delete;

  [[nodiscard]] std::uint16_t port() const;
  [[nodiscard]] std::string certificate() const;  // path
  [[nodiscard]] int connections() const;          // so far, those that finished no handshake too
  void go_down();
  void come_back();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tocsin::testing
