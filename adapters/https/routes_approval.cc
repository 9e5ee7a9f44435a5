// Starting a response: a tap asks for a one-time code, the code makes the decision.  Looking changes nothing.
#include "adapters/https/handlers.h"
#include "adapters/https/json_identity.h"
#include "adapters/https/json_in.h"
#include "adapters/https/rate_limiter.h"
#include "gateway/base/ids.h"

namespace tocsin::https {
namespace {

// The incident of the path; by an alert's link, that alert's own alone.
base::Result<int> code_to_decide(const Call& call) {
  if (!call.access.only_alert) return visible_code(call);
  const auto code = incident_code(call);
  if (!code.ok()) return code;
  const auto page = call.door.queries().alert_page(call.access.only_alert);
  if (!page.ok()) return page.error();
  if (!page->has_value() || (*page)->incident.code != *code)
    return base::Error{base::ErrorCode::kNotFound, "no incident has that code", {}};
  return code;
}

HttpResponse refusal(const Call& call, const model::ApprovalReply& reply) {
  if (reply.outcome == model::ApprovalOutcome::kNotNamed)
    return problem_response(Problem::kForbidden, "the plan names others to decide this", {}, call.language);
  if (reply.outcome == model::ApprovalOutcome::kWrongCode)
    return problem_response(Problem::kWrongCode, {}, {}, call.language);
  auto wait = problem_response(Problem::kTooManyRequests, "a code was asked for a moment ago", {}, call.language);
  wait.headers.emplace_back("Retry-After", std::to_string(retry_after_seconds(reply.retry_after)));
  return wait;
}

base::Result<model::ApprovalReply> ask(const Call& call, model::Command command) {
  const auto reply = run(call, std::move(command));
  if (!reply.ok()) return reply.error();
  return std::get<model::ApprovalReply>(*reply);
}

}  // namespace

base::Result<HttpResponse> post_approval_code(const Call& call) {
  const auto code = code_to_decide(call);
  if (!code.ok()) return code.error();
  const auto object = parse_object(call.request.body);
  if (!object.ok()) return object.error();
  Fields fields(*object);
  if (auto status = fields.finish(); !status.ok()) return status.error();
  const auto reply =
      ask(call, model::AskApprovalCode{call.by, *code, secret_request(), call.request.client, six_digits()});
  if (!reply.ok()) return reply.error();
  if (reply->outcome != model::ApprovalOutcome::kDone) return refusal(call, *reply);
  return json_response(202, code_asked_json(reply->request, reply->expires_at));
}

base::Result<HttpResponse> post_approval(const Call& call) {
  const auto code = code_to_decide(call);
  if (!code.ok()) return code.error();
  const auto object = parse_object(call.request.body);
  if (!object.ok()) return object.error();
  Fields fields(*object);
  const auto decision = fields.word("decision", {"approve", "decline"}, true);
  const auto request = base::from_base32(fields.text("request", {.required = true, .max_characters = 13}));
  const auto one_time_code = fields.text("code", {.required = true, .max_characters = 6});
  if (auto status = fields.finish(); !status.ok()) return status.error();
  const auto reply = ask(call, model::Approve{call.by, *code, decision == "approve",
                                              model::SignInId{request.value_or(0)}, one_time_code, expected(call)});
  if (!reply.ok()) return reply.error();
  if (reply->outcome != model::ApprovalOutcome::kDone) return refusal(call, *reply);
  return json_response(200, decided_json(*reply));
}

}  // namespace tocsin::https
