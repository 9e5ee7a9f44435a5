// What would happen under a plan, what differs between two, and whether a link carries: asked before it counts.
#include <algorithm>
#include <chrono>

#include "adapters/https/handlers.h"
#include "adapters/https/json_in.h"
#include "adapters/https/json_plans.h"
#include "adapters/https/json_text.h"
#include "gateway/base/ids.h"

namespace tocsin::https {
namespace {

constexpr std::chrono::seconds kLookedAtWithin{25};
constexpr std::size_t kLongestPlan = 8UL * 1024 * 1024;
constexpr const char* kTooLate = "not worked out in time: it is still under way, and nothing was changed";

// `plan` (a text) or `version`; neither is the one in force.
base::Result<ports::PlanWanted> read_wanted(Fields& fields) {
  ports::PlanWanted wanted;
  wanted.text = fields.document("plan", kLongestPlan, false);
  const auto version = fields.whole_number("version", false);
  if (version && !wanted.text.empty()) return base::invalid("version: give a plan or a version", "version");
  wanted.version = static_cast<int>(version.value_or(0));
  return wanted;
}

base::Result<ports::PlanWanted> read_side(const JsonObject& body, const std::string& side) {
  const auto found = std::find_if(body.begin(), body.end(), [&](const JsonMember& one) { return one.key == side; });
  const auto* object = found == body.end() ? nullptr : std::get_if<JsonObject>(&found->value.value);
  if (object == nullptr) return base::invalid(side + ": expected an object with a plan or a version", side);
  Fields fields(*object);
  auto wanted = read_wanted(fields);
  if (auto status = fields.finish(); !status.ok()) return status.error().within(side);
  return wanted;
}

base::Status read_report(const JsonObject& object, const ports::PlanForm& form, ports::RehearsalWish& wish) {
  Fields fields(object);
  wish.hazard = fields.text("hazard", {.max_characters = 64});
  wish.facts = fields.facts("facts", form);
  wish.area = fields.text("area", {.max_characters = 100});
  wish.place = fields.text("place", {.max_characters = 300});
  wish.text = fields.text("text", {.max_characters = 500});
  (void)fields.time("occurred_at");  // a report's; what happens does not depend on it
  if (auto status = fields.finish(); !status.ok()) return status.error().within("report");
  return base::Done{};
}

base::Result<HttpResponse> answer_with(const Call& call, base::Result<ports::PlanLookedAt> looked) {
  if (!looked.ok()) return looked.error();
  if (!looked->readable) return plan_refused(looked->refused, call.language);
  if (looked->svg.empty()) return json_response(200, std::move(looked->json));
  auto json = std::move(looked->json);
  json.erase(json.rfind('}'));  // one member more
  return json_response(200, json + ",\"svg\":" + quoted_json(looked->svg) + "}");
}

}  // namespace

base::Result<HttpResponse> post_plan_simulation(const Call& call) {
  const auto object = parse_object(call.request.body, kMostPlanBytes);
  if (!object.ok()) return object.error();
  const auto report =
      std::find_if(object->begin(), object->end(), [](const JsonMember& m) { return m.key == "report"; });
  const auto* words = report == object->end() ? nullptr : std::get_if<JsonObject>(&report->value.value);
  if (words == nullptr) return base::invalid("report: is missing", "report");
  Fields fields(*object);
  ports::RehearsalWish wish;
  auto plan = read_wanted(fields);
  fields.known("report");
  wish.at = fields.time("at");
  wish.on_leave = fields.names("on_leave");
  wish.all_answer = fields.flag("all_answer");
  wish.drawing = fields.flag("drawing");
  (void)fields.flag("drill");  // goes the same way; only its texts are marked
  if (auto status = fields.finish(); !status.ok()) return status.error();
  if (!plan.ok()) return plan.error();
  wish.plan = std::move(*plan);
  // The attributes of another plan than the one in force are for that plan to judge.
  const bool in_force = wish.plan.text.empty() && wish.plan.version == 0;
  const auto form = in_force ? call.door.plan_form(call.language) : ports::PlanForm{};
  if (auto status = read_report(*words, form, wish); !status.ok()) return status.error();
  wish.language = call.language;
  return answer_with(call, wait_for(call.door.simulate_plan(std::move(wish)), kLookedAtWithin, kTooLate));
}

base::Result<HttpResponse> post_plan_comparison(const Call& call) {
  const auto object = parse_object(call.request.body, 2 * kMostPlanBytes);
  if (!object.ok()) return object.error();
  Fields fields(*object);
  fields.known("before");
  fields.known("after");
  if (auto status = fields.finish(); !status.ok()) return status.error();
  auto before = read_side(*object, "before");
  if (!before.ok()) return before.error();
  auto after = read_side(*object, "after");
  if (!after.ok()) return after.error();
  return answer_with(
      call, wait_for(call.door.compare_plans({std::move(*before), std::move(*after)}), kLookedAtWithin, kTooLate));
}

base::Result<HttpResponse> post_link_probe(const Call& call) {
  const auto object = parse_object(call.request.body);
  if (!object.ok()) return object.error();
  Fields fields(*object);
  if (auto status = fields.finish(); !status.ok()) return status.error();
  const auto done = run(call, model::ProbeLink{call.by, call.arguments.at(0)});
  if (!done.ok()) return done.error();
  const auto& sent = std::get<model::ProbeSent>(*done);
  return json_response(202, ObjectText().text("probe", base::to_base32(sent.delivery.value)).done());
}

}  // namespace tocsin::https
