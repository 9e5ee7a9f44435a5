#include "adapters/https/handlers.h"
#include "adapters/https/json_in.h"
#include "gateway/ports/scenes.h"

namespace tocsin::https {

base::Result<HttpResponse> post_report(const Call& call) {
  auto report = read_report(call.request.body, call.door.plan_form(call.language));
  if (!report.ok()) return report.error();
  report->by = call.by;
  report->via = way_of(call.access);
  const auto reply = run(call, std::move(*report));
  if (!reply.ok()) return reply.error();
  const auto& submitted = std::get<model::SubmittedReport>(*reply);
  return json_response(submitted.repeated ? 200 : 201, submitted_json(submitted));
}

namespace {

base::Result<IncidentCodes> codes_of(const Call& call, const std::vector<model::Report>& reports) {
  std::vector<model::IncidentId> ids;
  for (const auto& report : reports) ids.push_back(report.incident);
  return incident_codes(call, ids);
}

base::Result<Standings> standings_of(const Call& call, const std::vector<model::Report>& reports) {
  const auto* scenes = call.door.scenes();
  if (scenes == nullptr) return Standings{};
  std::vector<model::IncidentId> ids;
  for (const auto& report : reports) ids.push_back(report.incident);
  return scenes->standings(ids, call.language);
}

}  // namespace

base::Result<HttpResponse> get_reports(const Call& call) {
  const auto wanted = page_wanted(call, CursorOf::kReports, 100, kMaxPage);
  if (!wanted.ok()) return wanted.error();
  const auto found =
      call.door.queries().reports_by(call.by.person, call.by.name, model::ReportId{wanted->position}, wanted->limit);
  if (!found.ok()) return found.error();
  const auto codes = codes_of(call, found->rows);
  if (!codes.ok()) return codes.error();
  const auto standings = standings_of(call, found->rows);
  if (!standings.ok()) return standings.error();
  const auto roster = call.door.roster();
  return json_response(200, reports_json(*found, *codes, *standings, viewer(call, *roster)));
}

base::Result<HttpResponse> get_report(const Call& call) {
  const base::Error unknown{base::ErrorCode::kNotFound, "no report has that id", {}};
  const auto id = id_argument(call);
  if (!id.ok()) return unknown;
  const auto report = call.door.queries().report(model::ReportId{*id});
  if (!report.ok()) return report.error();
  if (!report->has_value() || (!model::sent_by(**report, call.by) && !reads_all(call))) return unknown;
  const auto codes = codes_of(call, {**report});
  if (!codes.ok()) return codes.error();
  const auto standings = standings_of(call, {**report});
  if (!standings.ok()) return standings.error();
  const auto roster = call.door.roster();
  return json_response(200, report_json(**report, *codes, *standings, viewer(call, *roster)));
}

}  // namespace tocsin::https
