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

}  // namespace tocsin::transfer
