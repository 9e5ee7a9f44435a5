// The pages, scripts, styles and pictures of the web app.
#include <algorithm>

#include "adapters/https/entity_tags.h"
#include "adapters/https/handlers.h"
#include "adapters/https/page.h"

namespace tocsin::https {
namespace {

// "https://tiles.example/{z}/{x}/{y}.png" -> " https://tiles.example"
std::string origin_of(const std::string& tiles) {
  return tiles.empty() ? "" : " " + tiles.substr(0, tiles.find('/', std::string_view("https://").size()));
}

// Everything from our own origin, nothing inline.  Pictures may also be drawn by the page itself (photographs before
// they are sent) or come from where the office's map tiles lie.
std::string app_policy(const std::string& tiles) {
  return "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; font-src 'self'; "
         "manifest-src 'self'; worker-src 'self'; media-src 'self'; img-src 'self' data: blob:" +
         origin_of(tiles) + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}

HttpResponse plain_front_page() {
  HttpResponse page;
  page.content_type = "text/html; charset=utf-8";
  page.body = front_page();
  page.headers.emplace_back("Content-Security-Policy", front_page_policy());
  return page;
}

const ports::WebFile* file_at(const WebPages& web, std::string_view path) {
  const auto at = std::lower_bound(web.files.begin(), web.files.end(), path,
                                   [](const ports::WebFile& file, std::string_view p) { return file.path < p; });
  if (at == web.files.end() || at->path != path || (at->demo && web.stage == nullptr)) return nullptr;
  return &*at;
}

}  // namespace

base::Result<HttpResponse> get_web_file(const Call& call) {
  const auto& web = call.doorway.web;
  const std::string_view target = call.request.target;
  const auto path = target.substr(0, target.find('?'));
  const auto* file = file_at(web, path);
  if (file == nullptr && path == "/") return plain_front_page();
  if (file == nullptr) return base::Error{base::ErrorCode::kNotFound, {}, {}};
  HttpResponse response;
  response.content_type = file->type;
  response.headers = {
      {"ETag", std::string(file->etag)},
      {"Vary", "Accept-Encoding"},
      {"Cache-Control", file->lasting ? "public, max-age=31536000, immutable" : "no-cache"},
      {"Content-Security-Policy", app_policy(call.door.card().map_tiles)},
      {"Permissions-Policy", "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()"},
  };
  if (none_match_fails(call.request.if_none_match, file->etag.substr(1, file->etag.size() - 2))) {
    response.status = 304;
    return response;
  }
  const bool gzip = call.request.takes_gzip && !file->gzip.empty();
  if (gzip) response.headers.emplace_back("Content-Encoding", "gzip");
  response.body = gzip ? file->gzip : file->bytes;
  return response;
}

}  // namespace tocsin::https
