// Where a rehearsal is played: the rows an engine would keep in its store, held in memory.
//
// The functions over it (climbing.h, stepping.h, answering.h, course.h) do what gateway/engine does in the files of the
// same subject, by the same pure functions of callout and triage.  Ids are places: alert, step and call-out n is the
// nth made.  Private to rehearse; one thread.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <queue>
#include <unordered_map>
#include <utility>
#include <vector>

#include "gateway/base/ids.h"
#include "gateway/base/said.h"
#include "gateway/model/incident.h"
#include "gateway/rehearse/simulate.h"

namespace tocsin::rehearse {

using Place = std::size_t;  // of an alert or a step

// One alert and what is shown of it.
struct Actor {
  model::Alert alert;
  int revision = 1;  // of its matter
  std::vector<model::Delivery> tried;
  std::vector<Place> steps;           // that it counts for, in plan order
  std::vector<model::Selector> hats;  // selectors of further steps
  Told told;
};

struct StagedStep {
  model::Step row;
  const plan::PlanStep* rules = nullptr;
  int callout = 0;
  bool asks_decision = false;  // the step of an approval
};

struct StagedCallOut {
  const plan::Response* response = nullptr;
  int revision = 1;
  Place first_step = 0;  // its steps follow each other
  bool ended = false;
  base::UtcTime approval_due{};
  std::unordered_map<model::PersonId, model::AnswerKind> told_before;
  std::vector<std::string> ran_before;
};

struct StagedTask {
  Place step = 0;
  std::string text;
  base::UtcTime due_at{};
};

struct StagedLink {
  bool up = true, stalled = false;
  base::UtcTime down_since{};
};

// Long work in slices, as ports::Work.
struct StagedWork {
  Place step = 0;
  bool mails = false;                        // else enters the recipients of `step`
  std::vector<model::Recipient> recipients;  // of the step
  std::vector<model::PersonId> people;       // mailed
  std::pair<model::MatterKind, int> matter = {model::MatterKind::kUpdate, 0};
  std::size_t next = 0;
};

// (when, place), the earliest first.  An entry whose time the row no longer names is passed over.
using Due = std::pair<base::UtcTime, Place>;
using DueQueue = std::priority_queue<Due, std::vector<Due>, std::greater<>>;

class Stage {
 public:
  Stage(const plan::Plan& plan_in, const ports::Roster& roster_in, const Options& options_in, Rehearsal& out_in);

  const plan::Plan& plan;
  const ports::Roster& roster;
  const Options& options;
  Rehearsal& out;
  base::UtcTime now{};
  base::IdSource ids;  // of deliveries: next_rung reads the time in them

  model::Incident incident;
  std::deque<Actor> actors;
  std::deque<StagedStep> steps;  // out.steps at the same place
  std::vector<StagedCallOut> callouts;
  std::vector<StagedTask> tasks;  // out.tasks at the same place
  std::deque<StagedWork> work;
  bool not_opened = false;  // its time is over, and nobody opened it

  std::vector<Place> exhausted;  // alerts that were, each time; some no longer are

  DueQueue due_alerts, due_steps, due_tasks;
  DueQueue due_answers;  // of people who are not silent
  std::map<model::Channel, StagedLink> links;

  // Since the beginning, to the millisecond: see Course::settle.
  [[nodiscard]] base::Duration elapsed() const { return shown(now); }
  [[nodiscard]] base::Duration shown(base::UtcTime at) const {
    return std::chrono::floor<std::chrono::milliseconds>(at - out.at);
  }
  [[nodiscard]] Actor* alert_of(model::MatterKind kind, int revision, model::PersonId person);
  // The place of a new alert, or nothing when that person has one of that matter.
  [[nodiscard]] std::optional<Place> add(model::Alert alert, int revision);
  [[nodiscard]] std::vector<Place> alerts_of(model::PersonId person) const;  // oldest first

  void look_again(Place alert);  // its look_again_at is due in due_alerts
  void mark_dirty(Place step);   // to be judged when the event is over
  [[nodiscard]] std::vector<Place> take_dirty();
  void note_rest(Actor& actor);  // keeps Told::ended_after and end true

  // ---- deliveries ----
  void queue(Place alert, std::size_t delivery);  // of actors[alert].tried
  // What is queued on links that are up is handed over, or was owed for so long that it is not said any more; the
  // alerts concerned, in order.  Empty: nothing was.
  [[nodiscard]] std::vector<Place> hand_over();
  // Queued ones of the alert end as `state`.
  void end_queued(Actor& actor, model::DeliveryState state);
  void close_call_lines(Actor& actor);
  // Queued ones of that channel become stalled; the alerts concerned, in order.
  [[nodiscard]] std::vector<Place> stall(model::Channel channel);
  void unstall(model::Channel channel);

  // The half of it that Options::language asks for.
  [[nodiscard]] std::string in_language(const base::Said& words) const;
  void happened(HappenedWhat what, std::string who = {});
  [[nodiscard]] std::string code_of(model::PersonId person) const;

 private:
  using Waiting = std::pair<Place, std::size_t>;  // alert, which of its deliveries
  // Of what waits for one link, ends what is not said any more (callout/present.h); the alerts concerned.
  [[nodiscard]] std::vector<Place> drop_the_past(std::vector<Waiting>& waiting);

  std::map<std::pair<model::MatterKind, int>, std::unordered_map<model::PersonId, Place>> matters_;
  std::unordered_map<model::PersonId, std::vector<Place>> of_person_;
  std::vector<Place> dirty_;
  std::map<model::Channel, std::vector<Waiting>> queued_;
};

}  // namespace tocsin::rehearse
