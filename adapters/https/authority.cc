#include "adapters/https/authority.h"

#include <arpa/inet.h>
#include <openssl/pem.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "adapters/https/chain_check.h"
#include "adapters/https/install_page.h"
#include "adapters/https/make_certificate.h"
#include "adapters/https/new_file.h"
#include "gateway/base/text.h"

namespace tocsin::https {
namespace {

using base::Error;
using base::ErrorCode;

constexpr int kAuthorityDays = 3650, kServerDays = 397;
constexpr std::size_t kMostNames = 20;
constexpr mode_t kSecret = 0600, kPublic = 0644;

bool is_v4(const std::string& name) {
  unsigned char bytes[4];
  return ::inet_pton(AF_INET, name.c_str(), bytes) == 1;
}
bool is_v6(const std::string& name) {
  unsigned char bytes[16];
  return ::inet_pton(AF_INET6, name.c_str(), bytes) == 1;
}

// Letters, digits and hyphens (RFC 1123 section 2.1); no wildcard, and nothing OpenSSL's text form could misread.
bool is_dns_name(const std::string& name) {
  if (name.empty() || name.size() > 253) return false;
  for (const auto& label : base::split(name, '.')) {
    const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') return false;
    if (!std::all_of(label.begin(), label.end(), fits)) return false;
  }
  return name.find_first_not_of("0123456789.") != std::string::npos;
}

base::Status check_names(const std::vector<std::string>& names) {
  if (names.empty()) return base::invalid("an authority needs a name of this server", "name");
  if (names.size() > kMostNames) return base::invalid("at most 20 names", "name");
  for (const auto& name : names) {
    if (is_v4(name) || is_v6(name) || is_dns_name(name)) continue;
    return base::invalid("\"" + name + "\" is neither a DNS name in lower case nor an address", "name");
  }
  return base::Done{};
}

std::string alternative_names(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) {
    text += (text.empty() ? "" : ",") + std::string(is_v4(name) || is_v6(name) ? "IP:" : "DNS:") + name;
  }
  return text;
}

// The names and nothing else.  A kind of which there is none is shut as a whole.
std::string constraints(const std::vector<std::string>& names) {
  std::string text = "critical";
  bool dns = false, v4 = false, v6 = false;
  for (const auto& name : names) {
    if (is_v4(name)) {
      v4 = true;
      text += ",permitted;IP:" + name + "/255.255.255.255";
    } else if (is_v6(name)) {
      v6 = true;
      text += ",permitted;IP:" + name + "/ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff";
    } else {
      dns = true;
      text += ",permitted;DNS:" + name;
    }
  }
  if (!dns) text += ",permitted;DNS:tocsin.invalid";  // RFC 2606: nobody's, ever
  // Permitted addresses of one family shut the other one too (the lengths differ); of none, both are shut by name.
  if (!v4 && !v6) text += ",excluded;IP:0.0.0.0/0.0.0.0,excluded;IP:0:0:0:0:0:0:0:0/0:0:0:0:0:0:0:0";
  return text;
}

Certificate authority_certificate(const AuthorityRequest& request, EVP_PKEY* key) {
  CertificateSpec spec;
  spec.common_name = "tocsin " + request.names.front();
  if (spec.common_name.size() > 64) spec.common_name = "tocsin";  // ub-common-name, RFC 5280 appendix A.1
  spec.now = request.now;
  spec.days = kAuthorityDays;
  spec.extensions = {{NID_basic_constraints, "critical,CA:TRUE,pathlen:0"},
                     {NID_key_usage, "critical,keyCertSign,cRLSign"},
                     {NID_name_constraints, constraints(request.names)},
                     {NID_subject_key_identifier, "hash"}};
  spec.key = key;
  return make_certificate(spec);
}

Certificate server_certificate(const std::string& alternatives, base::UtcTime now, EVP_PKEY* key, X509* authority,
                               EVP_PKEY* authority_key) {
  CertificateSpec spec;
  spec.common_name = "tocsin server";
  spec.now = now;
  spec.days = kServerDays;
  spec.extensions = {{NID_basic_constraints, "critical,CA:FALSE"},
                     {NID_key_usage, "critical,digitalSignature"},
                     {NID_ext_key_usage, "serverAuth"},
                     {NID_subject_alt_name, alternatives},
                     {NID_subject_key_identifier, "hash"},
                     {NID_authority_key_identifier, "keyid"}};
  spec.key = key;
  spec.issuer = authority;
  spec.issuer_key = authority_key;
  return make_certificate(spec);
}

base::Status make_folder(const std::string& folder) {
  if (::mkdir(folder.c_str(), 0700) == 0 || errno == EEXIST) return base::Done{};
  return Error{ErrorCode::kRefused, "cannot make " + folder + ": " + std::strerror(errno), ""};
}

Error cannot_make() {
  return {ErrorCode::kInternal, "OpenSSL cannot make the certificates", ""};
}

Key read_key(const std::string& file) {
  const Memory text(BIO_new_file(file.c_str(), "r"));
  return Key(text ? PEM_read_bio_PrivateKey(text.get(), nullptr, nullptr, nullptr) : nullptr);
}

Certificate read_certificate(const std::string& file) {
  const Memory text(BIO_new_file(file.c_str(), "r"));
  return Certificate(text ? PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr) : nullptr);
}

// The subject alternative names in the text form that goes into a new certificate.
std::string names_of(const X509* certificate) {
  struct FreeNames {
    void operator()(GENERAL_NAMES* names) const { GENERAL_NAMES_free(names); }
  };
  const std::unique_ptr<GENERAL_NAMES, FreeNames> names(
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
  std::vector<std::string> found;
  for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
    if (name->type == GEN_DNS) {
      found.emplace_back(reinterpret_cast<const char*>(ASN1_STRING_get0_data(name->d.dNSName)),
                         static_cast<std::size_t>(ASN1_STRING_length(name->d.dNSName)));
    } else if (name->type == GEN_IPADD) {
      char text[INET6_ADDRSTRLEN] = {};
      const int family = ASN1_STRING_length(name->d.iPAddress) == 4 ? AF_INET : AF_INET6;
      if (::inet_ntop(family, ASN1_STRING_get0_data(name->d.iPAddress), text, sizeof(text)) != nullptr) {
        found.emplace_back(text);
      }
    }
  }
  return check_names(found) ? alternative_names(found) : std::string();
}

base::Result<MadeCertificates> describe(const AuthorityFiles& files) {
  const Certificate authority = read_certificate(files.certificate),
                    server = read_certificate(files.server_certificate);
  const auto authority_until = valid_until(files.certificate), server_until = valid_until(files.server_certificate);
  if (!authority || !server || !authority_until || !server_until) return cannot_make();
  return MadeCertificates{fingerprint_of(authority.get()), fingerprint_of(server.get()), *authority_until,
                          *server_until};
}

}  // namespace

AuthorityFiles authority_files(const std::string& folder) {
  const auto in = [&](const char* name) { return folder + "/" + name; };
  return {in("authority.key"), in("authority.pem"), in("authority.crt"), in("tocsin.mobileconfig"),
          in("install.html"),  in("server.key"),    in("server.pem")};
}

base::Result<MadeCertificates> make_authority(const std::string& folder, const AuthorityRequest& request) {
  if (const auto good = check_names(request.names); !good) return good.error();
  const Key key = new_key(), server_key = new_key();
  const Certificate authority = key ? authority_certificate(request, key.get()) : nullptr;
  const Certificate server = authority && server_key ? server_certificate(alternative_names(request.names), request.now,
                                                                          server_key.get(), authority.get(), key.get())
                                                     : nullptr;
  if (!server) return cannot_make();
  InstallKit kit;
  kit.url = request.url;
  kit.fingerprint = fingerprint_of(authority.get());
  kit.name = "tocsin " + request.names.front();
  kit.certificate_der = der_of(authority.get());
  const auto page = install_page(kit);
  if (!page) return page.error();

  if (const auto made = make_folder(folder); !made) return made.error();
  const auto files = authority_files(folder);
  struct File {
    const std::string& name;
    std::string text;
    mode_t mode;
  };
  const std::vector<File> all = {{files.key, pem_of(key.get()), kSecret},
                                 {files.server_key, pem_of(server_key.get()), kSecret},
                                 {files.certificate, pem_of(authority.get()), kPublic},
                                 {files.server_certificate, pem_of(server.get()), kPublic},
                                 {files.certificate_der, kit.certificate_der, kPublic},
                                 {files.profile, install_profile(kit), kPublic},
                                 {files.page, *page, kPublic}};
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto written = write_new(all[i].name, all[i].text, all[i].mode);
    if (written) continue;
    for (std::size_t k = 0; k < i; ++k) ::unlink(all[k].name.c_str());  // all or nothing
    return written.error();
  }
  return describe(files);
}

base::Result<MadeCertificates> renew_server_certificate(const std::string& folder, base::UtcTime now) {
  const auto files = authority_files(folder);
  const Key key = read_key(files.key), server_key = read_key(files.server_key);
  const Certificate authority = read_certificate(files.certificate), old = read_certificate(files.server_certificate);
  if (!key || !server_key || !authority || !old) {
    return Error{ErrorCode::kNotFound,
                 folder + " does not hold the readable keys and certificates of `tocsin tls init`", ""};
  }
  const auto until = valid_until(files.certificate);
  if (!until || *until <= now) {
    return Error{ErrorCode::kRefused, "the authority itself has ended: make a new one, and put it on the phones", ""};
  }
  const std::string names = names_of(old.get());
  if (names.empty()) return base::invalid(files.server_certificate + " has no names that could be renewed");
  const Certificate fresh = server_certificate(names, now, server_key.get(), authority.get(), key.get());
  if (!fresh) return cannot_make();
  if (const auto written = replace(files.server_certificate, pem_of(fresh.get()), kPublic); !written) {
    return written.error();
  }
  return describe(files);
}

}  // namespace tocsin::https
