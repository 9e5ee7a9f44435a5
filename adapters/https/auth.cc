#include "adapters/https/auth.h"

#include <algorithm>
#include <chrono>
#include <unordered_map>

#include "gateway/base/digest.h"
#include "gateway/base/guarded.h"
#include "gateway/base/text.h"
#include "gateway/model/alert_link.h"

namespace tocsin::https {
namespace {

using std::chrono::steady_clock;

constexpr std::string_view kCookie = "__Host-sid";
constexpr steady_clock::duration kRememberedFor = std::chrono::seconds(1);
constexpr std::size_t kRemembered = 4096;
constexpr base::Duration kSlideAfter = std::chrono::hours(24);

bool is_token(std::string_view token) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-._~+/=").find(c) != std::string_view::npos;
  };
  return token.size() >= 20 && token.size() <= 128 && std::all_of(token.begin(), token.end(), fits);
}

// RFC 6750 section 2.1 b64token, 20 to 128 characters; "" when the header is anything else.
std::string_view bearer_token(std::string_view authorization) {
  constexpr std::string_view kScheme = "bearer ";
  if (authorization.size() <= kScheme.size()) return {};
  for (std::size_t i = 0; i < kScheme.size(); ++i) {
    const char c = authorization[i];
    if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) != kScheme[i]) return {};
  }
  std::string_view token = authorization.substr(kScheme.size());
  while (!token.empty() && token.front() == ' ') token.remove_prefix(1);
  return is_token(token) ? token : std::string_view{};
}

// The session's token among the cookies; "" when it is not there exactly once.
std::string_view cookie_token(std::string_view cookies) {
  std::string_view found;
  while (!cookies.empty()) {
    const auto end = cookies.find(';');
    auto pair = cookies.substr(0, end);
    cookies.remove_prefix(end == std::string_view::npos ? cookies.size() : end + 1);
    while (!pair.empty() && pair.front() == ' ') pair.remove_prefix(1);
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos || pair.substr(0, equals) != kCookie) continue;
    if (!found.empty()) return {};
    found = pair.substr(equals + 1);
  }
  return is_token(found) ? found : std::string_view{};
}

base::Error not_known() {
  return {base::ErrorCode::kForbidden, "the request carries no valid token", {}};
}

}  // namespace

class Gatekeeper::Impl {
 public:
  explicit Impl(ports::FrontDoor& door) : door_(door) {}

  base::Result<Access> access(const HttpRequest& request) {
    // Over the unix socket without credentials: our own user or root, who could change the database as well.
    if (request.local && request.authorization.empty() && request.cookie.empty()) {
      Access local;
      local.by = {model::Role::kAdmin, "local", {}};
      return local;
    }
    const bool by_cookie = request.authorization.empty();
    const auto token = by_cookie ? cookie_token(request.cookie) : bearer_token(request.authorization);
    if (token.empty()) return not_known();
    if (!by_cookie && token.size() == model::kAlertTokenLength) {
      if (auto link = by_link(token)) return *link;
    }
    auto found = remembered(token);
    if (!found.ok()) return found;
    found->by_cookie = by_cookie;
    if (!by_cookie) found->new_cookie.clear();
    return found;
  }

 private:
  struct Known {
    Access access;
    base::UtcTime expires_at = base::UtcTime::max();
    steady_clock::time_point until{};
    std::uint64_t version = 0;
  };
  using Cache = std::unordered_map<std::string, Known>;

  base::Result<Access> remembered(std::string_view token) {
    const auto digest = base::digest(token);
    const std::string hash(base::as_bytes(digest));
    // Read before the store is: what changes in between is seen by the next request.
    const auto version = door_.identity_version();
    const auto now = steady_clock::now();
    auto known = cache_.with([&](Cache& cache) -> std::optional<Known> {
      const auto at = cache.find(hash);
      if (at == cache.end()) return std::nullopt;
      if (at->second.version == version && now < at->second.until) return at->second;
      cache.erase(at);
      return std::nullopt;
    });
    if (!known) {
      auto looked_up = look_up(hash, token);
      if (!looked_up.ok()) return looked_up.error();
      known = std::move(*looked_up);
      known->version = version;
      known->until = now + kRememberedFor;
      auto kept = *known;
      kept.access.new_cookie.clear();
      cache_.with([&](Cache& cache) {
        if (cache.size() >= kRemembered) cache.clear();
        cache[hash] = std::move(kept);
      });
    }
    if (door_.now() >= known->expires_at) return not_known();
    return known->access;
  }

  base::Result<Known> look_up(const std::string& hash, std::string_view token) {
    const base::Error cannot{base::ErrorCode::kRetryLater, "tokens cannot be checked right now", {}};
    const auto& queries = door_.queries();
    const auto found = queries.token(hash);
    if (!found.ok()) return cannot;
    Known known;
    if (const auto& row = *found; row.has_value()) {
      if (row->revoked_at || row->role == model::Role::kSystem) return not_known();
      known.access.by = {row->role, row->name, row->person};
      return known;
    }
    const auto session = queries.session(hash);
    if (!session.ok()) return cannot;
    if (!session->has_value()) return not_known();
    return known_by(**session, token);
  }

  base::Result<Known> known_by(const model::Session& session, std::string_view token) {
    if (session.revoked_at || session.role == model::Role::kSystem) return not_known();
    Known known;
    known.expires_at = session.expires_at;
    auto& access = known.access;
    access.by = {session.role, session.name, session.person};
    access.session = session.id;
    access.account = session.account;
    if (!session.account) {
      // The directory as it stands now says who leads, and who is not of this office any more.
      const auto roster = door_.roster();
      if (roster->person(session.person) == nullptr) return not_known();
      access.by.role = roster->commands(session.person) ? model::Role::kCommander : model::Role::kReporter;
    }
    const bool field = access.by.role == model::Role::kReporter || access.by.role == model::Role::kCommander;
    const auto now = door_.now();
    if (field && now < session.expires_at && now - session.renewed_at >= kSlideAfter) {
      (void)door_.submit(model::IdentityCommand(model::RenewSession{session.id}));
      access.new_cookie = session_cookie(token, session.expires_at - session.renewed_at);
    }
    return known;
  }

  // As the person who was alerted, for this alert alone and while its incident goes on.
  std::optional<Access> by_link(std::string_view token) {
    const auto id = model::read_alert_token(token, door_.link_key(), door_.now());
    if (!id) return std::nullopt;
    const auto page = door_.queries().alert_page(*id);
    if (!page.ok() || !page->has_value()) return std::nullopt;
    if ((*page)->incident.state != model::IncidentState::kOpen) return std::nullopt;
    Access access;
    access.by = {model::Role::kCommander, "link", (*page)->alert.person};
    access.only_alert = *id;
    return access;
  }

  ports::FrontDoor& door_;
  base::Guarded<Cache> cache_;  // by hash
};

Gatekeeper::Gatekeeper(ports::FrontDoor& door) : impl_(std::make_unique<Impl>(door)) {}
Gatekeeper::~Gatekeeper() = default;

base::Result<Access> Gatekeeper::access(const HttpRequest& request) const {
  return impl_->access(request);
}

bool from_our_page(const HttpRequest& request) {
  return !request.host.empty() && request.origin == "https://" + request.host && request.x_tocsin == "1";
}

bool from_another_site(const HttpRequest& request) {
  const bool other_origin = !request.origin.empty() && request.origin != "https://" + request.host;
  const bool other_site =
      !request.sec_fetch_site.empty() && request.sec_fetch_site != "same-origin" && request.sec_fetch_site != "none";
  return other_origin || other_site;
}

std::string session_cookie(std::string_view token, base::Duration lives) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(lives).count();
  return std::string(kCookie) + "=" + std::string(token) + "; Path=/; Max-Age=" + std::to_string(seconds) +
         "; Secure; HttpOnly; SameSite=Strict";
}

std::string no_session_cookie() {
  return session_cookie("", base::Duration{0});
}

}  // namespace tocsin::https
