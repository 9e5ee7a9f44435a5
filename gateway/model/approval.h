// Whether a response begins: asked of those its plan names, decided by one of them, or by the plan's default when time
// runs out.  One per call-out whose response has an approval; what was decided holds for that call-out alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/said.h"
#include "gateway/base/time.h"
#include "gateway/model/ids.h"

namespace tocsin::model {

// Persisted: numbers are frozen.
enum class ApprovalState : std::uint8_t {
  kPending = 1,
  kApproved = 2,
  kDeclined = 3,
  kStartedByDefault = 4,  // nobody decided in time, and the plan starts it then
  kLeftByDefault = 5,     // nobody decided in time, and the plan leaves it
  kMoot = 6,              // stood down, merged or replaced by another level before anybody decided
};
[[nodiscard]] std::string_view name_of(ApprovalState state);  // "pending", ...

// Are the steps that save no lives held back?
[[nodiscard]] constexpr bool holds_back(ApprovalState state) {
  return state != ApprovalState::kApproved && state != ApprovalState::kStartedByDefault;
}

struct Approval {
  CallOutId callout;
  IncidentId incident;
  int revision = 0;  // of the call-out
  ApprovalState state = ApprovalState::kPending;
  std::string by;  // the plan's selectors, with spaces between: "post:commander duty:leader"
  bool starts_by_default = true;
  base::UtcTime asked_at{}, due_at{};
  PersonId person;         // who decided; 0: nobody did
  PersonId stands_in_for;  // 0: on their own account
  std::optional<base::UtcTime> decided_at;
};

// What must be true before an incident is ended, and what only the desk can find out: named, as the plan asks it.
struct NamedText {
  std::string name;
  base::Said text;
  bool operator==(const NamedText&) const = default;
};

}  // namespace tocsin::model
