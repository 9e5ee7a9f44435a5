// The HTTPS front door: accepts, keeps the slow and the hostile from locking others out, and hands whole requests to
// the routes.
//
// A few IO threads hold all connections (session.h), none of which can hold a thread; only whole, bounded requests
// reach the workers (request_pool.h).  docs/operations.md says what each limit is for, docs/decisions/ why it is so.
#pragma once

#include <memory>
#include <string>

#include "adapters/https/settings.h"
#include "gateway/base/result.h"
#include "gateway/ports/front_door.h"

namespace tocsin::https {

class HttpsServer {
 public:
  // `door` must outlive stop().
  HttpsServer(const HttpsSettings& settings, ports::FrontDoor& door);
  ~HttpsServer();                            // stops
  HttpsServer(const HttpsServer&) = delete;  // owns threads and sockets
  HttpsServer& operator=(const HttpsServer&) = delete;

  // Makes the certificate if need be, binds, listens and begins to serve.  Once.
  // kConflict when another process has the port; kInvalid for a certificate, address or setting that cannot be used.
  [[nodiscard]] base::Status start();
  // Takes no more connections, lets running answers finish for up to 3 s, then cuts.  Idempotent.
  void stop();

  // Puts these settings and the certificate as its files are now in force, all or nothing; what holds from start() to
  // stop() only (settings.h) is left as it is.  Counts and rates hold at once, deadlines, sizes and certificate for new
  // connections.  Any thread, one at a time; between start() and stop().  Errors as of start().
  [[nodiscard]] base::Status reconfigure(const HttpsSettings& settings);

  [[nodiscard]] int port() const;                 // after start()
  [[nodiscard]] std::string fingerprint() const;  // SHA-256 of the certificate in force, "AA:BB:…"; after start()
  // Prometheus text exposition 0.0.4 of the front door alone; GET /metrics has it behind the door's own.  Any thread.
  [[nodiscard]] std::string metrics() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tocsin::https
