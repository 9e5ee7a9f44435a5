// The course of an incident in the words of those who read it, English and Chinese at once.
//
// Pure; any thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "gateway/app/incident_course.h"
#include "gateway/base/said.h"
#include "gateway/plan/plan.h"

namespace tocsin::app {

// How people are called; empty: the directory has them no longer.
using NameOf = std::function<std::string(model::PersonId)>;

// "opened", "report", "level_raised", "level_lowered", "approval_asked", "approved", "declined", "callout_started",
// "answer", "leader", "merged", "split" or "stand_down"; empty: nothing that people read.
[[nodiscard]] std::string_view what_of(const CourseEvent& event);
// One sentence without its full stop.  `plan`: the one the incident runs under.
[[nodiscard]] base::Said in_words(const CourseEvent& event, const plan::Plan& plan, const NameOf& name_of);

}  // namespace tocsin::app
