// tocsin directory check: the contact check, seen and started by its administrator.
#pragma once

#include <string>

#include "gateway/app/cli_parts.h"

namespace tocsin::app {

struct CheckOptions {
  std::string database;
  bool start = false, stop = false, status = false, json = false;
};
int run_directory_check(const CheckOptions& options);

// Adds it to the group `directory`.
void add_contact_check(Command group, int& code);

}  // namespace tocsin::app
