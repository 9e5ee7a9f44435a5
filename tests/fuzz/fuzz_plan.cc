// Any bytes as a plan of one or several files: never a crash, a plan exactly when there is no error, and the same plan
// again from what the store would keep.  Further files follow the first behind lines "#### PATH".
#include <cstdint>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>

#include "gateway/base/text.h"
#include "gateway/plan/lint.h"
#include "gateway/plan/read_plan.h"
#include "gateway/plan/template_text.h"

namespace {

namespace base = tocsin::base;
namespace plan = tocsin::plan;

void require(bool holds) {
  if (!holds) std::abort();
}

void check_plan(const plan::Plan& read) {
  require(!read.levels.empty() && !read.languages.empty());
  require(read.response(tocsin::model::HazardKind::kUnclassified, tocsin::model::kNoLevel) != nullptr);
  for (const auto& hazard : read.hazards) {
    require(read.response(hazard.first, hazard.second.default_level) != nullptr);
  }
  for (const auto& ladder : read.ladders) {
    require(!ladder.rungs.empty());
    for (const auto& hours : ladder.hours) {
      require(hours.ladder >= 0 && hours.ladder < static_cast<int>(read.ladders.size()));
      require(read.ladders[static_cast<std::size_t>(hours.ladder)].hours.empty());
    }
  }
  for (const auto& made : read.cases) {
    require(!made.events.empty() && std::holds_alternative<plan::CaseReport>(made.events.front().what));
    for (std::size_t i = 1; i < made.events.size(); ++i) require(made.events[i].after >= made.events[i - 1].after);
  }
  for (const auto& response : read.responses) {
    require(read.response(response.kind, response.level) == &response);
    if (response.approval)
      require(response.steps.at(static_cast<std::size_t>(response.approval->step)).name == "approval");
    for (const auto& step : response.steps) {
      require(step.ladder < static_cast<int>(read.ladders.size()));
      require(step.ladder >= 0 || step.task.has_value());
      for (const int next : step.then) require(next >= 0 && next < static_cast<int>(response.steps.size()));
    }
  }
  for (const auto& finding : plan::lint(read)) require(finding.severity == base::Severity::kWarning);
}

void check_texts(const plan::Plan& read) {
  plan::Fields fields, longest;
  for (const auto& field : plan::template_fields()) {
    fields[field.name] = "值{{x}}";
    longest[field.name] = std::string(field.longest, 'x');
  }
  for (const auto& made : read.templates) {
    for (const auto& language : made.second.text) {
      for (const auto& text : language.second) {
        require(base::count_characters(plan::fill(text.second, fields, 200)) <= 200);
        const auto most = plan::longest_filled(text.second);
        require(most <= plan::kMaxFilledCharacters);
        require(base::count_characters(plan::fill(text.second, longest, plan::kMaxFilledCharacters)) <= most);
      }
    }
  }
}

// The files of one input.
std::map<std::string, std::string> parted(std::string_view bytes) {
  constexpr std::string_view kNext = "\n#### ";
  std::map<std::string, std::string> files;
  std::string path;
  while (true) {
    const auto end = bytes.find(kNext);
    files[path] = std::string(bytes.substr(0, end));
    if (end == std::string_view::npos) return files;
    bytes.remove_prefix(end + kNext.size());
    const auto line = bytes.substr(0, bytes.find('\n'));
    path = std::string(line);
    bytes.remove_prefix(line.size());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto files = parted(bytes);
  const auto read =
      plan::read_plan(files.at(""), "fuzz.toml", [&](const std::string& path) -> base::Result<std::string> {
        const auto it = files.find(path);
        if (it == files.end()) return base::Error{base::ErrorCode::kNotFound, path, {}};
        return it->second;
      });
  require((read.plan == nullptr) == base::has_errors(read.findings));
  for (const auto& finding : read.findings) {
    require(read.files.count(finding.file) == 1);
    require(!base::render(finding, read.files.at(finding.file), finding.line % 2 == 0).empty());
  }
  if (read.plan != nullptr) {
    const auto again = plan::read_plan(read.source, "fuzz.toml");
    require(again.plan != nullptr && again.plan->digest == read.plan->digest && again.source == read.source);
    check_plan(*read.plan);
    check_texts(*read.plan);
  }
  if (plan::faults_of(bytes).not_mustache.empty()) (void)plan::fill(bytes, {{"code", "107"}}, 200);
  return 0;
}
