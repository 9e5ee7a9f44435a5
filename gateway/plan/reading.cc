#include "gateway/plan/reading.h"

#include <algorithm>
#include <tuple>

#include "gateway/base/text.h"
#include "gateway/base/time.h"

namespace tocsin::plan {
namespace {

bool is_name(std::string_view name, bool hyphen_and_digit_first) {
  if (name.empty() || name.size() > 40) return false;
  const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (!lower(name[0]) && !(hyphen_and_digit_first && digit(name[0]))) return false;
  return std::all_of(name.begin(), name.end(),
                     [&](char c) { return lower(c) || digit(c) || c == '_' || (hyphen_and_digit_first && c == '-'); });
}

}  // namespace

void Findings::error(Position at, std::string code, std::string message, std::string hint) {
  if (full()) return;
  found_.push_back(
      {base::Severity::kError, std::move(code), file_, at.line, at.column, std::move(message), std::move(hint)});
}

base::Diagnostics Findings::take() {
  std::stable_sort(found_.begin(), found_.end(), [](const base::Diagnostic& a, const base::Diagnostic& b) {
    return std::tie(a.line, a.column) < std::tie(b.line, b.column);
  });
  if (full()) {
    found_.push_back({base::Severity::kError, "too-many-findings", file_, found_.back().line, 0,
                      "stopped after " + std::to_string(kMaxFindings) + " findings", "mend these first"});
  }
  return std::move(found_);
}

std::string quoted(std::string_view word) {
  return "\"" + base::cut(base::without_controls(word), 60) + "\"";
}

std::string suggestion(std::string_view word, const std::vector<std::string>& known) {
  const auto near = base::nearest_name(word, known);
  if (!near.empty()) return "did you mean " + quoted(near) + "?";
  if (known.empty() || known.size() > 20) return {};
  std::string all = "one of: ";
  for (std::size_t i = 0; i < known.size(); ++i) all += (i == 0 ? "" : ", ") + known[i];
  return all;
}

bool is_word(std::string_view name) {
  return is_name(name, false);
}
bool is_slug(std::string_view name) {
  return is_name(name, true);
}

std::vector<std::string> level_ids(const Plan& plan) {
  std::vector<std::string> ids;
  for (const auto& level : plan.levels) ids.push_back(level.id);
  return ids;
}

std::optional<std::string> clean_text(Reading& reading, const Node& node, const std::string& what, std::size_t limit) {
  if (node.kind != NodeKind::kText) {
    reading.findings.error(node.at, "wrong-type", what + " is " + in_words(node.kind) + ", expected a text",
                           node.kind == NodeKind::kWhole ? "write it in quotes" : "");
    return std::nullopt;
  }
  if (base::trim(node.text).empty()) {
    reading.findings.error(node.at, "empty-text", what + " is empty");
    return std::nullopt;
  }
  if (base::count_characters(node.text) > limit) {
    reading.findings.error(node.at, "too-long", what + " is longer than " + std::to_string(limit) + " characters");
    return std::nullopt;
  }
  if (base::without_controls(node.text) != node.text) {
    reading.findings.error(node.at, "control-character", what + " holds a control or bidi character");
    return std::nullopt;
  }
  return node.text;
}

bool fits(Reading& reading, const Node& array, const std::string& what, std::size_t limit) {
  if (array.items.empty()) {
    reading.findings.error(array.at, "empty-list", what + " is empty, expected at least one");
    return false;
  }
  if (array.items.size() > limit) {
    reading.findings.error(array.at, "too-many",
                           what + " has " + std::to_string(array.items.size()) + " entries, at most " +
                               std::to_string(limit) + " are allowed");
    return false;
  }
  return true;
}

TableReader::TableReader(Reading& reading, const Node& table, std::string what)
    : reading_(reading), node_(table), what_(std::move(what)) {
  if (!is_table()) {
    reading_.findings.error(node_.at, "wrong-type", what_ + " is " + in_words(node_.kind) + ", expected a table");
  }
}

Position TableReader::at(std::string_view key) const {
  const Node* value = node_.find(key);
  return value == nullptr ? node_.at : value->at;
}

const Node* TableReader::find(std::string_view key) {
  if (std::find(known_.begin(), known_.end(), key) == known_.end()) known_.emplace_back(key);
  return node_.find(key);
}

const Node* TableReader::require(std::string_view key) {
  const Node* value = find(key);
  if (value == nullptr && is_table()) {
    reading_.findings.error(node_.at, "missing-key", what_ + " has no " + quoted(key));
  }
  return value;
}

const Node* TableReader::find(std::string_view key, NodeKind kind) {
  const Node* value = find(key);
  if (value == nullptr || value->kind == kind) return value;
  reading_.findings.error(
      value->at, "wrong-type",
      quoted(key) + " of " + what_ + " is " + in_words(value->kind) + ", expected " + in_words(kind));
  return nullptr;
}

std::optional<std::string> TableReader::text(std::string_view key, std::size_t limit) {
  const Node* value = find(key);
  if (value == nullptr) return std::nullopt;
  return clean_text(reading_, *value, quoted(key) + " of " + what_, limit);
}

std::optional<std::string> TableReader::required_text(std::string_view key, std::size_t limit) {
  const Node* value = require(key);
  if (value == nullptr) return std::nullopt;
  return clean_text(reading_, *value, quoted(key) + " of " + what_, limit);
}

std::optional<base::Duration> TableReader::duration(std::string_view key) {
  const Node* value = find(key);
  if (value == nullptr) return std::nullopt;
  const auto subject = quoted(key) + " of " + what_;
  const std::string hint = "write \"90s\", \"5m\", \"2h\" or \"1h30m\", at most \"3650d\"";
  if (value->kind != NodeKind::kText) {
    reading_.findings.error(value->at, "wrong-type",
                            subject + " is " + in_words(value->kind) + ", expected a duration in quotes", hint);
    return std::nullopt;
  }
  const auto read = base::parse_duration(value->text);
  if (!read) {
    reading_.findings.error(value->at, "bad-duration", subject + " is not a duration: " + quoted(value->text), hint);
  }
  return read;
}

std::optional<int> TableReader::whole(std::string_view key, int from, int to) {
  const Node* value = find(key, NodeKind::kWhole);
  if (value == nullptr) return std::nullopt;
  if (value->whole < from || value->whole > to) {
    reading_.findings.error(value->at, "out-of-range",
                            quoted(key) + " of " + what_ + " is " + std::to_string(value->whole) + ", expected " +
                                std::to_string(from) + " to " + std::to_string(to));
    return std::nullopt;
  }
  return static_cast<int>(value->whole);
}

std::optional<std::size_t> TableReader::one_of(std::string_view key, const std::vector<std::string>& known) {
  const Node* value = find(key);
  if (value == nullptr) return std::nullopt;
  const auto subject = quoted(key) + " of " + what_;
  const auto word = clean_text(reading_, *value, subject, kMaxNameCharacters);
  if (!word) return std::nullopt;
  const auto it = std::find(known.begin(), known.end(), *word);
  if (it == known.end()) {
    reading_.findings.error(value->at, "unknown-word", subject + " cannot be " + quoted(*word),
                            suggestion(*word, known));
    return std::nullopt;
  }
  return static_cast<std::size_t>(it - known.begin());
}

Words TableReader::words(std::string_view key, bool required, std::size_t limit) {
  const Node* value = required ? require(key) : find(key);
  if (value == nullptr) return {};
  const auto subject = quoted(key) + " of " + what_;
  const auto& languages = reading_.plan.languages;
  if (value->kind != NodeKind::kTable) {
    reading_.findings.error(value->at, "wrong-type",
                            subject + " is " + in_words(value->kind) + ", expected one text per language",
                            std::string(key) + " = { zh = \"...\", en = \"...\" }");
    return {};
  }
  Words words;
  for (const auto& entry : value->entries) {
    if (std::find(languages.begin(), languages.end(), entry.key) == languages.end()) {
      reading_.findings.error(entry.key_at, "unknown-language",
                              subject + " has " + quoted(entry.key) + ", which is not a language of the plan",
                              suggestion(entry.key, languages));
      continue;
    }
    words[entry.key] = clean_text(reading_, entry.value, subject + " in " + entry.key, limit).value_or("");
  }
  for (const auto& language : languages) {
    if (words.count(language) == 0) {
      reading_.findings.error(value->at, "missing-language", subject + " has no text in " + quoted(language));
    }
  }
  return words;
}

WordLists TableReader::keywords(std::string_view key) {
  const Node* value = find(key, NodeKind::kTable);
  if (value == nullptr) return {};
  const auto subject = quoted(key) + " of " + what_;
  const auto& languages = reading_.plan.languages;
  WordLists lists;
  for (const auto& entry : value->entries) {
    if (std::find(languages.begin(), languages.end(), entry.key) == languages.end()) {
      reading_.findings.error(entry.key_at, "unknown-language",
                              subject + " has " + quoted(entry.key) + ", which is not a language of the plan",
                              suggestion(entry.key, languages));
      continue;
    }
    const auto in_language = subject + " in " + entry.key;
    if (entry.value.kind != NodeKind::kArray) {
      reading_.findings.error(entry.value.at, "wrong-type",
                              in_language + " is " + in_words(entry.value.kind) + ", expected a list of texts");
      continue;
    }
    if (!fits(reading_, entry.value, in_language, kMaxKeywords)) continue;
    for (const auto& item : entry.value.items) {
      if (auto word = clean_text(reading_, item, "a keyword of " + what_, 40)) lists[entry.key].push_back(*word);
    }
  }
  return lists;
}

std::vector<const Node*> TableReader::list(std::string_view key, std::size_t limit, NodeKind kind) {
  const Node* value = find(key, NodeKind::kArray);
  const auto subject = quoted(key) + " of " + what_;
  if (value == nullptr || !fits(reading_, *value, subject, limit)) return {};
  std::vector<const Node*> items;
  for (const auto& item : value->items) {
    if (item.kind == kind) {
      items.push_back(&item);
    } else {
      reading_.findings.error(item.at, "wrong-type",
                              "an entry of " + subject + " is " + in_words(item.kind) + ", expected " + in_words(kind));
    }
  }
  return items;
}

void TableReader::not_applicable(std::string_view key, const std::string& why) {
  const Node* value = find(key);
  if (value == nullptr) return;
  reading_.findings.error(value->at, "not-applicable", quoted(key) + " means nothing in " + what_ + ": " + why);
}

void TableReader::finish() {
  for (const auto& entry : node_.entries) {
    if (reading_.findings.full()) return;
    if (std::find(known_.begin(), known_.end(), entry.key) != known_.end()) continue;
    auto hint = suggestion(entry.key, known_);
    if (entry.key.rfind("cap", 0) == 0) {
      hint = "the CAP category comes with the kind and cannot be chosen; Security and Other are not used";
    }
    reading_.findings.error(entry.key_at, "unknown-key", "unknown key " + quoted(entry.key) + " in " + what_, hint);
  }
}

}  // namespace tocsin::plan
