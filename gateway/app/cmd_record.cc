#include <cstdio>

#include "gateway/app/commands.h"
#include "gateway/app/database_session.h"
#include "gateway/app/json_text.h"
#include "gateway/app/settings.h"
#include "gateway/app/version.h"
#include "gateway/store/verify_record.h"

namespace tocsin::app {

int fail(const base::Error& error, int code) {
  std::string words = error.message;
  if (!words.empty() && words.back() == '\n') words.pop_back();
  std::fprintf(stderr, "tocsin: %s\n", words.c_str());
  return code;
}

int fail_to_open(const base::Error& error) {
  return fail(error, error.code == base::ErrorCode::kNotFound ? kExitUsage : kExitRefused);
}

int run_record_verify(const RecordOptions& options) {
  auto session = open_to_read(options.database);
  if (!session) return fail_to_open(session.error());
  const auto check = store::verify_record(**session);
  if (!check) return fail(check.error(), kExitRefused);
  if (options.json) {
    std::fputs(record_check_json(*check).c_str(), stdout);
  } else if (check->whole) {
    std::printf("the record is whole: %lld entries in %lld commits\nhead %s\n", static_cast<long long>(check->entries),
                static_cast<long long>(check->commits), check->head.c_str());
  } else {
    std::printf("the record is NOT whole: %s\n", check->finding.c_str());
  }
  return check->whole ? kExitDone : kExitRefused;
}

int run_settings() {
  std::fputs(sample_settings().c_str(), stdout);
  return kExitDone;
}

int run_version(bool json) {
  if (json) {
    std::fputs(version_json().c_str(), stdout);
  } else {
    std::printf("tocsin %s\n", kVersion);
  }
  return kExitDone;
}

}  // namespace tocsin::app
