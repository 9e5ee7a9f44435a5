#include "adapters/https/handlers.h"

#include <charconv>
#include <limits>

#include "adapters/https/entity_tags.h"
#include "gateway/base/ids.h"
#include "gateway/base/text.h"
#include "gateway/ports/directory_desk.h"

namespace tocsin::https {

using base::Error;
using base::ErrorCode;

std::string media_type(std::string_view content_type) {
  std::string kind;
  for (const char c : content_type.substr(0, content_type.find(';'))) {
    kind += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return base::trim(kind);
}

bool is_desk(const Call& call) {
  return kDesk.has(call.by.role);
}

model::ReportVia way_of(const Access& access) {
  if (access.session && kDesk.has(access.by.role)) return model::ReportVia::kDesk;
  return access.by_cookie ? model::ReportVia::kWeb : model::ReportVia::kApi;
}

bool reads_all(const Call& call) {
  return kReaders.has(call.by.role);
}

base::Result<bool> may_see(const Call& call, model::IncidentId incident) {
  if (reads_all(call)) return true;
  if (!call.by.person) return false;
  return call.door.queries().was_told(incident, call.by.person);
}

Viewer viewer(const Call& call, const ports::Roster& roster) {
  return {roster, reads_all(call), is_desk(call)};
}

ports::PastDirectoryPtr past_of(const Call& call) {
  const auto* desk = call.door.directory();
  if (desk == nullptr) return nullptr;
  auto past = desk->past();
  return past.ok() ? std::move(*past) : nullptr;
}

base::Result<model::Reply> run(const Call& call, model::Command command) {
  // A commit takes milliseconds; ten seconds without one means the disk hangs.
  return wait_for(call.door.submit(std::move(command)), std::chrono::seconds(10),
                  "not confirmed in time: it may or may not have been done");
}

base::Result<int> incident_code(const Call& call, std::size_t n) {
  const std::string& text = call.arguments.at(n);
  int code = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), code);
  if (error != std::errc{} || end != text.data() + text.size() || code <= 0 || text[0] == '0') {
    return Error{ErrorCode::kNotFound, "no incident has that code", {}};
  }
  return code;
}

base::Result<std::int64_t> id_argument(const Call& call, std::size_t n) {
  const auto id = base::from_base32(call.arguments.at(n));
  if (!id || *id == 0)
    return Error{ErrorCode::kNotFound, "an id has 13 characters of base32; nothing has this one", {}};
  return *id;
}

base::Result<std::int64_t> query_number(const Call& call, std::string_view name, std::int64_t fallback,
                                        std::int64_t low, std::int64_t high) {
  const std::string_view text = call.query_value(name);
  if (text.empty()) return fallback;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number < low || number > high) {
    return base::invalid(
        std::string(name) + ": expected a whole number from " + std::to_string(low) + " to " + std::to_string(high),
        std::string(name));
  }
  return number;
}

base::Result<std::optional<bool>> yes_or_no(const Call& call, std::string_view name) {
  const std::string_view text = call.query_value(name);
  if (text.empty()) return std::optional<bool>();
  if (text != "true" && text != "false")
    return base::invalid(std::string(name) + ": expected true or false", std::string(name));
  return std::optional<bool>(text == "true");
}

base::Result<IncidentCodes> incident_codes(const Call& call, std::span<const model::IncidentId> ids) {
  if (ids.empty()) return IncidentCodes{};
  return call.door.queries().codes(ids);
}

base::Result<Awaiting> awaiting_by(const Call& call, const std::vector<model::Incident>& incidents) {
  std::vector<model::IncidentId> ids;
  for (const auto& incident : incidents) ids.push_back(incident.id);
  return call.door.queries().awaiting(ids);
}

base::Result<Beside> beside_of(const Call& call, const std::vector<model::Incident>& incidents, bool now) {
  auto awaiting = awaiting_by(call, incidents);
  if (!awaiting.ok()) return awaiting.error();
  std::vector<model::IncidentId> open;
  for (const auto& incident : incidents) {
    if (incident.state == model::IncidentState::kOpen) open.push_back(incident.id);
  }
  if (open.empty()) return Beside{std::move(*awaiting), {std::numeric_limits<std::int64_t>::max(), {}}};
  auto summaries = now ? call.door.queries().summaries(open) : call.door.summaries(open);
  if (!summaries.ok()) return summaries.error();
  return Beside{std::move(*awaiting), std::move(*summaries)};
}

base::Result<PageWanted> page_wanted(const Call& call, CursorOf list, int usual, int most) {
  const auto limit = query_number(call, "limit", usual, 1, most);
  if (!limit.ok()) return limit.error();
  PageWanted wanted{static_cast<int>(*limit), 0};
  const std::string_view cursor = call.query_value("cursor");
  if (cursor.empty()) return wanted;
  const auto position = read_cursor(list, cursor);
  if (!position) return base::invalid("cursor: expected the `next` of an answer of this list", "cursor");
  wanted.position = *position;
  return wanted;
}

model::Expected expected(const Call& call) {
  return expected_versions(call.request.if_match);
}

HttpResponse with_version(HttpResponse response, const model::Version& version) {
  response.headers.emplace_back("ETag", '"' + model::to_text(version) + '"');
  return response;
}

}  // namespace tocsin::https
