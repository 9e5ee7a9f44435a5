#include "bench/figures.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace tocsin::bench {
namespace {

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) >= 0x20) out += c;
  }
  return out + '"';
}

std::string number(double value) {
  char text[64];
  std::snprintf(text, sizeof text, "%.6g", std::isfinite(value) ? value : 0.0);
  return text;
}

// A loop that always does the same: only the machine can make it slower.
double fixed_loop_ms() {
  const auto start = Clock::now();
  std::uint64_t x = 88172645463325252ULL;
  for (int i = 0; i < 10'000'000; ++i) {
    x ^= x << 13U;
    x ^= x >> 7U;
    x ^= x << 17U;
  }
  const auto took = std::chrono::duration<double, std::milli>(Clock::now() - start).count();
  return x == 0 ? 0 : took;
}

void add_spread(Figures& figures, const std::string& group, const std::string& name, std::vector<double> ms) {
  figures.add(group, name + " p50", percentile(ms, 0.5), "ms");
  figures.add(group, name + " p99", percentile(ms, 0.99), "ms");
  const double least = percentile(ms, 0), most = percentile(ms, 1);
  figures.add(group, name + " slowest / fastest", least > 0 ? most / least : 0, "times");
}

}  // namespace

std::int64_t now_ns() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now().time_since_epoch()).count();
}

double percentile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const auto last = static_cast<double>(values.size() - 1);
  return values[static_cast<std::size_t>(std::ceil(share * last))];
}

void Figures::add(std::string group, std::string name, double value, std::string unit, std::string note) {
  all_.push_back({std::move(group), std::move(name), value, std::move(unit), std::move(note)});
}

double Figures::value(const std::string& group, const std::string& name) const {
  for (const auto& figure : all_) {
    if (figure.group == group && figure.name == name) return figure.value;
  }
  return 0;
}

void Figures::print() const {
  std::string group;
  for (const auto& figure : all_) {
    if (figure.group != group) std::printf("\n%s\n", (group = figure.group).c_str());
    std::printf("  %-44s %12s %-10s %s\n", figure.name.c_str(), number(figure.value).c_str(), figure.unit.c_str(),
                figure.note.c_str());
  }
  std::fflush(stdout);
}

std::string Figures::json() const {
  std::string out = "{\n  \"figures\": [\n";
  for (std::size_t i = 0; i < all_.size(); ++i) {
    const auto& f = all_[i];
    out += "    {\"group\": " + quoted(f.group) + ", \"name\": " + quoted(f.name) + ", \"value\": " + number(f.value) +
           ", \"unit\": " + quoted(f.unit) + ", \"note\": " + quoted(f.note) + "}" + (i + 1 < all_.size() ? "," : "") +
           "\n";
  }
  return out + "  ]\n}\n";
}

std::string Figures::lines() const {
  std::string out;
  for (const auto& f : all_) {
    out += f.group + '\t' + f.name + '\t' + number(f.value) + '\t' + f.unit + '\t' + f.note + '\n';
  }
  return out;
}

void Figures::add_lines(const std::string& lines) {
  std::istringstream in(lines);
  for (std::string line; std::getline(in, line);) {
    std::vector<std::string> fields(1);
    for (const char c : line) {
      if (c == '\t') {
        fields.emplace_back();
      } else {
        fields.back() += c;
      }
    }
    if (fields.size() == 5) add(fields[0], fields[1], std::strtod(fields[2].c_str(), nullptr), fields[3], fields[4]);
  }
}

BareCommit::BareCommit(const std::string& folder)
    : path_(folder + "/bare-commit"),
      page_(4096, 'x'),
      fd_(::open(path_.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600)) {}

BareCommit::~BareCommit() {
  if (fd_ >= 0) ::close(fd_);
  ::unlink(path_.c_str());
}

double BareCommit::once() {
  const auto start = Clock::now();
  if (::write(fd_, page_.data(), page_.size()) < 0 || ::fdatasync(fd_) != 0) return 0;
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

void measure_machine(Figures& figures, const std::string& group, const std::string& folder, int rounds) {
  std::vector<double> loops, commits;
  BareCommit disk(folder);
  for (int i = 0; i < rounds; ++i) loops.push_back(fixed_loop_ms());
  for (int i = 0; i < rounds * 10; ++i) commits.push_back(disk.once());
  add_spread(figures, group, "fixed CPU loop", std::move(loops));
  add_spread(figures, group, "4 KiB append and fdatasync", std::move(commits));
}

double memory_mib(const char* key) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.rfind(key, 0) == 0) return std::strtod(line.c_str() + line.find(':') + 1, nullptr) / 1024;
  }
  return 0;
}

}  // namespace tocsin::bench
