// The command line: words in, one command run, its exit code out.
#pragma once

namespace tocsin::app {

// Never throws.  kExitUsage for what cannot be understood, naming the nearest known word.
[[nodiscard]] int run_cli(int argc, const char* const* argv);

}  // namespace tocsin::app
