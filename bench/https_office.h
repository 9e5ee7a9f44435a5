// A whole office behind its HTTPS front door in a process of its own, for the benchmarks of the front door.
//
// The load comes from the calling process, so that memory and processor time of the two can be told apart.
#pragma once

#include <sys/types.h>

#include <map>
#include <string>
#include <vector>

#include "adapters/https/settings.h"

namespace tocsin::bench {

struct OfficeWish {
  int phones = 1;        // tokens of reporters
  int desks = 0;         // tokens of duty officers, behind those
  int people = 10;       // in the group that a fire tells
  int carrier_rate = 0;  // messages a second of an SMPP link to a centre of its own; 0: no link at all
};

class HttpsOffice {
 public:
  // Forks; call it before there are threads.  `settings` without port and certificate.
  HttpsOffice(const std::string& parent_folder, const https::HttpsSettings& settings, const OfficeWish& wish);
  ~HttpsOffice();  // ends the process
  HttpsOffice(const HttpsOffice&) = delete;
  HttpsOffice& operator=(const HttpsOffice&) = delete;

  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] const std::string& token(int n) const { return tokens_.at(static_cast<std::size_t>(n)); }
  // "VmRSS" or "VmHWM", in MiB.
  [[nodiscard]] double memory_mib(const char* key) const;
  // Processor time used so far by kind of thread ("https-io", "https-worker", the rest "engine and others"), in s.
  [[nodiscard]] std::map<std::string, double> cpu_seconds() const;
  // What GET /metrics would say of the front door.
  [[nodiscard]] std::string metrics() const;

 private:
  [[noreturn]] static void serve(const std::string& folder, const https::HttpsSettings& settings,
                                 const OfficeWish& wish, const std::vector<std::string>& tokens, int to_parent,
                                 int from_parent);

  std::string folder_;
  std::vector<std::string> tokens_;
  pid_t child_ = -1;
  int to_child_ = -1, from_child_ = -1;
  int port_ = 0;
};

}  // namespace tocsin::bench
