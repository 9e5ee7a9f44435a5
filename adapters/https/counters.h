// What the front door has seen: counted by all its threads, read by the metrics.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

namespace tocsin::https {

enum class SessionState { kProxyHeader, kHandshake, kIdle, kReading, kWaiting, kWriting, kResting, kClosing, kClosed };
inline constexpr std::array<std::string_view, 8> kSessionStates{"proxy_header", "handshake", "idle",    "reading",
                                                                "waiting",      "writing",   "resting", "closing"};

// Why a connection was refused, or ended by us before its time.
enum class Refusal { kPerClient, kAllTaken, kDescriptors, kForeignUser, kProxyHeader };
inline constexpr std::array<std::string_view, 5> kRefusals{"per_client", "all_taken", "descriptors", "foreign_user",
                                                           "proxy_header"};
enum class Cut {
  kIdleMadeRoom,
  kHandshakeMadeRoom,
  kHandshakeFailed,
  kHandshakeSlow,
  kRequestSlow,
  kAnswerSlow,
  kIdle
};
inline constexpr std::array<std::string_view, 7> kCuts{"idle_made_room",
                                                       "handshake_made_room",
                                                       "handshake_failed",
                                                       "handshake_slow",
                                                       "request_slow",
                                                       "answer_slow",
                                                       "idle"};
// Whole requests that no worker saw.
enum class Shed { kClientRate, kGlobalRate, kRouteRate, kQueueFull, kClientQueueFull, kWaitedTooLong, kLargeBodies };
inline constexpr std::array<std::string_view, 7> kSheds{
    "client_rate", "global_rate", "route_rate", "queue_full", "client_queue_full", "waited_too_long", "large_bodies"};

struct Counters {
  using Counter = std::atomic<std::uint64_t>;
  Counter accepted{0}, handshakes{0}, resumed{0}, requests{0}, malformed{0};
  std::array<Counter, kRefusals.size()> refused{};
  std::array<Counter, kCuts.size()> cut{};
  std::array<Counter, kSheds.size()> shed{};
  std::array<Counter, 6> answers{};                                         // by hundreds of the status
  std::array<std::atomic<std::int64_t>, kSessionStates.size() + 1> open{};  // by state; the last is not kept

  void count(Refusal why) { ++refused[static_cast<std::size_t>(why)]; }
  void count(Cut why) { ++cut[static_cast<std::size_t>(why)]; }
  void count(Shed why) { ++shed[static_cast<std::size_t>(why)]; }
  [[nodiscard]] std::int64_t connections() const;

  // Prometheus text exposition 0.0.4.
  [[nodiscard]] std::string exposition() const;
};

}  // namespace tocsin::https
