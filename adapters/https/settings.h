// What the HTTPS front door is told: where to listen, how much of everything it takes, how long it waits.
//
// Plain values.  Those of the first group hold from start() to stop(); HttpsServer::reconfigure() changes the rest.
#pragma once

#include <string>

#include "gateway/base/time.h"
#include "gateway/ports/web_files.h"

namespace tocsin::ports {
class Stage;
}

namespace tocsin::https {

struct HttpsSettings {
  // ---- at start only ----
  std::string address = "127.0.0.1";  // numeric IPv4 or IPv6, or a name of this machine; "::" is both families
  int port = 8443;                    // 0: any free one, port() tells
  std::string local_socket;           // path of the unix socket; empty = none
  int io_threads = 2;
  ports::WebFiles web_files;      // by path; empty: a plain page says what this is
  ports::Stage* stage = nullptr;  // of a demo, whose own pages are served too; outlives the server

  // ---- changed live ----
  std::string certificate_file, key_file;  // PEM; made self-signed when neither exists
  // "host" or "host:port" (443 when left out), separated by commas: what a target in absolute form may name.
  // "localhost" and the address, each with the port listened on, are always ours.
  std::string authorities;

  // Who may speak for others: addresses and networks ("10.0.0.7, 10.1.0.0/16, fd00::/8"), separated by commas.
  std::string trusted_proxies;
  // Which of their headers names the client; the other one is not looked at, since they pass it on unread.
  std::string forwarded_header = "x-forwarded-for";  // or "forwarded" (RFC 7239)
  bool proxy_protocol = false;                       // they begin each connection with a PROXY v2 header

  // One request.
  int line_bytes = 4096;         // the request line
  int header_bytes = 16 * 1024;  // request line included
  int header_count = 64;         // lines
  int body_bytes = 64 * 1024;    // after de-chunking; a route may take more (attachments)
  int large_bodies = 4;          // larger ones at once, in all
  int large_bodies_per_client = 1;

  // One absolute end for each wait.
  base::Duration handshake_within = std::chrono::seconds(5);    // from accept to the end of the TLS handshake
  base::Duration request_within = std::chrono::seconds(10);     // from a request's first byte to its last
  base::Duration large_body_within = std::chrono::seconds(60);  // the same, when its body is a large one
  base::Duration idle_at_most = std::chrono::seconds(60);       // between requests, and before the first
  base::Duration answer_within = std::chrono::seconds(30);      // for the client to take an answer
  base::Duration worker_within = std::chrono::seconds(2);       // waiting for a free worker; then 503
  int requests_per_connection = 10000;

  // Connections.  One client is an IPv4 address or an IPv6 /64.
  int connections = 4096;                                       // in all
  int connections_per_address = 64;                             // of one client
  int handshakes = 512;                                         // unfinished at once; further ones wait to be accepted
  base::Duration handshake_patience = std::chrono::seconds(1);  // when they are held: an older one makes room

  // Whole requests.
  int workers = 64;                 // requests answered at once
  int urgent_share = 25;            // percent of the workers that only urgent requests get, and that they do not
  int waiting_requests = 1024;      // for a worker, in all; then 503
  int waiting_per_client = 64;      // of one client
  int requests_per_second = 200;    // of one client, on average; 0 = no limit; then 429
  int requests_burst = 400;         // of one client, at once
  int all_requests_per_second = 0;  // of all clients together; 0 = no limit
  int all_requests_burst = 1000;
  int reports_per_second = 2;  // of one token or session; 0 = no limit; then 429
  int reports_burst = 20;
};

}  // namespace tocsin::https
