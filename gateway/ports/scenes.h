// What became of reports, and what whoever has an alert sees of its incident: values ready to be shown, in the language
// of whoever asks.
//
// Thread-safe.  Names are those of the day on which the incident was opened.  No number, no address and nobody's report
// in words: who is alerted sees what and where, and who else comes.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/result.h"
#include "gateway/model/alert.h"
#include "gateway/model/incident.h"
#include "gateway/model/report.h"

namespace tocsin::ports {

enum class ReportStage : std::uint8_t {
  kReceived,  // on disk
  kRead,      // the desk has opened its incident
  kHandled,   // somebody comes, or has arrived
  kEnded,
};
[[nodiscard]] constexpr std::string_view name_of(ReportStage stage) {
  constexpr std::string_view kNames[] = {"received", "read", "handled", "ended"};
  return kNames[static_cast<std::size_t>(stage) & 3U];
}

// What the reports of one incident have come to.
struct ReportStanding {
  ReportStage stage = ReportStage::kReceived;
  std::optional<base::UtcTime> read_at, ended_at;
  std::optional<base::UtcTime> read_by;    // until when the desk should have opened it; none once it has, or at the end
  int coming = 0;                          // people who come or have arrived
  std::vector<model::Question> questions;  // to reporters, while the incident goes on
};

struct ScenePerson {
  std::string name, post;                                 // post: by which they were told; empty: by no post
  model::AnswerKind answer = model::AnswerKind::kComing;  // or kArrived
  base::UtcTime at{};                                     // since when they come
};
struct SceneEvent {
  base::UtcTime at{};
  std::string what;  // "opened", "report", "level_raised", ...: docs/api/openapi.yaml, Scene
  std::string text;
};
// A step that the word of whoever is asked would begin.
struct SceneStep {
  std::string title;
  int people = 0;
  std::vector<model::Channel> channels;  // in the order they are tried
};
struct SceneApproval {
  model::ApprovalState state = model::ApprovalState::kPending;
  base::UtcTime until{};
  bool starts_by_default = true;
  std::vector<SceneStep> sets_off;  // while it is awaited
};

struct Scene {
  model::Incident incident;
  std::string hazard_name, level_name, colour;  // level and colour empty when it has none
  int level_rank = 0, levels = 0;               // 1 = the lowest; 0 = none
  std::string area_code, area_name, area_path;  // empty: not known
  std::optional<double> latitude, longitude;    // of the area's centre
  std::string assembly_point;
  model::Facts facts;
  std::optional<ScenePerson> leader;
  std::vector<ScenePerson> people;  // who come first, first; at most 200
  int coming = 0, arrived = 0;
  std::vector<SceneEvent> timeline;  // the newest 100, oldest first
  std::optional<SceneApproval> approval;
};

class Scenes {
 public:
  virtual ~Scenes() = default;
  // Of those incidents; ids nobody has are left out.
  [[nodiscard]] virtual base::Result<std::map<model::IncidentId, ReportStanding>> standings(
      std::span<const model::IncidentId> incidents, const std::string& language) const = 0;
  // kNotFound when there is no such incident.
  [[nodiscard]] virtual base::Result<Scene> scene(model::IncidentId incident, const std::string& language) const = 0;
};

}  // namespace tocsin::ports
