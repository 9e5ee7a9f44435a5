// libxml2 must be made ready once, before two threads use it at a time.  For this room's .cc files.
#pragma once

namespace tocsin::table {

void start_libxml();

}  // namespace tocsin::table
