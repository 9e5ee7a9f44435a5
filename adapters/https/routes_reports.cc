#include "adapters/https/handlers.h"
#include "adapters/https/json_in.h"

namespace tocsin::https {

base::Result<HttpResponse> post_report(const Call& call) {
  auto report = read_report(call.request.body, call.door.plan_form(call.language));
  if (!report.ok()) return report.error();
  report->by = call.by;
  report->via = model::ReportVia::kApi;
  const auto reply = run(call, std::move(*report));
  if (!reply.ok()) return reply.error();
  const auto& submitted = std::get<model::SubmittedReport>(*reply);
  return json_response(submitted.repeated ? 200 : 201, submitted_json(submitted));
}

}  // namespace tocsin::https
