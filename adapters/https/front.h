// What all sessions of the front door share, whichever thread they live on.
//
// Rules are a snapshot: a session takes the one in force when it begins and keeps it; everything else is thread-safe by
// itself.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "adapters/https/address.h"
#include "adapters/https/client_limits.h"
#include "adapters/https/counters.h"
#include "adapters/https/forwarded.h"
#include "adapters/https/framing.h"
#include "adapters/https/http_bridge.h"
#include "adapters/https/rate_limiter.h"
#include "adapters/https/request_pool.h"
#include "adapters/https/routes.h"
#include "adapters/https/settings.h"
#include "adapters/https/tls_context.h"
#include "gateway/base/guarded.h"

namespace tocsin::https {

// The settings, made ready for use.
struct FrontRules {
  HttpsSettings settings;
  FramingLimits framing;
  Networks trusted;
  ForwardedBy forwarded = ForwardedBy::kXForwardedFor;
  std::vector<std::string> authorities;  // "host:port", lower case
  TlsContext tls;
  std::string fingerprint;  // of the certificate
};
using RulesPtr = std::shared_ptr<const FrontRules>;

// Counts unfinished handshakes, and tells the acceptor when there is room again.
class HandshakeGate {
 public:
  // Before any thread.
  void when_room(std::function<void()> resume) { resume_ = std::move(resume); }
  void enter() { ++unfinished_; }
  void leave() {
    --unfinished_;
    if (waiting_.exchange(false)) resume_();
  }
  // By the acceptor; when true, `resume` is called once there may be room.
  [[nodiscard]] bool full(int most) {
    if (unfinished_ < most) return false;
    waiting_ = true;
    return unfinished_ >= most || !waiting_.exchange(false);
  }

 private:
  std::function<void()> resume_;
  std::atomic<int> unfinished_{0};
  std::atomic<bool> waiting_{false};
};

// How many connections there are, and a place to wait for the last one's end.
class OpenConnections {
 public:
  void enter() { ++count_; }
  void leave() {
    if (--count_ > 0) return;
    const std::lock_guard lock(mutex_);
    none_.notify_all();
  }
  [[nodiscard]] int count() const { return count_; }
  // False when some are left after `limit`.
  bool wait_for_none(std::chrono::milliseconds limit) {
    std::unique_lock lock(mutex_);
    return none_.wait_for(lock, limit, [this] { return count_ == 0; });
  }

 private:
  std::atomic<int> count_{0};
  std::mutex mutex_;
  std::condition_variable none_;
};

struct Front {
  const Router& router;
  const HttpBridge& bridge;
  RequestPool& pool;
  ClientLimits& clients;
  RateLimiter& requests;      // by client
  RateLimiter& all_requests;  // one key
  Counters& counters;
  base::Guarded<RulesPtr>& rules;
  HandshakeGate handshakes;
  OpenConnections open;
};

}  // namespace tocsin::https
