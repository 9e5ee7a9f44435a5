// The course of an incident as its record tells it: what happened, who comes and who leads.
//
// Entries are taken once, in order, so that looking again costs what is new and not the incident.  Not thread-safe.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "gateway/ports/scene_queries.h"

namespace tocsin::app {

struct CourseEvent {
  model::RecordEntry entry;
  model::PersonId person;  // who answered or leads; 0 = no one person
  bool leads = false;      // it tells who leads from then on
};

// One who comes or has arrived.
struct ComingPerson {
  model::PersonId person;
  model::AnswerKind answer = model::AnswerKind::kNone;
  base::UtcTime since{};
  ports::SceneAlert alert;  // by which they were told
};

class IncidentCourse {
 public:
  // Whether somebody commands: holds a post, leads a unit or heads an area.
  using Commands = std::function<bool(model::PersonId)>;

  // `alerts`: those the answers among `entries` are of; of others nothing is known, and they are left out.
  void take(const ports::SceneEntries& entries, const std::map<model::AlertId, ports::SceneAlert>& alerts,
            const Commands& commands);

  [[nodiscard]] std::int64_t commit() const { return commit_; }  // taken up to here
  // The newest `most`, oldest first; of answers the newest half of that, so that a crowd does not hide the rest.
  [[nodiscard]] std::vector<CourseEvent> events() const;
  // First come first, at most `most`.
  [[nodiscard]] std::vector<ComingPerson> people(std::size_t most) const;
  [[nodiscard]] int coming() const { return coming_; }
  [[nodiscard]] int arrived() const { return arrived_; }
  // Of those who command the first to come, or who stands behind a stand-in and comes too: as people are told
  // (engine/answers.h).
  [[nodiscard]] std::optional<std::pair<ComingPerson, base::UtcTime>> leader() const;

  static constexpr std::size_t kMostEvents = 100, kMostAnswers = 50;

 private:
  using Turn = std::pair<base::UtcTime, model::PersonId>;

  void answered(const model::RecordEntry& entry, const ports::SceneAlert& alert, const Commands& commands);
  void count(model::AnswerKind answer, int by);
  void see_who_leads(const model::RecordEntry& entry);

  std::int64_t commit_ = 0;
  std::deque<CourseEvent> events_, answers_;
  std::map<model::PersonId, ComingPerson> people_;  // everybody who answered; those who come are in order_ too
  std::set<Turn> order_, commanding_;               // by the time since when they come
  std::optional<Turn> leader_;                      // since when they lead
  int coming_ = 0, arrived_ = 0;
};

}  // namespace tocsin::app
