#include "adapters/https/routes.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <typeinfo>

#include "adapters/https/clean_image.h"
#include "adapters/https/entity_tags.h"
#include "adapters/https/handlers.h"
#include "adapters/https/problems.h"
#include "gateway/base/diagnostic.h"
#include "gateway/base/ids.h"
#include "gateway/base/log.h"
#include "gateway/base/text.h"

namespace tocsin::https {
namespace {

using base::Error;
using base::ErrorCode;

// The table: who may do what.  Metrics need the desk's token like everything else that is not health,
// because behind a local proxy every caller comes from 127.0.0.1.
constexpr std::array kRoutes{
    Route{"GET", "/", kAnyone, "", get_front_page},
    Route{"GET", "/healthz", kAnyone, "", get_healthz},
    Route{"GET", "/readyz", kAnyone, "", get_readyz},
    Route{"GET", "/install", kAnyone, "", get_install},
    Route{"GET", "/install/authority.crt", kAnyone, "", get_authority},
    Route{"GET", "/install/tocsin.mobileconfig", kAnyone, "", get_profile},
    Route{"GET", "/s", kAnyone, "", get_sign_in_page},
    Route{"GET", "/s.js", kAnyone, "", get_sign_in_script},
    Route{"GET", "/a", kAnyone, "", get_alert_page},
    Route{"GET", "/a.js", kAnyone, "", get_alert_script},
    Route{"GET", "/page.css", kAnyone, "", get_page_style},
    Route{"GET", "/metrics", kReaders, "", get_metrics},
    Route{"POST", "/api/v1/sign-in/password", kAnyone, "", post_password_sign_in, Lane::kUrgent},
    Route{"POST", "/api/v1/sign-in/code", kAnyone, "", post_ask_code, Lane::kUrgent},
    Route{"POST", "/api/v1/sign-in", kAnyone, "", post_code_sign_in, Lane::kUrgent},
    Route{"POST", "/api/v1/sign-in/link", kAnyone, "", post_link_sign_in, Lane::kUrgent},
    Route{"POST", "/api/v1/sign-out", kEverybody, "", post_sign_out},
    Route{"GET", "/api/v1/session", kEverybody, "", get_session},
    Route{"GET", "/api/v1/sessions", kEverybody, "", get_sessions},
    Route{"POST", "/api/v1/sessions/{session}/revoke", kEverybody, "", post_revoke_session},
    Route{"GET", "/api/v1/users", kAdmin | kAuditor, "", get_users},
    Route{"POST", "/api/v1/users", kAdmin, "", post_user},
    Route{"POST", "/api/v1/users/{name}/reset", kAdmin, "", post_user_reset},
    Route{"POST", "/api/v1/users/{name}/disable", kAdmin, "", post_user_disable},
    Route{"GET", "/api/v1/tokens", kAdmin | kAuditor, "", get_tokens},
    Route{"POST", "/api/v1/tokens", kAdmin, "", post_token},
    Route{"POST", "/api/v1/tokens/revoke", kAdmin, "", post_token_revoke},
    Route{"POST", "/api/v1/unmask", kReaders, "", post_unmask},
    Route{"POST", "/api/v1/reports", kReporting, "", post_report, Lane::kNormal, true},
    Route{"GET", "/api/v1/reports", kEverybody, "limit cursor", get_reports},
    Route{"GET", "/api/v1/reports/{report}", kEverybody, "", get_report},
    Route{"POST", "/api/v1/reports/{report}/attachments", kReporting, "", post_attachment, Lane::kNormal, true,
          kMostImageBytes, Takes::kImage},
    Route{"GET", "/api/v1/incidents/{code}/attachments/{hash}", kEverybody, "", get_attachment},
    Route{"GET", "/api/v1/incidents", kToldOrReaders, "open limit cursor", get_incidents},
    Route{"GET", "/api/v1/incidents/{code}", kToldOrReaders, "", get_incident},
    Route{"GET", "/api/v1/incidents/{code}/alerts", kToldOrReaders, "limit cursor", get_incident_alerts},
    Route{"GET", "/api/v1/incidents/{code}/reports", kToldOrReaders, "limit cursor", get_incident_reports},
    Route{"POST", "/api/v1/incidents/{code}/open", kDesk, "", post_open, Lane::kUrgent},
    Route{"POST", "/api/v1/incidents/{code}/classify", kDesk, "", post_classify, Lane::kUrgent},
    Route{"POST", "/api/v1/incidents/{code}/level", kDesk, "", post_level, Lane::kUrgent},
    Route{"POST", "/api/v1/incidents/{code}/merge", kDesk, "", post_merge, Lane::kUrgent},
    Route{"POST", "/api/v1/incidents/{code}/split", kDesk, "", post_split, Lane::kUrgent},
    Route{"POST", "/api/v1/incidents/{code}/stand-down", kReporting, "", post_stand_down, Lane::kUrgent},
    Route{"POST", "/api/v1/incidents/{code}/approval/code", kReporting | kAlertLink, "", post_approval_code,
          Lane::kUrgent},
    Route{"POST", "/api/v1/incidents/{code}/approval", kReporting | kAlertLink, "", post_approval, Lane::kUrgent},
    Route{"GET", "/api/v1/alerts", kToldOrReaders, "open limit cursor", get_alerts},
    Route{"GET", "/api/v1/alerts/{alert}", kToldOrReaders | kAlertLink, "", get_alert},
    Route{"POST", "/api/v1/alerts/{alert}/answer", kToldOrDesk | kAlertLink, "", post_answer, Lane::kUrgent},
    Route{"GET", "/api/v1/call-sheet", kReaders, "", get_call_sheet},
    Route{"POST", "/api/v1/call-sheet/{line}/outcome", kDesk, "", post_outcome, Lane::kUrgent},
    Route{"POST", "/api/v1/tasks/{task}/done", kDesk, "", post_task_done, Lane::kUrgent},
    Route{"GET", "/api/v1/changes", kEverybody, "since", get_changes},
    Route{"GET", "/api/v1/record", kReaders, "after incident limit cursor", get_record},
    Route{"GET", "/api/v1/plan", kEverybody, "lang", get_plan},
    Route{"GET", "/api/v1/plans", kReaders, "", get_plans},
    Route{"POST", "/api/v1/plans", kAdmin, "dry_run", post_plan, Lane::kNormal, false, kMostPlanBytes, Takes::kPlan},
    Route{"GET", "/api/v1/plans/{version}", kReaders, "", get_plan_source},
    Route{"GET", "/api/v1/areas", kEverybody, "", get_areas},
    Route{"GET", "/api/v1/status", kReaders, "", get_status},
};

// What stands for {…} in `pattern` when `path` fits it.
// Compared segment by segment, in place: every request asks for every route before its own.
std::optional<std::vector<std::string>> match(std::string_view pattern, std::string_view path) {
  const auto segment = [](std::string_view& rest) {
    const auto slash = rest.find('/');
    const std::string_view first = rest.substr(0, slash);
    rest.remove_prefix(slash == std::string_view::npos ? rest.size() : slash);
    return first;
  };
  std::vector<std::string> arguments;
  for (;;) {
    const std::string_view wanted = segment(pattern), given = segment(path);
    if (!wanted.starts_with('{') && wanted != given) return std::nullopt;
    if (wanted.starts_with('{')) {
      if (given.empty()) return std::nullopt;
      arguments.emplace_back(given);
    }
    if (pattern.empty() || path.empty()) break;
    pattern.remove_prefix(1);
    path.remove_prefix(1);
  }
  if (pattern.empty() != path.empty()) return std::nullopt;
  return arguments;
}

// The route of a request, with what stood for {…} in its path.
struct Found {
  const Route* route = nullptr;
  std::vector<std::string> arguments;
  std::string_view query;
  std::string allowed;  // the path's other methods, when the route is none
};

Found find_route(const HttpRequest& request) {
  const std::string_view target = request.target;
  const auto question = target.find('?');
  const std::string_view method = request.method == "HEAD" ? std::string_view("GET") : request.method;
  Found found;
  if (question != std::string_view::npos) found.query = target.substr(question + 1);
  for (const Route& candidate : kRoutes) {
    auto matched = match(candidate.pattern, target.substr(0, question));
    if (!matched) continue;
    if (candidate.method == method) {
      found.route = &candidate;
      found.arguments = std::move(*matched);
      return found;
    }
    if (!found.allowed.empty()) found.allowed += ", ";
    found.allowed += candidate.method == "GET" ? "GET, HEAD" : candidate.method;
  }
  return found;
}

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
  if (route.method != "POST" || (request.body.empty() && route.takes == Takes::kJson)) return {};
  const std::string type = media_type(request.content_type);
  if (route.takes == Takes::kImage)
    return type.starts_with("image/") ? "" : "Content-Type must be image/jpeg or image/png";
  if (route.takes == Takes::kPlan && type == "application/toml") return "";
  if (route.takes == Takes::kPlan)
    return type == "application/json" ? "" : "Content-Type must be application/toml or application/json";
  return type == "application/json" ? "" : "Content-Type must be application/json";
}

}  // namespace

std::span<const Route> all_routes() {
  return kRoutes;
}

std::string media_type(std::string_view content_type) {
  std::string kind;
  for (const char c : content_type.substr(0, content_type.find(';'))) {
    kind += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return base::trim(kind);
}

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

// ---- shared by the handlers ----

bool is_desk(const Call& call) {
  return kDesk.has(call.by.role);
}

bool reads_all(const Call& call) {
  return kReaders.has(call.by.role);
}

base::Result<bool> may_see(const Call& call, model::IncidentId incident) {
  if (reads_all(call)) return true;
  if (!call.by.person) return false;
  return call.door.queries().was_told(incident, call.by.person);
}

Viewer viewer(const Call& call, const ports::Roster& roster) {
  return {roster, reads_all(call), is_desk(call)};
}

base::Result<model::Reply> run(const Call& call, model::Command command) {
  // A commit takes milliseconds; ten seconds without one means the disk hangs.
  return wait_for(call.door.submit(std::move(command)), std::chrono::seconds(10),
                  "not confirmed in time: it may or may not have been done");
}

base::Result<int> incident_code(const Call& call, std::size_t n) {
  const std::string& text = call.arguments.at(n);
  int code = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), code);
  if (error != std::errc{} || end != text.data() + text.size() || code <= 0 || text[0] == '0') {
    return Error{ErrorCode::kNotFound, "no incident has that code", {}};
  }
  return code;
}

base::Result<std::int64_t> id_argument(const Call& call, std::size_t n) {
  const auto id = base::from_base32(call.arguments.at(n));
  if (!id || *id == 0)
    return Error{ErrorCode::kNotFound, "an id has 13 characters of base32; nothing has this one", {}};
  return *id;
}

base::Result<std::int64_t> query_number(const Call& call, std::string_view name, std::int64_t fallback,
                                        std::int64_t low, std::int64_t high) {
  const std::string_view text = call.query_value(name);
  if (text.empty()) return fallback;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number < low || number > high) {
    return base::invalid(
        std::string(name) + ": expected a whole number from " + std::to_string(low) + " to " + std::to_string(high),
        std::string(name));
  }
  return number;
}

base::Result<IncidentCodes> incident_codes(const Call& call, std::span<const model::IncidentId> ids) {
  if (ids.empty()) return IncidentCodes{};
  return call.door.queries().codes(ids);
}

base::Result<Awaited> awaited_by(const Call& call, const std::vector<model::Incident>& incidents) {
  std::vector<model::IncidentId> ids;
  for (const auto& incident : incidents) ids.push_back(incident.id);
  return call.door.queries().approvals_awaited(ids);
}

base::Result<PageWanted> page_wanted(const Call& call, CursorOf list, int usual, int most) {
  const auto limit = query_number(call, "limit", usual, 1, most);
  if (!limit.ok()) return limit.error();
  PageWanted wanted{static_cast<int>(*limit), 0};
  const std::string_view cursor = call.query_value("cursor");
  if (cursor.empty()) return wanted;
  const auto position = read_cursor(list, cursor);
  if (!position) return base::invalid("cursor: expected the `next` of an answer of this list", "cursor");
  wanted.position = *position;
  return wanted;
}

model::Expected expected(const Call& call) {
  return expected_versions(call.request.if_match);
}

HttpResponse with_version(HttpResponse response, const model::Version& version) {
  response.headers.emplace_back("ETag", '"' + model::to_text(version) + '"');
  return response;
}

}  // namespace tocsin::https
