#include "gateway/engine/directory_change.h"

#include "gateway/ports/directory_work.h"

namespace tocsin::engine {
namespace {

model::RecordKind kind_of(model::DirectoryHow how) {
  switch (how) {
    case model::DirectoryHow::kImport: return model::RecordKind::kDirectoryImported;
    case model::DirectoryHow::kEdit: return model::RecordKind::kDirectoryEdited;
    case model::DirectoryHow::kErase: return model::RecordKind::kPersonErased;
    case model::DirectoryHow::kUndo: break;
  }
  return model::RecordKind::kDirectoryUndone;
}

}  // namespace

model::CommandResult change_directory(Core& core, const model::ChangeDirectory& c) {
  if (!c.work) return base::invalid("nothing was prepared");
  const bool own = c.by.person && c.work->owner() == c.by.person;
  if (!own && c.by.role != model::Role::kAdmin && c.by.role != model::Role::kSystem) {
    return base::Error{base::ErrorCode::kForbidden, "only an administrator changes the directory", ""};
  }
  const bool erases = c.how == model::DirectoryHow::kErase;
  if (erases && c.reason.empty()) return base::invalid("reason: is required", "reason");
  const auto by = Core::who(c.by);
  const auto changed = c.work->apply(by, c.reason, core.now);
  if (!changed) return changed.error();
  auto detail = by;
  if (!c.reason.empty()) detail += " reason:" + core.store.text_digest(c.reason);
  core.record(kind_of(c.how), {}, c.person.value, changed->version, changed->rows.all(), detail.substr(0, 200));
  if (auto stored = core.store.status(); !stored) return stored.error();  // nothing in memory has changed yet
  if (erases) core.forget_caches();                                       // words they wrote, and words that name them
  core.use_roster(c.work->roster());
  return model::Reply{*changed};
}

}  // namespace tocsin::engine
