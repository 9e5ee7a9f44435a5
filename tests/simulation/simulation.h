// One office driven by chance: people, desk, carriers, clocks, a disk and crashes, all from one seed.
//
// The same seed and options do exactly the same again: no real time, no threads, no other source of chance.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace tocsin::simulation {

struct Options {
  int actions = 80;      // before everything heals
  bool faults = true;    // disk faults, crashes and restarts; else only people, links and time
  bool verbose = false;  // prints each action as it is done
  std::string keep;      // where the database is copied to at the end; empty = nowhere
};

struct Outcome {
  std::uint64_t seed = 0;
  std::vector<std::string> trace;   // what was done, one line each
  std::string digest;               // of the trace and of everything the carriers were handed
  std::vector<std::string> broken;  // promises; empty = all kept
};

[[nodiscard]] Outcome run(std::uint64_t seed, const Options& options);

}  // namespace tocsin::simulation
