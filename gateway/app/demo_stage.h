// The stage of the demo: an office whose clock can be moved, actors who text and report, and a line for each thing that
// did not go as told.  One thread: the one that plays the scene.
#pragma once

#include <atomic>
#include <optional>
#include <string>

#include "gateway/app/daemon.h"

namespace tocsin::app {

// The machine's clock, moved ahead by the scene: three minutes of waiting pass at once, on both timelines alike.
class MovedClock final : public base::Clock {
 public:
  [[nodiscard]] base::UtcTime utc_now() const override { return machine_.utc_now() + base::Duration{ahead_}; }
  [[nodiscard]] base::SteadyTime steady_now() const override { return machine_.steady_now() + base::Duration{ahead_}; }
  void move(base::Duration by) { ahead_ += by.count(); }

 private:
  base::SystemClock machine_;
  std::atomic<std::int64_t> ahead_{0};
};

// One line for the audience, at once.
void say(const std::string& line);

// The stage: an office, a clock that can be moved, and what the audience is told.
class Stage {
 public:
  // Daemon, clock and `stop_asked` must outlive the stage; `pace` is the pause before each title, zero in tests.
  Stage(Daemon& daemon, MovedClock& clock, base::Duration pace, const std::atomic<bool>& stop_asked)
      : daemon_(daemon), clock_(clock), pace_(pace), stop_asked_(stop_asked) {}

  void title(const std::string& text);
  void line(const std::string& text) { say("   " + text); }

  // Lets the engine do all that is due now.
  void settle();
  // Moves the clock by `by`, stopping wherever the engine has something to do.
  void pass(base::Duration by);
  model::CommandResult submit(model::Command command);
  // The sample person with that code texts the office.
  void texts(const std::string& person, const std::string& text);
  // The one incident of the scene, 101.
  model::IncidentView incident();

  // Every promise of the scene is looked up, not assumed; what does not hold is shown and counted.
  bool expect(bool holds, const std::string& what);

  // "?" and an id of none where nobody is meant; `alert_of` points into `view`.
  std::string name(model::PersonId id);
  model::PersonId person(const std::string& code);
  const model::AlertView* alert_of(const model::IncidentView& view, const std::string& code);
  bool was_sent(const model::IncidentView& view, const std::string& code, model::MatterKind matter);
  std::optional<model::CallLine> call_line(const std::string& code);

  bool call_sheet_is_empty();

  [[nodiscard]] int failures() const { return failures_; }

 private:
  void pause();

  Daemon& daemon_;
  MovedClock& clock_;
  base::Duration pace_;
  const std::atomic<bool>& stop_asked_;
  int failures_ = 0;
};

}  // namespace tocsin::app
