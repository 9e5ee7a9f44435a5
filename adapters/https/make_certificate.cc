#include "adapters/https/make_certificate.h"

#include <openssl/pem.h>
#include <openssl/rand.h>

namespace tocsin::https {
namespace {

using Number = std::unique_ptr<BIGNUM, Free<BN_free>>;

constexpr auto kClockLate = std::chrono::minutes(5);

bool add(X509* certificate, X509* issuer, int nid, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
  return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

// Random, positive, 127 bits (RFC 5280 section 4.1.2.2).
bool give_serial(X509* certificate) {
  unsigned char serial[16];
  if (RAND_bytes(serial, sizeof(serial)) != 1) return false;
  serial[0] &= 0x7f;
  const Number number(BN_bin2bn(serial, sizeof(serial), nullptr));
  return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

std::string text_of(BIO* memory) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(memory, &data);
  return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string();
}

template <typename Write>
std::string written(Write write) {
  const Memory memory(BIO_new(BIO_s_mem()));
  return memory && write(memory.get()) == 1 ? text_of(memory.get()) : std::string();
}

}  // namespace

Certificate make_certificate(const CertificateSpec& spec) {
  Certificate certificate(X509_new());
  X509* c = certificate.get();
  if (c == nullptr) return nullptr;
  X509* issuer = spec.issuer == nullptr ? c : spec.issuer;
  time_t from = std::chrono::floor<std::chrono::seconds>(spec.now - kClockLate).time_since_epoch().count();
  X509_NAME* name = X509_get_subject_name(c);
  bool made =
      X509_set_version(c, 2) == 1 && give_serial(c) &&
      X509_time_adj_ex(X509_getm_notBefore(c), 0, 0, &from) != nullptr &&
      X509_time_adj_ex(X509_getm_notAfter(c), spec.days, 0, &from) != nullptr &&
      X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                                 reinterpret_cast<const unsigned char*>(spec.common_name.c_str()), -1, -1, 0) == 1 &&
      X509_set_issuer_name(c, X509_get_subject_name(issuer)) == 1 && X509_set_pubkey(c, spec.key) == 1;
  for (const auto& [nid, value] : spec.extensions) made = made && add(c, issuer, nid, value);
  EVP_PKEY* signer = spec.issuer == nullptr ? spec.key : spec.issuer_key;
  if (!made || X509_sign(c, signer, EVP_sha256()) <= 0) return nullptr;
  return certificate;
}

Key new_key() {
  return Key(EVP_EC_gen("P-256"));
}

std::string pem_of(EVP_PKEY* key) {
  return written([&](BIO* out) { return PEM_write_bio_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr); });
}

std::string pem_of(X509* certificate) {
  return written([&](BIO* out) { return PEM_write_bio_X509(out, certificate); });
}

std::string der_of(X509* certificate) {
  return written([&](BIO* out) { return i2d_X509_bio(out, certificate); });
}

std::string fingerprint_of(const X509* certificate) {
  unsigned char hash[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  if (X509_digest(certificate, EVP_sha256(), hash, &size) != 1) return {};
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string text;
  for (unsigned int i = 0; i < size; ++i) {
    if (i > 0) text += ':';
    text += kHex[hash[i] >> 4U];
    text += kHex[hash[i] & 15U];
  }
  return text;
}

}  // namespace tocsin::https
