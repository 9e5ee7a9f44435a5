// Versions of the plan: each text that was ever in force is kept whole, and one of them is in force.
//
// A version is one text, known by its digest; putting it in force again makes no new one.  Incidents that run stay with
// the version they began under.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/time.h"
#include "gateway/model/report.h"
#include "gateway/model/version.h"

namespace tocsin::model {

// How a plan came into force.  Persisted: numbers are frozen.
enum class PlanVia : std::uint8_t {
  kStart = 1,   // the daemon started with the file of its settings
  kReload = 2,  // SIGHUP, with the file of its settings
  kApi = 3,
  kCommandLine = 4,
};
[[nodiscard]] std::string_view name_of(PlanVia via);

// A warning that somebody answers for: code and place of the finding, and why it may stand.
struct PlanOverride {
  std::string finding;  // "range-gap"
  std::string where;    // Diagnostic::where, or what it lies in; empty: everywhere
  std::string reason;
  bool operator==(const PlanOverride&) const = default;
};
// Kept with the version it was given for.
struct KeptOverride {
  PlanOverride given;
  std::string by;  // "admin:office"
  base::UtcTime at{};
};

struct PlanSwap {
  int number = 0;  // from 1, counts every swap
  int version = 0;
  base::UtcTime at{};
  PlanVia via = PlanVia::kStart;
  std::string by;    // "admin:office"
  std::string note;  // why, in free words; may be empty
};

struct PlanVersion {
  int version = 0;  // from 1, in the order in which they were first in force
  std::string digest;
  std::string name, label;  // as the plan itself says: the office, "2026-11"; empty for versions of old databases
  base::UtcTime kept_at{};
  bool in_force = false;
  std::optional<PlanSwap> last_swap;  // to this version; empty for some versions of old databases
  int open_incidents = 0;             // that run under it
  std::vector<KeptOverride> overrides;
};

// What the next swap has to know of the last.
struct PlanInForce {
  PlanSwap swap;
  std::string digest;
};
// For If-Match: moves with every swap.
[[nodiscard]] inline Version version_of(const PlanSwap& swap) {
  return {swap.version, swap.number};
}

// Whoever submits it has judged the plan: what stands in its way was overridden or is not there.
struct PutPlanInForce {
  Principal by;
  PlanVia via = PlanVia::kApi;
  std::string digest, source;  // `source` is kept whole
  std::string name, label;     // as PlanVersion
  std::string note;
  std::vector<PlanOverride> overrides;  // given for this swap, by `by`
  int accepted = 0;                     // warnings that stand because somebody answers for them, in the file or here
  bool from_file = false;               // it is the file of the settings: seen, until it changes
  Expected expected;                    // of the plan in force
};
struct PlanTaken {
  PlanSwap swap;         // in force now
  bool changed = false;  // false: it was in force already, and nothing was done
};

}  // namespace tocsin::model
