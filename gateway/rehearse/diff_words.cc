// What an SMS of one word is understood as: every name and keyword of either plan, read under both.
#include <map>
#include <set>

#include "gateway/plan/clause_words.h"
#include "gateway/rehearse/diff_parts.h"
#include "gateway/triage/understand.h"

namespace tocsin::rehearse {
namespace {

using base::said;
using base::Said;

using Texts = std::set<std::string>;

void add_all(const plan::WordLists& lists, const std::string& behind, Texts& texts) {
  for (const auto& [language, words] : lists) {
    for (const auto& word : words) texts.insert(word + behind);
  }
}
void add_all(const plan::Words& words, const std::string& behind, Texts& texts) {
  for (const auto& [language, word] : words) texts.insert(word + behind);
}

// A number needs something to count; five is as good as any.
Texts texts_of(const plan::Plan& plan) {
  Texts texts;
  for (const auto& [kind, hazard] : plan.hazards) {
    add_all(hazard.name, "", texts);
    add_all(hazard.keywords, "", texts);
  }
  for (const auto& [name, attribute] : plan.attributes) {
    const bool number =
        attribute.type == plan::AttributeType::kCount || attribute.type == plan::AttributeType::kMeasure;
    add_all(attribute.keywords, number ? " 5" : "", texts);
    if (number) add_all(attribute.label, " 5", texts);
    for (const auto& [choice, keywords] : attribute.choice_keywords) add_all(keywords, "", texts);
  }
  return texts;
}

// "fire; injured 5".
Said understood(const plan::Plan& plan, const triage::Understood& read) {
  std::vector<Said> parts;
  if (const auto* hazard = plan.hazard(read.kind)) parts.push_back(plan::name_of(plan, *hazard));
  for (const auto& [name, value] : read.facts) {
    const auto label = plan::name_of_attribute(plan, name);
    if (const auto* quantity = std::get_if<model::Quantity>(&value)) {
      parts.push_back(said("{0} {1}", "{0}{1}", label, to_string(*quantity)));
    } else if (const auto* flag = std::get_if<bool>(&value)) {
      parts.push_back(plan::in_words(plan, name, *flag));
    } else {
      parts.push_back(plan::in_words(plan, name, plan::AnyChoice{std::get<model::Choice>(value).name}));
    }
  }
  return parts.empty() ? Said{"nothing", "不理解"} : plan::joined(parts, {"; ", "；"});
}

}  // namespace

void diff_understood(const plan::Plan& before, const plan::Plan& after, const DiffOptions& options, PlanDiff& out) {
  auto texts = texts_of(before);
  texts.merge(texts_of(after));
  const auto areas = options.roster == nullptr ? std::span<const model::AreaInfo>() : options.roster->areas();
  const triage::Vocabulary old_words(plan::PlanPtr(plan::PlanPtr(), &before), areas);
  const triage::Vocabulary new_words(plan::PlanPtr(plan::PlanPtr(), &after), areas);
  // Words with the same fate are told together.
  std::map<std::pair<std::string, std::string>, Change> found;
  for (const auto& text : texts) {
    ++out.texts;
    const auto was = old_words.read_report(text), is = new_words.read_report(text);
    if (was.kind == is.kind && was.facts == is.facts) continue;
    const auto old_said = understood(before, was), new_said = understood(after, is);
    // A word of a hazard or attribute that only one plan has under another name reads the same to people.
    auto& change = found[{old_said.en + "/" + old_said.zh, new_said.en + "/" + new_said.zh}];
    if (change.what.empty()) {
      change.what = "understood";
      change.before = old_said;
      change.after = new_said;
      if (is.kind != model::HazardKind::kUnclassified) change.about.emplace_back(model::name_of(is.kind));
      if (was.kind != is.kind && was.kind != model::HazardKind::kUnclassified) {
        change.about.emplace_back(model::name_of(was.kind));
      }
    } else {
      change.subject += Said{", ", "、"};
    }
    change.subject += said("\"{0}\"", "“{0}”", text);
  }
  for (auto& [fate, change] : found) out.changes.push_back(std::move(change));
}

}  // namespace tocsin::rehearse
