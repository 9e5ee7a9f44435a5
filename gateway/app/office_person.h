// One person of an office: everything held about them, and all of it erased.  The directory's part is
// directory/trail.h, the store's gateway/store/person.h.
#pragma once

#include <memory>
#include <string>

#include "directory/import.h"
#include "gateway/base/diagnostic.h"
#include "gateway/base/result.h"
#include "gateway/db/session.h"
#include "gateway/model/directory_change.h"
#include "gateway/ports/directory_desk.h"
#include "gateway/ports/directory_work.h"

namespace tocsin::app {

// JSON, keys as in docs/retention.md, "A person's data".  One picture of the reader's own.  A walk over every table.
[[nodiscard]] base::Result<std::string> person_data(db::Session& reader, const std::string& code);

// `wish.what` is ErasePerson; the directory's version was checked.  `writer`: of the store that the engine commits; it
// outlives the command.  kChanged: the person is not the one `expected` names.
[[nodiscard]] base::Result<ports::PreparedChange> prepare_person_erasure(db::Session& reader, db::Session& writer,
                                                                         const ports::DirectoryWish& wish,
                                                                         const directory::ImportOptions& options);

}  // namespace tocsin::app
