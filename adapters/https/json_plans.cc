#include "adapters/https/json_plans.h"

#include "adapters/https/json_out.h"
#include "adapters/https/json_text.h"
#include "gateway/base/time.h"

namespace tocsin::https {
namespace {

std::string override_json(const model::PlanOverride& given) {
  return ObjectText()
      .text("finding", given.finding)
      .null_or_text("where", given.where)
      .text("reason", given.reason)
      .done();
}

std::string kept_json(const model::KeptOverride& kept) {
  return ObjectText()
      .text("finding", kept.given.finding)
      .null_or_text("where", kept.given.where)
      .text("reason", kept.given.reason)
      .text("by", kept.by)
      .text("at", base::to_rfc3339(kept.at))
      .done();
}

std::string version_json(const model::PlanVersion& v) {
  std::vector<std::string> overrides;
  for (const auto& kept : v.overrides) overrides.push_back(kept_json(kept));
  ObjectText json;
  json.raw("version", std::to_string(v.version))
      .null_or_text("name", v.name)
      .null_or_text("label", v.label)
      .text("digest", v.digest)
      .flag("in_force", v.in_force)
      .text("kept_at", base::to_rfc3339(v.kept_at));
  if (v.last_swap) {
    json.text("in_force_since", base::to_rfc3339(v.last_swap->at))
        .text("by", v.last_swap->by)
        .text("via", model::name_of(v.last_swap->via))
        .null_or_text("note", v.last_swap->note);
  } else {
    json.raw("in_force_since", "null").raw("by", "null").raw("via", "null").raw("note", "null");
  }
  return json.raw("open_incidents", std::to_string(v.open_incidents)).raw("accepted", list_json(overrides)).done();
}

std::string findings_json(const ports::PlanJudged& judged) {
  std::vector<std::string> all;
  for (const auto& one : judged.findings) {
    const auto& f = one.finding;
    all.push_back(ObjectText()
                      .text("severity", base::name_of(f.severity))
                      .text("code", f.code)
                      .text("standing", one.standing)
                      .text("file", f.file)
                      .raw("line", std::to_string(f.line))
                      .raw("column", std::to_string(f.column))
                      .null_or_text("where", f.where)
                      .text("message", f.message)
                      .null_or_text("hint", f.hint)
                      .null_or_text("message_zh", f.message_zh)
                      .null_or_text("hint_zh", f.hint_zh)
                      .done());
  }
  return list_json(all);
}

std::string unused_json(const ports::PlanJudged& judged) {
  std::vector<std::string> all;
  for (const auto& one : judged.unused) all.push_back(override_json(one));
  return list_json(all);
}

}  // namespace

std::string plan_versions_json(const std::vector<model::PlanVersion>& versions) {
  std::vector<std::string> all;
  std::string in_force = "null";
  for (const auto& v : versions) {
    all.push_back(version_json(v));
    if (v.in_force) in_force = std::to_string(v.version);
  }
  return ObjectText().raw("in_force", in_force).raw("plans", list_json(all)).done();
}

std::string plan_taken_json(const ports::PlanJudged& judged, const std::optional<model::PlanTaken>& taken) {
  ObjectText json;
  json.raw("version", taken ? std::to_string(taken->swap.version) : "null")
      .flag("changed", taken && taken->changed)
      .flag("dry_run", !taken.has_value());
  return json.text("digest", judged.digest)
      .text("name", judged.name)
      .text("label", judged.label)
      .raw("accepted", std::to_string(judged.accepted))
      .raw("unused", unused_json(judged))
      .raw("findings", findings_json(judged))
      .done();
}

HttpResponse plan_refused(const ports::PlanJudged& judged, std::string_view language) {
  auto response = problem_response(Problem::kPlanRefused, judged.why_not.in(language == "zh"), {}, language);
  response.body.pop_back();  // the brace
  response.body += ",\"digest\":" + (judged.digest.empty() ? "null" : quoted_json(judged.digest)) +
                   ",\"unused\":" + unused_json(judged) + ",\"findings\":" + findings_json(judged) + "}";
  return response;
}

}  // namespace tocsin::https
