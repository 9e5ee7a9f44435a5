// The version, as CMakeLists.txt of the root says it.
#pragma once

namespace tocsin::app {

extern const char* const kVersion;

}  // namespace tocsin::app
