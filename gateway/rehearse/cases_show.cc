// The run of the cases as text for a terminal.  Its JSON: papers_json.cc.
#include <algorithm>
#include <array>

#include "gateway/rehearse/run_cases.h"

namespace tocsin::rehearse {
namespace {

using base::said;
using base::Said;

struct Part {
  Said words;
  const std::vector<Played>* list;
};

std::array<Part, 5> parts_of(const Coverage& coverage) {
  return {{{{"clauses", "条款"}, &coverage.clauses},
           {{"clauses of grades", "上报等级条款"}, &coverage.grades},
           {{"responses", "响应"}, &coverage.responses},
           {{"steps", "步骤"}, &coverage.steps},
           {{"hours of ladders", "阶梯时段"}, &coverage.hours}}};
}

auto played(const std::vector<Played>& list) {
  return static_cast<std::size_t>(
      std::count_if(list.begin(), list.end(), [](const Played& one) { return one.times > 0; }));
}

// "plan.toml:12: " or nothing.
std::string place_of(const std::vector<CasePlace>& places, const std::string& name) {
  for (const auto& place : places) {
    if (place.name == name && place.line > 0) return place.file + ":" + std::to_string(place.line) + ": ";
  }
  return {};
}

}  // namespace

std::string to_text(const CasesRun& run, const std::vector<CasePlace>& places, const std::string& language) {
  const bool chinese = language.compare(0, 2, "zh") == 0;
  const auto word = [&](const Said& words) { return chinese ? words.zh : words.en; };
  std::string out;
  std::size_t skipped = 0;
  for (const auto& one : run.cases) {
    for (const auto& failure : one.failures) {
      out += place_of(places, one.name) + (chinese ? failure.message_zh : failure.message) + "\n";
      const auto& hint = chinese ? failure.hint_zh : failure.hint;
      if (!hint.empty()) out += "    " + hint + "\n";
    }
    if (!one.skipped.empty()) ++skipped;
  }
  if (skipped > 0) {
    out += word(said("skipped without --directory: who is told and which steps begin, in {0} cases:",
                     "没有 --directory，未检查通知对象与步骤的案例有{0}个：", skipped));
    for (const auto& one : run.cases) {
      if (!one.skipped.empty()) out += "\n    " + one.name;
    }
    out += "\n";
  }
  for (const auto& part : parts_of(run.coverage)) {
    if (part.list->empty()) continue;
    const auto done = played(*part.list);
    out += word(said("{0}: {1} of {2} played by some case", "{0}：{2}项中有案例的{1}项", part.words, done,
                     part.list->size())) +
           (done == part.list->size() ? "\n" : word({"; never:", "；没有案例的："}) + "\n");
    for (const auto& one : *part.list) {
      if (one.times == 0) out += "    " + one.name + "\n";
    }
  }
  return out + word(said("{0} cases, {1} failed", "{0}个案例，{1}个未通过", run.cases.size(), run.failed())) + "\n";
}

}  // namespace tocsin::rehearse
