// Photographs behind reports: in, cleaned; out, to whom their incident is open.
#include <algorithm>

#include "adapters/https/clean_image.h"
#include "adapters/https/entity_tags.h"
#include "adapters/https/handlers.h"

namespace tocsin::https {
namespace {

using base::Error;
using base::ErrorCode;

constexpr base::Duration kPatience = std::chrono::seconds(8);
constexpr std::string_view kAttachmentPolicy = "default-src 'none'; sandbox; frame-ancestors 'none'";

Error no_such_report() {
  return {ErrorCode::kNotFound, "no report has that id", {}};
}
Error no_such_attachment() {
  return {ErrorCode::kNotFound, "the incident has no such attachment", {}};
}

// One image at a time in this process, whoever sends it: one takes hundreds of megabytes.
ImageResult cleaned(std::string_view bytes) {
  static ImageGate gate;
  if (!gate.enter(kPatience)) return ImageRefused{Problem::kOverloaded, "other photographs are being taken in"};
  const struct Leave {
    ~Leave() { gate.leave(); }
  } leave;
  return clean_image(bytes);
}

base::Result<HttpResponse> keep(const Call& call, model::ReportId report, const CleanImage& image) {
  auto hash = call.door.attachments().put(image.bytes);
  if (!hash.ok()) return hash.error();
  model::AttachFile command;
  command.by = call.by;
  command.file.report = report;
  command.file.hash = std::move(*hash);
  command.file.type = image.type;
  command.file.bytes = static_cast<std::int64_t>(image.bytes.size());
  command.file.width = image.width;
  command.file.height = image.height;
  const model::Attachment file = command.file;
  const auto reply = run(call, std::move(command));
  if (!reply.ok()) return reply.error();
  const auto* attached = std::get_if<model::AttachedFile>(&*reply);
  if (attached == nullptr) return Error{ErrorCode::kInternal, "an attachment has another reply than expected", {}};
  auto response = json_response(attached->repeated ? 200 : 201, attached_json(file, *attached));
  response.headers.emplace_back(
      "Location", "/api/v1/incidents/" + std::to_string(attached->incident_code) + "/attachments/" + file.hash);
  return response;
}

}  // namespace

base::Result<HttpResponse> post_attachment(const Call& call) {
  const auto id = id_argument(call);
  if (!id.ok()) return no_such_report();
  const auto report = call.door.queries().report(model::ReportId{*id});
  if (!report.ok()) return report.error();
  // Looked at before the image is: the engine decides again.
  if (!report->has_value() || (!is_desk(call) && !model::sent_by(**report, call.by))) return no_such_report();
  const auto result = cleaned(call.request.body);
  if (const auto* refused = std::get_if<ImageRefused>(&result)) {
    return problem_response(refused->problem, refused->detail, refused->problem == Problem::kInvalidField ? "body" : "",
                            call.language);
  }
  return keep(call, model::ReportId{*id}, std::get<CleanImage>(result));
}

base::Result<HttpResponse> get_attachment(const Call& call) {
  const auto code = incident_code(call);
  if (!code.ok()) return code.error();
  const std::string& hash = call.arguments.at(1);
  const auto views = call.door.queries().attachment(*code, hash);
  if (!views.ok()) return views.error();
  if (views->empty()) return no_such_attachment();
  const auto told = may_see(call, views->front().incident);
  if (!told.ok()) return told.error();
  const bool own =
      std::any_of(views->begin(), views->end(), [&](const auto& view) { return model::sent_by(view.report, call.by); });
  if (!*told && !own) return no_such_attachment();  // as if it were not there

  HttpResponse response;
  response.content_type = std::string(model::name_of(views->front().attachment.type));
  response.headers.emplace_back("ETag", '"' + hash + '"');
  response.headers.emplace_back("Content-Security-Policy", std::string(kAttachmentPolicy));
  if (none_match_fails(call.request.if_none_match, hash)) {
    response.status = 304;
    return response;
  }
  auto bytes = call.door.attachments().read(hash);
  if (!bytes.ok()) return bytes.error();
  const bool png = views->front().attachment.type == model::MediaType::kPng;
  response.headers.emplace_back("Content-Disposition", "inline; filename=\"incident-" + std::to_string(*code) + "-" +
                                                           hash.substr(0, 8) + (png ? ".png\"" : ".jpg\""));
  response.body = std::move(*bytes);
  return response;
}

}  // namespace tocsin::https
