#include "adapters/https/client_limits.h"

namespace tocsin::https {

void ClientLimits::forget_if_nothing(std::unordered_map<std::string, Held>::iterator at) {
  if (at->second.connections == 0 && at->second.large_bodies == 0) held_.erase(at);
}

bool ClientLimits::connect(const std::string& client) {
  const std::lock_guard lock(mutex_);
  const auto at = held_.try_emplace(client).first;
  const bool room = at->second.connections < shares_.connections_per_client;
  if (room) ++at->second.connections;
  forget_if_nothing(at);
  return room;
}

void ClientLimits::disconnect(const std::string& client) {
  const std::lock_guard lock(mutex_);
  const auto at = held_.find(client);
  if (at == held_.end()) return;
  --at->second.connections;
  forget_if_nothing(at);
}

bool ClientLimits::begin_large_body(const std::string& client) {
  const std::lock_guard lock(mutex_);
  if (large_bodies_ >= shares_.large_bodies) return false;
  const auto at = held_.try_emplace(client).first;
  const bool room = at->second.large_bodies < shares_.large_bodies_per_client;
  if (room) {
    ++at->second.large_bodies;
    ++large_bodies_;
  }
  forget_if_nothing(at);
  return room;
}

void ClientLimits::end_large_body(const std::string& client) {
  const std::lock_guard lock(mutex_);
  const auto at = held_.find(client);
  if (at == held_.end()) return;
  --at->second.large_bodies;
  --large_bodies_;
  forget_if_nothing(at);
}

void ClientLimits::set(Shares shares) {
  const std::lock_guard lock(mutex_);
  shares_ = shares;
}

std::size_t ClientLimits::clients() const {
  const std::lock_guard lock(mutex_);
  return held_.size();
}

}  // namespace tocsin::https
