// How many connections and large bodies each client has, against its share and the whole.
//
// A client is what Address::client() says.  Thread-safe.  Whoever got a yes gives it back exactly once.
#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <unordered_map>

namespace tocsin::https {

class ClientLimits {
 public:
  struct Shares {
    int connections_per_client = 64;
    int large_bodies = 4, large_bodies_per_client = 1;
  };
  explicit ClientLimits(Shares shares) : shares_(shares) {}

  [[nodiscard]] bool connect(const std::string& client);
  void disconnect(const std::string& client);
  [[nodiscard]] bool begin_large_body(const std::string& client);
  void end_large_body(const std::string& client);

  // Holds from the next question on; nobody is sent away.
  void set(Shares shares);
  [[nodiscard]] std::size_t clients() const;  // that have anything now

 private:
  struct Held {
    int connections = 0, large_bodies = 0;
  };
  void forget_if_nothing(std::unordered_map<std::string, Held>::iterator at);

  mutable std::mutex mutex_;
  Shares shares_;                               // guarded
  std::unordered_map<std::string, Held> held_;  // guarded
  int large_bodies_ = 0;                        // guarded
};

}  // namespace tocsin::https
