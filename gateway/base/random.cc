#include "gateway/base/random.h"

#include <sodium.h>

#include <cstdlib>
#include <cstring>

namespace tocsin::base {
namespace {

// libsodium wants to be started once; it can only fail where the machine has no randomness at all.
void start_sodium() {
  static const bool started = [] {
    if (sodium_init() < 0) std::abort();
    return true;
  }();
  static_cast<void>(started);
}

}  // namespace

std::string secret_bytes(std::size_t count) {
  start_sodium();
  std::string out(count, '\0');
  randombytes_buf(out.data(), out.size());
  return out;
}

std::uint64_t secret_number(std::uint64_t bound) {
  const std::uint64_t fair = ~std::uint64_t{0} - ~std::uint64_t{0} % bound;
  for (;;) {
    std::uint64_t number = 0;
    const std::string bytes = secret_bytes(sizeof number);
    std::memcpy(&number, bytes.data(), sizeof number);
    if (number < fair) return number % bound;
  }
}

std::string new_token() {
  std::string bytes = secret_bytes(32);
  constexpr auto kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::string out(sodium_base64_ENCODED_LEN(32, kVariant), '\0');
  sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                    kVariant);
  sodium_memzero(bytes.data(), bytes.size());
  out.pop_back();  // the terminating zero it counts
  return out;
}

}  // namespace tocsin::base
