// An office's list against the directory of a database: what the import wizard is shown, and what it becomes.
//
// Reads only.  Seconds for a large list; any thread, with a session of its own.
#pragma once

#include <string>

#include "gateway/base/phone_number.h"
#include "gateway/db/session.h"
#include "gateway/plan/plan.h"
#include "gateway/ports/directory_desk.h"

namespace tocsin::app {

struct ListReader {
  const base::DialingRules& dialing;
  std::string time_zone;             // of the office
  const plan::Plan* plan = nullptr;  // in force: whose posts somebody has to hold; null: those of the directory
};

// ports::DirectoryDesk::read_list().
[[nodiscard]] base::Result<ports::ListRead> read_office_list(db::Session& session, const ports::ListWish& wish,
                                                             const ListReader& with);

}  // namespace tocsin::app
