#include "adapters/https/handlers.h"
#include "adapters/https/link_pages.h"

namespace tocsin::https {
namespace {

HttpResponse part(std::string_view type, std::string_view body) {
  HttpResponse response;
  response.content_type = type;
  response.body = body;
  response.headers.emplace_back("Content-Security-Policy", page_policy());
  return response;
}

}  // namespace

base::Result<HttpResponse> get_sign_in_page(const Call&) {
  return part("text/html; charset=utf-8", sign_in_page());
}
base::Result<HttpResponse> get_alert_page(const Call&) {
  return part("text/html; charset=utf-8", alert_page());
}
base::Result<HttpResponse> get_sign_in_script(const Call&) {
  return part("text/javascript; charset=utf-8", sign_in_script());
}
base::Result<HttpResponse> get_alert_script(const Call&) {
  return part("text/javascript; charset=utf-8", alert_script());
}
base::Result<HttpResponse> get_page_style(const Call&) {
  return part("text/css; charset=utf-8", page_style());
}

}  // namespace tocsin::https
