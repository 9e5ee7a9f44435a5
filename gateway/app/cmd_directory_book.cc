// What was changed in the directory, taking the last change back, and the directory as sheets: through the office, so
// that a running daemon knows at once and the record has it.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>

#include "gateway/app/cmd_paper.h"
#include "gateway/app/commands.h"
#include "gateway/app/directory_by_office.h"
#include "gateway/app/json_text.h"
#include "gateway/app/own_office.h"
#include "gateway/app/private_file.h"
#include "gateway/app/reply_text.h"
#include "gateway/base/encoding.h"

namespace tocsin::app {
namespace {

const char* const kPath = "/api/v1/directory";

int refused(const ApiReply& reply) {
  return fail(base::invalid(problem_text(reply.status, reply.body)), kExitRefused);
}

// On the version that is in force: whoever changes it meanwhile is not overwritten.
base::Result<ApiReply> change_own_directory(const std::string& database, const std::string& path,
                                            const std::function<std::string(std::int64_t version)>& body) {
  const auto head = ask_own_office(database, "GET", kPath, "");
  if (!head) return head.error();
  if (head->status != 200) return *head;
  return ask_own_office(database, "POST", kPath + path, body(number_at(head->body, "version")));
}

// There, and nothing in it: an import would take what lies there too.
base::Status make_empty_folder(const std::filesystem::path& folder) {
  std::error_code failure;
  std::filesystem::create_directories(folder, failure);
  const bool empty = !failure && std::filesystem::is_empty(folder, failure);
  if (failure) return base::invalid(folder.string() + ": " + failure.message());
  if (!empty) return base::invalid(folder.string() + " is not empty");
  return base::Done{};
}

}  // namespace

base::Result<std::int64_t> import_by_office(const std::string& database, const std::vector<directory::Sheet>& sheets,
                                            const ImportAs& as) {
  const auto reply = change_own_directory(database, "/import", [&](std::int64_t version) {
    return import_body(sheets, as, as.base == 0 ? version : as.base);
  });
  if (!reply) return reply.error();
  if (reply->status >= 300) {
    return base::Error{base::ErrorCode::kRefused, problem_text(reply->status, reply->body), ""};
  }
  return number_at(reply->body, "version");
}

base::Status note_whole_list(const std::string& database, const std::string& reason) {
  const auto path = std::string(kPath) + "/export?sheet=persons&reason=" + base::percent_encoded(reason);
  const auto reply = ask_own_office(database, "GET", path, "");
  if (!reply) return reply.error();
  if (reply->status == 200) return base::Done{};
  return base::Error{base::ErrorCode::kRefused, problem_text(reply->status, reply->body), ""};
}

base::Status forget_list_by_office(const std::string& database, const std::string& name) {
  const auto body = object_of({{"name", name}});
  const auto reply = ask_own_office(database, "POST", std::string(kPath) + "/lists/forget", body);
  if (!reply) return reply.error();
  if (reply->status == 200) return base::Done{};
  const auto code = reply->status == 404 ? base::ErrorCode::kNotFound : base::ErrorCode::kRefused;
  return base::Error{code, problem_text(reply->status, reply->body), ""};
}

int run_directory_changes(const DirectoryBookOptions& options) {
  const auto path = std::string(kPath) + "/changes?limit=" + std::to_string(options.limit);
  const auto reply = ask_own_office(options.database, "GET", path, "");
  if (!reply) return fail_to_open(reply.error());
  if (reply->status != 200) return refused(*reply);
  std::fputs((options.json ? reply->body + "\n" : directory_changes_text(reply->body)).c_str(), stdout);
  return kExitDone;
}

int run_directory_undo(const DirectoryBookOptions& options) {
  const auto reply = change_own_directory(options.database, "/undo", [&](std::int64_t version) {
    return undo_body(options.reason, options.dry_run, version);
  });
  if (!reply) return fail_to_open(reply.error());
  if (reply->status != 200) return refused(*reply);
  const std::string said = options.dry_run ? "would take back: " : "taken back: ";
  std::fputs((options.json ? reply->body + "\n" : said + directory_changed_text(reply->body) + "\n").c_str(), stdout);
  return kExitDone;
}

int run_directory_outlines(const DirectoryBookOptions& options) {
  std::ifstream in(options.file, std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (!in) return fail_to_open({base::ErrorCode::kNotFound, "cannot read " + options.file, ""});
  const std::vector<directory::Sheet> sheets{{options.file, std::move(text)}};
  ImportAs as;
  as.reason = options.reason;
  as.dry_run = options.dry_run;
  const auto reply = change_own_directory(options.database, "/import",
                                          [&](std::int64_t version) { return import_body(sheets, as, version); });
  if (!reply) return fail_to_open(reply.error());
  std::fputs(directory_findings_text(reply->body).c_str(), stderr);
  if (reply->status >= 300) {
    if (options.json) std::fputs((reply->body + "\n").c_str(), stdout);
    return refused(*reply);
  }
  const std::string said = options.dry_run ? "would change: " : "";
  std::fputs((options.json ? reply->body + "\n" : said + directory_changed_text(reply->body) + "\n").c_str(), stdout);
  return kExitDone;
}

int run_directory_export(const DirectoryBookOptions& options) {
  if (!options.as.empty()) return run_export_as(options);
  if (auto made = make_empty_folder(options.folder); !made) return fail(made.error(), kExitUsage);
  const auto path = std::string(kPath) + "/export?reason=" + base::percent_encoded(options.reason);
  const auto reply = ask_own_office(options.database, "GET", path, "");
  if (!reply) return fail_to_open(reply.error());
  if (reply->status != 200) return refused(*reply);
  const auto sheets = sheets_in(reply->body);
  for (const auto& [name, text] : sheets) {
    const auto written = write_private(options.folder / std::filesystem::path(name).filename(), text);
    if (!written) return fail_to_open(written.error());
  }
  std::printf("version %lld: %zu sheets in %s\n", static_cast<long long>(number_at(reply->body, "version")),
              sheets.size(), options.folder.c_str());
  return kExitDone;
}

}  // namespace tocsin::app
