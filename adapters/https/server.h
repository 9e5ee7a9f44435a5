// The HTTPS front door: accepts, keeps the slow and the hostile from locking others out, and hands
// whole requests to the routes.
//
// One thread accepts, one serves each connection, and at most `workers` requests are answered at
// once.  Each wait has one absolute end (handshake, request, idle, answer), connections are capped in
// total and per address, and when all are taken the one idle longest makes room.  Closes after every
// status of 400 or more.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include "adapters/https/framing.h"
#include "gateway/base/result.h"
#include "gateway/ports/front_door.h"

namespace tocsin::https {

struct HttpsSettings {
  std::string address = "127.0.0.1";       // numeric IPv4 or IPv6, or a name of this machine; "::" is both families
  int port = 8443;                         // 0: any free one, port() tells
  std::string certificate_file, key_file;  // PEM; made self-signed when neither exists

  FramingLimits framing;
  std::chrono::milliseconds handshake_within{5000};  // from accept to the end of the TLS handshake
  std::chrono::milliseconds request_within{10000};   // from a request's first byte to its last
  std::chrono::milliseconds idle_at_most{15000};     // between requests, and before the first
  std::chrono::milliseconds answer_within{30000};    // for the client to take an answer
  std::chrono::milliseconds worker_within{2000};     // waiting for a free worker; then 503
  int requests_per_connection = 1000;
  int workers = 16;                  // requests answered at once
  int connections = 512;             // in all
  int connections_per_address = 64;  // per IPv4 address or IPv6 /64
};

class HttpsServer {
 public:
  // `door` must outlive stop().
  HttpsServer(HttpsSettings settings, ports::FrontDoor& door);
  ~HttpsServer();                            // stops
  HttpsServer(const HttpsServer&) = delete;  // owns threads and sockets
  HttpsServer& operator=(const HttpsServer&) = delete;

  // Makes the certificate if need be, binds, listens and begins to serve.  Once.
  // kConflict when another process has the port; kInvalid for a certificate or address that cannot be used.
  [[nodiscard]] base::Status start();
  // Takes no more connections, lets running answers finish for up to 3 s, then cuts.  Idempotent.
  void stop();

  [[nodiscard]] int port() const;                        // after start()
  [[nodiscard]] const std::string& fingerprint() const;  // SHA-256 of the certificate, "AA:BB:…"; after start()

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tocsin::https
