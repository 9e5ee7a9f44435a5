// One X.509 certificate from plain values.  For .cc files of this room only.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "adapters/https/openssl_handles.h"
#include "gateway/base/result.h"
#include "gateway/base/time.h"

namespace tocsin::https {

struct CertificateSpec {
  std::string common_name;
  base::UtcTime now{};                                  // valid from five minutes before, for clocks that are late
  int days = 0;                                         // from then on
  std::vector<std::pair<int, std::string>> extensions;  // NID and OpenSSL's text form (x509v3_config(5)), in order
  EVP_PKEY* key = nullptr;                              // its own
  X509* issuer = nullptr;                               // null: signs itself
  EVP_PKEY* issuer_key = nullptr;
};

// Null when OpenSSL refuses: a wrong extension, or no memory.
[[nodiscard]] Certificate make_certificate(const CertificateSpec& spec);

[[nodiscard]] Key new_key();  // ECDSA P-256
// PEM; empty when it cannot be written.
[[nodiscard]] std::string pem_of(EVP_PKEY* key);
[[nodiscard]] std::string pem_of(X509* certificate);
[[nodiscard]] std::string der_of(X509* certificate);
// SHA-256, as "AA:BB:…"; empty when it cannot be made.
[[nodiscard]] std::string fingerprint_of(const X509* certificate);

}  // namespace tocsin::https
