// Offices' own lists: read and held against the directory, then accepted as one change of it.
#include <chrono>

#include "adapters/https/handlers.h"
#include "adapters/https/json_in.h"
#include "gateway/base/encoding.h"
#include "gateway/ports/directory_desk.h"

namespace tocsin::https {
namespace {

constexpr std::size_t kLongestFile = 16UL * 1024 * 1024;
constexpr std::size_t kLongestMapping = 64UL * 1024, kLongestAnswers = 1024UL * 1024;
constexpr std::chrono::seconds kReadWithin{25};
constexpr const char* kTooLate = "not read in time: the reader is still at it, and nothing was changed";

// The file of the request, in base64 or as text.
base::Result<std::string> file_of(Fields& fields) {
  constexpr std::size_t kLongestBase64 = (kLongestFile + 2) / 3 * 4;
  const auto coded = fields.document("base64", kLongestBase64, false);
  auto text = fields.document("text", kLongestFile, false);
  if (coded.empty() == text.empty()) return base::invalid("base64: one of base64 and text is required", "base64");
  if (coded.empty()) return text;
  auto bytes = base::from_base64(coded);
  if (!bytes) return base::invalid("base64: expected base64 with padding (RFC 4648 section 4)", "base64");
  return std::move(*bytes);
}

// What reading and accepting have in common; finish() is the caller's.
base::Result<ports::ListWish> read_wish(const Call& call, Fields& fields) {
  ports::ListWish wish;
  wish.name = fields.text("name", {.required = true, .max_characters = 200});
  wish.encoding = fields.word("encoding", {"UTF-8", "UTF-16LE", "UTF-16BE", "GB18030"}, false);
  wish.mapping = fields.document("mapping", kLongestMapping, false);
  wish.answers = fields.document("answers", kLongestAnswers, false);
  wish.everybody = fields.flag("everybody");
  wish.agreed_when = fields.time("agreed_when");
  wish.agreed_how = fields.text("agreed_how", {.max_characters = 500});
  wish.at = call.door.now();
  auto bytes = file_of(fields);
  if (!bytes.ok()) return bytes.error();
  wish.bytes = std::move(*bytes);
  return wish;
}

}  // namespace

base::Result<HttpResponse> post_directory_read(const Call& call) {
  const auto desk = desk_of(call);
  if (!desk.ok()) return desk.error();
  const auto object = parse_object(call.request.body, kMostDirectoryBytes);
  if (!object.ok()) return object.error();
  Fields fields(*object);
  auto wish = read_wish(call, fields);
  const auto reason = fields.text("reason", {.max_characters = 500});
  if (auto status = fields.finish(); !status.ok()) return status.error();
  if (!wish.ok()) return wish.error();
  wish->unmasked = !reason.empty();
  if (wish->unmasked) {
    if (auto noted = note_reason(call, reason, "POST /api/v1/directory/read"); !noted) return noted.error();
  }
  auto read = wait_for((*desk)->read_list(std::move(*wish)), kReadWithin, kTooLate);
  if (!read.ok()) return read.error();
  return json_response(200, std::move(read->json));
}

base::Result<HttpResponse> post_directory_read_accept(const Call& call) {
  const auto desk = desk_of(call);
  if (!desk.ok()) return desk.error();
  const auto object = parse_object(call.request.body, kMostDirectoryBytes);
  if (!object.ok()) return object.error();
  Fields fields(*object);
  auto list = read_wish(call, fields);
  ports::DirectoryWish wish;
  wish.by = call.by;
  wish.reason = fields.text("reason", {.max_characters = 500});
  wish.expected = expected_directory(call, fields.whole_number("base_version", false));
  const bool dry_run = fields.flag("dry_run");
  if (auto status = fields.finish(); !status.ok()) return status.error();
  if (!list.ok()) return list.error();
  if (!dry_run && wish.expected.empty() && call.request.if_match.empty()) {
    return version_needed(call, "If-Match: the ETag of the directory, or base_version: the version of the answer");
  }
  list->to_import = true;
  auto read = wait_for((*desk)->read_list(std::move(*list)), kReadWithin, kTooLate);
  if (!read.ok()) return read.error();
  ports::DirectoryHead head;
  head.version = read->version;
  if (auto stands = model::check(wish.expected, ports::version_of(head)); !stands) return stands.error();
  // What it becomes was made of this version: somebody else's change meanwhile must not be overwritten by it.
  wish.expected = {ports::version_of(head)};
  wish.what = std::move(read->import);
  return change_directory(call, wish, dry_run, 201);
}

}  // namespace tocsin::https
