#include "gateway/plan/schema.h"

#include <nlohmann/json.hpp>

#include "gateway/model/kinds.h"
#include "gateway/plan/keys.h"
#include "gateway/plan/limits.h"
#include "gateway/plan/toml_tree.h"

namespace tocsin::plan {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kWordName = "^[a-z][a-z0-9_]{0,39}$";
constexpr const char* kSlug = "^[a-z0-9][a-z0-9_-]{0,39}$";
constexpr const char* kSelectorPattern = "^(post|unit|group|area|area\\+up|duty):[a-z0-9][a-z0-9_-]*$";
constexpr const char* kWhomPattern = "^(post|unit|group|area|area\\+up|duty|person):[a-z0-9][a-z0-9_-]*$";
constexpr const char* kDurationPattern = "^([0-9]+(ms|s|m|h|d))+$";

Json text_like(const char* pattern) {
  return {{"type", "string"}, {"pattern", pattern}};
}

Json text_of(int most) {
  return {{"type", "string"}, {"maxLength", most}};
}

Json one_of_words(const std::vector<std::string>& words) {
  Json made{{"enum", Json::array()}};
  for (const auto& word : words) made["enum"].push_back(word);
  return made;
}

std::vector<std::string> kinds(bool unclassified) {
  std::vector<std::string> names;
  for (const auto& kind : model::all_kinds()) names.emplace_back(kind.name);
  if (unclassified) names.emplace_back("unclassified");
  return names;
}

Json reference(Table table) {
  return {{"$ref", "#/$defs/" + keys_of(table).id}};
}

// One text, or one list of texts, for each language; which languages there are is the plan's to say.
Json by_language(const Json& value) {
  return {{"type", "object"},
          {"properties", {{"zh", value}, {"en", value}}},
          {"additionalProperties", false},
          {"minProperties", 1}};
}

Json clause(int most) {
  const Json choice = text_like(kWordName);
  return {{"type", "object"},
          {"minProperties", 1},
          {"maxProperties", most},
          {"propertyNames", {{"pattern", kWordName}}},
          {"additionalProperties",
           {{"anyOf",
             {{{"type", "boolean"}},
              {{"type", "integer"}, {"minimum", 0}},
              text_like("^([0-9]+(\\.[0-9]+)?\\.\\.([0-9]+(\\.[0-9]+)?)?|\\.\\.[0-9]+(\\.[0-9]+)?|[a-z][a-z0-9_]*)$"),
              {{"type", "array"}, {"items", choice}, {"minItems", 1}, {"maxItems", kMaxChoices}}}}}}};
}

Json one(const Key& key) {
  switch (key.holds) {
    case Holds::kText: return text_of(key.to);
    case Holds::kWords: return by_language(text_of(key.to));
    case Holds::kKeywords:
      return by_language({{"type", "array"},
                          {"items", text_of(static_cast<int>(kMaxKeywordCharacters))},
                          {"minItems", 1},
                          {"maxItems", kMaxKeywords}});
    case Holds::kDuration: return text_like(kDurationPattern);
    case Holds::kDistance: return text_like("^[0-9]+(\\.[0-9]{1,3})?k?m$");
    case Holds::kWhole: return {{"type", "integer"}, {"minimum", key.from}, {"maximum", key.to}};
    case Holds::kFlag: return {{"type", "boolean"}};
    case Holds::kWord: return one_of_words(key.words);
    case Holds::kWordName: return text_like(kWordName);
    case Holds::kSlug: return text_like(kSlug);
    case Holds::kStepName: return text_like("^[a-z0-9][a-z0-9_@+:-]*$");
    case Holds::kLevelId: return text_like("^[A-Za-z0-9_-]{1,12}$");
    case Holds::kKind: return one_of_words(kinds(false));
    case Holds::kKindOrNone: return one_of_words(kinds(true));
    case Holds::kBase: return text_like("^([a-z_]+/)?[A-Za-z0-9_-]{1,12}$");
    case Holds::kSelector: return text_like(kSelectorPattern);
    case Holds::kWhom: return text_like(kWhomPattern);
    case Holds::kEnough:
      return {{"anyOf", {{{"const", "all"}}, {{"type", "integer"}, {"minimum", key.from}, {"maximum", key.to}}}}};
    case Holds::kDayTime: return text_like("^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$");
    case Holds::kDate: return text_like("^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
    case Holds::kMoment: return text_like("^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}$");
    case Holds::kPath: return {{"type", "string"}, {"pattern", "^[^/].*\\.toml$"}};
    case Holds::kClause: return clause(key.to);
    case Holds::kTable: return reference(key.table);
    case Holds::kWhomOrTold: return {{"anyOf", {text_like(kWhomPattern), reference(Table::kTold)}}};
  }
  return Json::object();
}

Json names_of(Holds named) {
  if (named == Holds::kKind) return one_of_words(kinds(false));
  return {{"pattern", named == Holds::kWordName ? kWordName : kSlug}};
}

Json list_of(const Key& key, const Json& item) {
  return {{"type", "array"}, {"items", item}, {"minItems", key.least}, {"maxItems", key.entries}};
}

Json to_json(const Node& node) {
  switch (node.kind) {
    case NodeKind::kText: return node.text;
    case NodeKind::kWhole: return node.whole;
    case NodeKind::kReal: return node.real;
    case NodeKind::kFlag: return node.flag;
    case NodeKind::kMoment: break;
    case NodeKind::kArray: {
      Json items = Json::array();
      for (const auto& item : node.items) items.push_back(to_json(item));
      return items;
    }
    case NodeKind::kTable: {
      Json made = Json::object();
      for (const auto& entry : node.entries) made[entry.key] = to_json(entry.value);
      return made;
    }
  }
  return nullptr;
}

// The key as an editor shows it: both languages, default and example.
Json property(const Key& key) {
  Json made = one(key);
  if (key.many == Many::kList) made = list_of(key, made);
  if (key.many == Many::kOneOrList) made = {{"anyOf", {made, list_of(key, made)}}};
  if (key.many == Many::kByName) {
    made = {{"type", "object"}, {"propertyNames", names_of(key.named)}, {"additionalProperties", made}};
  }
  const auto otherwise =
      key.required ? base::Said{"required", "必填"} : base::said("otherwise: {0}", "不写时：{0}", key.otherwise);
  const auto told = base::said("{0} ({1}; {2})", "{0}（{1}；{2}）", key.meaning, type_of(key), otherwise);
  made["description"] = told.en + "\n" + told.zh;
  if (!key.example.empty()) {
    const auto example = parse_toml("x = " + key.example);
    if (example.root) made["examples"] = Json::array({to_json(example.root->entries.front().value)});
  }
  return made;
}

Json object_of(const TableKeys& table) {
  Json made{
      {"type", "object"}, {"description", table.title.en + "\n" + table.title.zh}, {"properties", Json::object()}};
  Json required = Json::array();
  for (const auto& key : table.keys) {
    made["properties"][key.name] = property(key);
    if (key.required) required.push_back(key.name);
  }
  if (!required.empty()) made["required"] = std::move(required);
  if (!table.open) {
    made["additionalProperties"] = false;
    return made;
  }
  made["propertyNames"] = {{"pattern", kWordName}};
  made["additionalProperties"] = {{"type", {"boolean", "integer", "number", "string"}}};
  return made;
}

}  // namespace

std::string json_schema(SchemaOf file) {
  const bool holidays = file == SchemaOf::kHolidays;
  Json schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
              {"title", holidays ? "tocsin: holidays of a plan" : "tocsin: a plan"},
              {"$ref", "#/$defs/" + keys_of(holidays ? Table::kHolidays : Table::kFile).id},
              {"$defs", Json::object()}};
  for (const auto& table : all_tables()) schema["$defs"][table.id] = object_of(table);
  schema["$defs"]["file"].erase("required");  // an included file brings any part of a plan
  return schema.dump(2, ' ', false) + "\n";
}

}  // namespace tocsin::plan
