#include <cstdio>

#include "adapters/https/json_out.h"
#include "gateway/app/api_client.h"
#include "gateway/app/commands.h"
#include "gateway/app/database_session.h"
#include "gateway/app/directory_source.h"
#include "gateway/app/json_text.h"
#include "gateway/app/reply_text.h"
#include "gateway/model/reason_mark.h"
#include "gateway/store/sqlite_queries.h"

namespace tocsin::app {
namespace {

base::Result<std::string> from_database(const RecordListOptions& options) {
  if (!is_database(options.database)) {
    return base::Error{base::ErrorCode::kNotFound, "cannot open the database " + options.database, ""};
  }
  const auto queries = store::SqliteQueries::open(options.database);
  if (!queries) return queries.error();
  model::IncidentId only{};
  if (options.incident != 0) {
    const auto incident = (*queries)->incident(options.incident, 0);
    if (!incident) return base::invalid(incident.error().message);
    only = incident->incident.id;
  }
  const auto entries = (*queries)->record(options.after, only, options.limit);
  if (!entries) return entries.error();
  auto reasons = (*queries)->reasons_said(model::reasons_of(*entries));
  if (!reasons) return reasons.error();
  auto told = (*queries)->told_by(model::alerts_of(*entries));
  if (!told) return told.error();
  // Without a directory people stay unnamed.
  const auto known = load_directory(options.database, {});
  const auto roster = known ? known->roster : std::make_shared<const directory::Snapshot>(directory::Tables{}, 0);
  return https::record_json(*entries, options.after, {std::move(*reasons), std::move(*told)}, {*roster, true});
}

base::Result<std::string> from_server(const RecordListOptions& options) {
  auto path = "/api/v1/record?after=" + std::to_string(options.after) + "&limit=" + std::to_string(options.limit);
  if (options.incident != 0) path += "&incident=" + std::to_string(options.incident);
  const auto reply = ask_api(options.server, "GET", path, "");
  if (!reply) return reply.error();
  if (reply->status != 200) return base::invalid(problem_text(reply->status, reply->body));
  return reply->body;
}

}  // namespace

int run_record_list(const RecordListOptions& options) {
  if (options.database.empty() == options.server.url.empty()) {
    return fail(base::invalid("give either --database, or --url and --token"), kExitUsage);
  }
  const auto json = options.server.url.empty() ? from_database(options) : from_server(options);
  if (!json) return fail_to_open(json.error());
  std::fputs((options.json ? indented(*json) : record_text(*json)).c_str(), stdout);
  return kExitDone;
}

}  // namespace tocsin::app
