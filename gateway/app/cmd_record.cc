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

namespace {

std::string check_text(const store::RecordCheck& check, bool asked_for_head) {
  std::string out;
  if (check.whole) {
    out = "the record is whole: " + std::to_string(check.entries) + " entries in " + std::to_string(check.commits) +
          " commits\nhead " + model::short_head(check.head) + "\nhash " + check.head + "\n";
  } else {
    out = "the record is NOT whole: " + check.finding + "\n";
    for (const auto& one : check.bad) {
      if (one.commit != check.bad_commit) out += "also: " + store::words_of(one) + "\n";
    }
  }
  if (!asked_for_head) return out;
  if (!check.kept) {
    return out +
           "the head kept elsewhere is NOT in this record: it was cut off or written anew from before that head\n";
  }
  return out + "the head kept elsewhere is that of commit " + std::to_string(check.kept->commit) + ", " +
         base::to_rfc3339(check.kept->at) + "; what was recorded until then is as it was\n";
}

}  // namespace

int run_record_verify(const RecordOptions& options) {
  std::string kept;
  const bool asked_for_head = !options.head.empty();
  if (asked_for_head) {
    const auto read = store::read_head(options.head);
    if (!read) return fail(read.error(), kExitUsage);
    kept = *read;
  }
  auto session = open_to_read(options.database);
  if (!session) return fail_to_open(session.error());
  const auto check = store::verify_record(**session, kept);
  if (!check) return fail(check.error(), kExitRefused);
  const auto text = options.json ? record_check_json(*check, asked_for_head) : check_text(*check, asked_for_head);
  std::fputs(text.c_str(), stdout);
  return check->whole && (!asked_for_head || check->kept) ? kExitDone : kExitRefused;
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
