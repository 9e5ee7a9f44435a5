// What strangers wrote: read and taken over by the desk alone.
#include "adapters/https/handlers.h"
#include "adapters/https/json_in.h"

namespace tocsin::https {
namespace {

base::Error no_such_message() {
  return {base::ErrorCode::kNotFound, "no such message waits in the inbox (they are kept for 72 hours)", {}};
}

model::InboxWanted all_kept(const Call& call) {
  model::InboxWanted wanted;
  wanted.since = call.door.now() - model::kInboxKept;
  return wanted;
}

}  // namespace

base::Result<HttpResponse> get_inbox(const Call& call) {
  const auto page = page_wanted(call, CursorOf::kInbox, 100, kMaxPage);
  if (!page.ok()) return page.error();
  auto wanted = all_kept(call);
  wanted.before = page->position;
  wanted.limit = page->limit;
  call.doorway.audit.read_list(call.by, "GET /api/v1/inbox");
  const auto inbox = call.door.queries().inbox(wanted);
  if (!inbox.ok()) return inbox.error();
  const auto roster = call.door.roster();
  return json_response(200, inbox_json(*inbox, viewer(call, *roster)));
}

base::Result<HttpResponse> post_take_message(const Call& call) {
  const auto id = id_argument(call);
  if (!id.ok()) return no_such_message();
  auto report = read_taken_report(call.request.body, call.door.plan_form(call.language));
  if (!report.ok()) return report.error();
  auto wanted = all_kept(call);
  wanted.only = *id;
  const auto inbox = call.door.queries().inbox(wanted);
  if (!inbox.ok()) return inbox.error();
  if (inbox->entries.empty()) return no_such_message();
  const model::InboxEntry& entry = inbox->entries.front();
  if (entry.taken_as != 0) {
    // Whoever took it may have missed the answer: their own key tells.  For others it is done.
    const auto taken = call.door.queries().report(entry.taken_by);
    if (!taken.ok()) return taken.error();
    if (!taken->has_value() || !model::sent_by(**taken, call.by)) {
      return base::Error{
          base::ErrorCode::kConflict, "it was taken over already: incident " + std::to_string(entry.taken_as), {}};
    }
  }
  report->by = call.by;
  report->via = way_of(call.access);
  report->key = entry.key();
  report->text = entry.text;
  report->takes_message = true;  // another may be taking it in this instant: the one writer decides
  const auto reply = run(call, std::move(*report));
  if (!reply.ok()) return reply.error();
  const auto& submitted = std::get<model::SubmittedReport>(*reply);
  return json_response(submitted.repeated ? 200 : 201, submitted_json(submitted));
}

base::Result<HttpResponse> post_open_message(const Call& call) {
  const auto id = id_argument(call);
  if (!id.ok()) return no_such_message();
  const auto object = parse_object(call.request.body);
  if (!object.ok()) return object.error();
  Fields fields(*object);
  if (auto status = fields.finish(); !status.ok()) return status.error();
  const auto done = run(call, model::OpenMessage{call.by, *id});
  if (!done.ok()) return done.error();
  auto wanted = all_kept(call);
  wanted.only = *id;
  const auto inbox = call.door.queries().inbox(wanted);
  if (!inbox.ok()) return inbox.error();
  if (inbox->entries.empty()) return no_such_message();
  const auto roster = call.door.roster();
  return json_response(200, message_json(inbox->entries.front(), viewer(call, *roster)));
}

}  // namespace tocsin::https
