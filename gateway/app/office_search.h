// Looking for somebody in the directory in force: by number in the database, by name and reading in an index.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "directory/intake/name_index.h"
#include "directory/lookup.h"
#include "gateway/base/result.h"
#include "gateway/db/session.h"
#include "gateway/ports/directory_desk.h"

namespace tocsin::app {

// Any thread.  The index is made when the first search of a version of the directory needs it; others wait for that.
class PersonFinder {
 public:
  // By code, at most `search.limit`.
  [[nodiscard]] base::Result<std::vector<directory::PersonWithContacts>> find(db::Session& session,
                                                                              const ports::PersonSearch& search);

 private:
  [[nodiscard]] base::Result<std::shared_ptr<const intake::NameIndex>> index(db::Session& session);

  std::mutex making_;
  std::shared_ptr<const intake::NameIndex> index_;  // guarded
};

}  // namespace tocsin::app
