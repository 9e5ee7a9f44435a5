// [attribute.NAME]: what may be said in a report.  Counts are of harm only, from the closed list.
#include "gateway/plan/reading.h"

#include <algorithm>

#include "gateway/model/kinds.h"

namespace tocsin::plan {
namespace {

using base::said, base::Said;

const std::vector<std::string>& count_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const auto& count : model::all_counts()) all.emplace_back(count.name);
    return all;
  }();
  return names;
}

bool speaks(const Reading& reading, std::string_view language) {
  const auto& languages = reading.plan.languages;
  return std::find(languages.begin(), languages.end(), language) != languages.end();
}

void keep_spoken(Words& words, const Reading& reading) {
  for (auto it = words.begin(); it != words.end();) it = speaks(reading, it->first) ? std::next(it) : words.erase(it);
}

// False when name and type do not fit the closed list of counts.
bool check_count(const std::string& name, AttributeType type, Position type_at, Position name_at, Reading& reading) {
  const bool listed = model::count_named(name) != nullptr;
  if (type == AttributeType::kCount && !listed) {
    const auto near = base::nearest_name(name, count_names());
    const auto all = base::listed(count_names());
    reading.findings.error(
        name_at, "count-outside-list",
        said("{0} is not on the closed list of counts", "{0}不在规定的人数项目之中", in_quotes(name)),
        near.empty() ? said("counts are of harm only: {0}", "人数只统计受害者：{0}", all)
                     : said("did you mean {0}? Counts: {1}", "是不是想写{0}？人数项目有：{1}", in_quotes(near), all));
    return false;
  }
  if (type != AttributeType::kCount && listed) {
    reading.findings.error(
        type_at, "not-a-count",
        said("{0} is a count of harm and has no other type", "{0}是受害人数，不能用别的类型", in_quotes(name)),
        base::same("type = \"count\""));
    return false;
  }
  return true;
}

void read_choice(const Node& node, Attribute& attribute, Reading& reading) {
  TableReader table(reading, node, Table::kChoice,
                    said("a choice of attribute {0}", "要素{0}的一个选项", in_quotes(attribute.name)));
  const auto id = table.required_text("id");
  auto label = table.words("name", true);
  auto keywords = table.keywords("keywords");
  table.finish();
  if (!id) return;
  // These words are flags wherever facts are typed.
  const bool flag_word = *id == "yes" || *id == "no" || *id == "true" || *id == "false" || *id == "unknown";
  if (!is_word(*id) || flag_word) {
    reading.findings.error(
        table.at("id"), "bad-name", said("{0} cannot name a choice", "{0}不能作选项的名字", in_quotes(*id)),
        said("small letters, digits and _, beginning with a letter; not yes, no, true, false, unknown",
             "用小写字母、数字和 _，以字母开头；不能是yes、no、true、false、unknown"));
    return;
  }
  if (std::find(attribute.choices.begin(), attribute.choices.end(), *id) != attribute.choices.end()) {
    reading.findings.error(table.at("id"), "duplicate-name",
                           said("choice {0} of attribute {1} stands twice", "要素{1}的选项{0}出现两次", in_quotes(*id),
                                in_quotes(attribute.name)));
    return;
  }
  attribute.choices.push_back(*id);
  attribute.choice_labels[*id] = std::move(label);
  attribute.choice_keywords[*id] = std::move(keywords);
}

void read_combination(TableReader& table, Attribute& attribute, Reading& reading) {
  const bool number = attribute.type == AttributeType::kCount || attribute.type == AttributeType::kMeasure;
  if (number) {
    if (const auto worse = table.one_of("worse", {"higher", "lower"})) attribute.worse = Worse(*worse);
  } else {
    table.not_applicable("worse", said("only numbers have a worse side", "只有数值才分好坏方向"));
  }
  if (attribute.type == AttributeType::kChoice) {
    table.not_applicable("combine", said("of a choice the latest word counts", "选项总是以最新说法为准"));
    attribute.combine = Combine::kLatest;
    return;
  }
  const auto combine = table.one_of("combine", {"max", "sum_by_place", "latest"});
  if (!combine) return;
  attribute.combine = Combine(*combine);
  if (attribute.combine == Combine::kSumByPlace && !number) {
    reading.findings.error(
        table.at("combine"), "not-applicable",
        said("a flag cannot be summed: attribute {0}", "是否不能相加：要素{0}", in_quotes(attribute.name)),
        said("\"max\" or \"latest\"", "写\"max\"或\"latest\""));
  }
}

// What is said when the plan is silent: only counts have words of their own.
void fill_in_count(Attribute& attribute, const Reading& reading) {
  const auto* info = model::count_named(attribute.name);
  if (info == nullptr) return;
  const std::string zh(info->zh), en(info->en);
  if (attribute.label.empty()) attribute.label = {{"zh", zh}, {"en", en}};
  if (attribute.ask.empty()) attribute.ask = {{"zh", zh + "多少人？"}, {"en", "How many " + en + "?"}};
  keep_spoken(attribute.label, reading);
  keep_spoken(attribute.ask, reading);
}

void read_attribute(const Entry& entry, Reading& reading) {
  static const std::vector<std::string> types{"count", "measure", "flag", "choice"};
  Attribute attribute;
  attribute.name = entry.key;
  reading.place("attribute/" + entry.key, entry.key_at);
  TableReader table(reading, entry.value, Table::kAttribute, base::same("[attribute." + entry.key + "]"));
  bool usable = table.is_table();
  if (!is_word(entry.key)) {
    reading.findings.error(entry.key_at, "bad-name",
                           said("{0} cannot name an attribute", "{0}不能作要素的名字", in_quotes(entry.key)),
                           word_hint());
    usable = false;
  }
  table.require("type");
  if (const auto type = table.one_of("type", types)) {
    attribute.type = AttributeType(*type);
    usable = check_count(entry.key, attribute.type, table.at("type"), entry.key_at, reading) && usable;
    read_combination(table, attribute, reading);
  } else {
    usable = false;
    table.find("worse");
    table.find("combine");
  }
  const bool count = attribute.type == AttributeType::kCount;
  attribute.label = table.words("name", usable && !count);
  attribute.ask = table.words("ask", usable && !count, kMaxSentenceCharacters);
  if (const auto whom = table.one_of("ask_whom", {"reporter", "desk"})) attribute.ask_whom = AskWhom(*whom);
  attribute.keywords = table.keywords("keywords");
  if (!usable || attribute.type == AttributeType::kMeasure) {
    attribute.unit = table.words("unit", usable);
  } else {
    table.not_applicable("unit", said("only a measure has a unit", "只有数值（measure）才有单位"));
  }
  if (!usable || attribute.type == AttributeType::kChoice) {
    if (usable) table.require("choices");
    for (const Node* choice : table.list("choices", kMaxChoices, NodeKind::kTable)) {
      read_choice(*choice, attribute, reading);
    }
  } else {
    table.not_applicable("choices", said("only a choice has choices", "只有选项（choice）才有choices"));
  }
  table.finish();
  fill_in_count(attribute, reading);
  if (!usable) reading.broken_attributes.insert(entry.key);
  reading.plan.attributes[entry.key] = std::move(attribute);
}

}  // namespace

void read_attributes(TableReader& root, Reading& reading) {
  const Node* node = root.find("attribute", NodeKind::kTable);
  if (node == nullptr) return;
  if (node->entries.size() > kMaxAttributes) {
    reading.findings.error(node->at, "too-many",
                           said("the plan has more than {0} attributes", "预案的要素超过{0}个", kMaxAttributes));
    return;
  }
  for (const auto& entry : node->entries) read_attribute(entry, reading);
}

}  // namespace tocsin::plan
