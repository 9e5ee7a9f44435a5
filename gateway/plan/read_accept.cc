// [[accept]]: a warning that somebody answers for, and why.
#include "gateway/plan/reading.h"

namespace tocsin::plan {

void read_accept(TableReader& root, Reading& reading) {
  int number = 0;
  for (const Node* node : root.list("accept", kMaxAcceptances, NodeKind::kTable)) {
    TableReader table(reading, *node, Table::kAccept, base::same("[[accept]]"));
    reading.place("accept/" + std::to_string(++number), node->at);
    Acceptance acceptance;
    acceptance.finding = table.required_text("finding").value_or("");
    acceptance.where = table.text("where", kMaxSentenceCharacters).value_or("");
    acceptance.reason = table.required_text("reason", kMaxSentenceCharacters).value_or("");
    table.finish();
    if (!acceptance.finding.empty() && !is_slug(acceptance.finding)) {
      reading.findings.error(
          table.at("finding"), "bad-name",
          base::said("{0} is not the code of a finding", "{0}不是问题代码", in_quotes(acceptance.finding)),
          base::said("it stands in brackets behind the finding: range-gap",
                     "代码写在问题后面的方括号里，例如 range-gap"));
    }
    reading.plan.accepted.push_back(std::move(acceptance));
  }
}

}  // namespace tocsin::plan
