#include "adapters/https/certificate.h"

#include <openssl/pem.h>
#include <unistd.h>

#include <algorithm>

#include "adapters/https/make_certificate.h"
#include "adapters/https/new_file.h"

namespace tocsin::https {
namespace {

using base::Done;
using base::Error;
using base::ErrorCode;
using base::Status;

constexpr int kValidDays = 825;
constexpr mode_t kOwnerOnly = 0600;

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

Certificate self_signed(EVP_PKEY* key) {
  std::string names = "DNS:localhost,IP:127.0.0.1,IP:::1";
  const std::string host = host_name();
  if (!host.empty() && host != "localhost") names += ",DNS:" + host;
  CertificateSpec spec;
  spec.common_name = "tocsin";
  spec.now = std::chrono::floor<base::Duration>(std::chrono::system_clock::now());
  spec.days = kValidDays;
  spec.extensions = {{NID_basic_constraints, "critical,CA:FALSE"},
                     {NID_key_usage, "critical,digitalSignature"},
                     {NID_ext_key_usage, "serverAuth"},
                     {NID_subject_alt_name, names},
                     {NID_subject_key_identifier, "hash"}};
  spec.key = key;
  return make_certificate(spec);
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
  const Key key = new_key();
  const Certificate certificate = key ? self_signed(key.get()) : nullptr;
  const std::string key_text = key ? pem_of(key.get()) : "";
  const std::string certificate_text = certificate ? pem_of(certificate.get()) : "";
  if (key_text.empty() || certificate_text.empty()) {
    return Error{ErrorCode::kInternal, "a self-signed certificate cannot be made", {}};
  }
  if (auto status = write_new(key_file, key_text, kOwnerOnly); !status.ok()) return status;
  auto status = write_new(certificate_file, certificate_text, kOwnerOnly);
  if (!status.ok()) ::unlink(key_file.c_str());  // never one without the other
  return status;
}

base::Result<std::string> fingerprint(const std::string& certificate_file) {
  const Memory file(BIO_new_file(certificate_file.c_str(), "r"));
  const Certificate certificate(file ? PEM_read_bio_X509(file.get(), nullptr, nullptr, nullptr) : nullptr);
  std::string text = certificate ? fingerprint_of(certificate.get()) : "";
  if (text.empty()) return base::invalid("cannot read a certificate from " + certificate_file);
  return text;
}

}  // namespace tocsin::https
