// A real HTTPS server on a free port before a fake front door, with a token per role.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>

#include "adapters/https/server.h"
#include "tests/support/fake_front_door.h"
#include "tests/support/temp_folder.h"
#include "tests/unit/https/client.h"

namespace tocsin::testing {

inline const std::string kReporter = "reporter-token-aaaaaaaaaaaaaaaaaaaaaaaaaaaa";
inline const std::string kCommander = "commander-token-aaaaaaaaaaaaaaaaaaaaaaaaaaa";
inline const std::string kDuty = "duty-token-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
inline const std::string kAuditor = "auditor-token-aaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
inline const std::string kAdmin = "admin-token-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

inline const std::string kPhotograph = base::to_hex(base::digest("a photograph"));
// Made at 2026-11-22T01:59:59Z, a second before the fake door's time.
inline const std::int64_t kAlert = [] {
  base::IdSource ids;
  return ids.next(*base::parse_rfc3339("2026-11-22T01:59:59Z"));
}();

// Incident 101 with an alert of Chen Gang (the commander's token), incident 102 without.
void fill(FakeFrontDoor& door);

class ServerTest : public ::testing::Test {
 protected:
  ServerTest();
  ~ServerTest() override;
  using Tune = std::function<void(https::HttpsSettings&)>;

  void start(const Tune& tune = {});
  [[nodiscard]] int port() const { return server_->port(); }
  [[nodiscard]] Client client() const { return {port(), settings_.certificate_file}; }
  // Sends these bytes on a fresh connection and returns all that comes until the server closes.
  std::string say(std::string_view bytes);

  TempFolder folder_;
  FakeFrontDoor door_;
  https::HttpsSettings settings_;
  std::unique_ptr<https::HttpsServer> server_;
};

}  // namespace tocsin::testing
