#include "gateway/triage/classify.h"

#include <algorithm>
#include <cstdint>

#include "gateway/base/diagnostic.h"

namespace tocsin::triage {
namespace {

enum class Truth : std::uint8_t { kFalse, kUnknown, kTrue };

// A fact of another type than the condition's (an attribute that changed between two plans) says nothing.
Truth holds(const plan::Condition& condition, const model::Facts& facts) {
  const auto fact = facts.find(condition.attribute);
  if (fact == facts.end()) return Truth::kUnknown;
  const auto truth = [](bool b) { return b ? Truth::kTrue : Truth::kFalse; };
  if (const auto* range = std::get_if<plan::Range>(&condition.wanted)) {
    const auto* quantity = std::get_if<model::Quantity>(&fact->second);
    return quantity == nullptr ? Truth::kUnknown : truth(range->contains(*quantity));
  }
  if (const auto* wanted = std::get_if<bool>(&condition.wanted)) {
    const auto* flag = std::get_if<bool>(&fact->second);
    return flag == nullptr ? Truth::kUnknown : truth(*flag == *wanted);
  }
  const auto* choice = std::get_if<model::Choice>(&fact->second);
  if (choice == nullptr) return Truth::kUnknown;
  const auto& any = std::get<plan::AnyChoice>(condition.wanted);
  return truth(std::find(any.begin(), any.end(), choice->name) != any.end());
}

// All of: one false condition decides, whatever else is unknown.
Truth holds(const plan::Clause& clause, const model::Facts& facts) {
  auto truth = Truth::kTrue;
  for (const auto& condition : clause.all) {
    truth = std::min(truth, holds(condition, facts));
    if (truth == Truth::kFalse) break;
  }
  return truth;
}

std::string range_text(const plan::Range& range) {
  return (range.from ? to_string(*range.from) : "") + ".." + (range.to ? to_string(*range.to) : "");
}

// "serious = 2 is in 1..3", "spreading = yes", "place_kind = school is one of school, hospital".
std::string matched_text(const plan::Condition& condition, const model::FactValue& value) {
  std::string text = condition.attribute + " = " + model::to_text(value);
  if (const auto* range = std::get_if<plan::Range>(&condition.wanted)) return text + " is in " + range_text(*range);
  const auto* any = std::get_if<plan::AnyChoice>(&condition.wanted);
  if (any == nullptr || any->size() < 2) return text;
  text += " is one of ";
  for (std::size_t i = 0; i < any->size(); ++i) text += (i == 0 ? "" : ", ") + (*any)[i];
  return text;
}

std::string matched_text(const plan::Clause& clause, const model::Facts& facts) {
  if (clause.all.empty()) return "always";
  std::string text;
  for (const auto& condition : clause.all) {
    if (!text.empty()) text += " and ";
    text += matched_text(condition, facts.find(condition.attribute)->second);
  }
  return text;
}

std::string question_text(const plan::Plan& plan, const std::string& name, const std::string& language) {
  const auto* attribute = plan.attribute(name);
  if (attribute == nullptr) return name + "?";
  const auto& ask = plan::say(attribute->ask, language, plan.default_language());
  if (!ask.empty()) return ask;
  const auto& label = plan::say(attribute->label, language, plan.default_language());
  return (label.empty() ? name : label) + "?";
}

void ask_about(const plan::Plan& plan, const plan::Clause& clause, model::LevelIndex level, const model::Facts& facts,
               const std::string& language, std::vector<model::Question>& questions) {
  for (const auto& condition : clause.all) {
    if (holds(condition, facts) != Truth::kUnknown) continue;
    const auto asked = std::any_of(questions.begin(), questions.end(),
                                   [&](const auto& q) { return q.attribute == condition.attribute; });
    if (asked) continue;
    const auto* attribute = plan.attribute(condition.attribute);
    questions.push_back({condition.attribute, question_text(plan, condition.attribute, language), level,
                         plan.level_id(level), attribute != nullptr && attribute->ask_whom == plan::AskWhom::kDesk});
  }
}

// The published grade: the highest true clause, nothing asked, no default.
void grade(const plan::Plan& plan, const plan::Hazard& hazard, const model::Facts& facts,
           model::Assessment& assessment) {
  for (const auto& criteria : hazard.grades) {
    const auto found = std::find_if(criteria.any.begin(), criteria.any.end(),
                                    [&](const auto& clause) { return holds(clause, facts) == Truth::kTrue; });
    if (found == criteria.any.end()) continue;
    assessment.grade_id = plan.level_id(criteria.level);
    assessment.grade_clause = found->name;
    assessment.grade_clause_text = matched_text(*found, facts);
    return;
  }
}

}  // namespace

model::Assessment classify(const plan::Plan& plan, model::HazardKind kind, const model::Facts& facts,
                           const std::string& language) {
  model::Assessment assessment;
  assessment.kind = kind;
  const auto* hazard = plan.hazard(kind);
  if (hazard == nullptr) return assessment;  // unclassified: no level, nothing to ask

  assessment.level = hazard->default_level;
  assessment.clause = std::string(model::name_of(kind)) + "/default";
  assessment.clause_text = "no clause is true";
  // Highest level first: the first true clause is the highest, and all before it are questions.
  for (const auto& criteria : hazard->criteria) {
    const auto found = std::find_if(criteria.any.begin(), criteria.any.end(),
                                    [&](const auto& clause) { return holds(clause, facts) == Truth::kTrue; });
    if (found != criteria.any.end()) {
      assessment.level = criteria.level;
      assessment.clause = found->name;
      assessment.clause_text = matched_text(*found, facts);
      break;
    }
    for (const auto& clause : criteria.any) {
      if (holds(clause, facts) == Truth::kUnknown) {
        ask_about(plan, clause, criteria.level, facts, language, assessment.questions);
      }
    }
  }
  // Reached only without a true clause: what lies at or below the default level could not raise it.
  std::erase_if(assessment.questions, [&](const auto& q) { return q.could_reach <= assessment.level; });
  assessment.level_id = plan.level_id(assessment.level);
  grade(plan, *hazard, facts, assessment);
  return assessment;
}

namespace {

base::Error wrong(const std::string& attribute, std::string message) {
  return base::invalid(attribute + " " + std::move(message), "facts." + attribute);
}

std::string with_hint(const std::string& message, const std::string& word, const std::vector<std::string>& known) {
  const auto near = base::nearest_name(word, known);
  return near.empty() ? message : message + "; did you mean " + near + "?";
}

std::vector<std::string> attributes_of(const plan::Plan& plan, const plan::Hazard* hazard) {
  if (hazard != nullptr) return hazard->attributes;
  std::vector<std::string> all;
  all.reserve(plan.attributes.size());
  for (const auto& [name, attribute] : plan.attributes) all.push_back(name);
  return all;
}

base::Status check_quantity(const plan::Attribute& attribute, const model::FactValue& value) {
  const bool count = attribute.type == plan::AttributeType::kCount;
  const auto* quantity = std::get_if<model::Quantity>(&value);
  if (quantity == nullptr) return wrong(attribute.name, count ? "must be a whole number" : "must be a number");
  constexpr auto kMost = model::Quantity::whole(1'000'000'000);
  if (quantity->thousandths < 0 || *quantity > kMost) {
    return wrong(attribute.name, "must be between 0 and 1000000000");
  }
  if (count && quantity->thousandths % 1000 != 0) return wrong(attribute.name, "must be a whole number");
  return base::Done{};
}

base::Status check_value(const plan::Attribute& attribute, const model::FactValue& value) {
  switch (attribute.type) {
    case plan::AttributeType::kCount:
    case plan::AttributeType::kMeasure: return check_quantity(attribute, value);
    case plan::AttributeType::kFlag:
      if (!std::holds_alternative<bool>(value)) return wrong(attribute.name, "must be yes or no");
      return base::Done{};
    case plan::AttributeType::kChoice: break;
  }
  const auto* choice = std::get_if<model::Choice>(&value);
  if (choice == nullptr) return wrong(attribute.name, "must be one of its choices, by name");
  const auto& choices = attribute.choices;
  if (std::find(choices.begin(), choices.end(), choice->name) != choices.end()) return base::Done{};
  return wrong(attribute.name, with_hint("has no choice \"" + choice->name + "\"", choice->name, choices));
}

}  // namespace

base::Status check_facts(const plan::Plan& plan, model::HazardKind kind, const model::Facts& facts) {
  const auto* hazard = plan.hazard(kind);
  if (hazard == nullptr && kind != model::HazardKind::kUnclassified) {
    return base::invalid("the plan has no hazard " + std::string(model::name_of(kind)), "hazard");
  }
  const auto known = attributes_of(plan, hazard);
  for (const auto& [name, value] : facts) {
    const auto* attribute = plan.attribute(name);
    if (attribute == nullptr || std::find(known.begin(), known.end(), name) == known.end()) {
      const std::string of = hazard == nullptr ? "the plan" : std::string(model::name_of(kind));
      return wrong(name, with_hint("is no attribute of " + of, name, known));
    }
    if (auto status = check_value(*attribute, value); !status.ok()) return status;
  }
  return base::Done{};
}

}  // namespace tocsin::triage
