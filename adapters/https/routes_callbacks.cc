// What HTTP providers of SMS post: receipts and messages that came in, for the link that the path names.
//
// The token in the path is the only credential.  It is never logged: lines and audit name the route, not the path.
#include "adapters/https/handlers.h"

namespace tocsin::https {

// A wrong token is answered as a link that is not there, so that nobody learns which links there are.
base::Result<HttpResponse> post_callback(const Call& call) {
  auto taken = call.door.called_back(call.arguments.at(0), call.arguments.at(1), call.request.body);
  if (!taken) return base::Error{base::ErrorCode::kNotFound, {}, {}};
  const Waiting waiting;
  if (taken->wait_for(std::chrono::seconds(10)) != std::future_status::ready)
    return base::Error{base::ErrorCode::kRetryLater, "not stored in time: post it again", {}};
  auto answer = taken->get();
  if (answer.status == 400) return base::invalid("not what this link's provider posts");
  if (answer.status != 200) return base::Error{base::ErrorCode::kRetryLater, "not stored: post it again", {}};
  HttpResponse response;
  response.content_type = std::move(answer.content_type);
  response.body = std::move(answer.body);
  return response;
}

}  // namespace tocsin::https
