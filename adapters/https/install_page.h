// What phones need to trust the office's own authority: a page with a QR code and the steps, in Chinese and English,
// and a configuration profile for Apple's devices.
//
// Pure functions; the answers are whole files.
#pragma once

#include <string>

#include "gateway/base/result.h"

namespace tocsin::https {

struct InstallKit {
  std::string url;              // "https://tocsin.example.org:8443"; the QR code leads to url + "/install"
  std::string name;             // of the authority, as phones will list it
  std::string fingerprint;      // SHA-256 of its certificate, "AA:BB:…"
  std::string certificate_der;  // its certificate
};

// One HTML file that loads nothing.  kInvalid when the URL is too long for a QR code.
[[nodiscard]] base::Result<std::string> install_page(const InstallKit& kit);
// The Content-Security-Policy it is served with.
[[nodiscard]] const std::string& install_page_policy();
// An Apple configuration profile (property list, unsigned) with the certificate as a root.  The same authority gives
// the same identifiers, so that a second installation replaces the first.
[[nodiscard]] std::string install_profile(const InstallKit& kit);

}  // namespace tocsin::https
