#include "gateway/app/cmd_check.h"

#include <cstdio>
#include <memory>

#include "gateway/app/own_office.h"
#include "gateway/app/reply_text.h"

namespace tocsin::app {

int run_directory_check(const CheckOptions& options) {
  if (options.start && options.stop) return fail(base::invalid("give --start or --stop, not both"), kExitUsage);
  const std::string path = "/api/v1/directory/check";
  const auto reply = options.start  ? ask_own_office(options.database, "POST", path + "/start", "{}")
                     : options.stop ? ask_own_office(options.database, "POST", path + "/stop", "{}")
                                    : ask_own_office(options.database, "GET", path, "");
  if (!reply) return fail_to_open(reply.error());
  if (reply->status != 200) return fail(base::invalid(problem_text(reply->status, reply->body)), kExitRefused);
  std::fputs((options.json ? reply->body + "\n" : contact_check_text(reply->body)).c_str(), stdout);
  return kExitDone;
}

void add_contact_check(Command group, int& code) {
  // Lives as long as the command that fills it in.
  const auto o = std::make_shared<CheckOptions>();
  auto check = group.add("check", "everybody's phone is asked to answer 1: how it stands, and who was silent",
                         "tocsin directory check --database tocsin.db --start");
  add_database(check, o->database);
  check.flag("--start", o->start, "begin a round, or take its stop back");
  check.flag("--stop", o->stop, "ask nobody more");
  check.flag("--status", o->status, "only look (what it does without --start and --stop)");
  add_json(check, o->json);
  check.runs([o, &code] { code = run_directory_check(*o); });
}

}  // namespace tocsin::app
