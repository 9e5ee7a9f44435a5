#include "adapters/https/page.h"

#include <openssl/evp.h>
#include <openssl/sha.h>

#include <string_view>

namespace tocsin::https {
namespace {

constexpr std::string_view kStyle =
    "body{font-family:sans-serif;max-width:42rem;margin:3rem auto;padding:0 1rem;line-height:1.6}"
    "h1{border-bottom:4px solid #c00}code{background:#eee;padding:0 .2em}";

constexpr std::string_view kBody = R"(<h1>tocsin 警钟</h1>
<p lang="zh">这是街道应急值班室的警报服务。现场人员上报，预案定级，该知道的人在几秒内得到通知，直到有人答复。</p>
<p lang="en">An alarm bell for an emergency desk: workers report, the plan says how serious it is, and whoever must know
is told within seconds, and asked again until somebody answers.</p>
<ul>
<li>接口 API: <code>/api/v1</code>, <code>Authorization: Bearer …</code></li>
<li>运行 Health: <a href="/healthz">/healthz</a> · <a href="/readyz">/readyz</a></li>
</ul>
<p lang="zh">紧急情况请先拨打 119、120、110。</p>
<p lang="en">In an emergency call 119, 120 or 110 first.</p>
)";

}  // namespace

std::string base64(std::string_view bytes) {
  std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  const int written =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                      reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(written));
  return text;
}

std::string page_policy(std::string_view style) {
  unsigned char hash[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(style.data()), style.size(), hash);
  return "default-src 'none'; style-src 'sha256-" +
         base64({reinterpret_cast<const char*>(hash), SHA256_DIGEST_LENGTH}) +
         "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}

const std::string& front_page() {
  static const std::string page =
      "<!doctype html>\n<html lang=\"zh\"><head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width\"><title>tocsin</title><style>" +
      std::string(kStyle) + "</style></head><body>\n" + std::string(kBody) + "</body></html>\n";
  return page;
}

const std::string& front_page_policy() {
  static const std::string policy = page_policy(kStyle);
  return policy;
}

}  // namespace tocsin::https
