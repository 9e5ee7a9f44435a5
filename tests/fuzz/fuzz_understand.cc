// Any bytes as an SMS: never a crash, facts that the plan accepts, a known place, a well-formed key, and an answer that
// is clear or is not.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "gateway/base/text.h"
#include "gateway/triage/classify.h"
#include "gateway/triage/decisions.h"
#include "gateway/triage/understand.h"
#include "tests/support/a_plan.h"

namespace {

namespace base = tocsin::base;
namespace model = tocsin::model;
namespace plan = tocsin::plan;
namespace triage = tocsin::triage;
namespace support = tocsin::support;

void require(bool holds) {
  if (!holds) std::abort();
}

plan::PlanPtr the_plan() {
  auto builder = support::a_plan();
  builder.attribute(support::a_count("evacuated", {"转移"}, {"evacuated"}));
  builder.attribute(support::a_measure("burnt_area", {{"zh", "公顷"}, {"en", "ha"}}, {"过火面积"}, {"burnt"}));
  builder.attribute(support::a_measure("wind", {{"zh", "级"}}, {"风力"}, {"wind"}));
  builder.hazard(support::a_hazard(model::HazardKind::kForestFire, {"山林着火", "着火"}, {"forest fire"},
                                   {"burnt_area", "wind", "evacuated", "dead"}));
  return builder.shared();
}

model::AreaInfo an_area(std::int64_t id, const char* code, const char* name, std::int64_t parent) {
  model::AreaInfo area;
  area.id = model::AreaId{id};
  area.code = code;
  area.name = name;
  area.parent = model::AreaId{parent};
  area.aliases = {"老街", std::string(name) + "3号楼"};
  return area;
}

void check_report(const plan::Plan& rules, const triage::Vocabulary& vocabulary, std::string_view bytes) {
  const auto said = vocabulary.read_report(bytes);
  require(triage::check_facts(rules, said.kind, said.facts).ok());
  require(said.area.value >= 0 && said.area.value <= 4);
  require(said.key.empty() || (said.key.size() >= 8 && said.key.size() <= 13));
  require(std::none_of(said.key.begin(), said.key.end(),
                       [](char c) { return c == 'I' || c == 'L' || c == 'O' || c == 'U'; }));
  const auto assessment = triage::classify(rules, said.kind, said.facts, "zh");
  require((assessment.level == model::kNoLevel) == (said.kind == model::HazardKind::kUnclassified));
  const auto found = vocabulary.find_area(bytes);
  require(found.value >= 0 && found.value <= 4);
}

void check_decision(std::string_view bytes) {
  const auto decision = triage::read_decision(bytes);
  if (!decision) return;
  require(decision->one_time_code.empty() || decision->one_time_code.size() == 6);
  require(!decision->incident || (*decision->incident >= 100 && *decision->incident <= 99'999));
}

void check_answer(std::string_view bytes) {
  (void)triage::is_automatic(bytes);
  const auto answer = triage::read_answer(bytes);
  if (!answer) return;
  require(answer->kind != model::AnswerKind::kNone);
  require(answer->bare == (answer->kind != model::AnswerKind::kReplied));
  require(!answer->code || (*answer->code >= 100 && *answer->code <= 999'999));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const plan::PlanPtr rules = the_plan();
  static const std::vector areas{an_area(1, "QS", "青石街道", 0), an_area(2, "QS-1", "东湖社区", 1),
                                 an_area(3, "QS-1-1", "一网格", 2), an_area(4, "QS-1-2", "east lake", 2)};
  static const triage::Vocabulary vocabulary(rules, areas);
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  require(base::is_utf8(triage::normal_form(bytes)));
  check_report(*rules, vocabulary, bytes);
  check_answer(bytes);
  check_decision(bytes);
  return 0;
}
