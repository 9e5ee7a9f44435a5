// A course of events written by itself: the keys of a [[case]] in a file of their own, for `plan simulate`.  Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gateway/base/diagnostic.h"
#include "gateway/plan/plan.h"

namespace tocsin::plan {

struct ReadCourse {
  std::optional<Case> course;  // empty when there is any error
  base::Diagnostics findings;
};

// `toml` is one [[case]], or its keys alone.  Names are checked against the plan as those of its own cases are.
[[nodiscard]] ReadCourse read_course(const Plan& plan, std::string_view toml, const std::string& file);

}  // namespace tocsin::plan
