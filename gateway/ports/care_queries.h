// The part of the read side that says which contact points failed, and which did not answer their check.  Rules as in
// queries.h, which inherits it.
#pragma once

#include <vector>

#include "gateway/base/result.h"
#include "gateway/base/time.h"
#include "gateway/model/contact_check.h"
#include "gateway/model/contact_doubt.h"

namespace tocsin::ports {

class CareQueries {
 public:
  virtual ~CareQueries() = default;
  // By the messages and calls made since then, drills too; the certain ones first, then the newest failure first.
  // Contact points that the directory has no more are among them: their ids mean nobody.
  [[nodiscard]] virtual base::Result<std::vector<model::ContactDoubt>> doubtful_contacts(base::UtcTime since) const = 0;
  // The newest round of the contact check, and who was silent: of those asked since then.  With `only`: of that person.
  [[nodiscard]] virtual base::Result<model::ContactChecks> contact_checks(base::UtcTime since,
                                                                          model::PersonId only = {}) const = 0;
};

}  // namespace tocsin::ports
