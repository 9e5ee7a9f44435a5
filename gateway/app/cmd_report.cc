#include <cstdio>

#include "gateway/app/api_client.h"
#include "gateway/app/commands.h"
#include "gateway/app/json_text.h"
#include "gateway/app/office_time.h"
#include "gateway/app/reply_text.h"
#include "gateway/base/random.h"

namespace tocsin::app {

int run_report(const ReportOptions& options) {
  std::string typed;
  for (const auto& fact : options.facts) typed += (typed.empty() ? "" : " ") + fact;
  const auto facts = model::parse_facts(typed);
  if (!facts) return fail(facts.error(), kExitUsage);
  std::string occurred_at;
  if (!options.occurred_at.empty()) {
    const auto at = base::parse_rfc3339(options.occurred_at);
    if (!at) return fail(base::invalid("--occurred-at: expected RFC 3339"), kExitUsage);
    occurred_at = base::to_rfc3339(*at);
  }
  const auto key = options.key.empty() ? base::new_token() : options.key;
  const auto reply = ask_api(options.server, "POST", "/api/v1/reports", report_body(options, *facts, key, occurred_at));
  if (!reply) {
    const auto& error = reply.error();
    const bool unsent = error.code == base::ErrorCode::kInvalid || error.code == base::ErrorCode::kNotFound;
    const int code = fail(error, unsent ? kExitUsage : kExitRefused);
    // The report may have arrived all the same: the same key makes the next try the same report.
    if (!unsent) std::fprintf(stderr, "tocsin: to try again as the same report: --key %s\n", key.c_str());
    return code;
  }
  if (reply->status != 200 && reply->status != 201) {
    if (options.json) std::fputs(indented(reply->body).c_str(), stdout);
    return fail(base::invalid(problem_text(reply->status, reply->body)), kExitRefused);
  }
  std::fputs((options.json ? indented(reply->body) : submitted_text(reply->body)).c_str(), stdout);
  return kExitDone;
}

}  // namespace tocsin::app
