#include "gateway/app/plan_file.h"

#include "gateway/base/local_time.h"
#include "gateway/plan/lint.h"

namespace tocsin::app {
namespace {

// Where a key of [plan] stands, for a finding made after reading; 0 when it is not written.
int line_of(const std::string& source, const std::string& key) {
  int line = 1;
  for (std::size_t at = 0; at < source.size(); ++line) {
    if (source.compare(at, key.size(), key) == 0) return line;
    const auto end = source.find('\n', at);
    if (end == std::string::npos) break;
    at = end + 1;
  }
  return 0;
}

// What the reader alone does not look at.
void look_closer(plan::ReadPlan& read, const std::string& path) {
  if (!read.plan) return;
  for (auto& finding : plan::lint(*read.plan)) {
    plan::locate(finding, read.places);
    if (finding.file.empty()) finding.file = path;
    read.findings.push_back(std::move(finding));
  }
  if (const auto& zone = read.plan->time_zone; !base::zone_exists(zone)) {
    const auto own = read.files.find(path);
    const int line = own == read.files.end() ? 0 : line_of(own->second, "time_zone");
    auto unknown = base::finding(base::Severity::kError, "unknown-time-zone",
                                 base::said("this machine knows no time zone \"{0}\"", "本机没有时区\"{0}\"", zone),
                                 base::said("an IANA name such as \"Asia/Shanghai\"; is the package tzdata installed?",
                                            "写IANA名称，如\"Asia/Shanghai\"；软件包tzdata装了吗？"),
                                 "plan");
    unknown.file = path;
    unknown.line = line;
    unknown.column = line == 0 ? 0 : 1;
    read.findings.push_back(std::move(unknown));
  }
  if (base::has_errors(read.findings)) read.plan = nullptr;
}

}  // namespace

base::Result<plan::ReadPlan> load_plan(const std::string& path) {
  auto read = plan::read_plan_file(path);
  if (read) look_closer(*read, path);
  return read;
}

plan::ReadPlan read_checked(std::string_view text, const std::string& name) {
  auto read = plan::read_plan(text, name);
  look_closer(read, name);
  return read;
}

std::string render_all(const base::Diagnostics& findings, const plan::ReadPlan& read, bool chinese) {
  std::string out;
  for (const auto& finding : findings) {
    const auto file = read.files.find(finding.file);
    out += base::render(finding, file == read.files.end() ? std::string_view() : file->second, chinese);
  }
  return out;
}

std::string render_all(const plan::ReadPlan& read, bool chinese) {
  return render_all(read.findings, read, chinese);
}

std::string render_all(const base::Diagnostics& findings, const std::string& source) {
  std::string out;
  for (const auto& finding : findings) out += base::render(finding, source);
  return out;
}

}  // namespace tocsin::app
