// The directory as vCards, version 4.0 (RFC 6350): for the address book of a telephone.
//
// One card for each person and each section of an upper office.  Of its contact points only those whose owner agreed
// and did not take it back; telephones as tel: URIs (RFC 3966) in order of preference, extensions with them.  Lines end
// with CRLF and are folded at 75 octets (3.2), never inside a character; text is escaped (3.4).  No notes, no door.
// Pure; any thread.
#pragma once

#include <string>

#include "directory/tables.h"
#include "gateway/base/time.h"

namespace tocsin::paper {

// `at`: who holds a post then; the cards' REV, which is when they were made.
[[nodiscard]] std::string vcards_of(const directory::Tables& tables, base::UtcTime at);

}  // namespace tocsin::paper
