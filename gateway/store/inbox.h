// What waits in the desk's inbox (model/inbox.h), read on a session of its own.
//
// A message is taken once a report has its key, so nothing has to be marked.
#pragma once

#include "gateway/db/session.h"
#include "gateway/model/inbox.h"

namespace tocsin::store {

// At most `wanted.limit` entries.
[[nodiscard]] model::Inbox read_inbox(db::Session& session, const model::InboxWanted& wanted);

}  // namespace tocsin::store
