// Which version of something a person saw before they changed it.
//
// What two people edit at once carries a version; a change may name the version it was decided on, and is refused when
// another one stands by then.  The check is made by the one writer, in the transaction of the change.
// Versions follow what people decide about, not every row of it: a report that joins or an SMS delivered leaves an
// incident's version alone, else nobody could set a level while reports pour in.  Pure, safe from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/result.h"
#include "gateway/model/alert.h"
#include "gateway/model/incident.h"

namespace tocsin::model {

struct Version {
  std::int64_t id = 0;  // of the row
  std::int64_t number = 0;
  bool operator==(const Version&) const = default;
};

// One of these must stand; empty = whatever stands there.
using Expected = std::vector<Version>;

[[nodiscard]] Version version_of(const Incident& incident);  // its revision
[[nodiscard]] Version version_of(const Task& task);          // its state
[[nodiscard]] Version version_of(const Alert& alert);        // its last answer, and whether it was withdrawn
// Of one person's open lines on the call sheet: one outcome speaks for all of them.
[[nodiscard]] Version version_of(std::span<const DeliveryId> lines);

// kChanged when `expected` names versions and `now` is none of them.
[[nodiscard]] base::Status check(const Expected& expected, const Version& now);

// "0C5T1WQ600001-3": in JSON as `version`, between quotes as an entity tag.
[[nodiscard]] std::string to_text(const Version& version);
[[nodiscard]] std::optional<Version> parse_version(std::string_view text);

}  // namespace tocsin::model
