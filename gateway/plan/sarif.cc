#include "gateway/plan/sarif.h"

#include <map>
#include <nlohmann/json.hpp>

#include "gateway/plan/finding_codes.h"

namespace tocsin::plan {
namespace {

using Json = nlohmann::ordered_json;

const char* level_of(base::Severity severity) {
  switch (severity) {
    case base::Severity::kError: break;
    case base::Severity::kWarning: return "warning";
    case base::Severity::kNote: return "note";
  }
  return "error";
}

Json rule(const std::string& code) {
  Json made{{"id", code}};
  if (const auto* known = finding_code(code)) {
    made["shortDescription"] = {{"text", known->meaning.en}};
    made["fullDescription"] = {{"text", known->meaning.en + "\n" + known->meaning.zh}};
  }
  return made;
}

std::string with_hint(const std::string& message, const std::string& hint) {
  return hint.empty() ? message : message + "\n" + hint;
}

// A path of SARIF is a URI reference: everything but the plain letters is escaped.
std::string as_uri(const std::string& path) {
  constexpr const char* kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : path) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' ||
                       c == '.' || c == '-' || c == '_' || c == '~';
    if (plain) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += {'%', kHex[byte >> 4U], kHex[byte & 15U]};
  }
  return out;
}

Json result(const base::Diagnostic& finding, std::size_t rule_index, bool chinese) {
  const auto en = with_hint(finding.message, finding.hint);
  const auto zh = finding.message_zh.empty() ? std::string() : with_hint(finding.message_zh, finding.hint_zh);
  Json made{{"ruleId", finding.code},
            {"ruleIndex", rule_index},
            {"level", level_of(finding.severity)},
            {"message", {{"text", chinese && !zh.empty() ? zh : en}}}};
  Json place{{"artifactLocation", {{"uri", as_uri(finding.file)}}}};
  if (finding.line > 0) {
    place["region"] = {{"startLine", finding.line}};
    if (finding.column > 0) place["region"]["startColumn"] = finding.column;
  }
  Json location = Json::object();
  if (!finding.file.empty()) location["physicalLocation"] = std::move(place);
  if (!finding.where.empty()) {
    location["logicalLocations"] = Json::array({Json{{"fullyQualifiedName", finding.where}}});
  }
  if (!location.empty()) made["locations"] = Json::array({std::move(location)});
  made["properties"] = {{"message_en", en}};
  if (!zh.empty()) made["properties"]["message_zh"] = zh;
  return made;
}

}  // namespace

std::string sarif(const base::Diagnostics& findings, const std::string& version, bool chinese) {
  Json rules = Json::array(), results = Json::array();
  std::map<std::string, std::size_t> index;
  for (const auto& finding : findings) {
    const auto known = index.emplace(finding.code, index.size());
    if (known.second) rules.push_back(rule(finding.code));
    results.push_back(result(finding, known.first->second, chinese));
  }
  Json driver{{"name", "tocsin plan check"}, {"version", version}, {"rules", std::move(rules)}};
  Json run{
      {"tool", {{"driver", std::move(driver)}}}, {"columnKind", "unicodeCodePoints"}, {"results", std::move(results)}};
  const Json log{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                 {"version", "2.1.0"},
                 {"runs", Json::array({std::move(run)})}};
  return log.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace tocsin::plan
