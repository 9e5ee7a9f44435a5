// What a case expects: every name in it is looked up, so that a slip does not make a case that can only fail.
#include <algorithm>

#include "gateway/plan/read_cases.h"

namespace tocsin::plan {
namespace {

using base::said, base::Said;

bool is_person_code(std::string_view code) {
  return !code.empty() && code.size() <= 64 && std::all_of(code.begin(), code.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

class ExpectReader {
 public:
  ExpectReader(Reading& reading, const Node& node, const KnownNames& known, const Said& what)
      : reading_(reading), known_(known), table_(reading, node, Table::kExpect, what) {}

  CaseExpect read() {
    expect_.level = one("level", known_.levels);
    expect_.clause = one("clause", known_.clauses);
    expect_.grade = one("grade", known_.levels);
    if (table_.find("questions", NodeKind::kArray) != nullptr)
      expect_.questions = names("questions", known_.attributes);
    for (const Node& node : items("told")) read_told(node);
    for (const Node& node : items("not_told")) {
      if (auto who = read_whom(node, table_.subject("not_told"), reading_)) expect_.not_told.push_back(std::move(*who));
    }
    expect_.steps = names("steps", known_.steps);
    expect_.not_steps = names("not_steps", known_.steps);
    table_.finish();
    if (table_.is_table() && table_.node().entries.empty()) {
      reading_.findings.error(table_.node().at, "empty-list",
                              said("{0} expects nothing", "{0}什么也没有要求", table_.what()));
    }
    return std::move(expect_);
  }

 private:
  static const std::vector<Node>& none() {
    static const std::vector<Node> nodes;
    return nodes;
  }

  // Unlike other lists these may be empty: "no questions".
  const std::vector<Node>& items(std::string_view key) {
    const Node* list = table_.find(key, NodeKind::kArray);
    if (list == nullptr || list->items.empty()) return none();
    return fits(reading_, *list, table_.subject(key), kMaxExpected) ? list->items : none();
  }

  // "none": unclassified, or no grade.
  std::optional<std::string> one(std::string_view key, const std::vector<std::string>& known) {
    const auto text = table_.text(key);
    if (!text || *text == "none" || is_known(*text, known)) return text;
    auto hint = suggested(*text, known);
    if (hint.empty()) hint = said("\"none\", or a name of the plan", "写\"none\"，或预案里的名字");
    unknown(table_.at(key), key, *text, hint);
    return std::nullopt;
  }

  std::vector<std::string> names(std::string_view key, const std::vector<std::string>& known) {
    std::vector<std::string> all;
    for (const Node& node : items(key)) {
      if (node.kind != NodeKind::kText) {
        wrong_type(reading_, node, said("an entry of {0}", "{0}中的一项", table_.subject(key)), named(NodeKind::kText));
      } else if (!is_known(node.text, known)) {
        unknown(node.at, key, node.text, suggested(node.text, known));
      } else {
        all.push_back(node.text);
      }
    }
    return all;
  }

  static bool is_known(const std::string& name, const std::vector<std::string>& known) {
    return std::binary_search(known.begin(), known.end(), name);
  }

  void unknown(Position at, std::string_view key, const std::string& name, const Said& hint) {
    reading_.findings.error(
        at, "unknown-name",
        said("{0}: the plan has no {1}", "{0}：预案里没有{1}", table_.subject(key), in_quotes(name)), hint);
  }

  void read_told(const Node& node) {
    CaseTold told;
    if (node.kind != NodeKind::kTable) {
      auto who = read_whom(node, table_.subject("told"), reading_);
      if (who) expect_.told.push_back({std::move(*who), {}, {}});
      return;
    }
    TableReader table(reading_, node, Table::kTold, said("an entry of {0}", "{0}中的一项", table_.subject("told")));
    const Node* name = table.require("who");
    std::optional<CaseWhom> who;
    if (name != nullptr) who = read_whom(*name, table.subject("who"), reading_);
    told.within = table.duration("within");
    const auto over = table.text("over");
    if (over) told.over = model::channel_named(*over);
    if (over && !told.over) {
      std::vector<std::string> channels;
      for (const auto channel : all_channels()) channels.emplace_back(model::name_of(channel));
      reading_.findings.error(table.at("over"), "unknown-channel",
                              said("unknown channel {0}", "没有{0}这种通道", in_quotes(*over)),
                              suggested(*over, channels));
    }
    table.finish();
    if (!who) return;
    told.who = std::move(*who);
    expect_.told.push_back(std::move(told));
  }

  Reading& reading_;
  const KnownNames& known_;
  TableReader table_;
  CaseExpect expect_;
};

}  // namespace

std::optional<CaseWhom> read_whom(const Node& node, const Said& what, Reading& reading) {
  const auto text = clean_text(reading, node, what, kMaxNameCharacters);
  if (!text) return std::nullopt;
  constexpr std::string_view kPerson = "person:";
  CaseWhom who;
  if (text->rfind(kPerson, 0) == 0 && is_person_code(std::string_view(*text).substr(kPerson.size()))) {
    who.person = text->substr(kPerson.size());
    return who;
  }
  who.selector = model::parse_selector(*text);
  if (who.selector) return who;
  reading.findings.error(node.at, "bad-selector",
                         said("{0}: {1} is not a selector", "{0}：{1}不是人员选择", what, in_quotes(*text)),
                         said("like {0}", "例如 {0}", "\"post:commander\", \"area:heads\", \"person:p-017\""));
  return std::nullopt;
}

KnownNames known_names(const Plan& plan) {
  KnownNames known;
  known.levels = level_ids(plan);
  for (const auto& hazard : plan.hazards) {
    known.clauses.push_back(std::string(model::name_of(hazard.first)) + "/default");  // as an assessment calls it
    for (const auto& criteria : hazard.second.criteria) {
      for (const auto& clause : criteria.any) known.clauses.push_back(clause.name);
    }
  }
  std::set<std::string> steps;
  for (const auto& response : plan.responses) {
    for (const auto& step : response.steps) steps.insert(step.name);
  }
  known.steps.assign(steps.begin(), steps.end());
  for (const auto& attribute : plan.attributes) known.attributes.push_back(attribute.first);
  std::sort(known.levels.begin(), known.levels.end());
  std::sort(known.clauses.begin(), known.clauses.end());
  return known;
}

CaseExpect read_expect(const Node& node, const KnownNames& known, const Said& what, Reading& reading) {
  return ExpectReader(reading, node, known, what).read();
}

}  // namespace tocsin::plan
