#include "adapters/https/audit.h"

#include <utility>

namespace tocsin::https {
namespace {

constexpr base::Duration kMinute = std::chrono::minutes(1);
constexpr std::size_t kMostCounted = 1024;  // askers and routes within a minute; the rest share one entry

std::string key_of(const model::NoteAccess& note) {
  const auto who = note.by ? std::string(model::name_of(note.by->role)) + ":" + note.by->name : "-" + note.client;
  return std::to_string(static_cast<int>(note.kind)) + "|" + who + "|" + note.route + "|" + std::to_string(note.status);
}

}  // namespace

void Audit::refused(const model::Principal* by, const std::string& client, std::string_view route, int status) {
  model::NoteAccess one;
  one.kind = model::AccessKind::kRefused;
  if (by != nullptr) one.by = *by;
  one.client = client;
  one.route = route;
  one.status = status;
  note(std::move(one));
}

void Audit::read_list(const model::Principal& by, std::string_view route) {
  model::NoteAccess one;
  one.kind = model::AccessKind::kListRead;
  one.by = by;
  one.route = route;
  note(std::move(one));
}

void Audit::note(model::NoteAccess one) {
  const auto now = door_.now();
  const bool at_once = state_.with([&](State& state) {
    auto key = key_of(one);
    if (state.counted.size() >= kMostCounted && state.counted.count(key) == 0) {
      key = "others";
      one.by.reset();
      one.client = "others";
      one.route = "others";
    }
    auto& counted = state.counted[key];
    const bool fresh = counted.since == base::UtcTime{};
    if (fresh) {
      counted.note = one;
      counted.since = now;
    } else {
      ++counted.waiting;
    }
    return fresh;
  });
  if (at_once) (void)door_.submit(model::IdentityCommand(std::move(one)));
  flush(false);
}

void Audit::flush(bool all) {
  const auto now = door_.now();
  const auto due = state_.with([&](State& state) {
    std::vector<model::NoteAccess> ready;
    if (!all && now < state.next_flush) return ready;
    state.next_flush = now + std::chrono::seconds(1);
    for (auto at = state.counted.begin(); at != state.counted.end();) {
      auto& counted = at->second;
      if (!all && now - counted.since < kMinute && now >= counted.since) {
        ++at;
        continue;
      }
      if (counted.waiting == 0) {
        at = state.counted.erase(at);
        continue;
      }
      ready.push_back(counted.note);
      ready.back().count = std::exchange(counted.waiting, 0);
      counted.since = now;
      ++at;
    }
    return ready;
  });
  for (const auto& one : due) (void)door_.submit(model::IdentityCommand(one));
}

}  // namespace tocsin::https
