// What every route that changes the directory does (handlers.h).
#include "adapters/https/handlers.h"
#include "adapters/https/json_directory.h"
#include "gateway/ports/directory_desk.h"

namespace tocsin::https {
namespace {

constexpr int kTries = 3;  // somebody else's change came between preparing and writing

}  // namespace

base::Status note_reason(const Call& call, const std::string& reason, std::string_view route) {
  model::NoteAccess note;
  note.kind = model::AccessKind::kUnmasked;
  note.by = call.by;
  note.route = std::string(route);
  note.reason = reason;
  const auto done = run(call, model::IdentityCommand(std::move(note)));
  if (!done.ok()) return done.error();
  return base::Done{};
}

HttpResponse version_needed(const Call& call, std::string_view of_what) {
  return problem_response(Problem::kVersionNeeded, of_what, {}, call.language);
}

model::Expected expected_directory(const Call& call, const std::optional<std::int64_t>& base_version) {
  auto versions = expected(call);
  if (versions.empty() && base_version) {
    ports::DirectoryHead head;
    head.version = *base_version;
    versions.push_back(ports::version_of(head));
  }
  return versions;
}

base::Result<const ports::DirectoryDesk*> desk_of(const Call& call) {
  const auto* desk = call.door.directory();
  if (desk == nullptr) {
    return base::Error{base::ErrorCode::kNotFound, "this office keeps no directory to work with", {}};
  }
  return desk;
}

base::Result<HttpResponse> change_directory(const Call& call, const ports::DirectoryWish& wish, bool dry_run,
                                            int status) {
  const auto desk = desk_of(call);
  if (!desk.ok()) return desk.error();
  for (int tries = 1;; ++tries) {
    auto prepared = base::Result<ports::PreparedChange>(ports::PreparedChange{});
    {
      const Waiting waiting;
      prepared = (*desk)->prepare(wish);
    }
    if (!prepared.ok()) return prepared.error();
    if (!prepared->may_stand) return directory_refused(*prepared, call.language);
    std::int64_t version = prepared->base;
    const bool differs = prepared->always || prepared->rows.all() > 0 || prepared->lists;
    if (!dry_run && differs) {
      const auto done = run(call, prepared->command);
      if (!done.ok() && done.error().code == base::ErrorCode::kChanged && tries < kTries) continue;
      if (!done.ok()) return done.error();
      version = std::get<model::DirectoryChanged>(*done).version;
    }
    auto response = json_response(dry_run || prepared->rows.all() == 0 ? 200 : status,
                                  directory_changed_json(*prepared, version, dry_run));
    if (prepared->person) return with_version(std::move(response), *prepared->person);
    ports::DirectoryHead head;
    head.version = version;
    return with_version(std::move(response), ports::version_of(head));
  }
}

}  // namespace tocsin::https
