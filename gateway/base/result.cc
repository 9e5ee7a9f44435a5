#include "gateway/base/result.h"

namespace tocsin::base {

const char* to_string(ErrorCode code) {
  switch (code) {
    case ErrorCode::kInvalid: return "invalid";
    case ErrorCode::kNotFound: return "not_found";
    case ErrorCode::kConflict: return "conflict";
    case ErrorCode::kChanged: return "changed";
    case ErrorCode::kForbidden: return "forbidden";
    case ErrorCode::kRetryLater: return "retry_later";
    case ErrorCode::kRefused: return "refused";
    case ErrorCode::kCorrupt: return "corrupt";
    case ErrorCode::kInternal: return "internal";
  }
  return "internal";
}

Error Error::within(std::string_view context) const {
  return {code, std::string(context) + ": " + message, field};
}

}  // namespace tocsin::base
