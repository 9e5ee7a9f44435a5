// The part of the read side that scenes are made of (ports/scenes.h).  Rules as in queries.h.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gateway/base/result.h"
#include "gateway/model/alert.h"
#include "gateway/model/incident.h"
#include "gateway/model/record.h"
#include "gateway/model/report.h"

namespace tocsin::ports {

struct StandingRows {
  model::Incident incident;
  int coming = 0;                         // persons whose last answer is coming or arrived
  std::vector<model::PlacedFact> placed;  // of an open incident
};

struct SceneRows {
  model::Incident incident;
  int merged_into = 0;  // code of the one it was merged into
  std::vector<model::PlacedFact> placed;
  std::optional<model::Approval> approval;  // the last
  std::optional<model::CallOut> asked_for;  // that the approval is of
  std::vector<model::Step> steps;           // of that, by index
};

// What the record says of one incident since a commit, as far as people read it.
struct SceneEntries {
  std::int64_t commit = 0;                  // the incident's last; the next `since`
  std::vector<model::RecordEntry> events;   // but for answers; oldest first, of more than asked for the newest
  std::vector<model::RecordEntry> answers;  // all of them but replies in words, oldest first
};

// Whose alert it is, and by which step they were told.
struct SceneAlert {
  model::MatterKind matter = model::MatterKind::kAlert;
  model::PersonId person, stands_in_for;
  model::HazardKind kind = model::HazardKind::kUnclassified;  // of its call-out
  model::LevelIndex level = model::kNoLevel;
  int step = -1, selector = -1;
};

class SceneQueries {
 public:
  virtual ~SceneQueries() = default;
  // Ids nobody has are left out.
  [[nodiscard]] virtual base::Result<std::map<model::IncidentId, StandingRows>> standings(
      std::span<const model::IncidentId> incidents) const = 0;
  [[nodiscard]] virtual base::Result<SceneEntries> scene_entries(model::IncidentId incident, std::int64_t since,
                                                                 int most_events) const = 0;
  // kNotFound when there is no such incident.
  [[nodiscard]] virtual base::Result<SceneRows> scene_rows(model::IncidentId incident) const = 0;
  // Ids nobody has are left out.
  [[nodiscard]] virtual base::Result<std::map<model::AlertId, SceneAlert>> scene_alerts(
      std::span<const model::AlertId> ids) const = 0;
};

}  // namespace tocsin::ports
