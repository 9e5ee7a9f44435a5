// A queue in which clients take turns: who sends much waits behind himself and not before others.
//
// Bounded for each client and in all.  Not thread-safe; pure but for the values it holds.
#pragma once

#include <algorithm>
#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

namespace tocsin::https {

template <typename T>
class FairQueue {
 public:
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::size_t size_of(const std::string& client) const {
    const auto at = clients_.find(client);
    return at == clients_.end() ? 0 : at->second.size();
  }

  void push(const std::string& client, T value) {
    auto& own = clients_[client];
    if (own.empty()) turns_.push_back(client);
    own.push_back(std::move(value));
    ++size_;
  }
  // The oldest of the client whose turn it is; that client goes to the end.
  [[nodiscard]] std::optional<T> pop() {
    if (turns_.empty()) return std::nullopt;
    const std::string client = std::move(turns_.front());
    turns_.pop_front();
    const auto at = clients_.find(client);
    T value = std::move(at->second.front());
    at->second.pop_front();
    --size_;
    if (at->second.empty()) {
      clients_.erase(at);
    } else {
      turns_.push_back(client);
    }
    return value;
  }
  // False when it is not there (any more).
  bool remove(const std::string& client, const T& value) {
    const auto at = clients_.find(client);
    if (at == clients_.end()) return false;
    const auto found = std::find(at->second.begin(), at->second.end(), value);
    if (found == at->second.end()) return false;
    at->second.erase(found);
    --size_;
    if (at->second.empty()) {
      clients_.erase(at);
      turns_.erase(std::find(turns_.begin(), turns_.end(), client));
    }
    return true;
  }

 private:
  std::unordered_map<std::string, std::deque<T>> clients_;  // none is empty
  std::deque<std::string> turns_;                           // each of clients_ once
  std::size_t size_ = 0;
};

}  // namespace tocsin::https
