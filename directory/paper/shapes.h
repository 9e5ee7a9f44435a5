// The directory as lists of the shapes that offices keep, which `directory read` takes back without a change.
//
// What a shape has no column for is left alone when it is read: it neither stands there nor is it lost.  Nothing is
// promised, everything is tried: the list is read back and held against the tables it was made of, and whoever would
// not come out as the same (a name that a list cannot hold, two people whom only the directory tells apart, a title
// that is also another's post) is left out and named.  Withdrawn numbers are never in it.  docs/directory.md has the
// columns.
//
// Pure; cost grows with the rows, some microseconds each.  Any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "directory/tables.h"
#include "gateway/base/phone_number.h"
#include "gateway/base/result.h"
#include "gateway/base/time.h"

namespace tocsin::paper {

enum class Shape {
  kPeople,      // one person per row; another row for each further unit or area
  kSideBySide,  // two or three persons on a row
  kUnits,       // a unit per row, with who answers for it
  kAreas,       // heads and workers of every area, with a second column of numbers
  kOffices,     // upper offices and their sections; a blank office means "as above"
};
// "people", "side-by-side", "units", "areas", "offices".
[[nodiscard]] std::optional<Shape> shape_named(std::string_view name);
[[nodiscard]] std::string_view name_of(Shape shape);

struct ShapeOptions {
  bool chinese = true;  // the words of the header
  int beside = 2;       // of kSideBySide: 2 or 3
  base::DialingRules dialing;
  base::UtcTime at{};  // who holds a post then
};

using Rows = std::vector<std::vector<std::string>>;  // the header first; every row as wide as it

struct ShapedList {
  Rows rows;
  std::vector<std::string> left_out;  // codes of persons
};

// kRefused: more than can be read back at once (table/limits.h).
[[nodiscard]] base::Result<ShapedList> shaped(const directory::Tables& tables, Shape shape,
                                              const ShapeOptions& options);

}  // namespace tocsin::paper
