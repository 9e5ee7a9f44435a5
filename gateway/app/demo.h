// One scene of the main road for the person watching: `tocsin demo`.
#pragma once

#include <string>

namespace tocsin::app {

struct DemoOptions {
  bool once = false;      // play at speed on a moved clock, then end: 0 if and only if it went as told
  bool no_scene = false;  // nothing is played, the stage is empty
  bool pace = false;      // wait a moment between the lines, for the eye
  int port = 8443;        // 0 = any free one
  std::string samples;    // folder with plan.toml and directory/; empty = the sample beside the program
};

// The exit code of the process.
[[nodiscard]] int run_demo(const DemoOptions& options);

}  // namespace tocsin::app
