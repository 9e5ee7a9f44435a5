// The desk itself: the look that each screen repeats, its links, and handing it over.
#include <algorithm>

#include "adapters/https/entity_tags.h"
#include "adapters/https/handlers.h"
#include "adapters/https/json_desk.h"
#include "adapters/https/json_in.h"
#include "gateway/base/digest.h"

namespace tocsin::https {
namespace {

constexpr std::size_t kTagLength = 16;

struct Open {
  std::vector<model::Incident> incidents;
  Beside beside;
};

base::Result<Open> open_incidents(const Call& call) {
  model::IncidentsWanted wanted;
  wanted.open = true;
  wanted.limit = kMaxPage;
  auto page = call.door.queries().incidents(wanted);
  if (!page.ok()) return page.error();
  auto beside = beside_of(call, page->rows, true);
  if (!beside.ok()) return beside.error();
  return Open{std::move(page->rows), std::move(*beside)};
}

}  // namespace

base::Result<HttpResponse> get_desk(const Call& call) {
  const auto look = call.door.desk_look();
  if (!look.ok()) return look.error();
  const auto roster = call.door.roster();
  const auto members = desk_members(**look, *roster);
  const auto tag = base::to_hex(base::digest(members)).substr(0, kTagLength);
  HttpResponse response;
  if (none_match_fails(call.request.if_none_match, tag)) {
    response.status = 304;
  } else {
    response = json_response(200, "{\"at\":\"" + base::to_rfc3339((*look)->at) + "\"," + members);
  }
  response.headers.emplace_back("ETag", '"' + tag + '"');
  return response;
}

base::Result<HttpResponse> get_links(const Call& call) {
  const auto look = call.door.desk_look();
  if (!look.ok()) return look.error();
  return json_response(200, links_json((*look)->links));
}

base::Result<HttpResponse> get_handover(const Call& call) {
  const auto seen = call.door.last_seq();  // before everything else: what comes in between is told by the next poll
  const auto look = call.door.desk_look();
  if (!look.ok()) return look.error();
  const auto open = open_incidents(call);
  if (!open.ok()) return open.error();
  const auto tasks = call.door.queries().open_tasks(kMaxLines);
  if (!tasks.ok()) return tasks.error();
  const auto last = call.door.queries().handovers(1);
  if (!last.ok()) return last.error();
  const auto roster = call.door.roster();
  return json_response(
      200, handover_sheet_json({**look, open->incidents, open->beside, *tasks, *last, seen}, viewer(call, *roster)));
}

base::Result<HttpResponse> post_handover(const Call& call) {
  const auto object = parse_object(call.request.body);
  if (!object.ok()) return object.error();
  Fields fields(*object);
  model::HandOver command{call.by, {}};
  auto& sheet = command.sheet;
  sheet.taken_over_by = fields.text("taken_over_by", {.required = true, .max_characters = 100});
  const auto code = fields.text("person", {.max_characters = 64});
  sheet.note = fields.text("note", {.max_characters = 500});
  sheet.seen = std::max<std::int64_t>(0, fields.whole_number("seen", false).value_or(0));
  if (auto status = fields.finish(); !status.ok()) return status.error();
  const auto roster = call.door.roster();
  if (!code.empty()) {
    const auto* card = roster->person_coded(code);
    if (card == nullptr) return base::invalid("person: the directory has nobody with that code", "person");
    sheet.person = card->id;
  }
  const auto look = call.door.desk_look();
  if (!look.ok()) return look.error();
  const auto open = open_incidents(call);
  if (!open.ok()) return open.error();
  for (const auto& incident : open->incidents) sheet.open_incidents.push_back(incident.code);
  for (const auto& stands : open->beside.summaries.of) sheet.unanswered += stands.second.unanswered;
  for (const auto& danger : (*look)->dangers) {
    const std::string name(model::name_of(danger.kind));
    if (std::find(sheet.dangers.begin(), sheet.dangers.end(), name) == sheet.dangers.end())
      sheet.dangers.push_back(name);
  }
  const auto done = run(call, std::move(command));
  if (!done.ok()) return done.error();
  return json_response(201, handover_json(std::get<model::Handover>(*done), *roster));
}

base::Result<HttpResponse> get_handovers(const Call& call) {
  const auto limit = query_number(call, "limit", 50, 1, kMaxPage);
  if (!limit.ok()) return limit.error();
  const auto handovers = call.door.queries().handovers(static_cast<int>(*limit));
  if (!handovers.ok()) return handovers.error();
  const auto roster = call.door.roster();
  return json_response(200, handovers_json(*handovers, *roster));
}

}  // namespace tocsin::https
