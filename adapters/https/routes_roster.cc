// What the roster says: who fills posts and units, who has which duty when, the proof of coverage, and everybody's own
// duties as a calendar.
#include "adapters/https/entity_tags.h"
#include "adapters/https/handlers.h"
#include "adapters/https/json_directory.h"
#include "adapters/https/json_text.h"
#include "gateway/base/digest.h"
#include "gateway/base/text.h"
#include "gateway/model/feed_link.h"
#include "gateway/ports/directory_desk.h"

namespace tocsin::https {
namespace {

constexpr int kUsualDays = 30, kMostDays = 92;
constexpr std::chrono::seconds kCountedWithin{25};
constexpr std::string_view kEnding = ".ics";

base::Error no_calendar() {
  return {base::ErrorCode::kNotFound, "there is no such calendar", {}};
}

// A moment of the day that is asked about: now, when none is.
base::Result<base::UtcTime> first_day(const Call& call) {
  const auto typed = std::string(call.query_value("from"));
  if (typed.empty()) return call.door.now();
  const auto read = base::parse_rfc3339(typed.size() == 10 ? typed + "T12:00:00Z" : typed);
  if (!read) return base::invalid("from: expected a date, 2026-12-01, or a time of RFC 3339", "from");
  return *read;
}

base::Result<HttpResponse> feed_address(const Call& call) {
  if (!call.by.person) return base::Error{base::ErrorCode::kNotFound, "whoever asks is no person of the directory", {}};
  const auto number = call.door.queries().feed_number(call.by.person);
  if (!number.ok()) return number.error();
  const auto path =
      "/feeds/" + model::feed_token({call.by.person, *number}, call.door.link_key()) + std::string(kEnding);
  return json_response(200, ObjectText().text("path", path).text("url", "https://" + call.request.host + path).done());
}

}  // namespace

base::Result<HttpResponse> get_coverage(const Call& call) {
  const auto days = query_number(call, "days", kUsualDays, 1, kMostDays);
  if (!days.ok()) return days.error();
  const auto from = first_day(call);
  if (!from.ok()) return from.error();
  auto counted = wait_for(call.door.coverage(*from, static_cast<int>(*days)), kCountedWithin,
                          "not counted in time: it is still under way, and remembered when it is done");
  if (!counted.ok()) return counted.error();
  return json_response(200, std::move(*counted));
}

base::Result<HttpResponse> get_duties(const Call& call) {
  const auto days = query_number(call, "days", kUsualDays, 1, kMostDays);
  if (!days.ok()) return days.error();
  const auto from = first_day(call);
  if (!from.ok()) return from.error();
  const auto* desk = call.door.directory();
  if (desk == nullptr) return base::Error{base::ErrorCode::kNotFound, "this office has no directory of its own", {}};
  auto duties = desk->duties(*from, static_cast<int>(*days));
  if (!duties.ok()) return duties.error();
  return json_response(200, std::move(*duties));
}

base::Result<HttpResponse> get_posts(const Call& call) {
  const auto desk = desk_of(call);
  if (!desk.ok()) return desk.error();
  const auto posts = (*desk)->posts(call.door.now());
  if (!posts.ok()) return posts.error();
  return json_response(200, directory_posts_json(*posts));
}

base::Result<HttpResponse> get_units(const Call& call) {
  const auto desk = desk_of(call);
  if (!desk.ok()) return desk.error();
  const auto units = (*desk)->units();
  if (!units.ok()) return units.error();
  return json_response(200, directory_units_json(*units));
}

base::Result<HttpResponse> get_own_feed(const Call& call) {
  return feed_address(call);
}

base::Result<HttpResponse> post_renew_feed(const Call& call) {
  if (!call.by.person) return base::Error{base::ErrorCode::kNotFound, "whoever asks is no person of the directory", {}};
  const auto done = run(call, model::IdentityCommand(model::RenewFeed{call.by}));
  if (!done.ok()) return done.error();
  return feed_address(call);
}

base::Result<HttpResponse> get_feed(const Call& call) {
  std::string_view token = call.arguments.at(0);
  if (!token.ends_with(kEnding)) return no_calendar();
  token.remove_suffix(kEnding.size());
  const auto link = model::read_feed_token(token, call.door.link_key());
  const auto* desk = call.door.directory();
  if (!link || desk == nullptr) return no_calendar();
  if (const auto wait = call.doorway.feeds.take(std::to_string(link->person.value), std::chrono::steady_clock::now())) {
    auto refused =
        problem_response(Problem::kTooManyRequests, "this calendar is asked for too often", {}, call.language);
    refused.headers.emplace_back("Retry-After", std::to_string(retry_after_seconds(*wait)));
    return refused;
  }
  const auto number = call.door.queries().feed_number(link->person);
  if (!number.ok()) return number.error();
  if (*number != link->number) return no_calendar();
  auto text = desk->feed(link->person, call.door.now(), call.request.host);
  if (!text.ok()) return text.error().code == base::ErrorCode::kNotFound ? no_calendar() : text.error();
  const auto tag = base::to_hex(base::digest(*text)).substr(0, 32);
  HttpResponse response;
  response.content_type = "text/calendar; charset=utf-8";
  response.headers.emplace_back("ETag", '"' + tag + '"');
  if (none_match_fails(call.request.if_none_match, tag)) {
    response.status = 304;
  } else {
    response.body = std::move(*text);
  }
  return response;
}

}  // namespace tocsin::https
