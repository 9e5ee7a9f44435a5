// [[hazard.KIND.criteria]] and [[hazard.KIND.grade]]: any-of lists of all-of clauses, one list per level.
#include "gateway/plan/reading.h"

#include <algorithm>
#include <cmath>

#include "gateway/model/facts.h"
#include "gateway/model/kinds.h"

namespace tocsin::plan {
namespace {

using base::said, base::Said;

Said range_hint() {
  return said("\"3..10\" is 3 up to, not including, 10; \"3..\" and \"..10\" are open at one end",
              "\"3..10\"是3以上、10以下（含3不含10）；\"3..\"和\"..10\"有一头不限");
}

struct ConditionAt {
  const Attribute& attribute;
  const Node& value;
  Said subject;  // "serious in clause fire/III/2"
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
    reading.findings.error(c.value.at, "bad-range",
                           said("{0}: {1} is not a range", "{0}：{1}不是范围", c.subject, in_quotes(text)),
                           range_hint());
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
                           said("{0}: {1} holds no number: its end must be above its beginning",
                                "{0}：{1}里没有任何数，终点须大于起点", c.subject, in_quotes(text)),
                           equal ? range_hint() : said("did you mean {0}?", "是不是想写{0}？", in_quotes(ends)));
    return false;
  }
  if (range.to && range.to->thousandths == 0) {
    reading.findings.error(c.value.at, "range-never",
                           said("{0}: nothing is below 0", "{0}：没有比0更小的数", c.subject), range_hint());
    return false;
  }
  if (c.attribute.type == AttributeType::kCount && (!is_whole(range.from) || !is_whole(range.to))) {
    reading.findings.error(
        c.value.at, "not-whole",
        said("{0}: a count has no fractions: {1}", "{0}：人数没有小数：{1}", c.subject, in_quotes(text)));
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
  reading.findings.error(c.value.at, "bad-range",
                         count ? said("{0}: expected a range in quotes or a whole number from 0 to 999999999",
                                      "{0}：应写加引号的范围，或0到999999999的整数", c.subject)
                               : said("{0}: expected a range in quotes", "{0}：应写加引号的范围", c.subject),
                         range_hint());
  return std::nullopt;
}

std::optional<Condition> read_flag(const ConditionAt& c, Reading& reading) {
  if (c.value.kind != NodeKind::kFlag) {
    wrong_type(reading, c.value, c.subject, named(NodeKind::kFlag));
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
      const auto word = node->kind == NodeKind::kText ? base::same(in_quotes(node->text)) : named(node->kind);
      reading.findings.error(node->at, "unknown-choice",
                             said("{0}: {1} is not one of its choices", "{0}：{1}不在选项之中", c.subject, word),
                             suggested(node->text, choices));
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
    TableReader table(reading_, node, key_ == "grade" ? Table::kGrade : Table::kCriteria,
                      base::same("[[hazard." + kind_ + "." + key_ + "]]"));
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
          said("{0} has {1} for level {2} twice", "{0}的{2}级有两份{1}", kind_,
               key_ == "grade" ? Said{"grades", "等级标准"} : Said{"criteria", "标准"}, in_quotes(ids[*level])),
          said("put all clauses of a level into one list", "请把同一级的条款写进一个列表"));
      return;
    }
    criteria_.push_back(std::move(criteria));
  }

 private:
  Clause clause(const Node& node, std::string name) {
    Clause clause{std::move(name), {}};
    if (node.entries.empty()) {
      reading_.findings.error(
          node.at, "empty-clause",
          said("clause {0} asks for nothing and would always match", "条款{0}没有条件，永远成立", clause.name),
          key_ == "grade" ? said("leave it out: without a clause that is true there is no grade",
                                 "请删去：没有成立的条款就没有等级")
                          : said("set default_level instead", "请改用default_level"));
    }
    if (node.entries.size() > kMaxConditions) {
      reading_.findings.error(
          node.at, "too-many",
          said("clause {0} has more than {1} conditions", "条款{0}的条件超过{1}个", clause.name, kMaxConditions));
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
                              said("clause {0} asks for {1}, which the plan does not have",
                                   "条款{0}用到的要素{1}在预案里没有", clause, in_quotes(entry.key)),
                              suggested(entry.key, own));
      return std::nullopt;
    }
    if (std::find(own.begin(), own.end(), entry.key) == own.end()) {
      reading_.findings.error(
          entry.key_at, "attribute-not-of-hazard",
          said("clause {0} asks for {1}, which is not among the attributes of [hazard.{2}]",
               "条款{0}用到的要素{1}不在[hazard.{2}]的attributes之中", clause, in_quotes(entry.key), kind_),
          said("add it to that list", "请把它加入该列表"));
      return std::nullopt;
    }
    if (reading_.broken_attributes.count(entry.key) != 0) return std::nullopt;
    const ConditionAt at{*attribute, entry.value, said("{0} in clause {1}", "条款{1}的{0}", entry.key, clause)};
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
