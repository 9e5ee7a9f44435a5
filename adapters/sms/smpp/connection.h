// One TCP connection to a centre: bytes in, bytes out, nothing of their meaning.  Included by link.cc alone (Asio).
//
// What is written while a write is under way goes out together with the next one.
#pragma once

#include <asio/connect.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/write.hpp>
#include <memory>
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

  // Calls on_bytes(error) when something has come; received() then shows all that is there.
  template <typename F>
  void read(F on_bytes) {
    auto self = shared_from_this();
    socket.async_read_some(asio::buffer(in_.data() + end_, in_.size() - end_),
                           [self, on_bytes](const asio::error_code& error, std::size_t count) {
                             self->end_ += count;
                             on_bytes(error);
                           });
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
    asio::async_write(socket, asio::buffer(busy_), [self, on_written](const asio::error_code& error, std::size_t) {
      self->writing_ = false;
      on_written(error);
    });
  }
  // Sends what is in `out` as far as the socket takes it without waiting, then closes.
  void close() {
    asio::error_code ignored;
    if (!writing_ && !out.empty()) {
      socket.non_blocking(true, ignored);
      socket.write_some(asio::buffer(out), ignored);
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
};

}  // namespace tocsin::sms::smpp
