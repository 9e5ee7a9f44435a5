// One TCP connection, with or without TLS: bytes in, bytes out, nothing of their meaning.  Heavy (Asio): included by
// the .cc files of this room and by the tests' centre alone.
//
// What is written while a write is under way goes out together with the next one.  One thread.
#pragma once

#include <asio/connect.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/ssl/context.hpp>
#include <asio/ssl/stream.hpp>
#include <asio/write.hpp>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "adapters/sms/smpp/pdu.h"

namespace tocsin::sms::smpp {

class TcpConnection : public std::enable_shared_from_this<TcpConnection> {
 public:
  explicit TcpConnection(asio::io_context& io) : socket(io) {}

  // Tunes the connected socket.
  void tune() {
    asio::error_code ignored;
    socket.set_option(asio::ip::tcp::no_delay(true), ignored);
    socket.set_option(asio::socket_base::keep_alive(true), ignored);
  }

  // From here on everything is inside TLS; before the first read or write.  Calls on_done(error).
  // `context` is shared with nobody; `set_up` tunes the session before its handshake (server name, checks).
  template <typename SetUp, typename F>
  void start_tls(asio::ssl::context context, SetUp set_up, F on_done) {
    context_.emplace(std::move(context));
    tls_.emplace(socket, *context_);
    set_up(*tls_);
    auto self = shared_from_this();
    tls_->async_handshake(asio::ssl::stream_base::client,
                          [self, on_done](const asio::error_code& error) { on_done(error); });
  }

  // Calls on_bytes(error) when something has come; received() then shows all that is there.
  template <typename F>
  void read(F on_bytes) {
    auto self = shared_from_this();
    const auto room = asio::buffer(in_.data() + end_, in_.size() - end_);
    const auto done = [self, on_bytes](const asio::error_code& error, std::size_t count) {
      self->end_ += count;
      on_bytes(error);
    };
    if (tls_) {
      tls_->async_read_some(room, done);
    } else {
      socket.async_read_some(room, done);
    }
  }
  [[nodiscard]] std::string_view received() const { return {in_.data() + begin_, end_ - begin_}; }
  void consume(std::size_t count) { begin_ += count; }
  // Moves the rest to the front, so that a whole PDU fits behind it.
  void compact() {
    if (begin_ == 0) return;
    std::copy(in_.begin() + static_cast<std::ptrdiff_t>(begin_), in_.begin() + static_cast<std::ptrdiff_t>(end_),
              in_.begin());
    end_ -= begin_;
    begin_ = 0;
  }

  [[nodiscard]] bool writing() const { return writing_; }
  // Sends what is in `out`, unless a write is under way; calls on_written(error) at its end.
  template <typename F>
  void write(F on_written) {
    if (writing_ || out.empty()) return;
    busy_.clear();
    busy_.swap(out);
    writing_ = true;
    auto self = shared_from_this();
    const auto done = [self, on_written](const asio::error_code& error, std::size_t) {
      self->writing_ = false;
      on_written(error);
    };
    if (tls_) {
      asio::async_write(*tls_, asio::buffer(busy_), done);
    } else {
      asio::async_write(socket, asio::buffer(busy_), done);
    }
  }
  // Octets that the peer has not taken yet.
  [[nodiscard]] std::size_t unwritten() const { return out.size() + (writing_ ? busy_.size() : 0); }
  // Sends what is in `out` as far as the socket takes it without waiting, then closes.
  void close() {
    asio::error_code ignored;
    if (!writing_ && !out.empty()) {
      socket.non_blocking(true, ignored);
      if (tls_) {
        tls_->write_some(asio::buffer(out), ignored);
      } else {
        socket.write_some(asio::buffer(out), ignored);
      }
    }
    socket.shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
    socket.close(ignored);
  }

  asio::ip::tcp::socket socket;
  std::string out;

 private:
  std::vector<char> in_ = std::vector<char>(4 * kLargestPdu);
  std::size_t begin_ = 0, end_ = 0;
  std::string busy_;
  bool writing_ = false;
  std::optional<asio::ssl::context> context_;
  std::optional<asio::ssl::stream<asio::ip::tcp::socket&>> tls_;  // refers to socket
};

}  // namespace tocsin::sms::smpp
