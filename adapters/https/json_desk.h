// The desk's cheap look, its links and its handovers as JSON (json_out.h).  Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "adapters/https/json_out.h"
#include "gateway/model/desk_view.h"

namespace tocsin::https {

// Without `at`, the braces left open before it: what stands still has the same text, whenever it was looked at.
[[nodiscard]] std::string desk_members(const model::DeskLook& look, const ports::Roster& roster);
[[nodiscard]] std::string links_json(const std::vector<model::LinkLook>& links);
[[nodiscard]] std::string handover_json(const model::Handover& handover, const ports::Roster& roster);
[[nodiscard]] std::string handovers_json(const std::vector<model::Handover>& handovers, const ports::Roster& roster);

// What whoever takes over reads, as of `seen`, an entry of the record.
struct HandoverSheet {
  const model::DeskLook& look;
  const std::vector<model::Incident>& open;
  const Beside& beside;
  const std::vector<model::OpenTask>& tasks;
  const std::vector<model::Handover>& last;  // the newest, or none
  std::int64_t seen = 0;
};
[[nodiscard]] std::string handover_sheet_json(const HandoverSheet& sheet, const Viewer& viewer);

}  // namespace tocsin::https
