// [template.NAME]: the words of every message, per language and channel, checked before any is needed.
#include "gateway/plan/reading.h"

#include <algorithm>

#include "gateway/model/alert.h"
#include "gateway/plan/template_text.h"

namespace tocsin::plan {
namespace {

using base::said, base::Said;

const std::vector<std::string>& required_templates() {
  static const std::vector<std::string> names{"alert",    "update",     "stand_down", "receipt",
                                              "question", "unreadable", "stranger"};
  return names;
}

std::vector<std::string> text_channels() {
  using model::Channel;
  std::vector<std::string> names{"default"};
  for (const auto channel :
       {Channel::kSms, Channel::kVoice, Channel::kPush, Channel::kEmail, Channel::kWebhook, Channel::kConsole}) {
    names.emplace_back(model::name_of(channel));
  }
  return names;
}

void check_template(const Node& node, const Said& what, Reading& reading) {
  const auto faults = faults_of(node.text);
  if (!faults.not_mustache.empty()) {
    reading.findings.error(node.at, "not-mustache", said("{0}: {1}", "{0}：{1}", what, faults.not_mustache));
    return;
  }
  std::vector<std::string> known;
  for (const auto& field : template_fields()) known.emplace_back(field.name);
  for (const auto& name : faults.unknown_fields) {
    reading.findings.error(node.at, "unknown-field",
                           said("{0} names the unknown field {1}", "{0}用了没有的字段{1}", what, in_quotes(name)),
                           suggested(name, known));
  }
}

// Few fields named many times would make a text that no link carries and nobody reads.
void check_length(const Node& node, const Said& what, Reading& reading) {
  const auto longest = longest_filled(node.text);
  if (longest <= kMaxFilledCharacters) return;
  reading.findings.error(
      node.at, "template-too-long",
      base::said("{0} could become {1} characters long, at most {2} are allowed", "{0}填好后可达{1}个字符，最多{2}个",
                 what, longest, kMaxFilledCharacters),
      base::said("name long fields such as facts and question once", "facts、question这样的长字段只写一次"));
}

void read_language(const Entry& entry, const Said& what, Template& made, Reading& reading) {
  const auto spoken = in_language(what, entry.key);
  TableReader table(reading, entry.value, Table::kTexts, spoken);
  for (const auto& channel : text_channels()) {
    const Node* node = channel == "default" ? table.require(channel) : table.find(channel);
    if (node == nullptr) continue;
    const auto subject = said("{0} for {1}", "{0}的{1}", spoken, in_quotes(channel));
    const auto text = clean_text(reading, *node, subject, kMaxTemplateCharacters);
    if (!text) continue;
    check_template(*node, subject, reading);
    check_length(*node, subject, reading);
    made.text[entry.key][channel] = *text;
    reading.place("template/" + made.name + "/" + entry.key + "/" + channel, node->at);
  }
  table.finish();
}

void read_template(const Entry& entry, Reading& reading) {
  const auto what = base::same("[template." + entry.key + "]");
  const auto& languages = reading.plan.languages;
  Template made;
  made.name = entry.key;
  if (!is_word(entry.key)) {
    reading.findings.error(entry.key_at, "bad-name",
                           said("{0} cannot name a template", "{0}不能作模板的名字", in_quotes(entry.key)),
                           word_hint());
  }
  reading.place("template/" + entry.key, entry.key_at);
  TableReader table(reading, entry.value, Table::kTemplate, what);
  for (const auto& part : entry.value.entries) {
    if (table.spoken(part, what)) read_language(part, what, made, reading);
  }
  for (const auto& language : languages) {
    if (table.is_table() && entry.value.find(language) == nullptr) {
      reading.findings.error(entry.value.at, "missing-language",
                             said("{0} has no text in {1}", "{0}没有{1}文字", what, language_name(language)));
    }
  }
  reading.plan.templates[entry.key] = std::move(made);
}

}  // namespace

void read_templates(TableReader& root, Reading& reading) {
  const Node* node = root.require("template");
  if (node == nullptr) return;
  if (node->kind != NodeKind::kTable || node->entries.size() > kMaxTemplates) {
    reading.findings.error(node->at, "wrong-type",
                           said("\"template\" is expected to hold at most {0} tables like [template.alert]",
                                "\"template\"应是最多{0}个像[template.alert]这样的表", kMaxTemplates));
    return;
  }
  for (const auto& entry : node->entries) read_template(entry, reading);
  for (const auto& name : required_templates()) {
    if (reading.plan.templates.count(name) != 0) continue;
    reading.findings.error(node->at, "missing-template",
                           said("the plan has no [template.{0}]", "预案没有[template.{0}]", name));
  }
}

}  // namespace tocsin::plan
