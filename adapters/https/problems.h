// Errors of the API: RFC 9457 problem details, all from one table.
//
// `type` is "urn:tocsin:problem:" plus a suffix that never changes its meaning; docs/api.md lists
// them.  `detail` says what is wrong with this very request; an internal error has none.
#pragma once

#include <span>
#include <string_view>

#include "adapters/https/http.h"
#include "gateway/base/result.h"

namespace tocsin::https {

enum class Problem {
  kInvalidRequest,    // 400: cannot be read at all
  kUnauthorized,      // 401
  kForbidden,         // 403
  kSignInFailed,      // 403: name, password, factor, code or link; it does not say which
  kWrongCode,         // 403: of an approval: wrong, used, too old, or not this person's
  kNotFound,          // 404
  kMethodNotAllowed,  // 405
  kTooSlow,           // 408
  kConflict,          // 409
  kRefused,           // 409: not now and not later
  kChanged,           // 412: If-Match names a version that no longer stands
  kTooLarge,          // 413
  kTargetTooLong,     // 414
  kUnsupportedType,   // 415
  kMisdirected,       // 421: the target names another server
  kInvalidField,      // 422: one field is wrong, `field` names it
  kPlanRefused,       // 422: a plan with errors, or with warnings nobody answers for; `findings` tells
  kDirectoryRefused,  // 422: sheets or a person with errors; `findings` tells
  kVersionNeeded,     // 428: a change that does not say which version it was decided on (RFC 6585 section 3)
  kTooManyRequests,   // 429 with Retry-After
  kHeadersTooLarge,   // 431
  kInternal,          // 500
  kRetryLater,        // 503 with Retry-After
  kOverloaded,        // 503 with Retry-After
};

struct ProblemInfo {
  Problem problem;
  std::string_view suffix;  // of the type URI
  int status;
  std::string_view title_en, title_zh;
};

inline constexpr std::string_view kProblemPrefix = "urn:tocsin:problem:";
inline constexpr int kRetryAfterSeconds = 5;

[[nodiscard]] std::span<const ProblemInfo> all_problems();
[[nodiscard]] const ProblemInfo& info(Problem problem);
// Which problem an error of the core is.
[[nodiscard]] Problem problem_of(const base::Error& error);

// `language` chooses the title ("zh" or "en").
[[nodiscard]] HttpResponse problem_response(Problem problem, std::string_view detail = {}, std::string_view field = {},
                                            std::string_view language = "en");
// The message of an internal or corrupt error stays here; the sender sees the title only.
[[nodiscard]] HttpResponse problem_response(const base::Error& error, std::string_view language = "en");

}  // namespace tocsin::https
