#include "adapters/https/install_page.h"

#include <string_view>

#include "adapters/https/page.h"
#include "adapters/https/qr_code.h"
#include "gateway/base/digest.h"
#include "gateway/base/markup.h"

namespace tocsin::https {
namespace {

constexpr int kQrPixels = 240;

constexpr std::string_view kStyle =
    "body{font-family:sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;line-height:1.6}"
    "h1{border-bottom:4px solid #c00}code{background:#eee;padding:0 .2em;word-break:break-all}"
    "a.get{display:inline-block;border:2px solid #c00;border-radius:.4em;padding:.5em 1em;margin:.2em 0;"
    "text-decoration:none;color:#c00}section{margin-top:2rem}svg{max-width:100%;height:auto}";

// {…} is filled in; nothing else in braces stands in it.
constexpr std::string_view kBody = R"(<h1>tocsin 警钟</h1>
<p lang="zh">警报短信里的链接由本单位自己的证书保护。手机先安装一次下面的证书，以后打开链接就不再有警告。</p>
<p lang="en">Links in alarm texts are protected by this office's own certificate. Install it once on your phone; after that
links open without a warning.</p>
<p>{qr}<br><code>{url}</code></p>
<section lang="zh"><h2>怎么装</h2>
<ol>
<li>用手机相机扫码，或在手机浏览器里输入上面的网址。第一次会提示连接不安全，请选择继续。</li>
<li>核对指纹：下面这一串必须与值班室墙上或来电告知的一致，不一致就不要安装。</li>
<li>苹果：点“描述文件”，再到 设置 → 通用 → VPN与设备管理 安装，最后到 设置 → 通用 → 关于本机 → 证书信任设置 里打开它。</li>
<li>安卓、鸿蒙：点“证书”，再到 设置 → 安全 → 更多安全设置 → 加密与凭据 → 安装证书 → CA 证书，选中刚下载的文件。</li>
</ol>
<p>这张证书只对本单位的这台服务器有效，不能用来查看您访问的其他网站。</p></section>
<section lang="en"><h2>How</h2>
<ol>
<li>Scan the code with the phone's camera, or type the address. The first time the phone warns: choose to go on.</li>
<li>Compare the fingerprint: it must be the one on the wall of the duty room, or as told by telephone. If not, stop.</li>
<li>iPhone: tap the profile, then Settings → General → VPN &amp; Device Management, install it; then Settings → General →
About → Certificate Trust Settings, switch it on.</li>
<li>Android: tap the certificate, then Settings → Security → Encryption &amp; credentials → Install a certificate → CA
certificate, and choose the file.</li>
</ol>
<p>This certificate is good for this server only. It cannot be used to look into other sites you visit.</p></section>
<section><p><a class="get" href="/install/tocsin.mobileconfig">苹果：描述文件 / iPhone: profile</a>
<a class="get" href="/install/authority.crt">安卓：证书 / Android: certificate</a></p>
<p>{name}<br>SHA-256<br><code>{fingerprint}</code></p></section>
)";

void fill(std::string& text, std::string_view name, const std::string& value) {
  const auto at = text.find(name);
  if (at != std::string::npos) text.replace(at, name.size(), value);
}

// RFC 4122 version 8 in form: made of a digest, so that the same authority has the same.
std::string uuid_of(const std::string& what) {
  std::string hex = base::to_hex(base::digest(what)).substr(0, 32);
  hex[12] = '8';
  hex[16] = 'a';
  return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" + hex.substr(16, 4) + "-" +
         hex.substr(20);
}

std::string key(std::string_view name, const std::string& value) {
  return "<key>" + std::string(name) + "</key>" + value + "\n";
}
std::string text(const std::string& value) {
  return "<string>" + base::escaped_markup(value) + "</string>";
}

}  // namespace

base::Result<std::string> install_page(const InstallKit& kit) {
  const std::string url = kit.url + "/install";
  const auto qr = qr_svg(url, kQrPixels);
  if (!qr) return qr.error();
  std::string body(kBody);
  fill(body, "{qr}", *qr);
  fill(body, "{url}", base::escaped_markup(url));
  fill(body, "{name}", base::escaped_markup(kit.name));
  fill(body, "{fingerprint}", base::escaped_markup(kit.fingerprint));
  return "<!doctype html>\n<html lang=\"zh\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
         "content=\"width=device-width\"><title>tocsin: 安装证书 / install the certificate</title><style>" +
         std::string(kStyle) + "</style></head><body>\n" + body + "</body></html>\n";
}

const std::string& install_page_policy() {
  static const std::string policy = page_policy(kStyle);
  return policy;
}

std::string install_profile(const InstallKit& kit) {
  const std::string certificate = uuid_of("certificate " + kit.fingerprint),
                    whole = uuid_of("profile " + kit.fingerprint);
  const std::string id = "tocsin.authority." + whole.substr(0, 8);
  std::string payload = "<dict>\n" + key("PayloadCertificateFileName", text("authority.crt")) +
                        key("PayloadContent", "<data>" + base64(kit.certificate_der) + "</data>") +
                        key("PayloadDisplayName", text(kit.name)) + key("PayloadIdentifier", text(id + ".root")) +
                        key("PayloadType", text("com.apple.security.root")) + key("PayloadUUID", text(certificate)) +
                        key("PayloadVersion", "<integer>1</integer>") + "</dict>";
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
         "<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n"
         "<plist version=\"1.0\">\n<dict>\n" +
         key("PayloadContent", "<array>" + payload + "</array>") +
         key("PayloadDescription", text("警报短信里的链接所用的证书。The certificate behind links in alarm texts.")) +
         key("PayloadDisplayName", text(kit.name)) + key("PayloadIdentifier", text(id)) +
         key("PayloadRemovalDisallowed", "<false/>") + key("PayloadType", text("Configuration")) +
         key("PayloadUUID", text(whole)) + key("PayloadVersion", "<integer>1</integer>") + "</dict>\n</plist>\n";
}

}  // namespace tocsin::https
