#include <functional>

#include "adapters/sms/http/provider.h"
#include "adapters/transfer/hmac.h"
#include "gateway/base/encoding.h"

namespace tocsin::sms::http {
namespace {

using Escape = std::function<std::string(std::string_view)>;

std::string as_it_is(std::string_view value) {
  return std::string(value);
}

// RFC 8259, section 7.
std::string as_json(std::string_view value) {
  constexpr const char* kHex = "0123456789abcdef";
  std::string out;
  for (const char c : value) {
    const auto octet = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (octet < 0x20) {
      out += std::string("\\u00") + kHex[octet >> 4U] + kHex[octet & 15U];
    } else {
      out += c;
    }
  }
  return out;
}

std::string in_quotes(const std::string& text) {
  return '"' + as_json(text) + '"';
}

// `as_is`: values that are JSON themselves, and are not escaped.
std::string fill(std::string_view text, const Values& values, const Escape& escape, const Values& as_is = {}) {
  std::string out;
  while (true) {
    const auto open = text.find("{{"), close = text.find("}}", open == std::string_view::npos ? open : open + 2);
    if (close == std::string_view::npos) return out.append(text);
    out.append(text.substr(0, open));
    const auto name = text.substr(open + 2, close - open - 2);
    if (const auto value = as_is.find(name); value != as_is.end()) {
      out += value->second;
    } else if (const auto escaped = values.find(name); escaped != values.end()) {
      out += escape(escaped->second);
    }
    text.remove_prefix(close + 2);
  }
}

std::string without_country(const std::string& to, const std::string& code) {
  const std::string prefix = "+" + code;
  if (!code.empty() && to.compare(0, prefix.size(), prefix) == 0) return to.substr(prefix.size());
  return to.substr(to.substr(0, 1) == "+" ? 1 : 0);
}

// The parameters of a registered template, as the two shapes that providers ask for.
Values json_of(const Wanted& wanted) {
  std::string object, list;
  for (const auto& [name, value] : wanted.parameters) {
    object += (object.empty() ? "" : ",") + in_quotes(name) + ':' + in_quotes(value);
    list += (list.empty() ? "" : ",") + in_quotes(value);
  }
  return {{"params_object", '{' + object + '}'}, {"params_list", '[' + list + ']'}};
}

Values values_of(const Provider& provider, const Wanted& wanted) {
  const std::string now = base::to_rfc3339(wanted.now);  // with milliseconds, which few providers take
  const auto seconds = std::chrono::floor<std::chrono::seconds>(wanted.now.time_since_epoch()).count();
  Values values = json_of(wanted);
  values["params_text"] = values["params_object"];
  values.merge(Values{{"to", wanted.to},
                      {"to_digits", wanted.to.substr(wanted.to.substr(0, 1) == "+" ? 1 : 0)},
                      {"to_national", without_country(wanted.to, provider.country_code)},
                      {"text", wanted.text},
                      {"template_id", wanted.template_id},
                      {"id", wanted.id},
                      {"from", wanted.from},
                      {"account", wanted.account},
                      {"nonce", wanted.nonce},
                      {"timestamp", std::to_string(seconds)},
                      {"date", now.substr(0, 19) + "Z"},
                      {"day", now.substr(0, 10)}});
  return values;
}

std::string joined(const std::map<std::string, std::string>& encoded) {
  std::string out;
  for (const auto& [name, value] : encoded) {
    if (!out.empty()) out += '&';
    out.append(name).append("=").append(value);
  }
  return out;
}

std::string signature_of(const Signing& sign, Values values, const std::string& secret) {
  values["request_sha256"] = transfer::sha256_hex(fill(sign.request, values, as_it_is));
  const auto hmac = sign.how == Sign::kHmacSha1 ? transfer::hmac_sha1 : transfer::hmac_sha256;
  const std::string text = fill(sign.text, values, as_it_is);
  values["secret"] = secret;
  std::string key = fill(sign.key, values, as_it_is);
  values.erase("secret");
  for (const auto& link : sign.chain) key = hmac(key, fill(link, values, as_it_is));
  const std::string octets = hmac(key, text);
  return sign.hex ? transfer::to_hex(octets) : base::to_base64(octets);
}

}  // namespace

const std::vector<std::string>& names() {
  static const std::vector<std::string> all = {"to",
                                               "to_digits",
                                               "to_national",
                                               "text",
                                               "template_id",
                                               "params_object",
                                               "params_list",
                                               "params_text",
                                               "id",
                                               "from",
                                               "account",
                                               "nonce",
                                               "timestamp",
                                               "date",
                                               "day",
                                               "parameters",
                                               "parameters_encoded",
                                               "body_sha256",
                                               "request_sha256",
                                               "signature",
                                               "secret"};
  return all;
}

transfer::Request request_for(const Provider& provider, const Wanted& wanted) {
  const Signing& sign = provider.sign;
  Values values = values_of(provider, wanted);
  std::map<std::string, std::string> encoded;
  for (const auto& [name, value] : provider.parameters) {
    encoded[base::percent_encoded(name)] = base::percent_encoded(fill(value, values, as_it_is));
  }
  transfer::Request request;
  request.method = provider.method;
  request.url = fill(provider.url, values, base::percent_encoded);
  if (provider.send == Send::kJson) request.body = fill(provider.json, values, as_json, json_of(wanted));
  values["parameters"] = joined(encoded);
  values["parameters_encoded"] = base::percent_encoded(values["parameters"]);
  if (provider.send == Send::kForm) request.body = values["parameters"];
  values["body_sha256"] = transfer::sha256_hex(request.body);

  const bool hmac = sign.how == Sign::kHmacSha256 || sign.how == Sign::kHmacSha1;
  if (hmac) values["signature"] = signature_of(sign, values, wanted.secret);
  if (hmac && !sign.parameter.empty()) {
    encoded[base::percent_encoded(sign.parameter)] = base::percent_encoded(values["signature"]);
  }
  if (provider.send == Send::kForm) {
    request.body = joined(encoded);
    request.headers.emplace_back("Content-Type: application/x-www-form-urlencoded");
  } else if (provider.send == Send::kJson) {
    request.headers.emplace_back("Content-Type: application/json; charset=utf-8");
  } else if (!encoded.empty()) {
    request.url += (request.url.find('?') == std::string::npos ? "?" : "&") + joined(encoded);
  }
  if (sign.how == Sign::kBasic) {
    request.headers.push_back("Authorization: Basic " + base::to_base64(wanted.account + ":" + wanted.secret));
  }
  if (sign.how == Sign::kBearer) request.headers.push_back("Authorization: Bearer " + wanted.secret);
  if (hmac && !sign.header.empty()) request.headers.push_back(fill(sign.header, values, as_it_is));
  for (const auto& header : provider.headers) request.headers.push_back(fill(header, values, as_it_is));
  return request;
}

}  // namespace tocsin::sms::http
