// One connection from accept to close: a state machine that never waits.
//
//     (PROXY header) → handshake → idle → reading → waiting for a worker → writing → idle …
//
// Each state has one absolute deadline, which no trickle of bytes moves.  Requests of one connection are answered one
// after the other, in order; while one is being answered nothing more is read, so that a client that does not read
// either fills its own buffers.  After an answer of 429 the connection rests a while before the next request is read.
// Lives on its loop's thread.
#pragma once

#include <list>
#include <memory>
#include <optional>
#include <string>

#include "adapters/https/event_loop.h"
#include "adapters/https/framing.h"
#include "adapters/https/front.h"
#include "adapters/https/transport.h"

namespace tocsin::https {

class Session;
class SessionRoom;

// Where its room keeps it.
struct SessionPlace {
  enum class Kind { kUnfinished, kIdle, kBusy };
  Kind kind = Kind::kBusy;
  std::list<std::shared_ptr<Session>>::iterator at;
};

// Who is at the other end of a fresh connection.
struct Peer {
  Address address;
  bool local = false;   // the unix socket, and the right user
  std::string counted;  // the client whose share of connections it holds; empty = nobody's
};

class Session : public std::enable_shared_from_this<Session> {
 public:
  // Owns `fd` (non-blocking), its places in `front.open` and, unless local, `front.handshakes`, and what `peer.counted`
  // holds.
  Session(SessionRoom& room, int fd, Peer peer);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  void start();
  // Ends a connection without a request under way; the client reads an orderly end.
  void finish();
  // Takes no further request: an answer under way still goes out, everything else ends now.
  void wind_up();
  void close();

  [[nodiscard]] Deadline since() const { return since_; }  // in its state
  // It is we who are slow: what it said has not been looked at yet.
  [[nodiscard]] bool has_unread() const { return transport_.has_unread(); }

  // ---- for its room ----
  void take_place(std::list<std::shared_ptr<Session>>::iterator at) { place_.at = at; }
  [[nodiscard]] SessionPlace& place() { return place_; }

 private:
  struct Exchange;

  void set_state(SessionState state);
  void leave_handshakes();
  void deadline_in(base::Duration from_now);
  void on_deadline();
  void run();
  // True when it may go on at once; false when something is waited for, or all is over.
  bool step();
  bool wait_for(Transport::Io io);

  bool read_proxy_header();
  bool take_proxy_header(const std::optional<Address>& source);
  bool begin();
  bool shake_hands();
  bool read();
  bool read_more();
  void next_request();
  void begin_reading();
  [[nodiscard]] Deadline whole_by() const;
  [[nodiscard]] BodyRule body_rule(const HttpRequest& head);
  void name_client(HttpRequest& request) const;
  bool dispatch();
  bool submit(const std::shared_ptr<Exchange>& exchange);
  void replied(Exchange& exchange);
  void waited_too_long();
  bool shed(Shed why, Problem problem, std::optional<std::chrono::milliseconds> come_back);
  bool refuse(Problem problem, std::string_view detail);
  bool send(std::string bytes, SessionState then);
  bool write();
  bool swallow();
  void end_large_body();

  SessionRoom& room_;
  SessionPlace place_;
  Front& front_;
  const RulesPtr rules_;
  Peer peer_;
  bool unfinished_;  // holds a place among the unfinished handshakes
  Transport transport_;
  std::optional<EventLoop::Watch> watch_;
  EventLoop::Timer timer_;
  Framer framer_;

  SessionState state_ = SessionState::kClosed;  // until start()
  SessionState after_write_ = SessionState::kIdle;
  Deadline since_{}, first_byte_at_{};
  std::string output_;  // of which `written_` bytes are gone
  std::size_t written_ = 0, swallowed_ = 0;
  std::string proxy_header_;
  int requests_ = 0;
  bool large_body_ = false, body_refused_ = false, head_only_ = false;
  bool winding_up_ = false, may_have_more_ = true;
  std::string large_client_;

  RequestPool::Job job_;  // while waiting
  Lane lane_ = Lane::kNormal;
  std::string client_;  // of the request under way
};

}  // namespace tocsin::https
