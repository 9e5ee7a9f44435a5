// The routes of the API: one table of method, path, roles and handler, and the walk through it.
//
// Knows nothing of sockets or the HTTP library.  docs/api/openapi.yaml describes exactly this table
// (tests/unit/https/openapi_test.cc holds them equal).
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "adapters/https/auth.h"
#include "adapters/https/doorway.h"
#include "adapters/https/http.h"
#include "adapters/https/rate_limiter.h"
#include "gateway/base/result.h"
#include "gateway/model/command.h"
#include "gateway/ports/front_door.h"

namespace tocsin::https {

// One request on its way to a handler: checked, with the parts of its target taken apart.
struct Call {
  const HttpRequest& request;
  const Access& access;
  const model::Principal& by;  // access.by
  Doorway& doorway;
  ports::FrontDoor& door;
  std::vector<std::string> arguments;                      // what stood for {…} in the path, in order
  std::vector<std::pair<std::string, std::string>> query;  // decoded; only names the route lists, each once
  std::string language;                                    // "zh" or "en"
  const std::function<std::string()>& more_metrics;        // of the front door itself; may be empty

  [[nodiscard]] std::string_view query_value(std::string_view name) const;  // empty when absent
};

using Handler = base::Result<HttpResponse> (*)(const Call&);

// Which requests go first when more come than workers can answer.
enum class Lane {
  kNormal,
  kUrgent,  // answers, call sheet, tasks, commands of the desk, sign-in: a share of the workers is theirs alone
};

inline constexpr std::size_t kSmallBody = 64 * 1024;

// What a body may be.  But for kAnything, none is what a page of another site can send without asking first.
// kPlan: TOML or JSON.  kAnything: whatever a provider's posts call themselves; only where the path is the credential.
enum class Takes { kJson, kImage, kPlan, kAnything };

struct Route {
  std::string_view method;   // "GET", "POST", "PUT" or "DELETE"
  std::string_view pattern;  // "/api/v1/incidents/{code}"
  Roles roles;               // kAnyone: no credential
  std::string_view query;    // names of its query parameters, separated by a space
  Handler handler;
  Lane lane = Lane::kNormal;
  bool counted = false;  // against the limit of reports of its token or session
  // Bytes.  Above kSmallBody only for routes with roles: nobody may send so much without a credential that holds.
  std::size_t body = kSmallBody;
  Takes takes = Takes::kJson;
};

[[nodiscard]] std::span<const Route> all_routes();

// Answers one request.  Thread-safe; `door` must outlive it.  Never throws: what a handler throws is a 500 that tells
// nothing.
class Router {
 public:
  // `reports` counts reports by principal; `more_metrics` is what GET /metrics shows behind the door's own.  Either may
  // be empty.
  explicit Router(ports::FrontDoor& door, RateLimiter* reports = nullptr,
                  std::function<std::string()> more_metrics = {}, WebPages pages = {})
      : door_(door),
        doorway_(std::make_unique<Doorway>(door, std::move(pages))),
        reports_(reports),
        more_metrics_(std::move(more_metrics)) {}
  [[nodiscard]] HttpResponse answer(const HttpRequest& request) const noexcept;
  // Before the end: what was counted for the record and is not written yet.
  void flush() const { doorway_->audit.flush(true); }
  // Before the body and the answer, from method and target (kNormal and kSmallBody when no route fits); body_rule also
  // looks at the credentials when the route takes large bodies.
  [[nodiscard]] Lane lane(const HttpRequest& head) const noexcept;
  [[nodiscard]] BodyRule body_rule(const HttpRequest& head) const noexcept;

 private:
  [[nodiscard]] HttpResponse route(const HttpRequest& request, const std::string& language) const;
  // Who asks, and whether the route is theirs; else the problem to answer with.
  [[nodiscard]] std::variant<Access, HttpResponse> access_for(const Route& route, const HttpRequest& request,
                                                              const std::string& language) const;
  [[nodiscard]] HttpResponse refuse(const Route& route, const HttpRequest& request, const Access* access,
                                    Problem problem, std::string_view detail, const std::string& language) const;

  ports::FrontDoor& door_;
  const std::unique_ptr<Doorway> doorway_;
  RateLimiter* const reports_;
  const std::function<std::string()> more_metrics_;
};

// "zh" when the header's first wish is Chinese, else "en".
[[nodiscard]] std::string preferred_language(std::string_view accept_language);

}  // namespace tocsin::https
