// libxml2 must be made ready once, before two threads use it at a time, and be told in each to be silent.
// Before every use.  For this room's .cc files.
#pragma once

namespace tocsin::table {

void start_libxml();

}  // namespace tocsin::table
