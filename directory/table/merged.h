// Merged cells of a sheet whose cells are read already: what they cover learns by what.  For this room's .cc files.
#pragma once

#include <vector>

#include "directory/table/reading.h"

namespace tocsin::table {

struct Merged {
  Place first, last;  // both corners are of it
};

// Only rows that hold something and columns up to the last that does are covered: a range may claim the whole sheet.
// A range whose first cell is empty covers nothing.  Of ranges that overlap, which no office program makes, the first
// counts.
bool cover_merged(Grid& grid, const std::vector<Merged>& ranges, Reading& reading);

}  // namespace tocsin::table
