#include "adapters/https/session_room.h"

#include <utility>
#include <vector>

namespace tocsin::https {
SessionRoom::~SessionRoom() {
  close_all();
}

void SessionRoom::adopt(int fd, Peer peer) {
  auto session = std::make_shared<Session>(*this, fd, std::move(peer));
  auto& busy = list(Kind::kBusy);
  busy.push_back(session);
  session->take_place(std::prev(busy.end()));
  session->start();
  if (winding_up_) session->wind_up();
}

void SessionRoom::move(Session& session, Kind to) {
  auto& place = session.place();
  if (place.kind == to) return;
  auto& target = list(to);
  target.splice(target.end(), list(place.kind), place.at);
  if (place.kind == Kind::kIdle || to == Kind::kIdle) note_longest_idle();
  place.kind = to;
}

void SessionRoom::remove(Session& session) {
  const auto& place = session.place();
  // It may be in the middle of a call of its own.
  loop_.post([gone = std::move(*place.at)] {});
  list(place.kind).erase(place.at);
  if (place.kind == Kind::kIdle) note_longest_idle();
}

void SessionRoom::note_longest_idle() {
  const auto& idle = list(Kind::kIdle);
  longest_idle_ = idle.empty() ? kNone : idle.front()->since().time_since_epoch().count();
}

bool SessionRoom::make_room() {
  auto& idle = list(Kind::kIdle);
  if (idle.empty()) return drop_oldest_handshake();
  front_.counters.count(Cut::kIdleMadeRoom);
  const auto oldest = idle.front();
  oldest->finish();  // with a goodbye, if it goes out at once
  oldest->close();
  return true;
}

bool SessionRoom::drop_oldest_handshake() {
  auto& unfinished = list(Kind::kUnfinished);
  if (unfinished.empty()) return false;
  Session& oldest = *unfinished.front();
  const auto patience = front_.rules.with([](const RulesPtr& rules) { return rules->settings.handshake_patience; });
  if (std::chrono::steady_clock::now() - oldest.since() < patience || oldest.has_unread()) return false;
  front_.counters.count(Cut::kHandshakeMadeRoom);
  oldest.close();
  return true;
}

void SessionRoom::drop_slow_handshakes(int most) {
  while (most-- > 0 && drop_oldest_handshake()) {
  }
}

void SessionRoom::wind_up() {
  winding_up_ = true;
  std::vector<std::shared_ptr<Session>> all;
  for (const auto& one : lists_) all.insert(all.end(), one.begin(), one.end());
  for (const auto& session : all) session->wind_up();
}

void SessionRoom::close_all() {
  for (auto& one : lists_) {
    while (!one.empty()) one.front()->close();
  }
}

}  // namespace tocsin::https
