// One change of the directory, prepared and ready to be written: the engine calls it, and knows nothing else of it.
//
// Made off the engine's thread against one version of the directory.  All that takes long (reading, comparing, the new
// roster) is done by then; apply() writes the rows that differ.
#pragma once

#include <string>

#include "gateway/base/result.h"
#include "gateway/base/time.h"
#include "gateway/model/directory_change.h"
#include "gateway/ports/roster.h"

namespace tocsin::ports {

class DirectoryWork {
 public:
  virtual ~DirectoryWork() = default;

  // Engine thread, inside the transaction of the store: everything it writes is committed or undone with that.
  // kChanged: another version is in force than the one it was prepared on.  What the disk says is sticky in the store.
  [[nodiscard]] virtual base::Result<model::DirectoryChanged> apply(const std::string& by, const std::string& reason,
                                                                    base::UtcTime now) = 0;
  // The directory as apply() leaves it.
  [[nodiscard]] virtual RosterPtr roster() const = 0;
  // Who may do it beside administrators, because it takes back a contact point of theirs and nothing else.  0: nobody.
  [[nodiscard]] virtual model::PersonId owner() const { return {}; }
};

}  // namespace tocsin::ports
