#include "adapters/https/certificate.h"

#include <fcntl.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace tocsin::https {
namespace {

using base::Done;
using base::Error;
using base::ErrorCode;
using base::Status;

constexpr long kValidDays = 825;

template <auto F>
struct Free {
  template <typename T>
  void operator()(T* p) const {
    F(p);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Free<X509_free>>;
using Memory = std::unique_ptr<BIO, Free<BIO_free_all>>;
using Extension = std::unique_ptr<X509_EXTENSION, Free<X509_EXTENSION_free>>;

Error refused(const std::string& what, const std::string& file) {
  return {ErrorCode::kRefused, what + " " + file + ": " + std::strerror(errno), {}};
}

bool exists(const std::string& file) {
  return ::access(file.c_str(), F_OK) == 0;
}

// The host's name when it can stand in a certificate.
std::string host_name() {
  char name[256] = {};
  if (::gethostname(name, sizeof(name) - 1) != 0) return {};
  const std::string host = name;
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  };
  return std::all_of(host.begin(), host.end(), fits) ? host : std::string();
}

bool add(X509* certificate, int nid, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
  return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

Certificate self_signed(EVP_PKEY* key) {
  Certificate certificate(X509_new());
  unsigned char serial[16];
  if (!certificate || RAND_bytes(serial, sizeof(serial)) != 1) return nullptr;
  serial[0] &= 0x7f;  // a serial number is positive (RFC 5280 section 4.1.2.2)
  std::unique_ptr<BIGNUM, Free<BN_free>> number(BN_bin2bn(serial, sizeof(serial), nullptr));
  std::string names = "DNS:localhost,IP:127.0.0.1,IP:::1";
  const std::string host = host_name();
  if (!host.empty() && host != "localhost") names += ",DNS:" + host;

  X509* c = certificate.get();
  X509_NAME* name = X509_get_subject_name(c);
  const bool made =
      number && X509_set_version(c, 2) == 1 && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(c)) != nullptr &&
      X509_gmtime_adj(X509_getm_notBefore(c), -300) != nullptr &&
      X509_time_adj_ex(X509_getm_notAfter(c), kValidDays, -300, nullptr) != nullptr &&
      X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>("tocsin"), -1, -1,
                                 0) == 1 &&
      X509_set_issuer_name(c, name) == 1 && X509_set_pubkey(c, key) == 1 &&
      add(c, NID_basic_constraints, "critical,CA:FALSE") && add(c, NID_key_usage, "critical,digitalSignature") &&
      add(c, NID_ext_key_usage, "serverAuth") && add(c, NID_subject_alt_name, names) &&
      add(c, NID_subject_key_identifier, "hash") && X509_sign(c, key, EVP_sha256()) > 0;
  if (!made) return nullptr;
  return certificate;
}

std::string text_of(BIO* memory) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(memory, &data);
  return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string();
}

// A new file of 0600, whole and on disk, or none.
Status write_new(const std::string& file, const std::string& text) {
  const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0) return refused("cannot make", file);
  const bool written = ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(fd) == 0;
  const Error failed = refused("cannot write", file);
  ::close(fd);
  if (written) return Done{};
  ::unlink(file.c_str());
  return failed;
}

}  // namespace

Status ensure_certificate(const std::string& certificate_file, const std::string& key_file) {
  const bool has_certificate = exists(certificate_file), has_key = exists(key_file);
  if (has_certificate && has_key) return Done{};
  if (has_certificate || has_key) {
    const std::string& there = has_certificate ? certificate_file : key_file;
    const std::string& missing = has_certificate ? key_file : certificate_file;
    return base::invalid("there is " + there + ", but not " + missing + ": give both, or move it away");
  }
  const Key key(EVP_EC_gen("P-256"));
  const Certificate certificate = key ? self_signed(key.get()) : nullptr;
  const Memory key_text(BIO_new(BIO_s_mem())), certificate_text(BIO_new(BIO_s_mem()));
  if (!certificate || !key_text || !certificate_text ||
      PEM_write_bio_PrivateKey(key_text.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1 ||
      PEM_write_bio_X509(certificate_text.get(), certificate.get()) != 1) {
    return Error{ErrorCode::kInternal, "a self-signed certificate cannot be made", {}};
  }
  if (auto status = write_new(key_file, text_of(key_text.get())); !status.ok()) return status;
  auto status = write_new(certificate_file, text_of(certificate_text.get()));
  if (!status.ok()) ::unlink(key_file.c_str());  // never one without the other
  return status;
}

base::Result<std::string> fingerprint(const std::string& certificate_file) {
  const Memory file(BIO_new_file(certificate_file.c_str(), "r"));
  const Certificate certificate(file ? PEM_read_bio_X509(file.get(), nullptr, nullptr, nullptr) : nullptr);
  unsigned char hash[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  if (!certificate || X509_digest(certificate.get(), EVP_sha256(), hash, &size) != 1) {
    return base::invalid("cannot read a certificate from " + certificate_file);
  }
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
