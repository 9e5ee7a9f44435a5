// A plan from its file, checked as far as the machine can: what serve, reload, `plan use` and `plan check` share.
#pragma once

#include <string>
#include <string_view>

#include "gateway/base/diagnostic.h"
#include "gateway/base/result.h"
#include "gateway/plan/read_plan.h"

namespace tocsin::app {

// read_plan_file, lint, and whether the machine knows the time zone.  `plan` is null when there is any error.
// kNotFound when the file cannot be opened.
[[nodiscard]] base::Result<plan::ReadPlan> load_plan(const std::string& path);
// The same of a text, which `name` names in findings.
[[nodiscard]] plan::ReadPlan read_checked(std::string_view text, const std::string& name);

// All findings as text, each with its source line.
[[nodiscard]] std::string render_all(const base::Diagnostics& findings, const std::string& source);
// Of a plan, each from the file it stands in; `findings` may be more than the reader's own.
[[nodiscard]] std::string render_all(const base::Diagnostics& findings, const plan::ReadPlan& read,
                                     bool chinese = false);
[[nodiscard]] std::string render_all(const plan::ReadPlan& read, bool chinese = false);

}  // namespace tocsin::app
