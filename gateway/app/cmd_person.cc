#include "gateway/app/cmd_person.h"

#include <cstdio>
#include <memory>

#include "gateway/app/database_session.h"
#include "gateway/app/json_text.h"
#include "gateway/app/office_person.h"
#include "gateway/app/own_office.h"
#include "gateway/app/reading.h"
#include "gateway/app/reply_text.h"
#include "gateway/base/encoding.h"

namespace tocsin::app {

// Read from the database itself: what is held of somebody may be more than one answer of the socket takes.
int run_person_data(const PersonCommand& options) {
  const auto session = open_to_read(options.database);
  if (!session) return fail_to_open(session.error());
  const auto data = person_data(**session, options.code);
  if (!data) return fail(data.error(), kExitRefused);
  const auto recorded = record_reading({options.database, "person-data", options.reason});
  if (!recorded) return fail_to_open(recorded.error());
  std::fputs((options.json ? indented(*data) : person_data_text(*data)).c_str(), stdout);
  return kExitDone;
}

int run_erase_person(const PersonCommand& options) {
  const auto head = ask_own_office(options.database, "GET", "/api/v1/directory", "");
  if (!head) return fail_to_open(head.error());
  if (head->status != 200) return fail(base::invalid(problem_text(head->status, head->body)), kExitRefused);
  const auto path = "/api/v1/directory/persons/" + base::percent_encoded(options.code) + "/erase";
  const auto reply = ask_own_office(options.database, "POST", path,
                                    undo_body(options.reason, options.dry_run, number_at(head->body, "version")));
  if (!reply) return fail_to_open(reply.error());
  if (reply->status != 200) {
    std::fputs(directory_findings_text(reply->body).c_str(), stderr);
    return fail(base::invalid(problem_text(reply->status, reply->body)), kExitRefused);
  }
  const std::string said = options.dry_run ? "would erase: " : "erased: ";
  std::fputs((options.json ? reply->body + "\n" : said + directory_changed_text(reply->body) + "\n").c_str(), stdout);
  return kExitDone;
}

void add_person(Command group, int& code) {
  // Lives as long as the commands that fill it in.
  const auto data = std::make_shared<PersonCommand>();
  auto show = group.add("person-data", "everything held about one person, for them",
                        "tocsin directory person-data gu-yutian --database tocsin.db --reason 'asked for it' --json");
  show.option("CODE", data->code, "of the person, today's or of the history").required();
  add_database_to_read(show, data->database).required();
  show.option("--reason", data->reason, "why, for the record").required();
  add_json(show, data->json);
  show.runs([data, &code] { code = run_person_data(*data); });

  const auto erase = std::make_shared<PersonCommand>();
  auto gone = group.add("erase-person", "forget a person and all that is held about them, for good",
                        "tocsin directory erase-person gu-yutian --database tocsin.db --reason 'left, asked for it'");
  gone.option("CODE", erase->code, "of the person, today's or of the history").required();
  add_database(gone, erase->database);
  gone.option("--reason", erase->reason, "why, for the history and the record").required();
  gone.flag("--dry-run", erase->dry_run, "only say whether it can be done");
  add_json(gone, erase->json);
  gone.runs([erase, &code] { code = run_erase_person(*erase); });
}

}  // namespace tocsin::app
