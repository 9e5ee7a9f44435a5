#include "adapters/https/routes.h"

#include <algorithm>
#include <typeinfo>

#include "adapters/https/handlers.h"
#include "adapters/https/problems.h"
#include "adapters/https/route_table.h"
#include "gateway/base/diagnostic.h"
#include "gateway/base/log.h"
#include "gateway/base/text.h"

namespace tocsin::https {
namespace {

using base::ErrorCode;

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// RFC 3986 section 2.1, '+' read as a space; empty when an escape is broken or the bytes are not UTF-8.
std::optional<std::string> percent_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+') {
      decoded += ' ';
    } else if (text[i] != '%') {
      decoded += text[i];
    } else {
      const int high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
      if (high < 0 || low < 0) return std::nullopt;
      decoded += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  if (!base::is_utf8(decoded)) return std::nullopt;
  return decoded;
}

base::Result<std::vector<std::pair<std::string, std::string>>> read_query(std::string_view query,
                                                                          std::string_view names) {
  std::vector<std::pair<std::string, std::string>> values;
  if (query.empty()) return values;
  const auto known = names.empty() ? std::vector<std::string>{} : base::split(names, ' ');
  for (const auto& pair : base::split(query, '&')) {
    const auto equals = pair.find('=');
    const auto name = percent_decoded(std::string_view(pair).substr(0, equals));
    const auto value =
        percent_decoded(equals == std::string::npos ? std::string_view{} : std::string_view(pair).substr(equals + 1));
    if (!name || !value) return base::invalid("the query is not valid percent-encoded UTF-8");
    const std::string shown = base::cut(base::without_controls(*name), 64);
    if (std::find(known.begin(), known.end(), *name) == known.end()) {
      const std::string near = base::nearest_name(*name, known);
      return base::invalid(
          shown + ": unknown query parameter" + (near.empty() ? "" : " (did you mean \"" + near + "\"?)"), shown);
    }
    if (std::any_of(values.begin(), values.end(), [&](const auto& v) { return v.first == *name; })) {
      return base::invalid(shown + ": is there twice", shown);
    }
    values.emplace_back(*name, *value);
  }
  return values;
}

// Why the body's type is not taken; empty when it is.  Which image it is, its own bytes say.
std::string_view wrong_type(const Route& route, const HttpRequest& request) {
  if (route.method == "GET" || (request.body.empty() && route.takes == Takes::kJson)) return {};
  if (route.takes == Takes::kAnything) return {};
  const std::string type = media_type(request.content_type);
  if (route.takes == Takes::kImage)
    return type.starts_with("image/") ? "" : "Content-Type must be image/jpeg or image/png";
  if (route.takes == Takes::kPlan && type == "application/toml") return "";
  if (route.takes == Takes::kPlan)
    return type == "application/json" ? "" : "Content-Type must be application/toml or application/json";
  return type == "application/json" ? "" : "Content-Type must be application/json";
}

}  // namespace

std::string_view Call::query_value(std::string_view name) const {
  for (const auto& [key, value] : query) {
    if (key == name) return value;
  }
  return {};
}

std::string preferred_language(std::string_view accept_language) {
  const std::string first = base::trim(accept_language.substr(0, 2));
  return first == "zh" || first == "ZH" || first == "Zh" ? "zh" : "en";
}

HttpResponse Router::answer(const HttpRequest& request) const noexcept {
  try {
    const std::string language = preferred_language(request.accept_language);
    try {
      return route(request, language);
    } catch (const std::exception& bug) {
      // Only the type: what() may quote the sender's words.
      base::log(base::LogLevel::kError, "https.bug", std::string("exception=") + typeid(bug).name());
    } catch (...) {
      base::log(base::LogLevel::kError, "https.bug", "exception=unknown");
    }
    return problem_response(Problem::kInternal, {}, {}, language);
  } catch (...) {  // not even memory for a problem
    HttpResponse bare;
    bare.status = 500;
    return bare;
  }
}

HttpResponse Router::route(const HttpRequest& request, const std::string& language) const {
  Found found = find_route(request);
  if (found.route == nullptr && found.allowed.empty()) return problem_response(Problem::kNotFound, {}, {}, language);
  if (found.route == nullptr) {
    auto refused = problem_response(Problem::kMethodNotAllowed, "allowed: " + found.allowed, {}, language);
    refused.headers.emplace_back("Allow", found.allowed);
    return refused;
  }
  const auto access = access_for(*found.route, request, language);
  if (const auto* refused = std::get_if<HttpResponse>(&access)) return *refused;
  const auto& asks = std::get<Access>(access);
  if (found.route->counted && reports_ != nullptr && !request.local) {
    const std::string key = std::string(model::name_of(asks.by.role)) + "/" + asks.by.name;
    if (const auto wait = reports_->take(key, std::chrono::steady_clock::now())) {
      auto refused = problem_response(Problem::kTooManyRequests, "too many reports from one token", {}, language);
      refused.headers.emplace_back("Retry-After", std::to_string(retry_after_seconds(*wait)));
      return refused;
    }
  }
  if (const auto why = wrong_type(*found.route, request); !why.empty()) {
    return problem_response(Problem::kUnsupportedType, why, {}, language);
  }
  auto values = read_query(found.query, found.route->query);
  if (!values.ok()) return problem_response(values.error(), language);

  const Call call{request,  asks,         asks.by, *doorway_, door_, std::move(found.arguments), std::move(*values),
                  language, more_metrics_};
  auto response = found.route->handler(call);
  if (!response.ok()) return problem_response(response.error(), language);
  if (!asks.new_cookie.empty()) response->headers.emplace_back("Set-Cookie", asks.new_cookie);
  return std::move(*response);
}

HttpResponse Router::refuse(const Route& route, const HttpRequest& request, const Access* access, Problem problem,
                            std::string_view detail, const std::string& language) const {
  auto response = problem_response(problem, detail, {}, language);
  doorway_->audit.refused(access == nullptr ? nullptr : &access->by, request.client,
                          std::string(route.method) + " " + std::string(route.pattern), response.status);
  return response;
}

std::variant<Access, HttpResponse> Router::access_for(const Route& route, const HttpRequest& request,
                                                      const std::string& language) const {
  const bool unsafe = route.method != "GET";
  if (route.roles.empty()) {
    if (!unsafe || !from_another_site(request)) return Access{};
    return refuse(route, request, nullptr, Problem::kForbidden, "sent by another site's page", language);
  }
  auto access = doorway_->keeper.access(request);
  if (!access.ok() && access.error().code == ErrorCode::kForbidden && route.roles.has_nobody()) return Access{};
  if (!access.ok() && access.error().code == ErrorCode::kForbidden) {
    return refuse(route, request, nullptr, Problem::kUnauthorized, access.error().message, language);
  }
  if (!access.ok()) return problem_response(access.error(), language);
  const bool may = access->only_alert ? route.roles.has_link() : route.roles.has(access->by.role);
  if (!may) return refuse(route, request, &*access, Problem::kForbidden, {}, language);
  if (unsafe && access->by_cookie && !from_our_page(request)) {
    return refuse(route, request, &*access, Problem::kForbidden,
                  "a signed-in browser must send this from our own page: Origin and X-Tocsin", language);
  }
  return std::move(*access);
}

Lane Router::lane(const HttpRequest& head) const noexcept {
  try {
    const Found found = find_route(head);
    return found.route == nullptr ? Lane::kNormal : found.route->lane;
  } catch (const std::exception&) {  // no memory
    return Lane::kNormal;
  }
}

BodyRule Router::body_rule(const HttpRequest& head) const noexcept {
  try {
    const Found found = find_route(head);
    if (found.route == nullptr || found.route->body <= kSmallBody) {
      return {found.route == nullptr ? kSmallBody : found.route->body, {}};
    }
    const auto access = access_for(*found.route, head, "en");
    if (const auto* refused = std::get_if<HttpResponse>(&access)) {
      return {0, refused->status == 401   ? Problem::kUnauthorized
                 : refused->status == 403 ? Problem::kForbidden
                                          : Problem::kRetryLater};
    }
    return {found.route->body, {}};
  } catch (const std::exception&) {  // no memory
    return {kSmallBody, {}};
  }
}

}  // namespace tocsin::https
