// Whole numbers out of an office's database are shown for a reason only, which is in its record before they are.
#pragma once

#include <string>

#include "gateway/base/result.h"

namespace tocsin::app {

// What is about to be read, as POST /api/v1/directory/readings names it: "list", "show", "read", "doubtful",
// "simulate", "person-data".
struct Reading {
  std::string database;  // empty, or no database: the reader's own sheets, of which no record is kept
  std::string what, reason;
};

// Through the office whose database it is (own_office.h): the running daemon, or under the file's lock.  kInvalid
// without a reason; nothing may be shown unless this is ok.
[[nodiscard]] base::Status record_reading(const Reading& reading);

}  // namespace tocsin::app
