// Which findings an [[accept]], or a person's word, covers.  Pure.
#pragma once

#include "gateway/base/diagnostic.h"
#include "gateway/plan/plan.h"

namespace tocsin::plan {

// The same code, and `where` is the finding's own or what it lies in ("fire/III" covers "fire/III/2", not "fire/IIII");
// an empty `where` covers every place.  Warnings only: nobody can answer for an error.
[[nodiscard]] bool covers(const Acceptance& acceptance, const base::Diagnostic& finding);

}  // namespace tocsin::plan
