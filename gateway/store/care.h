// Contact points in doubt, read from what was sent.
#pragma once

#include <vector>

#include "gateway/base/time.h"
#include "gateway/db/session.h"
#include "gateway/model/contact_doubt.h"

namespace tocsin::store {

// Of what was made since then, in the order of ContactCare::doubts.  The cost is that of what was made since.  A failed
// read leaves the session failed and the list of no use.
[[nodiscard]] std::vector<model::ContactDoubt> read_doubtful_contacts(db::Session& session, base::UtcTime since);

}  // namespace tocsin::store
