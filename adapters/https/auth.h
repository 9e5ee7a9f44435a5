// Who asks, by what, and what that role may do.
//
// A credential is a bearer token (an API token, a session's, or an alert's link) or the session cookie; requests over
// the unix socket need none.  Each is looked up by its BLAKE2b hash.  What was found is remembered for a second at most
// and dropped at once when the core says that somebody was signed out or revoked: a revoked credential is refused from
// the next request on.  Credentials are in no log and no error.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "adapters/https/http.h"
#include "gateway/base/result.h"
#include "gateway/model/identity.h"
#include "gateway/model/report.h"
#include "gateway/ports/front_door.h"

namespace tocsin::https {

// A set of roles; whoever holds an alert's link counts as one more.
struct Roles {
  std::uint32_t bits = 0;
  [[nodiscard]] constexpr bool has(model::Role role) const { return (bits >> static_cast<unsigned>(role) & 1U) != 0; }
  [[nodiscard]] constexpr bool has_link() const { return (bits & kLinkBit) != 0; }
  [[nodiscard]] constexpr bool has_nobody() const { return (bits & kNobodyBit) != 0; }
  [[nodiscard]] constexpr bool empty() const { return bits == 0; }
  constexpr Roles operator|(Roles other) const { return {bits | other.bits}; }

  static constexpr std::uint32_t kLinkBit = 1U << 16, kNobodyBit = 1U << 17;
};
[[nodiscard]] constexpr Roles only(model::Role role) {
  return {1U << static_cast<unsigned>(role)};
}

inline constexpr Roles kAnyone{};  // no credential needed
inline constexpr Roles kAdmin = only(model::Role::kAdmin);
inline constexpr Roles kAuditor = only(model::Role::kAuditor);
inline constexpr Roles kDesk = only(model::Role::kDuty) | kAdmin;
inline constexpr Roles kReaders = kDesk | kAuditor;  // see everything; the auditor with numbers masked
inline constexpr Roles kToldOrDesk = kDesk | only(model::Role::kCommander);
inline constexpr Roles kToldOrReaders = kToldOrDesk | kAuditor;
inline constexpr Roles kReporting = kToldOrDesk | only(model::Role::kReporter);
inline constexpr Roles kEverybody = kReporting | kAuditor;
inline constexpr Roles kAlertLink{Roles::kLinkBit};
// Open to anyone; who has a credential that holds is known all the same, and may be told more.
inline constexpr Roles kKnownOrNot = kEverybody | kAlertLink | Roles{Roles::kNobodyBit};

// One who was let in.  As it is made: nobody known.
struct Access {
  model::Principal by;
  model::SessionId session;   // 0: by an API token, a link, or the unix socket
  model::AccountId account;   // of the session
  model::AlertId only_alert;  // by an alert's link: nothing else may be seen or answered
  bool by_cookie = false;     // sent by the browser unasked: unsafe methods must prove that our own page sent them
  // Not empty when the session has just been prolonged: the cookie to say so with.
  std::string new_cookie;
  [[nodiscard]] bool nobody() const { return by.role == model::Role::kSystem; }
};

class Gatekeeper {
 public:
  // `door` must outlive it.
  explicit Gatekeeper(ports::FrontDoor& door);
  ~Gatekeeper();

  // kForbidden when there is no credential, or none that holds (the caller answers 401); kRetryLater when the store
  // cannot be asked.  Thread-safe.
  [[nodiscard]] base::Result<Access> access(const HttpRequest& request) const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

// An unsafe request that our own page sent: its Origin is ours (https and the Host it was sent to) and it carries
// "X-Tocsin: 1", which another site's page cannot set without asking first.
[[nodiscard]] bool from_our_page(const HttpRequest& request);
// No Origin, or ours: for requests before anybody is signed in.
[[nodiscard]] bool from_another_site(const HttpRequest& request);

// The Set-Cookie of a session, or the one that takes it away.
[[nodiscard]] std::string session_cookie(std::string_view token, base::Duration lives);
[[nodiscard]] std::string no_session_cookie();

}  // namespace tocsin::https
