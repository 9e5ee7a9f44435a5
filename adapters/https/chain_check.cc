#include "adapters/https/chain_check.h"

#include <openssl/asn1.h>
#include <openssl/pem.h>
#include <openssl/x509_vfy.h>

#include <memory>

#include "adapters/https/openssl_handles.h"

namespace tocsin::https {
namespace {

using Store = std::unique_ptr<X509_STORE, Free<X509_STORE_free>>;
using StoreContext = std::unique_ptr<X509_STORE_CTX, Free<X509_STORE_CTX_free>>;

void free_all(STACK_OF(X509) * certificates) {
  sk_X509_pop_free(certificates, X509_free);
}
using Chain = std::unique_ptr<STACK_OF(X509), Free<free_all>>;

constexpr int kMostInChain = 10;

Certificate first_of(const std::string& file) {
  const Memory text(BIO_new_file(file.c_str(), "r"));
  return Certificate(text ? PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr) : nullptr);
}

// All certificates of the file, the server's own first.
Chain chain_of(const std::string& file) {
  Chain chain(sk_X509_new_null());
  const Memory text(BIO_new_file(file.c_str(), "r"));
  while (chain && text && sk_X509_num(chain.get()) < kMostInChain) {
    Certificate next(PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr));
    if (!next) break;
    if (sk_X509_push(chain.get(), next.get()) > 0) (void)next.release();
  }
  return chain;
}

base::Said unreadable(const std::string& file) {
  return base::said("cannot read a certificate from {0}", "无法从{0}读取证书", file);
}

base::Said unchecked() {
  return {"a certificate cannot be checked", "无法检查证书"};
}

// OpenSSL says it in English only; what an office meets is said in both.
base::Said in_words(int fault) {
  const auto word = [fault](const char* zh) { return base::Said{X509_verify_cert_error_string(fault), zh}; };
  switch (fault) {
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN: return word("证书是自己签发的");
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE: return word("签发机构不受信任，或缺少中间证书");
    case X509_V_ERR_CERT_HAS_EXPIRED: return word("证书已过期");
    case X509_V_ERR_CERT_NOT_YET_VALID: return word("证书尚未生效");
    case X509_V_ERR_HOSTNAME_MISMATCH: return word("证书不是给这个域名的");
    case X509_V_ERR_IP_ADDRESS_MISMATCH: return word("证书不是给这个地址的");
    case X509_V_ERR_INVALID_PURPOSE: return word("不是服务器证书");
    case X509_V_ERR_CERT_SIGNATURE_FAILURE: return word("证书的签名不正确");
    default: return base::said("{0}", "证书没有通过检查（OpenSSL {1}）", X509_verify_cert_error_string(fault), fault);
  }
}

base::Said check(X509_STORE* store, const std::string& certificate_file, const std::string& host) {
  const Chain chain = chain_of(certificate_file);
  X509* own = chain && sk_X509_num(chain.get()) > 0 ? sk_X509_value(chain.get(), 0) : nullptr;
  const StoreContext context(X509_STORE_CTX_new());
  if (own == nullptr) return unreadable(certificate_file);
  if (!context || X509_STORE_CTX_init(context.get(), store, own, chain.get()) != 1 ||
      X509_STORE_CTX_set_purpose(context.get(), X509_PURPOSE_SSL_SERVER) != 1) {
    return unchecked();
  }
  auto* wanted = X509_STORE_CTX_get0_param(context.get());
  X509_VERIFY_PARAM_set_hostflags(wanted, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  // An address is no name: each has its own kind of subject alternative name.
  if (X509_VERIFY_PARAM_set1_ip_asc(wanted, host.c_str()) != 1 &&
      X509_VERIFY_PARAM_set1_host(wanted, host.data(), host.size()) != 1) {
    return base::said("\"{0}\" is neither a name nor an address", "“{0}”既不是域名也不是地址", host);
  }
  if (X509_verify_cert(context.get()) == 1) return {};
  return in_words(X509_STORE_CTX_get_error(context.get()));
}

}  // namespace

base::Said why_not_trusted_by_system(const std::string& certificate_file, const std::string& host) {
  const Store store(X509_STORE_new());
  if (!store || X509_STORE_set_default_paths(store.get()) != 1) {
    return {"the machine's certificate authorities cannot be read", "无法读取本机信任的签发机构"};
  }
  return check(store.get(), certificate_file, host);
}

base::Said why_not_trusted_by_authority(const std::string& authority_file, const std::string& certificate_file,
                                        const std::string& host) {
  const Store store(X509_STORE_new());
  const Certificate authority = first_of(authority_file);
  if (!authority) return unreadable(authority_file);
  if (!store || X509_STORE_add_cert(store.get(), authority.get()) != 1) return unchecked();
  return check(store.get(), certificate_file, host);
}

base::Result<base::UtcTime> valid_until(const std::string& certificate_file) {
  const Certificate certificate = first_of(certificate_file);
  if (!certificate) return base::invalid(unreadable(certificate_file).en);
  std::tm end{};
  if (ASN1_TIME_to_tm(X509_get0_notAfter(certificate.get()), &end) != 1)
    return base::invalid(unreadable(certificate_file).en);
  return base::UtcTime(std::chrono::seconds(timegm(&end)));
}

}  // namespace tocsin::https
