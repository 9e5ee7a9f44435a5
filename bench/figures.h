// What a benchmark found: named figures, printed as a table and as JSON; and the machine's own measures beside them.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace tocsin::bench {

struct Figure {
  std::string group, name;
  double value = 0;
  std::string unit;
  std::string note;  // how it was measured, or the goal
};

class Figures {
 public:
  void add(std::string group, std::string name, double value, std::string unit, std::string note = {});
  // 0 when there is no such figure.
  [[nodiscard]] double value(const std::string& group, const std::string& name) const;
  void print() const;
  [[nodiscard]] std::string json() const;

  // One figure per line, fields separated by tabs: how a child process hands them over.
  [[nodiscard]] std::string lines() const;
  void add_lines(const std::string& lines);

 private:
  std::vector<Figure> all_;
};

using Clock = std::chrono::steady_clock;
// Nanoseconds of the machine's monotonic clock: the same in every process.
[[nodiscard]] std::int64_t now_ns();
// The value below which `share` (0..1) of the values lie; 0 of none.
[[nodiscard]] double percentile(std::vector<double> values, double share);

// What the machine itself does, and how much that wanders: `rounds` times a fixed loop, and `rounds` times an append of
// 4 KiB with fdatasync in `folder`.
void measure_machine(Figures& figures, const std::string& group, const std::string& folder, int rounds);
// Milliseconds of appends of 4 KiB with fdatasync, on a file of its own.
class BareCommit {
 public:
  explicit BareCommit(const std::string& folder);
  ~BareCommit();
  BareCommit(const BareCommit&) = delete;
  BareCommit& operator=(const BareCommit&) = delete;
  double once();

 private:
  std::string path_, page_;
  int fd_;
};

// "VmHWM" or "VmRSS" of this process, in MiB.
[[nodiscard]] double memory_mib(const char* key);

}  // namespace tocsin::bench
