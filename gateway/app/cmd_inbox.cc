#include "gateway/app/cmd_inbox.h"

#include <cstdio>
#include <memory>

#include "adapters/https/json_text.h"
#include "gateway/app/database_session.h"
#include "gateway/app/json_text.h"
#include "gateway/base/phone_number.h"
#include "gateway/store/inbox.h"

namespace tocsin::app {
namespace {

std::string shown(const model::InboxEntry& entry) {
  return entry.taken_as != 0 && entry.person_code().empty() ? base::masked(entry.from) : entry.from;
}

std::string inbox_text(const model::Inbox& inbox) {
  std::string out;
  for (const auto& entry : inbox.entries) {
    out += std::to_string(entry.id) + "  " + base::to_rfc3339(entry.at) + "  " + shown(entry) +
           (entry.taken_as == 0 ? "" : "  taken as " + std::to_string(entry.taken_as)) + "\n    " + entry.text + "\n";
  }
  if (inbox.entries.empty()) out = "the inbox is empty\n";
  if (inbox.left_out > 0)
    out += "FLOOD: " + std::to_string(inbox.left_out) + " more messages were above the limits and are only counted\n";
  return out;
}

std::string inbox_json(const model::Inbox& inbox) {
  std::vector<std::string> entries;
  for (const auto& entry : inbox.entries) {
    entries.push_back(https::ObjectText()
                          .number("id", entry.id)
                          .text("at", base::to_rfc3339(entry.at))
                          .text("from", shown(entry))
                          .text("text", entry.text)
                          .raw("incident", entry.taken_as == 0 ? "null" : std::to_string(entry.taken_as))
                          .done());
  }
  return https::ObjectText().raw("messages", https::list_json(entries)).number("left_out", inbox.left_out).done();
}

base::Result<model::Inbox> read(const InboxOptions& options, model::InboxWanted wanted) {
  wanted.since = base::SystemClock().utc_now() - model::kInboxKept;
  auto session = open_to_read(options.database);
  if (!session) return session.error();
  auto inbox = store::read_inbox(**session, wanted);
  if (const auto status = (*session)->status(); !status) return status.error();
  return inbox;
}

}  // namespace

int run_inbox_list(const InboxOptions& options) {
  model::InboxWanted newest;
  newest.limit = options.limit;
  const auto inbox = read(options, newest);
  if (!inbox) return fail_to_open(inbox.error());
  std::fputs((options.json ? indented(inbox_json(*inbox)) : inbox_text(*inbox)).c_str(), stdout);
  return kExitDone;
}

int run_inbox_take(const InboxOptions& options) {
  model::InboxWanted asked_for;
  asked_for.only = options.id;
  const auto inbox = read(options, asked_for);
  if (!inbox) return fail_to_open(inbox.error());
  if (inbox->entries.empty()) {
    return fail(base::invalid("no message " + std::to_string(options.id) + " waits in the inbox"), kExitUsage);
  }
  auto report = options.report;
  report.text = inbox->entries.front().text;
  report.key = inbox->entries.front().key();
  report.json = options.json;
  return run_report(report);
}

void add_inbox(Command app, int& code) {
  // Lives as long as the commands that fill it in.
  const auto o = std::make_shared<InboxOptions>();
  auto group =
      app.group("inbox", "messages from unknown numbers, and drills by SMS", "tocsin inbox list --database tocsin.db");
  auto list =
      group.add("list", "what waits, newest first; gone after 72 hours", "tocsin inbox list --database tocsin.db");
  add_database_to_read(list, o->database).required();
  list.option("--limit", o->limit, "at most so many").between(1, 10000).with_default_shown();
  add_json(list, o->json);
  list.runs([o, &code] { code = run_inbox_list(*o); });

  auto take = group.add("take", "make a report of one message, in the name of the desk",
                        "tocsin inbox take 7 --database tocsin.db --url https://tocsin.example --token-file desk "
                        "--hazard fire --area donghu");
  take.option("ID", o->id, "its number in the list").required().between(1, 2000000000);
  add_database_to_read(take, o->database).required();
  add_server(take, o->report.server, true);
  take.option("--hazard", o->report.hazard, "a kind of the plan; left out: read from its words");
  take.option("--fact", o->report.facts, "NAME=VALUE, as often as needed; what is not said is unknown")
      .one_value_each();
  take.option("--area", o->report.area, "code, name or alias of an area");
  take.option("--place", o->report.place, "where, in words");
  add_json(take, o->json);
  take.runs([o, &code] { code = run_inbox_take(*o); });
}

}  // namespace tocsin::app
