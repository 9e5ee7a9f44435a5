// What `plan diff` and `plan test` print as JSON; docs/cli.md lists the keys.
#include <nlohmann/json.hpp>

#include "gateway/rehearse/diff.h"
#include "gateway/rehearse/run_cases.h"

namespace tocsin::rehearse {
namespace {

using base::Said;
using Json = nlohmann::ordered_json;

Json text_or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

void put(Json& object, const std::string& key, const Said& words) {
  object[key] = text_or_null(words.en);
  object[key + "_zh"] = text_or_null(words.zh);
}

Json json_of(const Change& change) {
  Json object;
  object["what"] = change.what;
  object["about"] = change.about;
  put(object, "subject", change.subject);
  put(object, "before", change.before);
  put(object, "after", change.after);
  const bool graded = change.what == "level" || change.what == "grade";
  object["was"] = graded ? text_or_null(change.was) : Json(nullptr);
  object["now"] = graded ? text_or_null(change.now) : Json(nullptr);
  put(object, "when", change.when);
  object["people"] = change.people;
  return object;
}

Json plan_of(const std::string& name, const std::string& version, const std::string& digest) {
  return Json{{"name", name}, {"version", version}, {"digest", digest}};
}

Json json_of(const std::vector<Played>& list) {
  Json never = Json::array();
  for (const auto& one : list) {
    if (one.times == 0) never.push_back(one.name);
  }
  return {{"all", list.size()}, {"played", list.size() - never.size()}, {"never", never}};
}

}  // namespace

std::string to_json(const PlanDiff& diff) {
  Json json;
  json["before"] = plan_of(diff.before, diff.before_version, diff.before_digest);
  json["after"] = plan_of(diff.after, diff.after_version, diff.after_digest);
  json["same"] = diff.same();
  json["changes"] = Json::array();
  for (const auto& change : diff.changes) json["changes"].push_back(json_of(change));
  json["left_out"] = Json::array();
  for (const auto& left : diff.left_out) json["left_out"].push_back({{"text", left.en}, {"text_zh", left.zh}});
  json["reports"] = diff.reports;
  json["texts"] = diff.texts;
  json["call_outs"] = diff.call_outs;
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string to_json(const CasesRun& run, const std::vector<CasePlace>& places) {
  Json json;
  json["ok"] = run.failed() == 0;
  json["directory"] = run.with_directory;
  json["failed"] = run.failed();
  json["cases"] = Json::array();
  for (const auto& one : run.cases) {
    Json object{{"name", one.name}, {"passed", one.passed()}, {"file", nullptr}, {"line", nullptr}};
    for (const auto& place : places) {
      if (place.name != one.name || place.line == 0) continue;
      object["file"] = place.file;
      object["line"] = place.line;
    }
    object["failures"] = Json::array();
    for (const auto& failure : one.failures) {
      object["failures"].push_back({{"message", failure.message},
                                    {"message_zh", failure.message_zh},
                                    {"reason", failure.hint.empty() ? Json(nullptr) : Json(failure.hint)},
                                    {"reason_zh", failure.hint_zh.empty() ? Json(nullptr) : Json(failure.hint_zh)}});
    }
    object["skipped"] = one.skipped;
    json["cases"].push_back(std::move(object));
  }
  const auto& coverage = run.coverage;
  json["coverage"] = {{"clauses", json_of(coverage.clauses)},
                      {"grades", json_of(coverage.grades)},
                      {"responses", json_of(coverage.responses)},
                      {"steps", json_of(coverage.steps)},
                      {"hours", json_of(coverage.hours)}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace tocsin::rehearse
