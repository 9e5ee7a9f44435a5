#include "gateway/plan/lint.h"

#include <algorithm>
#include <set>

#include "gateway/plan/lint_criteria.h"

namespace tocsin::plan {
namespace {

std::string name_of(const Response& response, const Plan& plan) {
  const auto level = plan.level_id(response.level);
  return "response " + std::string(model::name_of(response.kind)) + (level.empty() ? "" : "/" + level);
}

// The levels that rules alone can give to a hazard.
std::set<model::LevelIndex> levels_by_rule(const Hazard& hazard) {
  std::set<model::LevelIndex> levels{hazard.default_level};
  for (const auto& criteria : hazard.criteria) levels.insert(criteria.level);
  return levels;
}

void check_responses_and_levels(const Plan& plan, base::Diagnostics& findings) {
  for (const auto& response : plan.responses) {
    const auto* hazard = plan.hazard(response.kind);
    if (hazard == nullptr || levels_by_rule(*hazard).count(response.level) != 0) continue;
    warn(findings, "response-by-hand-only",
         "no rule reaches " + name_of(response, plan) + ": only a person can raise or lower to it");
  }
  for (const auto& [kind, hazard] : plan.hazards) {
    for (const auto level : levels_by_rule(hazard)) {
      const auto* response = plan.response(kind, level);
      if (response == nullptr || response->level == level) continue;
      warn(findings, "level-without-own-response",
           std::string(model::name_of(kind)) + " at level " + plan.level_id(level) + " has no response of its own",
           "it is answered by that of level " + plan.level_id(response->level));
    }
  }
}

// `asks`: some step that climbs it needs an answer.
void check_ladder(const Ladder& ladder, bool asks, base::Diagnostics& findings) {
  const auto what = "ladder " + ladder.name;
  const auto last = ladder.rungs.back().channel;
  if (asks && last != model::Channel::kDeskCall && last != model::Channel::kKnock) {
    warn(findings, "ladder-ends-without-human",
         what + " ends with " + std::string(model::name_of(last)) + ", which no human follows up",
         "let it end with desk_call or knock");
  }
  for (std::size_t i = 0; i + 1 < ladder.rungs.size(); ++i) {
    if (ladder.rungs[i].wait > base::Duration{}) continue;
    warn(findings, "no-time-to-answer",
         "rung " + std::to_string(i + 1) + " of " + what + " waits 0s: the next one follows before anybody can answer");
  }
  if (ladder.cycles == 1 && ladder.repeat_after > base::Duration{}) {
    warn(findings, "repeat-without-cycles", what + " has repeat_after, but only one cycle", "cycles = 2");
  }
}

void check_ladders(const Plan& plan, base::Diagnostics& findings) {
  std::set<int> asking;
  std::set<std::string> used;  // by the name the plan gave: "commander" for "commander@2"
  for (const auto& response : plan.responses) {
    for (const auto& step : response.steps) {
      if (step.ladder < 0) continue;
      const auto& ladder = plan.ladders[static_cast<std::size_t>(step.ladder)];
      used.insert(ladder.name.substr(0, ladder.name.find('@')));
      if (!step.enough_all && step.enough == 0) continue;
      asking.insert(step.ladder);
      for (const auto& hours : ladder.hours) asking.insert(hours.ladder);
    }
  }
  for (std::size_t i = 0; i < plan.ladders.size(); ++i) {
    const int index = static_cast<int>(i);
    check_ladder(plan.ladders[i], asking.count(index) != 0, findings);
    const auto& name = plan.ladders[i].name;
    if (name.find('@') != std::string::npos || used.count(name) != 0) continue;
    warn(findings, "ladder-unused", "no step climbs ladder " + name);
  }
}

void check_steps(const Plan& plan, base::Diagnostics& findings) {
  for (const auto& response : plan.responses) {
    for (const auto& step : response.steps) {
      const bool never_short = !step.enough_all && step.enough == 0;
      if (step.then.empty() || (!never_short && step.ladder >= 0)) continue;
      warn(findings, "then-never",
           "step " + step.name + " of " + name_of(response, plan) + " needs no answers, so its \"then\" never comes");
    }
  }
}

void check_use(const Plan& plan, base::Diagnostics& findings) {
  std::set<std::string> attributes;
  // Required by read_plan, or sent by tocsin itself when the plan has words for them.
  std::set<std::string> templates{"alert",      "update",   "stand_down", "receipt", "question",
                                  "unreadable", "stranger", "which",      "ended",   "leads"};
  for (const auto& [kind, hazard] : plan.hazards) {
    attributes.insert(hazard.attributes.begin(), hazard.attributes.end());
    if (hazard.keywords.empty()) {
      warn(findings, "no-keywords", "no SMS can name " + std::string(model::name_of(kind)) + ": it has no keywords");
    }
  }
  for (const auto& response : plan.responses) {
    for (const auto& step : response.steps) templates.insert(step.text);
  }
  for (const auto& [name, attribute] : plan.attributes) {
    if (attributes.count(name) == 0) warn(findings, "attribute-unused", "no hazard asks for attribute " + name);
  }
  for (const auto& [name, text] : plan.templates) {
    if (templates.count(name) == 0) warn(findings, "template-unused", "no step sends template " + name);
  }
}

// The same word for two things: whoever types it is understood wrongly half the time.
class KeywordCheck {
 public:
  explicit KeywordCheck(base::Diagnostics& findings) : findings_(findings) {}

  void add(const WordLists& lists, const std::string& owner) {
    for (const auto& list : lists) {
      for (const auto& word : list.second) {
        const auto seen = owners_.emplace(word, owner);
        if (seen.second || seen.first->second == owner) continue;
        warn(findings_, "keyword-shared", "\"" + word + "\" names both " + seen.first->second + " and " + owner);
      }
    }
  }

 private:
  base::Diagnostics& findings_;
  std::map<std::string, std::string> owners_;
};

void check_keywords(const Plan& plan, base::Diagnostics& findings) {
  KeywordCheck hazards(findings);
  for (const auto& [kind, hazard] : plan.hazards) {
    hazards.add(hazard.keywords, "hazard " + std::string(model::name_of(kind)));
  }
  KeywordCheck attributes(findings);
  for (const auto& [name, attribute] : plan.attributes) {
    attributes.add(attribute.keywords, "attribute " + name);
    for (const auto& [choice, words] : attribute.choice_keywords)
      attributes.add(words, "choice " + name + "=" + choice);
  }
}

}  // namespace

void warn(base::Diagnostics& findings, std::string code, std::string message, std::string hint) {
  findings.push_back({base::Severity::kWarning, std::move(code), {}, 0, 0, std::move(message), std::move(hint)});
}

void warn(base::Diagnostics& findings, std::string code, std::string where, base::Said message, base::Said hint) {
  findings.push_back(
      base::finding(base::Severity::kWarning, std::move(code), std::move(message), std::move(hint), std::move(where)));
}

base::Diagnostics lint(const Plan& plan) {
  base::Diagnostics findings;
  check_responses_and_levels(plan, findings);
  for (const auto& hazard : plan.hazards) lint_criteria(plan, hazard.second, findings);
  check_ladders(plan, findings);
  check_steps(plan, findings);
  check_use(plan, findings);
  check_keywords(plan, findings);
  return findings;
}

}  // namespace tocsin::plan
