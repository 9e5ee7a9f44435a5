// What all requests of one front door share: who is let in, what is noted about them, and whose turn it is to have a
// password checked.  Thread-safe.
#pragma once

#include <condition_variable>
#include <mutex>
#include <set>
#include <string>
#include <utility>

#include "adapters/https/audit.h"
#include "adapters/https/auth.h"
#include "adapters/https/rate_limiter.h"
#include "gateway/ports/stage.h"
#include "gateway/ports/web_files.h"

namespace tocsin::https {

// Turns at what takes 19 MiB and a core for 40 ms (argon2id): one at a time, a few waiting, one of each client.
class Turns {
 public:
  // Held until destroyed; false: too many wait, or it did not come in time.
  class Turn {
   public:
    Turn(Turns& turns, const std::string& client);
    ~Turn();
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    explicit operator bool() const { return has_it_; }

   private:
    Turns& turns_;
    const std::string client_;
    bool waits_ = false, has_it_ = false;
  };

 private:
  std::mutex mutex_;
  std::condition_variable free_;
  std::set<std::string> waiting_;
  bool taken_ = false;
};

// The web app, as it is served.
struct WebPages {
  ports::WebFiles files;          // by path; empty: a plain page says what this is
  ports::Stage* stage = nullptr;  // of a demo, whose own pages are served too
};

struct Doorway {
  explicit Doorway(ports::FrontDoor& door, WebPages pages = {}) : keeper(door), audit(door), web(std::move(pages)) {}
  Gatekeeper keeper;
  Audit audit;
  const WebPages web;
  Turns passwords;
  RateLimiter feeds{Rate{1, 20}};  // per calendar: programs ask every quarter of an hour at most
};

}  // namespace tocsin::https
