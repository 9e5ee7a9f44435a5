#include "gateway/plan/subjects.h"

namespace tocsin::plan {

std::string place_of(const Plan& plan, const Response& response) {
  const auto level = plan.level_id(response.level);
  return "response/" + std::string(model::name_of(response.kind)) + (level.empty() ? "" : "/" + level);
}

std::string place_of(const Plan& plan, const Response& response, const PlanStep& step) {
  return place_of(plan, response) + "/" + step.name;
}

base::Said name_of(const Plan& plan, const Response& response) {
  const auto name = place_of(plan, response).substr(std::string_view("response/").size());
  return base::said("response {0}", "响应{0}", name);
}

base::Said name_of(const Plan& plan, const Response& response, const PlanStep& step) {
  return base::said("step {0} of {1}", "{1}的步骤{0}", step.name, name_of(plan, response));
}

}  // namespace tocsin::plan
