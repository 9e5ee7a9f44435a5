// The office's own certificate authority: made once, put on the phones, and good for this server's names alone.
//
// ECDSA P-256.  The authority is valid ten years and constrained to the names it was made for (RFC 5280
// section 4.2.1.10: no other host can be impersonated with it); the server's certificate 397 days, the longest that
// browsers take. Functions of files; no state.
#pragma once

#include <string>
#include <vector>

#include "gateway/base/result.h"
#include "gateway/base/time.h"

namespace tocsin::https {

// Where things lie in the folder of an authority.
struct AuthorityFiles {
  std::string key;                 // authority.key, 0600: whoever has it can make certificates for those names
  std::string certificate;         // authority.pem
  std::string certificate_der;     // authority.crt: what Android installs
  std::string profile;             // tocsin.mobileconfig: what Apple's devices install
  std::string page;                // install.html: QR code and steps for people, Chinese and English
  std::string server_key;          // server.key, 0600: https.key
  std::string server_certificate;  // server.pem: https.certificate
};
[[nodiscard]] AuthorityFiles authority_files(const std::string& folder);

struct AuthorityRequest {
  std::vector<std::string> names;  // DNS names and addresses of this server, the first one foremost; 1..20
  std::string url;                 // "https://host:8443": where phones reach this server
  base::UtcTime now{};
};

struct MadeCertificates {
  std::string authority_fingerprint, server_fingerprint;  // SHA-256, "AA:BB:…"
  base::UtcTime authority_until{}, server_until{};
};

// All files of the folder, which is made (0700) when it is not there; nothing is overwritten.
// kInvalid: a name that is none; kConflict: there is an authority; kRefused: a file cannot be written.
[[nodiscard]] base::Result<MadeCertificates> make_authority(const std::string& folder, const AuthorityRequest& request);

// A new certificate for the server's key and names of the one that is there, in its place.  The phones notice nothing.
// kNotFound: no authority there; kRefused: it has ended, or a file cannot be written.
[[nodiscard]] base::Result<MadeCertificates> renew_server_certificate(const std::string& folder, base::UtcTime now);

}  // namespace tocsin::https
