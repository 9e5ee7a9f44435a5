// What the store holds of one person, and that taken out of it: by column, whatever the table.
//
// A table speaks of a person where a column has their id (`person`, `reporter_person`, `stands_in_for`), the id of a
// contact point of theirs (`contact`), of an alert of theirs (`alert`) or of a report of theirs (`report`); and where a
// text names them.  The record is only read: it holds ids and digests, and its chain must stay whole.
//
// The session is the caller's: a reader's to look (a walk over every table: seconds in a large store), the writer's, in
// its transaction, to erase.  Nothing here reads a clock.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "gateway/base/result.h"
#include "gateway/base/time.h"
#include "gateway/db/session.h"
#include "gateway/store/person_words.h"

namespace tocsin::store {

// ---- what is held ----
using HeldValue = std::variant<std::monostate, std::int64_t, std::string>;
struct HeldTable {
  std::string name;
  std::vector<std::string> columns;  // without secrets: hashes, passwords, digests of numbers
  std::vector<std::vector<HeldValue>> rows;
};
// Tables with rows about the person; at last `record`, the entries that name them or an alert of theirs.
[[nodiscard]] base::Result<std::vector<HeldTable>> held_of(db::Session& session, const PersonKeys& keys);

// ---- and erased ----
// Incidents (codes) that are not over, and of which they are told or sent a report: nothing can be erased meanwhile.
[[nodiscard]] base::Result<std::vector<int>> open_incidents_of(db::Session& session, const PersonKeys& keys);

// Every cell that has to change, found by one walk; and how far each table went then.
struct PersonErasure {
  PersonKeys keys;
  struct Cell {
    std::string table, column;
    std::int64_t row = 0;
    std::string was, is;
  };
  std::vector<Cell> cells;
  std::vector<std::int64_t> alerts;
  std::map<std::string, std::int64_t> looked_at;  // by table: the last row of the walk
};
[[nodiscard]] base::Result<PersonErasure> prepare_person_erasure(db::Session& session, const PersonKeys& keys,
                                                                 std::string_view replacement);
// In the transaction: accounts and tokens end, sessions and codes are gone, numbers and words of theirs are blank, what
// names them says the replacement; what came since the walk is looked at now.  kConflict: they were told of an incident
// meanwhile.  The WAL is emptied at the next checkpoint.
[[nodiscard]] base::Status erase_person(db::Session& session, const PersonErasure& erasure,
                                        std::string_view replacement, base::UtcTime now);

}  // namespace tocsin::store
