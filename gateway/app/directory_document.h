// The directory as one file for people outside: a list of an office's shape, vCards, the call list of a plan.
//
// Pure; seconds for a large directory.  Any thread.
#pragma once

#include "directory/snapshot.h"
#include "directory/tables.h"
#include "gateway/base/phone_number.h"
#include "gateway/base/result.h"
#include "gateway/plan/plan.h"
#include "gateway/ports/directory_desk.h"

namespace tocsin::app {

// `plan`: of a call list, which is kNotFound without one.  kInvalid: there is no such form.
[[nodiscard]] base::Result<ports::DirectoryDocument> document_of(const directory::Tables& tables, std::int64_t version,
                                                                 const ports::DocumentWish& wish,
                                                                 const base::DialingRules& dialing,
                                                                 const plan::Plan* plan);

}  // namespace tocsin::app
