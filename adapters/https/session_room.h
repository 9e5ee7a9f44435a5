// The sessions of one loop, by what they do, each list in the order in which they began to.
//
// Lives on its loop's thread, except longest_idle().
#pragma once

#include <array>
#include <atomic>
#include <limits>
#include <list>
#include <memory>

#include "adapters/https/event_loop.h"
#include "adapters/https/front.h"
#include "adapters/https/session.h"

namespace tocsin::https {

class SessionRoom {
 public:
  using Kind = SessionPlace::Kind;

  SessionRoom(EventLoop& loop, Front& front) : loop_(loop), front_(front) {}
  ~SessionRoom();  // closes all; the loop does not run
  SessionRoom(const SessionRoom&) = delete;
  SessionRoom& operator=(const SessionRoom&) = delete;

  [[nodiscard]] EventLoop& loop() { return loop_; }
  [[nodiscard]] Front& front() { return front_; }

  // Takes what a Session owns (session.h).
  void adopt(int fd, Peer peer);
  // Ends the session that is idle longest, at once, or an unfinished handshake past the patience of the settings; false
  // when there is none.
  bool make_room();
  // Ends up to `most` unfinished handshakes past the patience of the settings.
  void drop_slow_handshakes(int most);
  // No further requests; what is being answered is finished.
  void wind_up();
  void close_all();

  // Since when the session that is idle longest is so, in ticks of the steady clock; the highest number when none is.
  // Any thread.
  [[nodiscard]] Deadline::rep longest_idle() const { return longest_idle_; }

  // ---- for sessions ----
  void move(Session& session, Kind to);
  void remove(Session& session);  // it is destroyed once the loop's present callback is over

 private:
  using List = std::list<std::shared_ptr<Session>>;
  [[nodiscard]] List& list(Kind kind) { return lists_[static_cast<std::size_t>(kind)]; }
  [[nodiscard]] bool drop_oldest_handshake();
  void note_longest_idle();

  static constexpr Deadline::rep kNone = std::numeric_limits<Deadline::rep>::max();

  EventLoop& loop_;
  Front& front_;
  std::array<List, 3> lists_;
  std::atomic<Deadline::rep> longest_idle_{kNone};
  bool winding_up_ = false;
};

}  // namespace tocsin::https
