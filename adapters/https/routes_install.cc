#include "adapters/https/handlers.h"
#include "adapters/https/install_page.h"

namespace tocsin::https {
namespace {

// Without sign-in: whoever is to trust the authority has no session yet, and nothing in it is secret.  May be kept for
// an hour: a new authority is a rare thing, and a wall of phones fetches all at once.
base::Result<HttpResponse> file(const Call& call, std::string ports::InstallFiles::*which, const char* type) {
  const auto files = call.door.install_files();
  if (!files) return base::Error{base::ErrorCode::kNotFound, "this server has no authority of its own", {}};
  HttpResponse response;
  response.content_type = type;
  response.body = (*files).*which;
  response.headers.emplace_back("Cache-Control", "public, max-age=3600");
  return response;
}

}  // namespace

base::Result<HttpResponse> get_install(const Call& call) {
  auto page = file(call, &ports::InstallFiles::page, "text/html; charset=utf-8");
  if (page.ok()) page->headers.emplace_back("Content-Security-Policy", install_page_policy());
  return page;
}

base::Result<HttpResponse> get_authority(const Call& call) {
  return file(call, &ports::InstallFiles::certificate, "application/x-x509-ca-cert");
}

base::Result<HttpResponse> get_profile(const Call& call) {
  return file(call, &ports::InstallFiles::profile, "application/x-apple-aspen-config");
}

}  // namespace tocsin::https
