// An alert with defaults for everything the test is not about: telling, needs "received", ladder 0, nothing answered.
#pragma once

#include "gateway/model/alert.h"
#include "tests/support/moments.h"

namespace tocsin::support {

class AnAlert {
 public:
  AnAlert() {
    alert_.id = {1};
    alert_.person = {1};
    alert_.callout = {1};
    alert_.step = {1};
    alert_.selector = 0;
    alert_.ladder = 0;
    alert_.needs = model::AnswerKind::kReceived;
  }
  AnAlert& that_needs(model::AnswerKind needs) { return set(alert_.needs, needs); }
  AnAlert& that_only_informs() { return that_needs(model::AnswerKind::kNone); }
  AnAlert& without_a_ladder() { return set(alert_.ladder, -1); }
  AnAlert& answered(model::AnswerKind answer, base::UtcTime at = noon) {
    alert_.answered_at = at;
    return set(alert_.answer, answer);
  }
  AnAlert& paused_until(base::UtcTime until) { return set(alert_.paused_until, std::optional(until)); }
  AnAlert& in_state(model::AlertState state, model::Reason reason = model::Reason::kNone) {
    alert_.reason = reason;
    return set(alert_.state, state);
  }
  operator const model::Alert&() const { return alert_; }  // NOLINT(google-explicit-constructor)

 private:
  template <typename T>
  AnAlert& set(T& field, T value) {
    field = value;
    return *this;
  }
  model::Alert alert_;
};

inline AnAlert an_alert() {
  return {};
}

}  // namespace tocsin::support
