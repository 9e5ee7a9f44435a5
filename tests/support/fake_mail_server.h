// A mail server for tests, over TLS from the first byte (tls_peer.h): it keeps each mail it takes.
//
// Recipients at refused.example are answered 550, at later.example 451.  Any thread.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <vector>

#include "tests/support/tls_peer.h"

namespace tocsin::testing {

class FakeMailServer {
 public:
  struct Mail {
    std::string from, to, text;
  };

  [[nodiscard]] int port() const { return peer_.port(); }
  [[nodiscard]] std::string certificate() const { return peer_.certificate(); }
  TlsPeer& peer() { return peer_; }

  // AUTH PLAIN with other credentials than these (base64 of NUL user NUL password) is answered 535.
  void ask_for(std::string credentials) {
    const std::lock_guard lock(mutex_);
    credentials_ = std::move(credentials);
  }
  // Takes whole mails and never answers.
  void be_silent() {
    const std::lock_guard lock(mutex_);
    silent_ = true;
  }
  [[nodiscard]] std::vector<Mail> mails() const {
    const std::lock_guard lock(mutex_);
    return mails_;
  }

 private:
  void serve(TlsConnection& connection) {
    Mail mail;
    std::string line;
    if (!connection.write("220 mail.example ESMTP\r\n")) return;
    while (connection.read_line(line)) {
      const std::string verb = line.substr(0, 4);
      if (verb == "QUIT") return;
      if (verb == "DATA") {
        if (!connection.write("354 go on\r\n") || !read_text(connection, mail.text)) return;
        if (!keep(mail)) return connection.wait_for_the_end();
        mail = {};
      }
      if (line == "AUTH PLAIN" && !(connection.write("334 \r\n") && connection.read_line(line))) return;
      if (!connection.write(reply_to(verb, line, mail))) return;
    }
  }

  std::string reply_to(const std::string& verb, const std::string& line, Mail& mail) {
    const auto in_brackets = [&] { return line.substr(line.find('<') + 1, line.find('>') - line.find('<') - 1); };
    if (verb == "EHLO") return "250-mail.example\r\n250 AUTH PLAIN\r\n";
    if (verb == "AUTH") {
      const std::lock_guard lock(mutex_);
      return line.substr(line.rfind(' ') + 1) == credentials_ ? "235 welcome\r\n" : "535 no\r\n";
    }
    if (verb == "MAIL") mail.from = in_brackets();
    if (verb == "RCPT") {
      mail.to = in_brackets();
      if (mail.to.find("@refused.example") != std::string::npos) return "550 no such user\r\n";
      if (mail.to.find("@later.example") != std::string::npos) return "451 greylisted\r\n";
    }
    return "250 ok\r\n";
  }

  static bool read_text(TlsConnection& connection, std::string& text) {
    std::string line;
    while (connection.read_line(line)) {
      if (line == ".") return true;
      text += (line.substr(0, 1) == "." ? line.substr(1) : line) + "\r\n";
    }
    return false;
  }

  bool keep(const Mail& mail) {
    const std::lock_guard lock(mutex_);
    mails_.push_back(mail);
    return !silent_;
  }

  mutable std::mutex mutex_;
  std::string credentials_;
  bool silent_ = false;
  std::vector<Mail> mails_;
  TlsPeer peer_{[this](TlsConnection& connection) { serve(connection); }};  // last: it ends first
};

}  // namespace tocsin::testing
