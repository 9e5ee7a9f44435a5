#include "gateway/base/password.h"

#include <sodium.h>

#include <algorithm>

#include "gateway/base/random.h"
#include "gateway/base/text.h"

namespace tocsin::base {
namespace {

constexpr unsigned long long kPasses = 2;
constexpr std::size_t kMemory = std::size_t{19} * 1024 * 1024;
constexpr std::size_t kLeast = 12, kMost = 256;  // characters

}  // namespace

Status check_new_password(std::string_view password) {
  const auto length = count_characters(password);
  if (!is_utf8(password)) return invalid("the password is not UTF-8", "password");
  if (length < kLeast || length > kMost) {
    return invalid("a password has " + std::to_string(kLeast) + " to " + std::to_string(kMost) + " characters",
                   "password");
  }
  const auto letters = to_utf32(password);
  if (std::all_of(letters.begin(), letters.end(), [&](char32_t c) { return c == letters.front(); })) {
    return invalid("a password of one character repeated is none", "password");
  }
  return Done{};
}

std::optional<std::string> hash_password(std::string_view password) {
  static_cast<void>(secret_bytes(1));  // starts libsodium
  std::string hash(crypto_pwhash_STRBYTES, '\0');
  if (crypto_pwhash_str_alg(hash.data(), password.data(), password.size(), kPasses, kMemory,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return std::nullopt;
  }
  hash.resize(hash.find('\0'));
  return hash;
}

bool password_matches(std::string_view password, const std::string& hash) {
  if (hash.size() >= crypto_pwhash_STRBYTES) return false;
  return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

const std::string& dummy_password_hash() {
  static const std::string hash = hash_password(new_token()).value_or("");
  return hash;
}

}  // namespace tocsin::base
