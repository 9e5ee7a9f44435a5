#include "gateway/plan/read_course.h"

#include "gateway/plan/plan_files.h"
#include "gateway/plan/read_plan.h"
#include "gateway/plan/reading.h"

namespace tocsin::plan {

ReadCourse read_course(const Plan& plan, std::string_view toml, const std::string& file) {
  constexpr std::string_view kHeader = "[[case]]";
  const bool bare = toml.find(kHeader) == std::string_view::npos;
  Reading reading(file);
  reading.plan = plan;
  reading.plan.cases.clear();
  PlanFiles files(reading, file, {});
  reading.files = &files;
  const auto text = bare ? std::string(kHeader) + "\n" + std::string(toml) : std::string(toml);
  if (auto node = files.open_main(text, file.substr(file.rfind('/') + 1))) {
    TableReader root(reading, *node, Table::kFile, base::said("the course", "事件经过"));
    read_cases(root, reading);
    root.finish();
  }
  ReadCourse read;
  read.findings = reading.findings.take();
  for (auto& finding : read.findings) {
    if (bare && finding.line > 1) --finding.line;
  }
  if (reading.plan.cases.size() == 1 && !base::has_errors(read.findings)) {
    read.course = std::move(reading.plan.cases.front());
  } else if (!base::has_errors(read.findings)) {
    auto finding = base::finding(base::Severity::kError, "wrong-count",
                                 base::said("a course is one case", "一个事件经过就是一个 [[case]]"), {});
    finding.file = file;
    read.findings.push_back(std::move(finding));
  }
  return read;
}

}  // namespace tocsin::plan
