// One setting: its key, its unit and range, its help, and where its value goes.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <variant>

#include "gateway/base/time.h"

namespace tocsin::app {

// Where a setting's value goes.
template <typename T>
using Slot = std::variant<std::function<std::string&(T&)>, std::function<int&(T&)>, std::function<std::int64_t&(T&)>,
                          std::function<bool&(T&)>, std::function<base::Duration&(T&)>>;

// When a changed setting takes effect.
enum class Takes { kAtRestart, kLive };

template <typename T>
struct SettingInfo {
  const char* key;           // "https.port"; of a link: "port"
  const char* unit;          // "", "port", "seconds as 30s", ...
  std::int64_t least, most;  // of whole numbers; of durations in milliseconds; of texts their length
  const char* help;
  Slot<T> slot;
  Takes takes = Takes::kAtRestart;
};

// A slot for a member of T itself.
template <typename T, typename F>
[[nodiscard]] Slot<T> slot_of(F T::*member) {
  return std::function<F&(T&)>([member](T& t) -> F& { return t.*member; });
}
// A slot for a member of a part of T.
template <typename T, typename P, typename F>
[[nodiscard]] Slot<T> slot_of(P T::*part, F P::*member) {
  return std::function<F&(T&)>([part, member](T& t) -> F& { return t.*part.*member; });
}

// And for a member of a part of such a part.
template <typename T, typename P, typename Q, typename F>
[[nodiscard]] Slot<T> slot_of(P T::*part, Q P::*inner, F Q::*member) {
  return std::function<F&(T&)>([part, inner, member](T& t) -> F& { return t.*part.*inner.*member; });
}

inline constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;  // durations are bounded in milliseconds

}  // namespace tocsin::app
