// Asks the office whose database this is, on this machine: the running daemon over its unix socket, or, when none runs,
// the same routes on the database itself, under its lock.  So what the operator changes goes the one writer's way and
// into the record, daemon or not.
#pragma once

#include <string>

#include "gateway/app/api_client.h"
#include "gateway/app/plan_swap.h"
#include "gateway/base/result.h"

namespace tocsin::app {

// As the administrator.  `body`: JSON, empty for a GET.  `look`: what judges a plan when no daemon runs; may be empty.
// `language`: of what is said, "zh" or "en".
// kConflict when a daemon has the database but no socket (https.local_socket is off); kRetryLater when it does not
// answer.
[[nodiscard]] base::Result<ApiReply> ask_own_office(const std::string& database, const std::string& method,
                                                    const std::string& path, const std::string& body,
                                                    const LookAtPlan& look = {}, const std::string& language = "en");

}  // namespace tocsin::app
