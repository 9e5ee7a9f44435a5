// [template.NAME]: the words of every message, per language and channel, checked before any is needed.
#include "gateway/plan/reading.h"

#include <algorithm>

#include "gateway/model/alert.h"
#include "gateway/plan/template_text.h"

namespace tocsin::plan {
namespace {

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

void check_template(const Node& node, const std::string& what, Reading& reading) {
  const auto unknown = unknown_fields(node.text);
  if (!unknown.ok()) {
    reading.findings.error(node.at, "not-mustache", what + ": " + unknown.error().message);
    return;
  }
  std::vector<std::string> known;
  for (const auto& field : template_fields()) known.emplace_back(field.name);
  for (const auto& name : *unknown) {
    reading.findings.error(node.at, "unknown-field", what + " names the unknown field " + quoted(name),
                           suggestion(name, known));
  }
}

// Few fields named many times would make a text that no link carries and nobody reads.
void check_length(const Node& node, const std::string& what, Reading& reading) {
  const auto longest = longest_filled(node.text);
  if (longest <= kMaxFilledCharacters) return;
  reading.findings.error(
      node.at, "template-too-long",
      base::said("{0} could become {1} characters long, at most {2} are allowed", "{0}填好后可达{1}个字符，最多{2}个",
                 what, longest, kMaxFilledCharacters),
      base::said("name long fields such as facts and question once", "facts、question这样的长字段只写一次"));
}

void read_language(const Entry& entry, const std::string& what, Template& made, Reading& reading) {
  const auto in_language = what + " in " + entry.key;
  TableReader table(reading, entry.value, in_language);
  for (const auto& channel : text_channels()) {
    const Node* node = channel == "default" ? table.require(channel) : table.find(channel);
    if (node == nullptr) continue;
    const auto subject = in_language + " for " + quoted(channel);
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
  const auto what = "[template." + entry.key + "]";
  const auto& languages = reading.plan.languages;
  Template made;
  made.name = entry.key;
  if (!is_word(entry.key)) {
    reading.findings.error(entry.key_at, "bad-name", quoted(entry.key) + " cannot name a template",
                           "small letters, digits and _, beginning with a letter, at most 40");
  }
  TableReader table(reading, entry.value, what);
  for (const auto& part : entry.value.entries) {
    if (std::find(languages.begin(), languages.end(), part.key) == languages.end()) {
      reading.findings.error(part.key_at, "unknown-language",
                             what + " has " + quoted(part.key) + ", which is not a language of the plan",
                             suggestion(part.key, languages));
      continue;
    }
    read_language(part, what, made, reading);
  }
  for (const auto& language : languages) {
    if (table.is_table() && entry.value.find(language) == nullptr) {
      reading.findings.error(entry.value.at, "missing-language", what + " has no text in " + quoted(language));
    }
  }
  reading.plan.templates[entry.key] = std::move(made);
}

}  // namespace

void read_templates(TableReader& root, Reading& reading) {
  const Node* node = root.require("template");
  if (node == nullptr) return;
  if (node->kind != NodeKind::kTable || node->entries.size() > kMaxTemplates) {
    reading.findings.error(
        node->at, "wrong-type",
        "\"template\" is expected to hold at most " + std::to_string(kMaxTemplates) + " tables like [template.alert]");
    return;
  }
  for (const auto& entry : node->entries) read_template(entry, reading);
  for (const auto& name : required_templates()) {
    if (reading.plan.templates.count(name) != 0) continue;
    reading.findings.error(node->at, "missing-template", "the plan has no [template." + name + "]");
  }
}

}  // namespace tocsin::plan
