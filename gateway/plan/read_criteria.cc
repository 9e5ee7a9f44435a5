// [[hazard.KIND.criteria]] and [[hazard.KIND.grade]]: any-of lists of all-of clauses, one list per level.
#include "gateway/plan/reading.h"

#include <algorithm>
#include <cmath>

#include "gateway/model/facts.h"
#include "gateway/model/kinds.h"

namespace tocsin::plan {
namespace {

const char* const kRangeHint = "\"3..10\" is 3 up to, not including, 10; \"3..\" and \"..10\" are open at one end";

struct ConditionAt {
  const Attribute& attribute;
  const Node& value;
  std::string subject;  // "serious in clause fire/III/2"
};

// A range as written in quotes.
std::optional<Range> parse_range(const ConditionAt& c, Reading& reading) {
  const auto& text = c.value.text;
  const auto dots = text.find("..");
  Range range;
  bool good = dots != std::string::npos && text.size() > 2;
  if (good && dots > 0) {
    range.from = model::parse_quantity(std::string_view(text).substr(0, dots));
    good = range.from.has_value();
  }
  if (good && dots + 2 < text.size()) {
    range.to = model::parse_quantity(std::string_view(text).substr(dots + 2));
    good = range.to.has_value();
  }
  if (!good) {
    reading.findings.error(c.value.at, "bad-range", c.subject + ": " + quoted(text) + " is not a range", kRangeHint);
    return std::nullopt;
  }
  return range;
}

bool is_whole(const std::optional<model::Quantity>& end) {
  return !end || end->thousandths % 1000 == 0;
}

bool check_range(const Range& range, const ConditionAt& c, Reading& reading) {
  const auto& text = c.value.text;
  if (range.from && range.to && *range.from >= *range.to) {
    const bool equal = *range.from == *range.to;
    const auto ends = model::to_string(*range.to) + ".." + model::to_string(*range.from);
    reading.findings.error(c.value.at, "range-upside-down",
                           c.subject + ": " + quoted(text) + " holds no number: its end must be above its beginning",
                           equal ? kRangeHint : "did you mean " + quoted(ends) + "?");
    return false;
  }
  if (range.to && range.to->thousandths == 0) {
    reading.findings.error(c.value.at, "range-never", c.subject + ": nothing is below 0", kRangeHint);
    return false;
  }
  if (c.attribute.type == AttributeType::kCount && (!is_whole(range.from) || !is_whole(range.to))) {
    reading.findings.error(c.value.at, "not-whole", c.subject + ": a count has no fractions: " + quoted(text));
    return false;
  }
  return true;
}

std::optional<Condition> read_number(const ConditionAt& c, Reading& reading) {
  Condition condition{c.attribute.name, Range{}, {}};
  if (c.value.kind == NodeKind::kText) {
    const auto range = parse_range(c, reading);
    if (!range || !check_range(*range, c, reading)) return std::nullopt;
    condition.wanted = *range;
    condition.text = c.attribute.name + " = " + c.value.text;
    return condition;
  }
  const bool count = c.attribute.type == AttributeType::kCount;
  if (count && c.value.kind == NodeKind::kWhole && c.value.whole >= 0 && c.value.whole < 1'000'000'000) {
    condition.wanted = Range{model::Quantity::whole(c.value.whole), model::Quantity::whole(c.value.whole + 1)};
    condition.text = c.attribute.name + " = " + std::to_string(c.value.whole);
    return condition;
  }
  reading.findings.error(
      c.value.at, "bad-range",
      c.subject + ": expected a range in quotes" + (count ? " or a whole number from 0 to 999999999" : ""), kRangeHint);
  return std::nullopt;
}

std::optional<Condition> read_flag(const ConditionAt& c, Reading& reading) {
  if (c.value.kind != NodeKind::kFlag) {
    reading.findings.error(c.value.at, "wrong-type",
                           c.subject + " is " + in_words(c.value.kind) + ", expected true or false");
    return std::nullopt;
  }
  return Condition{c.attribute.name, c.value.flag, c.attribute.name + " = " + (c.value.flag ? "yes" : "no")};
}

std::optional<Condition> read_choice(const ConditionAt& c, Reading& reading) {
  std::vector<const Node*> nodes;
  if (c.value.kind == NodeKind::kArray) {
    if (!fits(reading, c.value, c.subject, kMaxChoices)) return std::nullopt;
    for (const auto& item : c.value.items) nodes.push_back(&item);
  } else {
    nodes.push_back(&c.value);
  }
  AnyChoice wanted;
  std::string text;
  for (const Node* node : nodes) {
    const auto& choices = c.attribute.choices;
    if (node->kind != NodeKind::kText || std::find(choices.begin(), choices.end(), node->text) == choices.end()) {
      const auto said = node->kind == NodeKind::kText ? quoted(node->text) : std::string(in_words(node->kind));
      reading.findings.error(node->at, "unknown-choice", c.subject + ": " + said + " is not one of its choices",
                             suggestion(node->text, choices));
      return std::nullopt;
    }
    wanted.push_back(node->text);
    text += (text.empty() ? "" : "|") + node->text;
  }
  return Condition{c.attribute.name, std::move(wanted), c.attribute.name + " = " + text};
}

class CriteriaReader {
 public:
  // `key` is "criteria" or "grade"; `prefix` begins the names of its clauses: "fire/", "fire/grade/".
  CriteriaReader(const Hazard& hazard, Reading& reading, const char* key, std::string prefix)
      : hazard_(hazard), reading_(reading), key_(key), prefix_(std::move(prefix)), kind_(model::name_of(hazard.kind)) {}

  std::vector<Criteria> take() {
    std::stable_sort(criteria_.begin(), criteria_.end(),
                     [](const Criteria& a, const Criteria& b) { return a.level > b.level; });
    return std::move(criteria_);
  }

  void read(const Node& node) {
    TableReader table(reading_, node, "[[hazard." + kind_ + "." + key_ + "]]");
    table.require("level");
    const auto ids = level_ids(reading_.plan);
    const auto level = table.one_of("level", ids);
    const auto source = table.text("source", kMaxSentenceCharacters);
    table.require("any");
    const auto clauses = table.list("any", kMaxCriteriaClauses, NodeKind::kTable);
    table.finish();
    Criteria criteria;
    criteria.source = source.value_or("");
    criteria.level = level ? static_cast<model::LevelIndex>(*level) : model::kNoLevel;
    const auto name = prefix_ + (level ? ids[*level] : std::string("?"));
    if (level) reading_.place(name, node.at);
    for (std::size_t i = 0; i < clauses.size(); ++i) {
      criteria.any.push_back(clause(*clauses[i], name + "/" + std::to_string(i + 1)));
      if (level) reading_.place(criteria.any.back().name, clauses[i]->at);
    }
    if (!level) return;
    if (!seen_.insert(criteria.level).second) {
      reading_.findings.error(
          table.at("level"), "duplicate-criteria",
          kind_ + " has " + (key_ == "grade" ? "grades" : "criteria") + " for level " + quoted(ids[*level]) + " twice",
          "put all clauses of a level into one list");
      return;
    }
    criteria_.push_back(std::move(criteria));
  }

 private:
  Clause clause(const Node& node, std::string name) {
    Clause clause{std::move(name), {}};
    if (node.entries.empty()) {
      reading_.findings.error(node.at, "empty-clause",
                              "clause " + clause.name + " asks for nothing and would always match",
                              key_ == "grade" ? "leave it out: without a clause that is true there is no grade"
                                              : "set default_level instead");
    }
    if (node.entries.size() > kMaxConditions) {
      reading_.findings.error(
          node.at, "too-many",
          "clause " + clause.name + " has more than " + std::to_string(kMaxConditions) + " conditions");
      return clause;
    }
    for (const auto& entry : node.entries) {
      if (auto condition = read_condition(entry, clause.name)) clause.all.push_back(std::move(*condition));
    }
    return clause;
  }

  std::optional<Condition> read_condition(const Entry& entry, const std::string& clause) {
    const auto* attribute = reading_.plan.attribute(entry.key);
    const auto& own = hazard_.attributes;
    if (attribute == nullptr) {
      reading_.findings.error(entry.key_at, "unknown-attribute",
                              "clause " + clause + " asks for " + quoted(entry.key) + ", which the plan does not have",
                              suggestion(entry.key, own));
      return std::nullopt;
    }
    if (std::find(own.begin(), own.end(), entry.key) == own.end()) {
      reading_.findings.error(entry.key_at, "attribute-not-of-hazard",
                              "clause " + clause + " asks for " + quoted(entry.key) +
                                  ", which is not among the attributes of [hazard." + kind_ + "]",
                              "add it to that list");
      return std::nullopt;
    }
    if (reading_.broken_attributes.count(entry.key) != 0) return std::nullopt;
    const ConditionAt at{*attribute, entry.value, entry.key + " in clause " + clause};
    switch (attribute->type) {
      case AttributeType::kFlag: return read_flag(at, reading_);
      case AttributeType::kChoice: return read_choice(at, reading_);
      default: return read_number(at, reading_);
    }
  }

  const Hazard& hazard_;
  Reading& reading_;
  std::string key_, prefix_, kind_;
  std::vector<Criteria> criteria_;
  std::set<model::LevelIndex> seen_;
};

}  // namespace

void read_criteria(TableReader& hazard_table, Hazard& hazard, Reading& reading) {
  const std::string kind(model::name_of(hazard.kind));
  CriteriaReader criteria(hazard, reading, "criteria", kind + "/");
  for (const Node* node : hazard_table.list("criteria", kMaxLevels, NodeKind::kTable)) criteria.read(*node);
  hazard.criteria = criteria.take();
  CriteriaReader grades(hazard, reading, "grade", kind + "/grade/");
  for (const Node* node : hazard_table.list("grade", kMaxLevels, NodeKind::kTable)) grades.read(*node);
  hazard.grades = grades.take();
}

}  // namespace tocsin::plan
