// All that the directory holds of one person, today and in its history, and the person taken out of both.
//
// A person is their code: rows of the history under the same code are theirs.  Erased, the history stays readable: in
// their place stands somebody whose code and name say only that.  Such a code (kErasedCode) is none that an office can
// give.  Reading costs the whole history; nothing here reads a clock.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "directory/history.h"
#include "directory/import.h"
#include "directory/row_text.h"

namespace tocsin::directory {

inline constexpr std::string_view kErasedCode = "erased:";  // and the person's id
inline constexpr std::string_view kErasedName = "已删除 erased";

struct TrailRow {
  Table table = Table::kPersons;
  Cells cells;
};
struct TrailChange {
  std::int64_t version = 0;
  Table table = Table::kPersons;
  Cells before, after;  // one of them is empty when the row came or went
};
struct Trail {
  std::string code;
  std::vector<std::int64_t> ids;       // that the code has had, today's first
  std::vector<std::int64_t> contacts;  // ids of their contact points
  std::vector<std::string> names, addresses;
  bool in_force = false;  // the directory has them today
  std::vector<TrailRow> rows;
  std::vector<TrailChange> changes;  // oldest first
};
// In the caller's read transaction, with `now` read in it.  kNotFound: nobody ever had that code.
[[nodiscard]] base::Result<Trail> read_trail(db::Session& session, const State& now, const std::string& code);

// An erasure, ready to be written.
struct Erasure {
  base::Diagnostics findings;  // with errors: what names the person still; nothing may be written
  Change change;               // the version in which they are gone
  struct Rewritten {
    std::int64_t version = 0;
    std::string table, delta;
  };
  std::vector<Rewritten> history;
};
// In the same read transaction.
[[nodiscard]] base::Result<Erasure> prepare_erasure(db::Session& session, const State& now, const Trail& trail,
                                                    const ImportOptions& options);
// As write_change(), and the history rewritten.
[[nodiscard]] base::Status write_erasure(db::Session& session, const Erasure& erasure, const std::string& by,
                                         const std::string& reason, base::UtcTime now);

// Does a row of that delta speak of somebody who was erased?
[[nodiscard]] bool names_erased(const TableDelta& delta);

}  // namespace tocsin::directory
