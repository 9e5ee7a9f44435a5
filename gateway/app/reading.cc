#include "gateway/app/reading.h"

#include "gateway/app/directory_source.h"
#include "gateway/app/json_text.h"
#include "gateway/app/own_office.h"
#include "gateway/app/reply_text.h"

namespace tocsin::app {

base::Status record_reading(const Reading& reading) {
  if (reading.database.empty() || !is_database(reading.database)) return base::Done{};
  if (reading.reason.empty()) return base::invalid("--reason is needed: why, for the record");
  const auto reply = ask_own_office(reading.database, "POST", "/api/v1/directory/readings",
                                    object_of({{"what", reading.what}, {"reason", reading.reason}}));
  if (!reply) return reply.error();
  if (reply->status != 200) return base::invalid(problem_text(reply->status, reply->body));
  return base::Done{};
}

}  // namespace tocsin::app
