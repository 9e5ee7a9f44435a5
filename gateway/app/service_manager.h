// What the daemon tells the service manager (systemd) over $NOTIFY_SOCKET: when it serves, reloads and stops, and that
// its engine turns.  Without a service manager every call does nothing.
//
// Thread-safe, but for heartbeat(), which the engine's thread alone calls.
#pragma once

#include <string>

#include "gateway/base/time.h"

namespace tocsin::app {

class ServiceManager {
 public:
  ServiceManager();  // reads $WATCHDOG_USEC

  void ready(const std::string& status) const;
  void reloading() const;
  void stopping() const;
  // Passed on at most once per third of the watchdog's interval; nothing when no watchdog is wanted.
  void heartbeat(base::SteadyTime now);

 private:
  base::Duration every_{};  // 0 = no watchdog
  base::SteadyTime last_{};
  bool fed_ = false;
};

}  // namespace tocsin::app
