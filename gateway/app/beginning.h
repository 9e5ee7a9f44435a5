// Plan and directory that an office starts with: chosen under the database's lock, before the engine has it.
#pragma once

#include <string>

#include "gateway/app/file_plan.h"
#include "gateway/app/settings.h"
#include "gateway/base/result.h"
#include "gateway/ports/roster.h"

namespace tocsin::app {

struct Beginning {
  FirstPlan plan;
  ports::RosterPtr roster;
  std::string said;  // findings of the sheets, and of the plan, for people
};

// The folder of the settings is imported when the database has no directory yet.  kConflict: somebody else has the
// database; kNotFound, kInvalid: no plan at all (FirstPlan), or sheets with errors; kRefused: from a newer version.
[[nodiscard]] base::Result<Beginning> begin_office(const Settings& settings, base::UtcTime now, const LookAtPlan& look);

}  // namespace tocsin::app
