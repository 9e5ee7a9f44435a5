#include "adapters/transfer/hmac.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace tocsin::transfer {
namespace {

std::string hmac(const EVP_MD* digest, std::string_view key, std::string_view text) {
  unsigned char octets[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  const char* octets_of_key = key.empty() ? "" : key.data();  // null would mean another key
  HMAC(digest, octets_of_key, static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(text.data()),
       text.size(), octets, &length);
  return {reinterpret_cast<const char*>(octets), length};
}

}  // namespace

std::string hmac_sha256(std::string_view key, std::string_view text) {
  return hmac(EVP_sha256(), key, text);
}

std::string hmac_sha1(std::string_view key, std::string_view text) {
  return hmac(EVP_sha1(), key, text);
}

std::string sha256_hex(std::string_view text) {
  unsigned char octets[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  EVP_Digest(text.data(), text.size(), octets, &length, EVP_sha256(), nullptr);
  return to_hex({reinterpret_cast<const char*>(octets), length});
}

std::string to_hex(std::string_view octets) {
  constexpr const char* kDigits = "0123456789abcdef";
  std::string text;
  for (const char c : octets) {
    const auto octet = static_cast<unsigned char>(c);
    text += kDigits[octet >> 4U];
    text += kDigits[octet & 15U];
  }
  return text;
}

}  // namespace tocsin::transfer
