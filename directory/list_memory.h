// What was accepted of an office's list, kept by the name of its file: which column was what, and whom it brought.
//
// The next file of that name is read by the same columns, and whoever the earlier one brought and it does not is asked
// about.  A table of its own beside the directory's versions: taking a change back leaves it, and it can be thrown
// away. It holds codes of persons, none who are not in the directory any more, and goes kHistoryKept after it was last
// accepted, at the next change.  The session is the caller's; nothing here reads a clock.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/result.h"
#include "gateway/base/time.h"
#include "gateway/db/session.h"

namespace tocsin::directory {

inline constexpr int kMostLists = 200;  // the one accepted longest ago goes first

struct KnownList {
  std::string name;                  // of the file, without folders
  std::string mapping;               // intake/mapping.h
  std::string header;                // the words over the columns it names: in a file with others it means nothing
  std::vector<std::string> persons;  // codes, of everybody it brought
  base::UtcTime at{};                // accepted last
  std::string by;
};

// The name without what changes from month to month: dates, digits, signs, blanks and the ending; in small letters.
// 值班表2026年11月.xlsx and 值班表（12月）.csv are 值班表.  Empty: nothing but these was in it.
[[nodiscard]] std::string folded_list_name(std::string_view name);

// The one of exactly that name, else the one accepted last whose folded name is the same.
[[nodiscard]] base::Result<std::optional<KnownList>> known_list(db::Session& session, const std::string& name);
// All, without their persons, the one accepted last first.
[[nodiscard]] base::Result<std::vector<KnownList>> known_lists(db::Session& session);

// Inside the caller's transaction; failure is sticky in the session.
void remember_list(db::Session& session, const KnownList& list);
void forget_list(db::Session& session, const std::string& name);
// Persons who left, and lists that nobody accepted for long.
void purge_lists(db::Session& session, base::UtcTime now);

}  // namespace tocsin::directory
