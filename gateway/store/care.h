// Contact points in doubt, read from what was sent; and those that did not answer their check.
#pragma once

#include <optional>
#include <vector>

#include "gateway/base/time.h"
#include "gateway/db/session.h"
#include "gateway/model/contact_check.h"
#include "gateway/model/contact_doubt.h"

namespace tocsin::store {

// Of what was made since then, in the order of ContactCare::doubts.  The cost is that of what was made since.  A failed
// read leaves the session failed and the list of no use.
[[nodiscard]] std::vector<model::ContactDoubt> read_doubtful_contacts(db::Session& session, base::UtcTime since);

// The newest round of the contact check.
[[nodiscard]] std::optional<model::CheckRound> read_latest_round(db::Session& session);
[[nodiscard]] model::CheckCounts read_check_counts(db::Session& session, model::CheckRoundId round);
// Of those asked since then, or of one person among them.
[[nodiscard]] model::ContactChecks read_contact_checks(db::Session& session, base::UtcTime since, model::PersonId only);

}  // namespace tocsin::store
