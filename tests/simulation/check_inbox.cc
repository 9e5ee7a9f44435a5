// The inbox: what somebody wrote by hand and nobody opened in the plan's time rings those whom the plan names.
#include <algorithm>

#include "tests/simulation/promises.h"

namespace tocsin::simulation {
namespace {

constexpr std::int64_t kMinute = 60'000'000, kHour = 60 * kMinute;
constexpr std::int64_t kOpenWithin = 2 * kMinute;  // of the town's plans
constexpr std::int64_t kMessageKept = 72 * kHour;

bool by_hand(const StrangerRow& row) {
  return row.from.rfind("+86148", 0) == 0 && row.text.find("自动回复") == std::string::npos;
}

bool says_so(const std::string& body) {
  return body.find("收件箱有") != std::string::npos || body.find("in its inbox in time") != std::string::npos;
}

// Walks through the record from one message on: when was it to ring at the latest, and did the office, alive, see a
// minute go by after that without ringing?
class Waiting {
 public:
  explicit Waiting(const StrangerRow& row) : row_(row), latest_(row.at + kOpenWithin) {}

  // False when nothing more is owed for it.
  bool see(const RecordRow& r) {
    if (is(r, Kind::kStarted)) late_since_.reset();  // until then it was closed, or dying
    if (is(r, Kind::kInboxRung)) {
      if (r.at > row_.at) return false;
      latest_ = std::max(latest_, r.at + kHour);
    }
    if ((row_.opened_at && r.at >= *row_.opened_at) || r.at > row_.at + kMessageKept) return false;
    if (r.at <= latest_) return true;
    if (!late_since_) late_since_ = r.at;
    forgotten_ = r.at > *late_since_ + kMinute;
    return !forgotten_;
  }
  [[nodiscard]] bool forgotten() const { return forgotten_; }
  // With nothing else in the record until then.
  [[nodiscard]] bool forgotten_at(std::int64_t end) const {
    return !row_.opened_at && end > latest_ + kMinute && end < row_.at + kMessageKept;
  }

 private:
  const StrangerRow& row_;
  std::int64_t latest_;
  Micros late_since_;
  bool forgotten_ = false;
};

}  // namespace

void unopened_messages_ring(Evidence& e) {
  for (const auto& row : e.t.strangers) {
    if (!by_hand(row) || (row.opened_at && *row.opened_at <= row.at + kOpenWithin)) continue;
    Waiting waiting(row);
    const bool owed = std::all_of(e.t.record.begin(), e.t.record.end(), [&](const auto& r) { return waiting.see(r); });
    if (waiting.forgotten() || (owed && waiting.forgotten_at(e.journal.ended_at_us)))
      e.say("inbox: nobody was rung for message " + n(row.id) + ", which nobody opened in time");
  }
}

void inbox_rings_once_an_hour(Evidence& e) {
  Micros last;
  std::int64_t told = 0;
  for (const auto& r : e.t.record) {
    if (!is(r, Kind::kInboxRung)) continue;
    if (last && r.at < *last + kHour) e.say("inbox: it rang again within an hour, entry " + n(r.seq));
    if (r.a < 1) e.say("inbox: it rang for nothing, entry " + n(r.seq));
    last = r.at;
    told += r.b;
  }
  std::int64_t sent = 0;
  for (const auto& [id, delivery] : e.t.deliveries) {
    const auto body = e.t.bodies.find(delivery.message);
    if (body == e.t.bodies.end() || !says_so(body->second)) continue;
    ++sent;
    if (e.journal.links_were_up && (delivery.state == kQueuedState || delivery.state == kClaimed))
      e.say("inbox: delivery " + n(id) + " of a ring has not left");
  }
  if (sent != told) e.say("inbox: " + n(told) + " were rung, but " + n(sent) + " messages say so");
}

}  // namespace tocsin::simulation
