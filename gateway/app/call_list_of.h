// The call list of a plan, with the people of a directory: rehearse/call_list.h with what only the tables know.
//
// Pure; any thread.
#pragma once

#include <string>

#include "directory/tables.h"
#include "gateway/base/phone_number.h"
#include "gateway/base/time.h"
#include "gateway/plan/plan.h"
#include "gateway/ports/roster.h"

namespace tocsin::app {

struct CallListOf {
  const plan::Plan& plan;
  const directory::Tables& tables;  // numbered
  const ports::Roster& roster;      // of these tables
};
[[nodiscard]] std::string call_list_of(const CallListOf& of, base::UtcTime at, const std::string& language,
                                       const base::DialingRules& dialing);

}  // namespace tocsin::app
