// Versions of the plan: read by the desk, put in force by the administrator.
#include <charconv>
#include <chrono>

#include "adapters/https/handlers.h"
#include "adapters/https/json_in.h"
#include "adapters/https/json_plans.h"

namespace tocsin::https {
namespace {

constexpr int kMostVersions = 500;
constexpr std::size_t kMostOverrides = 200;
// A plan of a hundred kinds takes two; one that takes longer is no plan to wait for with a worker in hand.
constexpr std::chrono::seconds kJudgedWithin{25};
constexpr std::size_t kLongestPlan = 8 * 1024 * 1024;  // of the text itself; the reader has a limit of its own

struct Offered {
  ports::PlanOffer offer;
  bool dry_run = false;
};

base::Result<Offered> read_offer(const Call& call) {
  Offered offered;
  auto& offer = offered.offer;
  offer.by = call.by;
  offer.via = call.request.local ? model::PlanVia::kCommandLine : model::PlanVia::kApi;
  offer.expected = expected(call);
  const auto dry_run = yes_or_no(call, "dry_run");
  if (!dry_run.ok()) return dry_run.error();
  offered.dry_run = dry_run->value_or(false);
  if (media_type(call.request.content_type) == "application/toml") {
    offer.text = call.request.body;
    return offered;
  }
  const auto object = parse_object(call.request.body, kMostPlanBytes);
  if (!object.ok()) return object.error();
  Fields fields(*object);
  offer.text = fields.document("plan", kLongestPlan);
  if (const auto name = fields.text("name", {.max_characters = 200}); !name.empty()) offer.name = name;
  offer.note = fields.text("note", {.max_characters = 500});
  offered.dry_run = fields.flag("dry_run") || offered.dry_run;
  const auto accept = fields.objects("accept", kMostOverrides);
  if (auto status = fields.finish(); !status.ok()) return status.error();
  for (const auto* one : accept) {
    Fields given(*one);
    model::PlanOverride override_given;
    override_given.finding = given.text("finding", {.required = true, .max_characters = 60});
    override_given.where = given.text("where", {.max_characters = 200});
    override_given.reason = given.text("reason", {.required = true, .max_characters = 500});
    if (auto status = given.finish(); !status.ok()) return status.error().within("accept");
    offer.accept.push_back(std::move(override_given));
  }
  return offered;
}

}  // namespace

base::Result<HttpResponse> get_plans(const Call& call) {
  const auto versions = call.door.queries().plan_versions(kMostVersions);
  if (!versions.ok()) return versions.error();
  auto response = json_response(200, plan_versions_json(*versions));
  for (const auto& v : *versions) {
    if (v.in_force && v.last_swap) return with_version(std::move(response), model::version_of(*v.last_swap));
  }
  return response;
}

base::Result<HttpResponse> get_plan_source(const Call& call) {
  const std::string& text = call.arguments.at(0);
  int version = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), version);
  if (error != std::errc{} || end != text.data() + text.size()) {
    return base::Error{base::ErrorCode::kNotFound, "no plan has that version", {}};
  }
  auto source = call.door.queries().plan_source(version);
  if (!source.ok()) return source.error();
  HttpResponse response;
  response.content_type = "application/toml";
  response.body = std::move(*source);
  return response;
}

base::Result<HttpResponse> post_plan(const Call& call) {
  auto offered = read_offer(call);
  if (!offered.ok()) return offered.error();
  auto judged = wait_for(call.door.judge_plan(std::move(offered->offer)), kJudgedWithin,
                         "not judged in time: the judge is still at it, and nothing was changed");
  if (!judged.ok()) return judged.error();
  if (!judged->may_stand) return plan_refused(*judged, call.language);
  if (offered->dry_run) return json_response(200, plan_taken_json(*judged, {}));
  const auto done = run(call, std::move(judged->command));
  if (!done.ok()) return done.error();
  const auto& taken = std::get<model::PlanTaken>(*done);
  return with_version(json_response(taken.changed ? 201 : 200, plan_taken_json(*judged, taken)),
                      model::version_of(taken.swap));
}

}  // namespace tocsin::https
