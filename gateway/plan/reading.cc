#include "gateway/plan/reading.h"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <tuple>

#include "gateway/base/text.h"
#include "gateway/base/time.h"

namespace tocsin::plan {
namespace {

using base::Said, base::said;

constexpr std::size_t kMaxCandidates = 2000;  // comparing one wrong word with all of them must stay quick

bool is_name(std::string_view name, bool hyphen_and_digit_first) {
  if (name.empty() || name.size() > 40) return false;
  const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (!lower(name[0]) && !(hyphen_and_digit_first && digit(name[0]))) return false;
  return std::all_of(name.begin(), name.end(),
                     [&](char c) { return lower(c) || digit(c) || c == '_' || (hyphen_and_digit_first && c == '-'); });
}

}  // namespace

void Findings::error(Position at, std::string code, base::Said message, base::Said hint) {
  if (full()) return;
  auto made = base::finding(base::Severity::kError, std::move(code), std::move(message), std::move(hint));
  made.file = file_name(at.file);
  made.line = at.line;
  made.column = at.column;
  found_.push_back(std::move(made));
  file_of_.push_back(at.file);
}

int Findings::add_file(std::string name) {
  files_.push_back(std::move(name));
  return static_cast<int>(files_.size()) - 1;
}

void Findings::forget_repeated(std::size_t mark) {
  if (found_.size() == mark) return;
  const auto key = [&](std::size_t i) {
    return std::tuple(file_of_[i], found_[i].line, found_[i].column, std::string_view(found_[i].code));
  };
  std::set<std::tuple<int, int, int, std::string_view>> before;
  for (std::size_t i = 0; i < mark; ++i) before.insert(key(i));
  std::vector<std::size_t> kept;
  for (std::size_t i = mark; i < found_.size(); ++i) {
    if (before.count(key(i)) == 0) kept.push_back(i);
  }
  std::size_t to = mark;
  for (const auto i : kept) {
    if (i != to) {
      found_[to] = std::move(found_[i]);
      file_of_[to] = file_of_[i];
    }
    ++to;
  }
  found_.resize(to);
  file_of_.resize(to);
}

base::Diagnostics Findings::take() {
  std::vector<std::size_t> order(found_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::tie(file_of_[a], found_[a].line, found_[a].column) <
           std::tie(file_of_[b], found_[b].line, found_[b].column);
  });
  base::Diagnostics sorted;
  for (const auto i : order) sorted.push_back(std::move(found_[i]));
  if (full()) {
    auto last = base::finding(base::Severity::kError, "too-many-findings",
                              said("stopped after {0} findings", "已有{0}处问题，不再往下查", kMaxFindings),
                              said("mend these first", "请先改正以上问题"));
    last.file = sorted.back().file;
    last.line = sorted.back().line;
    sorted.push_back(std::move(last));
  }
  return sorted;
}

void Reading::place(std::string name, Position at) {
  places.emplace(std::move(name), Place{findings.file_name(at.file), at.line, at.column});
}

std::string Reading::where(Position at) const {
  return findings.file_name(at.file) + ":" + std::to_string(at.line);
}

std::string in_quotes(std::string_view word) {
  return "\"" + base::cut(base::without_controls(word), 60) + "\"";
}

base::Said suggested(std::string_view word, const std::vector<std::string>& known) {
  if (known.size() > kMaxCandidates) return {};
  const auto near = base::nearest_name(word, known);
  if (!near.empty()) return said("did you mean {0}?", "是不是想写{0}？", in_quotes(near));
  if (known.empty() || known.size() > 20) return {};
  return said("one of: {0}", "可以写：{0}", base::listed(known));
}

Said language_name(std::string_view language) {
  if (language == "zh") return {"\"zh\"", "中文（zh）"};
  if (language == "en") return {"\"en\"", "英文（en）"};
  return base::same(in_quotes(language));
}

Said in_language(const Said& what, const std::string& language) {
  return said("{0} in {1}", "{0}（{1}）", what, language);
}

bool is_word(std::string_view name) {
  return is_name(name, false);
}
bool is_slug(std::string_view name) {
  return is_name(name, true);
}

Said slug_hint() {
  return said("small letters, digits, - and _, at most 40", "用小写字母、数字、-、_，最多40个");
}

Said word_hint() {
  return said("small letters, digits and _, beginning with a letter, at most 40",
              "用小写字母、数字和 _，以字母开头，最多40个");
}

std::vector<std::string> level_ids(const Plan& plan) {
  std::vector<std::string> ids;
  for (const auto& level : plan.levels) ids.push_back(level.id);
  return ids;
}

void wrong_type(Reading& reading, const Node& node, const Said& what, const Said& expected, const Said& hint) {
  reading.findings.error(node.at, "wrong-type",
                         said("{0} is {1}, expected {2}", "{0}写成了{1}，应当是{2}", what, named(node.kind), expected),
                         hint);
}

std::optional<std::string> clean_text(Reading& reading, const Node& node, const Said& what, std::size_t limit) {
  if (node.kind != NodeKind::kText) {
    wrong_type(reading, node, what, named(NodeKind::kText),
               node.kind == NodeKind::kWhole ? said("write it in quotes", "请加上引号") : Said{});
    return std::nullopt;
  }
  if (base::trim(node.text).empty()) {
    reading.findings.error(node.at, "empty-text", said("{0} is empty", "{0}是空的", what));
    return std::nullopt;
  }
  if (base::count_characters(node.text) > limit) {
    reading.findings.error(node.at, "too-long",
                           said("{0} is longer than {1} characters", "{0}超过{1}个字符", what, limit));
    return std::nullopt;
  }
  if (base::without_controls(node.text) != node.text) {
    reading.findings.error(node.at, "control-character",
                           said("{0} holds a control or bidi character", "{0}含有控制字符或文字方向字符", what));
    return std::nullopt;
  }
  return node.text;
}

bool fits(Reading& reading, const Node& array, const Said& what, std::size_t limit) {
  if (array.items.empty()) {
    reading.findings.error(array.at, "empty-list",
                           said("{0} is empty, expected at least one", "{0}是空的，至少要有一项", what));
    return false;
  }
  if (array.items.size() > limit) {
    reading.findings.error(
        array.at, "too-many",
        said("{0} has {1} entries, at most {2} are allowed", "{0}有{1}项，最多{2}项", what, array.items.size(), limit));
    return false;
  }
  return true;
}

TableReader::TableReader(Reading& reading, const Node& table, Table keys, Said what)
    : TableReader(reading, table, std::move(what)) {
  keys_ = &keys_of(keys);
  known_ = keys_->names();
}

TableReader::TableReader(Reading& reading, const Node& table, Table keys, std::string what)
    : TableReader(reading, table, keys, base::same(std::move(what))) {}

TableReader::TableReader(Reading& reading, const Node& table, Said what)
    : reading_(reading), node_(table), what_(std::move(what)) {
  if (!is_table()) wrong_type(reading_, node_, what_, named(NodeKind::kTable));
}

Said TableReader::subject(std::string_view key) const {
  return said("{0} of {1}", "{1}的{0}", in_quotes(key), what_);
}

Position TableReader::at(std::string_view key) const {
  const Node* value = node_.find(key);
  return value == nullptr ? node_.at : value->at;
}

const Node* TableReader::find(std::string_view key) {
  if (std::find(known_.begin(), known_.end(), key) == known_.end()) {
    assert(keys_ == nullptr || keys_->open);
    known_.emplace_back(key);
  }
  return node_.find(key);
}

const Node* TableReader::require(std::string_view key) {
  const Node* value = find(key);
  if (value == nullptr && is_table()) {
    reading_.findings.error(node_.at, "missing-key", said("{0} has no {1}", "{0}缺少{1}", what_, in_quotes(key)));
  }
  return value;
}

const Node* TableReader::find(std::string_view key, NodeKind kind) {
  const Node* value = find(key);
  if (value == nullptr || value->kind == kind) return value;
  wrong_type(reading_, *value, subject(key), named(kind));
  return nullptr;
}

std::optional<std::string> TableReader::text(std::string_view key, std::size_t limit) {
  const Node* value = find(key);
  if (value == nullptr) return std::nullopt;
  return clean_text(reading_, *value, subject(key), limit);
}

std::optional<std::string> TableReader::required_text(std::string_view key, std::size_t limit) {
  const Node* value = require(key);
  if (value == nullptr) return std::nullopt;
  return clean_text(reading_, *value, subject(key), limit);
}

std::optional<base::Duration> TableReader::duration(std::string_view key) {
  const Node* value = find(key);
  if (value == nullptr) return std::nullopt;
  const auto hint = said("write \"90s\", \"5m\", \"2h\" or \"1h30m\", at most \"3650d\"",
                         "写成 \"90s\"（90秒）、\"5m\"（5分钟）、\"2h\"（2小时）或 \"1h30m\"，最长 \"3650d\"");
  if (value->kind != NodeKind::kText) {
    wrong_type(reading_, *value, subject(key), said("a duration in quotes", "加引号的时长"), hint);
    return std::nullopt;
  }
  const auto read = base::parse_duration(value->text);
  if (!read) {
    reading_.findings.error(
        value->at, "bad-duration",
        said("{0} is not a duration: {1}", "{0}不是时长：{1}", subject(key), in_quotes(value->text)), hint);
  }
  return read;
}

std::optional<int> TableReader::whole(std::string_view key, int from, int to) {
  const Node* value = find(key, NodeKind::kWhole);
  if (value == nullptr) return std::nullopt;
  if (value->whole < from || value->whole > to) {
    reading_.findings.error(
        value->at, "out-of-range",
        said("{0} is {1}, expected {2} to {3}", "{0}是{1}，应在{2}到{3}之间", subject(key), value->whole, from, to));
    return std::nullopt;
  }
  return static_cast<int>(value->whole);
}

std::optional<bool> TableReader::flag(std::string_view key) {
  const Node* value = find(key, NodeKind::kFlag);
  if (value == nullptr) return std::nullopt;
  return value->flag;
}

std::optional<std::size_t> TableReader::one_of(std::string_view key, const std::vector<std::string>& known) {
  const Node* value = find(key);
  if (value == nullptr) return std::nullopt;
  const auto word = clean_text(reading_, *value, subject(key), kMaxNameCharacters);
  if (!word) return std::nullopt;
  const auto it = std::find(known.begin(), known.end(), *word);
  if (it == known.end()) {
    reading_.findings.error(value->at, "unknown-word",
                            said("{0} cannot be {1}", "{0}不能是{1}", subject(key), in_quotes(*word)),
                            suggested(*word, known));
    return std::nullopt;
  }
  return static_cast<std::size_t>(it - known.begin());
}

bool TableReader::spoken(const Entry& entry, const Said& what) {
  const auto& languages = reading_.plan.languages;
  if (std::find(languages.begin(), languages.end(), entry.key) != languages.end()) return true;
  reading_.findings.error(entry.key_at, "unknown-language",
                          said("{0} has {1}, which is not a language of the plan", "{0}里的{1}不是本预案使用的语言",
                               what, in_quotes(entry.key)),
                          suggested(entry.key, languages));
  return false;
}

Words TableReader::words(std::string_view key, bool required, std::size_t limit) {
  const Node* value = required ? require(key) : find(key);
  if (value == nullptr) return {};
  if (value->kind != NodeKind::kTable) {
    wrong_type(reading_, *value, subject(key), said("one text per language", "每种语言一段文字"),
               base::same(std::string(key) + " = { zh = \"...\", en = \"...\" }"));
    return {};
  }
  Words words;
  for (const auto& entry : value->entries) {
    if (!spoken(entry, subject(key))) continue;
    words[entry.key] = clean_text(reading_, entry.value, in_language(subject(key), entry.key), limit).value_or("");
  }
  for (const auto& language : reading_.plan.languages) {
    if (words.count(language) != 0) continue;
    reading_.findings.error(value->at, "missing-language",
                            said("{0} has no text in {1}", "{0}没有{1}文字", subject(key), language_name(language)));
  }
  return words;
}

WordLists TableReader::keywords(std::string_view key) {
  const Node* value = find(key, NodeKind::kTable);
  if (value == nullptr) return {};
  WordLists lists;
  for (const auto& entry : value->entries) {
    if (!spoken(entry, subject(key))) continue;
    const auto what = in_language(subject(key), entry.key);
    if (entry.value.kind != NodeKind::kArray) {
      wrong_type(reading_, entry.value, what, said("a list of texts", "文字的列表"));
      continue;
    }
    if (!fits(reading_, entry.value, what, kMaxKeywords)) continue;
    for (const auto& item : entry.value.items) {
      if (const auto word = clean_text(reading_, item, said("a keyword of {0}", "{0}的一个关键词", what_), 40)) {
        lists[entry.key].push_back(*word);
      }
    }
  }
  return lists;
}

std::vector<const Node*> TableReader::list(std::string_view key, std::size_t limit, NodeKind kind) {
  const Node* value = find(key, NodeKind::kArray);
  if (value == nullptr || !fits(reading_, *value, subject(key), limit)) return {};
  std::vector<const Node*> items;
  for (const auto& item : value->items) {
    if (item.kind == kind) {
      items.push_back(&item);
    } else {
      wrong_type(reading_, item, said("an entry of {0}", "{0}中的一项", subject(key)), named(kind));
    }
  }
  return items;
}

void TableReader::not_applicable(std::string_view key, const Said& why) {
  const Node* value = find(key);
  if (value == nullptr) return;
  reading_.findings.error(value->at, "not-applicable",
                          said("{0} means nothing in {1}: {2}", "{0}在{1}里没有意义：{2}", in_quotes(key), what_, why));
}

void TableReader::not_applicable(std::string_view key, const std::string& why) {
  not_applicable(key, base::same(why));
}

void TableReader::finish() {
  if (keys_ != nullptr && keys_->open) return;
  for (const auto& entry : node_.entries) {
    if (reading_.findings.full()) return;
    if (std::find(known_.begin(), known_.end(), entry.key) != known_.end()) continue;
    auto hint = suggested(entry.key, known_);
    if (entry.key.rfind("cap", 0) == 0) {
      hint = said("the CAP category comes with the kind and cannot be chosen; Security and Other are not used",
                  "CAP类别由灾种决定，不能另选；不使用Security和Other");
    }
    reading_.findings.error(entry.key_at, "unknown-key",
                            said("unknown key {0} in {1}", "{1}里没有{0}这个键", in_quotes(entry.key), what_), hint);
  }
}

}  // namespace tocsin::plan
