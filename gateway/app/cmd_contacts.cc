#include "gateway/app/cmd_contacts.h"

#include <cstdio>
#include <memory>
#include <unordered_map>

#include "adapters/https/json_text.h"
#include "directory/directory_store.h"
#include "directory/listing.h"
#include "gateway/app/database_session.h"
#include "gateway/app/json_text.h"
#include "gateway/app/reading.h"
#include "gateway/base/local_time.h"
#include "gateway/store/care.h"

namespace tocsin::app {
namespace {

// One that the directory still has.
struct Line {
  const directory::PersonRow* person = nullptr;
  const directory::ContactRow* contact = nullptr;
  model::ContactDoubt doubt;
};

std::vector<Line> lines_of(const directory::Tables& tables, std::vector<model::ContactDoubt> doubts) {
  std::unordered_map<model::ContactId, const directory::ContactRow*> contacts;
  for (const auto& row : tables.contacts) contacts[row.id] = &row;
  std::unordered_map<std::string, const directory::PersonRow*> persons;
  for (const auto& row : tables.persons) persons[row.code] = &row;
  std::vector<Line> lines;
  for (auto& doubt : doubts) {
    const auto contact = contacts.find(doubt.contact);
    if (contact == contacts.end() || contact->second->withdrawn) continue;
    const auto person = persons.find(contact->second->person);
    if (person != persons.end()) lines.push_back({person->second, contact->second, std::move(doubt)});
  }
  return lines;
}

std::string address_of(const Line& line, const DoubtfulOptions& options) {
  const auto& contact = *line.contact;
  return options.unmasked ? contact.address : directory::masked_address(contact.kind, contact.address);
}

std::string text_of(const std::vector<Line>& lines, const DoubtfulOptions& options) {
  std::string out = std::to_string(lines.size()) + (lines.size() == 1 ? " contact point" : " contact points") +
                    " to check (" + std::to_string(options.days) + " days)\n";
  for (const auto& line : lines) {
    const auto& last = line.doubt.last;
    const auto words = model::in_words(last.meaning);
    const auto at = base::local_text(last.at, options.time_zone, "%Y-%m-%d %H:%M").value_or("");
    out += line.person->code + "  " + line.person->name + "  " + std::string(model::name_of(line.contact->kind)) + " " +
           address_of(line, options) + "\n    " + (line.doubt.certain ? "certain: " : "") +
           std::to_string(line.doubt.failures) + "x, last " + at + " by " + std::string(model::name_of(last.channel)) +
           ": " + (words.en.empty() ? last.code : words.en + " / " + words.zh) + "\n";
  }
  return out;
}

std::string json_of(const std::vector<Line>& lines, const DoubtfulOptions& options) {
  std::vector<std::string> all;
  for (const auto& line : lines) {
    const auto& last = line.doubt.last;
    all.push_back(https::ObjectText()
                      .text("person", line.person->code)
                      .text("name", line.person->name)
                      .text("kind", model::name_of(line.contact->kind))
                      .text("address", address_of(line, options))
                      .flag("certain", line.doubt.certain)
                      .number("failures", line.doubt.failures)
                      .text("since", base::to_rfc3339(line.doubt.since))
                      .text("last_at", base::to_rfc3339(last.at))
                      .text("channel", model::name_of(last.channel))
                      .text("meaning", model::name_of(last.meaning))
                      .null_or_text("code", last.code)
                      .null_or_text("worked_at", line.doubt.worked_at ? base::to_rfc3339(*line.doubt.worked_at) : "")
                      .done());
  }
  return https::ObjectText()
      .number("count", static_cast<std::int64_t>(lines.size()))
      .raw("contacts", https::list_json(all))
      .done();
}

}  // namespace

int run_directory_doubtful(const DoubtfulOptions& options) {
  if (options.unmasked) {
    const auto recorded = record_reading({options.database, "doubtful", options.reason});
    if (!recorded) return fail_to_open(recorded.error());
  }
  const auto session = open_to_read(options.database);
  if (!session) return fail_to_open(session.error());
  const auto tables = directory::load_tables(**session);
  if (!tables) return fail_to_open(tables.error());
  const auto since = base::SystemClock().utc_now() - std::chrono::hours(24) * options.days;
  auto doubts = store::read_doubtful_contacts(**session, since);
  if (const auto status = (*session)->status(); !status) return fail_to_open(status.error());
  const auto lines = lines_of(*tables, std::move(doubts));
  std::fputs((options.json ? indented(json_of(lines, options)) : text_of(lines, options)).c_str(), stdout);
  return kExitDone;
}

void add_doubtful(Command group, int& code) {
  // Lives as long as the commands that fill it in.
  const auto o = std::make_shared<DoubtfulOptions>();
  auto doubtful = group.add("doubtful", "contact points that failed and have not worked since",
                            "tocsin directory doubtful --database tocsin.db");
  add_database_to_read(doubtful, o->database).required();
  doubtful.option("--days", o->days, "how far back").between(1, 90).with_default_shown();
  doubtful.option("--time-zone", o->time_zone, "of the office").with_default_shown();
  doubtful.flag("--unmasked", o->unmasked, "whole phone numbers and addresses");
  doubtful.option("--reason", o->reason, "why --unmasked, for the record");
  add_json(doubtful, o->json);
  doubtful.runs([o, &code] { code = run_directory_doubtful(*o); });
}

}  // namespace tocsin::app
