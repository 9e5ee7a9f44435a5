// Which of the things sent so far are still unanswered, over all connections of a link: each is given the next turn.
//
// A receipt may overtake the submit_sm_resp that tells its message's id: on another bind, or with a centre that sends
// them in the wrong order (SMPP 3.4 promises none).  Whoever waits until everything sent before a moment has ended
// knows that every id which a receipt of that moment may name is known.  Amortised O(1), not thread-safe.
#pragma once

#include <cstdint>
#include <deque>

namespace tocsin::sms::smpp {

class OpenTurns {
 public:
  [[nodiscard]] std::uint64_t begin() {
    ended_.push_back(false);
    ++open_;
    return next_++;
  }
  // Each once.
  void end(std::uint64_t turn) {
    ended_[turn - oldest_] = true;
    --open_;
    while (!ended_.empty() && ended_.front()) {
      ended_.pop_front();
      ++oldest_;
    }
  }
  [[nodiscard]] std::size_t open() const { return open_; }
  [[nodiscard]] std::uint64_t next() const { return next_; }      // what begin() would give now
  [[nodiscard]] std::uint64_t oldest() const { return oldest_; }  // the oldest open one; next() when none is

 private:
  std::deque<bool> ended_;  // from oldest_ on
  std::uint64_t oldest_ = 0, next_ = 0;
  std::size_t open_ = 0;
};

}  // namespace tocsin::sms::smpp
