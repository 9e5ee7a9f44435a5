#include "gateway/rehearse/longest_text.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "gateway/base/text.h"
#include "gateway/callout/compose.h"

namespace tocsin::rehearse {
namespace {

constexpr int kPlaceCharacters = 20, kNameCharacters = 8;
constexpr std::size_t kFactsSaid = 6;
constexpr std::int64_t kUsualCount = 12;  // two digits, as harm that a report counts has

std::string characters(int count, const std::string& language) {
  std::string text;
  for (int i = 0; i < count; ++i) text += language == "en" ? "n" : "名";
  return text;
}

const std::string& longer(const std::string& a, const std::string& b) {
  return base::count_characters(b) > base::count_characters(a) ? b : a;
}

// Of what the hazard asks for, with the longest of its choices, what takes most words: of an event more is seldom known
// while people are still being rung.
model::Facts most_said(const plan::Plan& plan, model::HazardKind kind, const plan::Hazard& hazard,
                       const std::string& language) {
  model::Facts facts;
  for (const auto& name : hazard.attributes) {
    const auto* attribute = plan.attribute(name);
    if (attribute == nullptr) continue;
    switch (attribute->type) {
      case plan::AttributeType::kCount: facts[name] = model::Quantity::whole(kUsualCount); break;
      case plan::AttributeType::kMeasure: facts[name] = model::Quantity{1500}; break;
      case plan::AttributeType::kFlag: facts[name] = true; break;
      case plan::AttributeType::kChoice: {
        std::string longest, its_words;
        for (const auto& choice : attribute->choices) {
          const auto label = attribute->choice_labels.find(choice);
          const auto& words = label == attribute->choice_labels.end()
                                  ? choice
                                  : plan::say(label->second, language, plan.default_language());
          if (!longest.empty() && base::count_characters(words) <= base::count_characters(its_words)) continue;
          longest = choice;
          its_words = words;
        }
        if (!longest.empty()) facts[name] = model::Choice{longest};
        break;
      }
    }
  }
  std::vector<std::pair<std::size_t, std::string>> shortest_first;
  for (const auto& [name, value] : facts) {
    const auto words = callout::facts_in_words(plan, kind, {{name, value}}, language);
    shortest_first.emplace_back(base::count_characters(words), name);
  }
  std::sort(shortest_first.begin(), shortest_first.end());
  for (const auto& one : shortest_first) {
    if (facts.size() <= kFactsSaid) break;
    facts.erase(one.second);
  }
  return facts;
}

std::string longest_question(const plan::Plan& plan, const plan::Hazard* hazard, const std::string& language) {
  std::string question;
  if (hazard == nullptr) return question;
  for (const auto& name : hazard->attributes) {
    if (const auto* attribute = plan.attribute(name)) {
      question = longer(question, plan::say(attribute->ask, language, plan.default_language()));
    }
  }
  return question;
}

bool is_reply(const std::string& template_name) {
  return template_name == "receipt" || template_name == "question" || template_name == "unreadable";
}

}  // namespace

LongestNames longest_names(const ports::Roster* roster) {
  LongestNames names;
  if (roster == nullptr) return {characters(kPlaceCharacters, "zh"), characters(kNameCharacters, "zh")};
  for (const auto& area : roster->areas()) {
    names.area = longer(names.area, callout::area_in_words(area, roster->area(area.parent)));
    names.assembly = longer(names.assembly, area.assembly_point);
  }
  return names;
}

model::MessageText longest_message(const plan::Plan& plan, model::HazardKind kind, const std::string& template_name,
                                   const std::string& language, model::Channel channel, const LongestNames& names,
                                   bool one_way) {
  const auto* hazard = plan.hazard(kind);
  model::Incident incident;
  incident.code = 1234;
  incident.kind = kind;
  incident.place = characters(kPlaceCharacters, language);
  std::string level_name;
  for (const auto& level : plan.levels) {
    const auto& words = plan::say(level.name, language, plan.default_language());
    if (!incident.level_id.empty() && base::count_characters(words) <= base::count_characters(level_name)) continue;
    incident.level_id = level.id;
    level_name = words;
  }
  const auto facts = hazard == nullptr ? model::Facts{} : most_said(plan, kind, *hazard, language);
  callout::Occasion occasion;
  occasion.plan = &plan;
  occasion.incident = &incident;
  occasion.facts = &facts;
  occasion.area_name = names.area;
  occasion.assembly_point = names.assembly;
  occasion.opened_local = "23:59";
  occasion.level_before = incident.level_id;
  occasion.change = "raised";
  occasion.stands_in_for = characters(kNameCharacters, language);
  if (is_reply(template_name)) occasion.question = longest_question(plan, hazard, language);
  occasion.one_way = one_way;
  return callout::compose_text(occasion, template_name, language, channel);
}

std::string longest_text(const plan::Plan& plan, model::HazardKind kind, const std::string& template_name,
                         const std::string& language, model::Channel channel, const LongestNames& names, bool one_way) {
  return longest_message(plan, kind, template_name, language, channel, names, one_way).body;
}

}  // namespace tocsin::rehearse
