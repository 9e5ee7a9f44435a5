#include "adapters/https/handlers.h"

namespace tocsin::https {
namespace {

HttpResponse plain(std::string content_type, std::string body) {
  HttpResponse response;
  response.content_type = std::move(content_type);
  response.body = std::move(body);
  return response;
}

}  // namespace

base::Result<HttpResponse> get_healthz(const Call&) {
  return plain("text/plain; charset=utf-8", "ok\n");
}

// Warnings leave it at 200: a load balancer must not take away a desk that still rings.
base::Result<HttpResponse> get_readyz(const Call& call) {
  const auto readiness = call.door.readiness();
  return json_response(readiness.ready ? 200 : 503, readiness_json(readiness, call.language));
}

base::Result<HttpResponse> get_metrics(const Call& call) {
  return plain("text/plain; version=0.0.4; charset=utf-8",
               call.door.metrics() + (call.more_metrics ? call.more_metrics() : std::string()));
}

}  // namespace tocsin::https
