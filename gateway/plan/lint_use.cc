// What nothing uses, what no SMS can name, and words that name two things.
#include "gateway/plan/lint_parts.h"

namespace tocsin::plan {
namespace {

// Required by read_plan, or sent by tocsin itself when the plan has words for them.
constexpr const char* kSentByTocsin[] = {"alert",         "update",        "stand_down",    "receipt", "question",
                                         "unreadable",    "stranger",      "which",         "ended",   "leads",
                                         "sign_in",       "approve",       "decided",       "summary", "summary_line",
                                         "summary_ended", "contact_check", "inbox_unopened"};

void check_unused(const Plan& plan, base::Diagnostics& findings) {
  std::set<std::string> attributes;
  std::set<std::string> templates(std::begin(kSentByTocsin), std::end(kSentByTocsin));
  for (const auto& [kind, hazard] : plan.hazards) {
    attributes.insert(hazard.attributes.begin(), hazard.attributes.end());
    if (!hazard.keywords.empty()) continue;
    const std::string name(model::name_of(kind));
    warn(findings, "no-keywords", name,
         base::said("no SMS can name {0}: it has no keywords", "短信无法说出{0}：它没有关键词", name));
  }
  for (const auto& response : plan.responses) {
    for (const auto& step : response.steps) templates.insert(step.text);
  }
  for (const auto& [name, attribute] : plan.attributes) {
    if (attributes.count(name) != 0) continue;
    warn(findings, "attribute-unused", "attribute/" + name,
         base::said("no hazard asks for attribute {0}", "没有灾种用到要素{0}", name));
  }
  for (const auto& [name, text] : plan.templates) {
    if (templates.count(name) != 0) continue;
    warn(findings, "template-unused", "template/" + name,
         base::said("no step sends template {0}", "没有步骤发送模板{0}", name));
  }
}

// The same word for two things: whoever types it is understood wrongly half the time.
class KeywordCheck {
 public:
  explicit KeywordCheck(base::Diagnostics& findings) : findings_(findings) {}

  void add(const WordLists& lists, const std::string& where, const base::Said& owner) {
    for (const auto& list : lists) {
      for (const auto& word : list.second) {
        const auto seen = owners_.emplace(word, owner);
        if (seen.second || seen.first->second == owner) continue;
        warn(findings_, "keyword-shared", where,
             base::said("\"{0}\" names both {1} and {2}", "“{0}”既指{1}又指{2}", word, seen.first->second, owner));
      }
    }
  }

 private:
  base::Diagnostics& findings_;
  std::map<std::string, base::Said> owners_;
};

void check_keywords(const Plan& plan, base::Diagnostics& findings) {
  KeywordCheck hazards(findings);
  for (const auto& [kind, hazard] : plan.hazards) {
    const std::string name(model::name_of(kind));
    hazards.add(hazard.keywords, name, base::said("hazard {0}", "灾种{0}", name));
  }
  KeywordCheck attributes(findings);
  for (const auto& [name, attribute] : plan.attributes) {
    attributes.add(attribute.keywords, "attribute/" + name, base::said("attribute {0}", "要素{0}", name));
    for (const auto& [choice, words] : attribute.choice_keywords) {
      attributes.add(words, "attribute/" + name, base::said("choice {0}={1}", "选项{0}={1}", name, choice));
    }
  }
}

}  // namespace

void lint_use(const Plan& plan, base::Diagnostics& findings) {
  check_unused(plan, findings);
  check_keywords(plan, findings);
}

}  // namespace tocsin::plan
