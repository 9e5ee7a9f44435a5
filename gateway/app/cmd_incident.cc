#include <cstdio>
#include <iostream>

#include "adapters/https/json_out.h"
#include "directory/past.h"
#include "gateway/app/api_client.h"
#include "gateway/app/commands.h"
#include "gateway/app/database_session.h"
#include "gateway/app/directory_source.h"
#include "gateway/app/json_text.h"
#include "gateway/app/reply_text.h"
#include "gateway/base/text.h"
#include "gateway/store/sqlite_queries.h"

namespace tocsin::app {
namespace {

constexpr int kMostAlerts = 100000;

// Null when there is no directory: nobody could have been told.
std::shared_ptr<const directory::Past> past_of(const std::string& database) {
  const auto session = open_to_read(database);
  if (!session) return nullptr;
  auto past = directory::Past::read(**session);
  return past ? std::move(*past) : nullptr;
}

base::Result<std::string> from_database(const IncidentOptions& options, bool all) {
  if (!is_database(options.database)) {
    return base::Error{base::ErrorCode::kNotFound, "cannot open the database " + options.database, ""};
  }
  const auto queries = store::SqliteQueries::open(options.database);
  if (!queries) return queries.error();
  // Without a directory nobody could have been told; codes and names are then empty.
  auto loaded = load_directory(options.database, {});
  const directory::Snapshot nobody({}, 0);
  const ports::Roster& roster = loaded ? *loaded->roster : nobody;
  const https::Viewer viewer{roster, true};
  if (all) {
    model::IncidentsWanted wanted;
    if (!options.all) wanted.open = true;
    wanted.limit = options.limit;
    const auto incidents = (*queries)->incidents(wanted);
    if (!incidents) return incidents.error();
    std::vector<model::IncidentId> ids;
    for (const auto& incident : incidents->rows) ids.push_back(incident.id);
    auto awaiting = (*queries)->awaiting(ids);
    if (!awaiting) return awaiting.error();
    auto summaries = (*queries)->summaries(ids);
    if (!summaries) return summaries.error();
    return https::incidents_json(*incidents, {std::move(*awaiting), std::move(*summaries)}, viewer);
  }
  const auto incident = (*queries)->incident(options.code, kMostAlerts);
  if (!incident) {
    // Not found is about the code here: the file could be opened.
    const auto& error = incident.error();
    if (error.code == base::ErrorCode::kNotFound) return base::invalid(error.message);
    return error;
  }
  auto shown_to = viewer;
  const auto past = past_of(options.database);
  shown_to.past = past.get();
  return https::incident_json(*incident, shown_to);
}

base::Result<std::string> from_server(const IncidentOptions& options, bool all) {
  const std::string path = all ? std::string("/api/v1/incidents") + (options.all ? "" : "?open=true")
                               : "/api/v1/incidents/" + std::to_string(options.code);
  const auto reply = ask_api(options.server, "GET", path, "");
  if (!reply) return reply.error();
  if (reply->status != 200) return base::invalid(problem_text(reply->status, reply->body));
  return reply->body;
}

int show(const IncidentOptions& options, bool all) {
  if (options.database.empty() == options.server.url.empty()) {
    return fail(base::invalid("give either --database, or --url and --token"), kExitUsage);
  }
  const auto json = options.server.url.empty() ? from_database(options, all) : from_server(options, all);
  if (!json) {
    // Whatever names a field was wrong on the command line.
    const bool usage = json.error().code == base::ErrorCode::kInvalid && !json.error().field.empty();
    return usage ? fail(json.error(), kExitUsage) : fail_to_open(json.error());
  }
  const auto text = options.json ? indented(*json) : all ? incidents_text(*json) : incident_text(*json);
  std::fputs(text.c_str(), stdout);
  return kExitDone;
}

}  // namespace

int run_incident_list(const IncidentOptions& options) {
  return show(options, true);
}

int run_incident_show(const IncidentOptions& options) {
  return show(options, false);
}

int run_incident_decide(const IncidentOptions& options, bool approve) {
  const auto path = "/api/v1/incidents/" + std::to_string(options.code) + "/approval";
  const auto asked = ask_api(options.server, "POST", path + "/code", "{}");
  if (!asked) return fail(asked.error(), kExitUsage);
  if (asked->status != 202) return fail(base::invalid(problem_text(asked->status, asked->body)), kExitRefused);
  std::fprintf(stderr, "The code that was sent to your phone, to %s the response to %d: ", approve ? "START" : "leave",
               options.code);
  std::string code;
  if (!std::getline(std::cin, code)) return fail(base::invalid("no code was given"), kExitUsage);
  const auto body = object_of({{"decision", approve ? "approve" : "decline"},
                               {"request", text_at(asked->body, "request")},
                               {"code", base::trim(code)}});
  const auto decided = ask_api(options.server, "POST", path, body);
  if (!decided) return fail(decided.error(), kExitRefused);
  if (decided->status != 200) return fail(base::invalid(problem_text(decided->status, decided->body)), kExitRefused);
  const auto text = options.json ? indented(decided->body)
                                 : std::to_string(options.code) + " " + text_at(decided->body, "state") + "\n";
  std::fputs(text.c_str(), stdout);
  return kExitDone;
}

}  // namespace tocsin::app
