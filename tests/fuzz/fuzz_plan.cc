// Any bytes as a plan: never a crash, and a plan exactly when there is no error.
#include <cstdint>
#include <cstdlib>
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
  for (const auto& response : read.responses) {
    for (const auto& step : response.steps) {
      require(step.ladder < static_cast<int>(read.ladders.size()));
      require(step.ladder >= 0 || step.task.has_value());
      for (const int next : step.then) require(next >= 0 && next < static_cast<int>(response.steps.size()));
    }
  }
  for (const auto& finding : plan::lint(read)) require(finding.severity == base::Severity::kWarning);
}

void check_texts(const plan::Plan& read) {
  plan::Fields fields;
  for (const auto& field : plan::template_fields()) fields[field.name] = "值{{x}}";
  for (const auto& made : read.templates) {
    for (const auto& language : made.second.text) {
      for (const auto& text : language.second) {
        require(base::count_characters(plan::fill(text.second, fields, 200)) <= 200);
      }
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto read = plan::read_plan(bytes, "fuzz.toml");
  require((read.plan == nullptr) == base::has_errors(read.findings));
  for (const auto& finding : read.findings) require(!base::render(finding, read.source).empty());
  if (read.plan != nullptr) {
    check_plan(*read.plan);
    check_texts(*read.plan);
  }
  const auto fields = plan::unknown_fields(bytes);
  if (fields.ok()) (void)plan::fill(bytes, {{"code", "107"}}, 200);
  return 0;
}
