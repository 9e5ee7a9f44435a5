// tocsin directory coverage: does every step of a plan reach enough people, at every minute of the coming days?
#pragma once

#include "gateway/app/cli_parts.h"

namespace tocsin::app {

struct CoverageOptions {
  std::string plan, database, directory, from, language;
  int days = 30;
  bool json = false;
};
// kExitRefused when there is a minute at which too few are reached.
int run_directory_coverage(const CoverageOptions& options);

// Adds it to the group `directory`.
void add_coverage(Command group, int& code);

}  // namespace tocsin::app
