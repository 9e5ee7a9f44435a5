// Chance from outside: seeded in tests, from the kernel in production.
#pragma once

#include <cstdint>
#include <random>
#include <string>

namespace tocsin::base {

// Not thread-safe; jitter, salts of digests, simulator choices.  Never for tokens.
class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}
  // Uniform in [0, bound); bound > 0.  The same sequence on every platform.
  [[nodiscard]] std::uint64_t below(std::uint64_t bound) { return engine_() % bound; }
  [[nodiscard]] bool one_in(std::uint64_t n) { return below(n) == 0; }

 private:
  std::mt19937_64 engine_;
};

// Fresh bytes from the kernel (libsodium), for tokens and salts.  Thread-safe.
[[nodiscard]] std::string secret_bytes(std::size_t count);
// A secret number, uniform in [0, bound); bound > 0.  For codes.
[[nodiscard]] std::uint64_t secret_number(std::uint64_t bound);
// 32 secret bytes as base64url without padding (43 characters).
[[nodiscard]] std::string new_token();

}  // namespace tocsin::base
