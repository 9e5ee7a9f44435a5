#include "gateway/plan/subjects.h"

#include "gateway/plan/clause_words.h"

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

base::Said title_of(const Plan& plan, const PlanStep& step, const base::Said& whom) {
  if (step.title.empty()) return base::same(step.name);
  const auto title = said_of(plan, step.title);
  const bool one_of_each = step.name.find('@') != std::string::npos && !step.to.empty();
  if (!one_of_each) return title;
  return base::said("{0}: {1}", "{0}：{1}", title, whom.empty() ? in_words(step.to.front()) : whom);
}

base::Said title_of(const Plan& plan, const Ladder& ladder) {
  return ladder.title.empty() ? base::same(ladder.name) : said_of(plan, ladder.title);
}

}  // namespace tocsin::plan
