#include "gateway/engine/attachments.h"

#include <algorithm>

#include "gateway/ports/attachments.h"

namespace tocsin::engine {

namespace {

using base::Error;
using base::ErrorCode;

bool is_desk(const model::Principal& by) {
  return by.role == model::Role::kDuty || by.role == model::Role::kAdmin;
}

}  // namespace

model::CommandResult attach_file(Core& core, const model::AttachFile& c) {
  const auto report = core.store.report(c.file.report);
  if (!report || (!is_desk(c.by) && !model::sent_by(*report, c.by))) {
    return Error{ErrorCode::kNotFound, "no report has that id", {}};
  }
  const auto* incident = core.incident(report->incident);
  if (incident == nullptr) return Error{ErrorCode::kInternal, "a report without an incident", {}};
  const bool over = incident->state != model::IncidentState::kOpen && incident->ended_at;
  if (over && core.now - *incident->ended_at >= model::kAttachmentsKept) {
    return Error{ErrorCode::kRefused, "the incident ended more than 30 days ago", {}};
  }
  const auto known = core.store.attachments_of(report->id);
  if (std::any_of(known.begin(), known.end(), [&](const auto& a) { return a.hash == c.file.hash; })) {
    return model::Reply{model::AttachedFile{incident->code, true}};
  }
  if (static_cast<int>(known.size()) >= model::kMostAttachments) {
    return Error{ErrorCode::kRefused, "a report takes at most 10 attachments", {}};
  }
  // Files go only on this thread, after a commit: what is here now stays until this row is seen by a purge.
  if (core.attachments == nullptr || !core.attachments->has(c.file.hash)) {
    return Error{ErrorCode::kRetryLater, "the file is gone again: send it once more", {}};
  }
  auto file = c.file;
  file.at = core.now;
  core.store.insert_attachment(file);
  core.record(model::RecordKind::kAttached, incident->id, report->id.value, file.bytes, 0,
              Core::who(c.by) + " " + file.hash.substr(0, 16));
  return model::Reply{model::AttachedFile{incident->code, false}};
}

}  // namespace tocsin::engine
