// What an office shows of an incident to who reported it and to who was alerted (ports/scenes.h).
//
// What the record says of an incident is taken once and remembered: looking again costs what happened since.
#pragma once

#include <functional>
#include <list>
#include <mutex>

#include "gateway/app/incident_course.h"
#include "gateway/app/plans_by_version.h"
#include "gateway/base/time.h"
#include "gateway/ports/past_directory.h"
#include "gateway/ports/roster.h"
#include "gateway/ports/scene_queries.h"
#include "gateway/ports/scenes.h"

namespace tocsin::app {

// Any thread.
class OfficeScenes final : public ports::Scenes {
 public:
  struct Parts {
    const ports::SceneQueries* queries = nullptr;
    const base::Clock* clock = nullptr;
    std::function<ports::RosterPtr()> roster;       // in force
    std::function<ports::PastDirectoryPtr()> past;  // null: people are called as they are today
  };
  // All outlive this.
  OfficeScenes(Parts parts, const PlansByVersion& plans) : parts_(std::move(parts)), plans_(plans) {}

  [[nodiscard]] base::Result<std::map<model::IncidentId, ports::ReportStanding>> standings(
      std::span<const model::IncidentId> incidents, const std::string& language) const override;
  [[nodiscard]] base::Result<ports::Scene> scene(model::IncidentId incident,
                                                 const std::string& language) const override;

 private:
  // What one look needs of a course.
  struct Look {
    std::vector<CourseEvent> events;
    std::vector<ComingPerson> people;
    int coming = 0, arrived = 0;
    std::optional<std::pair<ComingPerson, base::UtcTime>> leader;
  };
  // People that the steps of a call-out awaiting a word would find, for the directory they were counted in.
  struct Counted {
    model::CallOutId callout;
    std::int64_t directory = -1;
    base::UtcTime at{};
    std::vector<int> people;  // by step
  };
  struct Known {
    model::IncidentId incident;
    IncidentCourse course;
    Counted counted;
  };
  class Teller;

  [[nodiscard]] Known& known(model::IncidentId incident) const;  // the mutex is held
  [[nodiscard]] base::Result<Look> look_at(model::IncidentId incident, const ports::Roster& roster) const;
  [[nodiscard]] ports::SceneApproval approval(const ports::SceneRows& rows, const plan::Plan& plan,
                                              const ports::Roster& roster, bool chinese) const;
  [[nodiscard]] std::vector<int> counted(const ports::SceneRows& rows, const plan::Response& response,
                                         std::span<const int> steps, const ports::Roster& roster) const;

  static constexpr std::size_t kRemembered = 64;

  const Parts parts_;
  const PlansByVersion& plans_;
  mutable std::mutex looking_;      // one at a time: who waits finds it remembered
  mutable std::list<Known> known_;  // the last looked at first
};

}  // namespace tocsin::app
