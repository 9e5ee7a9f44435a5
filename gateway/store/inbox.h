// What waits in the desk's inbox, read on a session of its own: messages from numbers nobody knows, drills by SMS, and
// what a machine sent.
//
// Gone 72 hours after it came.  A message is taken once a report has its key, so nothing has to be marked.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/base/time.h"
#include "gateway/db/session.h"

namespace tocsin::store {

struct InboxEntry {
  std::int64_t id = 0;
  base::UtcTime at{};
  std::string from;  // a number as it came, or "person:CODE" of whoever the directory knows
  std::string text;  // masked
  int taken_as = 0;  // code of the incident its report is part of; 0: it waits

  // The client key of the report it is taken over as: the same message is one report, however often it is taken.
  [[nodiscard]] std::string key() const;
};

struct Inbox {
  std::vector<InboxEntry> entries;  // newest first
  std::int64_t left_out = 0;        // messages above the limits in those 72 hours: counted, their words not kept
};

[[nodiscard]] Inbox read_inbox(db::Session& session, int limit);

}  // namespace tocsin::store
