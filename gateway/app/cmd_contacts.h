// tocsin directory doubtful: contact points that failed in call-outs and drills.
#pragma once

#include "gateway/app/cli_parts.h"

namespace tocsin::app {

struct DoubtfulOptions {
  std::string database, reason, time_zone = "Asia/Shanghai";
  int days = 90;
  bool unmasked = false, json = false;
};
int run_directory_doubtful(const DoubtfulOptions& options);

// Adds it to the group `directory`.
void add_doubtful(Command group, int& code);

}  // namespace tocsin::app
