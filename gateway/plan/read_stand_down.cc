// [response.stand_down]: who may end what runs, and what must be true then.
#include "gateway/plan/reading.h"

#include <algorithm>

namespace tocsin::plan {
namespace {

using base::said, base::Said;

void read_condition(const Node& node, StandDownRule& rule, const Said& what, Reading& reading) {
  TableReader table(reading, node, Table::kCondition, said("a condition of {0}", "{0}的一个条件", what));
  StandDownCondition condition;
  if (const auto name = table.required_text("name")) {
    condition.name = *name;
    const auto same = [&](const StandDownCondition& other) { return other.name == *name; };
    if (!is_slug(*name)) {
      reading.findings.error(table.at("name"), "bad-name",
                             said("{0} cannot name a condition", "{0}不能作条件的名字", in_quotes(*name)), slug_hint());
    } else if (std::any_of(rule.conditions.begin(), rule.conditions.end(), same)) {
      reading.findings.error(
          table.at("name"), "duplicate-name",
          said("condition {0} stands twice in {1}", "条件{0}在{1}里出现两次", in_quotes(*name), what));
    }
  }
  condition.text = table.words("text", true, kMaxSentenceCharacters);
  table.finish();
  rule.conditions.push_back(std::move(condition));
}

}  // namespace

void read_stand_down(const Node& node, Response& response, const std::string& place, const base::Said& what,
                     Reading& reading) {
  const auto subject = said("the stand-down of {0}", "{0}的终止规则", what);
  TableReader table(reading, node, Table::kStandDown, subject);
  reading.place(place + "/stand_down", node.at);
  StandDownRule rule;
  rule.by = read_selectors(table, "by", place + "/stand_down/by", reading);
  for (const Node* condition : table.list("conditions", kMaxStandDownConditions, NodeKind::kTable)) {
    read_condition(*condition, rule, subject, reading);
  }
  table.finish();
  if (table.is_table() && node.find("by") == nullptr && node.find("conditions") == nullptr) {
    reading.findings.error(
        node.at, "missing-key",
        said("{0} has neither \"by\" nor \"conditions\"", "{0}既没有\"by\"也没有\"conditions\"", subject));
  }
  response.stand_down = std::move(rule);
}

}  // namespace tocsin::plan
