// Listening sockets, and the loop's hand at them.
#pragma once

#include <sys/socket.h>

#include <functional>
#include <string>

#include "adapters/https/event_loop.h"
#include "gateway/base/result.h"

namespace tocsin::https {

struct ListeningSocket {
  int fd = -1;
  int port = 0;
};

// kConflict when another process has the port; kInvalid for an address that is none of this machine.
[[nodiscard]] base::Result<ListeningSocket> listen_tcp(const std::string& address, int port);
// A socket file that only our own user can open (0600), in place of one that a dead process left.
// kInvalid when the path is too long or cannot be made; kConflict when it is something else than a socket.
[[nodiscard]] base::Result<int> listen_local(const std::string& path);
// The user at the other end of a unix socket is ours or root.
[[nodiscard]] bool is_own_user(int fd);

// Takes connections from one listening socket.  Lives on its loop's thread; made and destroyed while that stands still
// or on it.
class Acceptor {
 public:
  struct Hooks {
    std::function<bool()> has_room;                                  // false: leave them to wait in the system's queue
    std::function<void()> pressed;                                   // now and then while there is no room
    std::function<void(int fd, const sockaddr_storage& from)> take;  // owns `fd` (non-blocking)
    std::function<void()> out_of_descriptors;
  };
  // Closes `fd` at its end.
  Acceptor(EventLoop& loop, int fd, Hooks hooks);
  ~Acceptor();
  Acceptor(const Acceptor&) = delete;
  Acceptor& operator=(const Acceptor&) = delete;

  // Goes on, after has_room() said no.
  void resume();

 private:
  void accept_some();

  const int fd_;
  const Hooks hooks_;
  EventLoop::Watch watch_;
  EventLoop::Timer timer_;
};

}  // namespace tocsin::https
