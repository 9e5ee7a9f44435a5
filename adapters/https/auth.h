// Who asks, and what that role may do.
//
// A token is looked up by its BLAKE2b hash at every request, with no cache between: a revoked token
// is refused from the next request on.  Tokens are in no log and no error.
#pragma once

#include <cstdint>
#include <string_view>

#include "gateway/base/result.h"
#include "gateway/model/report.h"
#include "gateway/ports/queries.h"

namespace tocsin::https {

// A set of roles.
struct Roles {
  std::uint32_t bits = 0;
  [[nodiscard]] constexpr bool has(model::Role role) const { return (bits >> static_cast<unsigned>(role) & 1U) != 0; }
  [[nodiscard]] constexpr bool empty() const { return bits == 0; }
  constexpr Roles operator|(Roles other) const { return {bits | other.bits}; }
};
[[nodiscard]] constexpr Roles only(model::Role role) {
  return {1U << static_cast<unsigned>(role)};
}

inline constexpr Roles kAnyone{};  // no token needed
inline constexpr Roles kDesk = only(model::Role::kDuty) | only(model::Role::kAdmin);
inline constexpr Roles kToldOrDesk = kDesk | only(model::Role::kCommander);
inline constexpr Roles kEverybody = kToldOrDesk | only(model::Role::kReporter);

// The principal behind "Bearer <token>".  kForbidden when there is none (the caller answers 401),
// kRetryLater when the store cannot be asked.
[[nodiscard]] base::Result<model::Principal> authenticate(std::string_view authorization,
                                                          const ports::Queries& queries);

}  // namespace tocsin::https
