// What a reporter or the desk is asked, where the level is the same.
#include <algorithm>
#include <set>

#include "gateway/plan/clause_words.h"
#include "gateway/rehearse/diff_parts.h"
#include "gateway/rehearse/report_space.h"
#include "gateway/triage/classify.h"

namespace tocsin::rehearse {
namespace {

using base::said;
using base::Said;

std::vector<const plan::Clause*> clauses_of(const plan::Hazard& before, const plan::Hazard& after) {
  std::vector<const plan::Clause*> all;
  for (const auto* hazard : {&before, &after}) {
    for (const auto& criteria : hazard->criteria) {
      for (const auto& clause : criteria.any) all.push_back(&clause);
    }
  }
  return all;
}

// "trapped (reporter), water level (desk)".
Said asked(const plan::Plan& plan, const std::vector<model::Question>& questions) {
  std::vector<Said> names;
  for (const auto& question : questions) {
    const auto name = plan::name_of_attribute(plan, question.attribute);
    names.push_back(question.of_desk ? said("{0} (the desk)", "{0}（问值班室）", name) : name);
  }
  return names.empty() ? Said{"nothing", "不追问"} : plan::joined(names, {", ", "、"});
}

std::vector<std::string> names_of(const std::vector<model::Question>& questions) {
  std::vector<std::string> names;
  for (const auto& question : questions) names.push_back(question.attribute + (question.of_desk ? "@desk" : ""));
  return names;
}

// What only one of them asks; where both ask the same in another order, the order.
std::string kind_of_difference(const std::vector<std::string>& before, const std::vector<std::string>& after) {
  std::string text;
  for (const auto& name : before) {
    if (std::find(after.begin(), after.end(), name) == after.end()) text += "-" + name;
  }
  for (const auto& name : after) {
    if (std::find(before.begin(), before.end(), name) == before.end()) text += "+" + name;
  }
  return text.empty() ? "order" : text;
}

}  // namespace

void diff_questions(const plan::Plan& before, const plan::Plan& after, model::HazardKind kind, PlanDiff& out) {
  const auto clauses = clauses_of(*before.hazard(kind), *after.hazard(kind));
  std::set<std::string> attributes;
  for (const auto* clause : clauses) {
    for (const auto& condition : clause->all) attributes.insert(condition.attribute);
  }
  // Each kind of difference is told once, with the first report that shows it.
  std::set<std::string> seen;
  const auto look = [&](const model::Facts& facts, const Said& subject) {
    ++out.reports;
    const auto was = triage::classify(before, kind, facts, before.default_language());
    const auto is = triage::classify(after, kind, facts, after.default_language());
    const auto old_names = names_of(was.questions), new_names = names_of(is.questions);
    if (was.level_id != is.level_id || old_names == new_names) return;
    if (!seen.insert(kind_of_difference(old_names, new_names)).second) return;
    Change change;
    change.what = "question";
    change.about = {std::string(model::name_of(kind))};
    change.subject = subject;
    change.before = asked(before, was.questions);
    change.after = asked(after, is.questions);
    out.changes.push_back(std::move(change));
  };
  look({}, {"nothing known", "什么都不知道时"});
  for (const auto& attribute : attributes) {
    const auto axis = axis_of(attribute, {&before, &after}, clauses);
    for (std::size_t i = 1; i < axis.cells.size(); ++i) {
      Region region{std::vector<bool>(axis.cells.size(), false)};
      region[0][i] = true;
      look({{attribute, *axis.cells[i].value}}, in_words(after, {axis}, region));
    }
  }
}

}  // namespace tocsin::rehearse
