#include "gateway/engine/purge.h"

#include <algorithm>
#include <utility>

#include "gateway/base/log.h"
#include "gateway/model/attachment.h"
#include "gateway/model/inbox.h"
#include "gateway/ports/attachments.h"

namespace tocsin::engine {

namespace {

constexpr base::Duration kUnnamedKept = std::chrono::hours(1);
constexpr base::Duration kEvery = std::chrono::hours(1);
constexpr int kForgottenAtOnce = 2000;  // rows: some milliseconds
constexpr int kFoldersAtOnce = 32;      // of 256: all of them within eight hours, and all at the start

bool purge_attachments(Core& core) {
  const auto past = core.store.attachments_past(core.now - model::kAttachmentsKept, core.options.due_slice);
  if (past.empty()) return false;
  core.store.delete_attachments(past);
  std::vector<std::string> hashes;
  for (const auto& attachment : past) hashes.push_back(attachment.hash);
  // The same photograph may stand behind another report.
  for (auto& hash : core.store.unnamed_files(hashes)) core.files_to_remove.push_back(std::move(hash));
  core.record(model::RecordKind::kPurged, {}, 0, static_cast<std::int64_t>(past.size()), 0, "attachments");
  return static_cast<int>(past.size()) >= core.options.due_slice;
}

bool forget(Core& core) {
  const auto& kept = core.options;
  const auto forsaken = core.store.end_forsaken(core.now - kept.numbers_kept, core.now, kForgottenAtOnce);
  for (const auto delivery : forsaken) {
    core.record(model::RecordKind::kDeliveryCancelled, {}, delivery.value, 0, 0, "purged");
  }
  const auto numbers = core.store.forget_numbers(core.now - kept.numbers_kept, kForgottenAtOnce);
  if (numbers.rows > 0) core.record(model::RecordKind::kPurged, {}, 0, numbers.rows, 0, "numbers");
  const auto words = core.store.forget_words(core.now - kept.words_kept, kForgottenAtOnce);
  if (words.rows > 0) core.record(model::RecordKind::kPurged, {}, 0, words.rows, 0, "words");
  const auto checks =
      core.store.forget_checks(core.now - std::min(kept.numbers_kept, model::kChecksKept), kForgottenAtOnce);
  if (checks.rows > 0) core.record(model::RecordKind::kPurged, {}, 0, checks.rows, 0, "contact_checks");
  const int elsewhere = core.forget_more ? core.forget_more(core.now) : 0;
  if (elsewhere > 0) core.record(model::RecordKind::kPurged, {}, 0, elsewhere, 0, "directory");
  return numbers.more || words.more || checks.more || static_cast<int>(forsaken.size()) >= kForgottenAtOnce;
}

void sweep_unnamed(Core& core) {
  if (core.attachments == nullptr) return;
  const int count = core.swept_folder < 0 ? ports::Attachments::kFolders : kFoldersAtOnce;
  const int first = core.swept_folder < 0 ? 0 : core.swept_folder;
  const auto files = core.attachments->put_before(core.now - kUnnamedKept, first, count);
  for (auto& hash : core.store.unnamed_files(files)) core.files_to_remove.push_back(std::move(hash));
  core.swept_folder = (first + count) % ports::Attachments::kFolders;
}

}  // namespace

bool purge_due(Core& core) {
  // store_timers.cc wakes us for it.
  for (const auto answer : core.store.purge_strangers(core.now - model::kInboxKept, core.now))
    core.record(model::RecordKind::kDeliveryCancelled, {}, answer.value, 0, 0, "purged");
  if (core.now < next_purge(core)) return false;
  core.store.purge_inbound(core.now - kInboundKept);
  core.store.purge_identity(core.now);
  if (purge_attachments(core)) return true;
  if (forget(core)) return true;
  sweep_unnamed(core);
  core.purged_at = core.now;
  return false;
}

base::UtcTime next_purge(const Core& core) {
  return core.purged_at ? *core.purged_at + kEvery : core.now;
}

void remove_purged_files(Core& core) {
  for (const auto& hash : std::exchange(core.files_to_remove, {})) {
    if (core.attachments == nullptr) continue;
    // One that cannot be removed now is swept later: no row names it.
    if (const auto done = core.attachments->remove(hash); !done) {
      base::log(base::LogLevel::kWarning, "attachment.not-removed", done.error().message);
    }
  }
}

}  // namespace tocsin::engine
