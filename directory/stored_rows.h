// The rows of the directory in its tables: all of them in, and those that differ out.  For this room's .cc files.
//
// One thread: the session is the caller's, and so is the transaction.  Failure is sticky in it.
#pragma once

#include <string_view>

#include "directory/delta.h"
#include "directory/tables.h"
#include "gateway/db/session.h"

namespace tocsin::directory {

// What a select of persons and of contacts names, in the order in which these two read it.
inline constexpr std::string_view kPersonColumnsStored = "id, code, name, language, door, notes, section";
inline constexpr std::string_view kContactColumnsStored =
    "id, person, preference, kind, address, extension, agreed_when, agreed_how, withdrawn, verified_when, "
    "verified_how, not_at_night";
[[nodiscard]] PersonRow person_in(const db::Rows& rows);
[[nodiscard]] ContactRow contact_in(const db::Rows& rows);

[[nodiscard]] Tables load_rows(db::Session& session);

// Brings the rows from the state before `delta` to the one after it, which is `after`.  Rows with an id are written one
// by one, and keep the place they have as long as the order allows; a table without ids is written anew.
void write_rows(db::Session& session, const Delta& delta, const Tables& after);

}  // namespace tocsin::directory
