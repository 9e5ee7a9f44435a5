// What operators watch.  Written by the engine thread, read by anybody.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <deque>
#include <string>

namespace tocsin::engine {

struct Metrics {
  using Counter = std::atomic<std::uint64_t>;
  Counter commands{0}, batches{0}, failed_batches{0};
  Counter reports_accepted{0}, reports_repeated{0}, reports_refused{0};
  Counter incidents_opened{0}, levels_raised{0};
  Counter alerts{0}, deliveries{0}, handed_over{0}, accepted{0}, delivered{0}, undelivered{0}, refused{0}, unknown{0},
      retried{0}, moved{0};
  Counter receipts_unknown{0}, answers{0}, strangers{0}, strangers_left_out{0}, auto_replies{0},
      auto_replies_held_back{0}, clock_steps{0};
  Counter links_doubted{0}, probes_sent{0}, probes_returned{0}, probes_lost{0};
  Counter checks_sent{0}, checks_answered{0}, checks_silent{0}, checks_failed{0};
  std::atomic<std::int64_t> queue_length{0};
  std::atomic<bool> storage_full{false};

  struct OfLink {
    std::string name;
    std::atomic<bool> up{false}, doubted{false}, full{false}, degraded{false};
    std::atomic<std::int64_t> missing_ppm{0}, receipt_ms{0};
    std::atomic<std::int64_t> round_trip_ms{-1};  // of the last probe; -1 = none came back yet
  };
  std::deque<OfLink> links;  // made at start, before anybody reads

  // Prometheus text exposition 0.0.4.
  [[nodiscard]] std::string exposition() const;
};

}  // namespace tocsin::engine
