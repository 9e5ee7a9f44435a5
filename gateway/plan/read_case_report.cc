// The report of a case: what somebody says, as typed facts or in words.
#include <algorithm>
#include <cmath>

#include "gateway/model/facts.h"
#include "gateway/model/kinds.h"
#include "gateway/plan/read_cases.h"

namespace tocsin::plan {
namespace {

using base::said, base::Said;

class ReportReader {
 public:
  ReportReader(Reading& reading, const Node& node, const Said& what)
      : reading_(reading), table_(reading, node, Table::kReport, what) {}

  CaseReport read() {
    read_hazard();
    report_.area = table_.text("area").value_or("");
    report_.place = read_words("place", kMaxSentenceCharacters);
    report_.text = read_words("text", kMaxTemplateCharacters);
    read_facts();
    table_.finish();
    if (table_.is_table() && table_.node().find("hazard") == nullptr && report_.text.empty()) {
      reading_.findings.error(table_.node().at, "missing-key",
                              said("{0} has neither \"hazard\" nor \"text\": nothing is reported",
                                   "{0}既没有\"hazard\"也没有\"text\"：什么也没有报告", table_.what()));
    }
    return std::move(report_);
  }

 private:
  // Unlike other texts these may be left empty: that is what a reporter may do.
  std::string read_words(std::string_view key, std::size_t limit) {
    const Node* node = table_.find(key);
    if (node == nullptr || (node->kind == NodeKind::kText && node->text.empty())) return {};
    return table_.text(key, limit).value_or("");
  }

  void read_hazard() {
    const auto name = table_.text("hazard");
    if (!name) return;
    const auto kind = model::kind_named(*name);
    if (kind) hazard_ = reading_.plan.hazard(*kind);
    if (hazard_ != nullptr) {
      report_.kind = *kind;
      return;
    }
    std::vector<std::string> known;
    for (const auto& hazard : reading_.plan.hazards) known.emplace_back(model::name_of(hazard.first));
    reading_.findings.error(table_.at("hazard"), "unknown-hazard",
                            said("the plan has no hazard {0}", "预案没有灾种{0}", in_quotes(*name)),
                            suggested(*name, known));
    broken_ = true;
  }

  // Every other key is an attribute.
  void read_facts() {
    static const std::vector<std::string> words{"hazard", "area", "place", "text"};
    for (const auto& entry : table_.node().entries) {
      if (std::find(words.begin(), words.end(), entry.key) != words.end()) continue;
      table_.find(entry.key);
      if (!broken_) read_fact(entry);
    }
  }

  void read_fact(const Entry& entry) {
    const auto* attribute = reading_.plan.attribute(entry.key);
    if (attribute == nullptr) {
      std::vector<std::string> known{"hazard", "area", "place", "text"};
      if (hazard_ != nullptr) {
        known.insert(known.end(), hazard_->attributes.begin(), hazard_->attributes.end());
      } else {
        for (const auto& other : reading_.plan.attributes) known.push_back(other.first);
      }
      reading_.findings.error(entry.key_at, "unknown-attribute",
                              said("{0} says {1}, which is no attribute of the plan", "{0}里的{1}不是预案的要素",
                                   table_.what(), in_quotes(entry.key)),
                              suggested(entry.key, known));
      return;
    }
    if (hazard_ != nullptr &&
        std::find(hazard_->attributes.begin(), hazard_->attributes.end(), entry.key) == hazard_->attributes.end()) {
      reading_.findings.error(entry.key_at, "attribute-not-of-hazard",
                              said("{0} says {1}, which is not among the attributes of [hazard.{2}]",
                                   "{0}说了{1}，它不在[hazard.{2}]的要素之中", table_.what(), in_quotes(entry.key),
                                   model::name_of(hazard_->kind)),
                              said("add it to that list", "请把它加入该列表"));
      return;
    }
    if (reading_.broken_attributes.count(entry.key) != 0) return;
    if (auto value = value_of(*attribute, entry.value)) report_.facts.emplace(entry.key, std::move(*value));
  }

  std::optional<model::FactValue> value_of(const Attribute& attribute, const Node& node) {
    const auto subject = table_.subject(attribute.name);
    switch (attribute.type) {
      case AttributeType::kFlag:
        if (node.kind == NodeKind::kFlag) return node.flag;
        wrong_type(reading_, node, subject, named(NodeKind::kFlag));
        return std::nullopt;
      case AttributeType::kChoice: return choice_of(attribute, node, subject);
      case AttributeType::kCount:
        if (node.kind == NodeKind::kWhole) return number_of(static_cast<double>(node.whole), node, subject);
        wrong_type(reading_, node, subject, named(NodeKind::kWhole));
        return std::nullopt;
      case AttributeType::kMeasure: break;
    }
    if (node.kind == NodeKind::kWhole) return number_of(static_cast<double>(node.whole), node, subject);
    if (node.kind == NodeKind::kReal) return number_of(node.real, node, subject);
    wrong_type(reading_, node, subject, said("a number", "数字"));
    return std::nullopt;
  }

  std::optional<model::FactValue> number_of(double number, const Node& node, const Said& subject) {
    constexpr double kMost = 1e9;
    if (number >= 0 && number <= kMost) return model::Quantity{std::llround(number * 1000)};
    reading_.findings.error(node.at, "out-of-range",
                            said("{0} is expected between 0 and 1000000000", "{0}应在0到1000000000之间", subject));
    return std::nullopt;
  }

  std::optional<model::FactValue> choice_of(const Attribute& attribute, const Node& node, const Said& subject) {
    if (node.kind != NodeKind::kText) {
      wrong_type(reading_, node, subject, named(NodeKind::kText));
      return std::nullopt;
    }
    const auto& choices = attribute.choices;
    if (std::find(choices.begin(), choices.end(), node.text) != choices.end()) return model::Choice{node.text};
    reading_.findings.error(
        node.at, "unknown-choice",
        said("{0}: {1} is not one of its choices", "{0}：{1}不在选项之中", subject, in_quotes(node.text)),
        suggested(node.text, choices));
    return std::nullopt;
  }

  Reading& reading_;
  TableReader table_;
  const Hazard* hazard_ = nullptr;
  bool broken_ = false;  // what may be said about it cannot be told
  CaseReport report_;
};

}  // namespace

CaseReport read_case_report(const Node& node, const Said& what, Reading& reading) {
  return ReportReader(reading, node, what).read();
}

}  // namespace tocsin::plan
