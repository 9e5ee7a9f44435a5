// The read side: what the desk, the API and the CLI ask.
//
// Every function may be called from any thread; each uses a read-only connection of its own and never
// waits for the writer.  Each returns one consistent picture.  Lists are capped by `limit`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/base/result.h"
#include "gateway/model/views.h"

namespace tocsin::ports {

class Queries {
 public:
  virtual ~Queries() = default;

  // Newest first; `open_only` leaves out what has ended.
  [[nodiscard]] virtual base::Result<std::vector<model::Incident>> incidents(bool open_only, int limit) const = 0;
  // By its code or an alias.  kNotFound otherwise.
  [[nodiscard]] virtual base::Result<model::IncidentView> incident(int code, int alert_limit) const = 0;
  // One line per person over all incidents, most urgent first, real before drill.
  [[nodiscard]] virtual base::Result<std::vector<model::CallLine>> call_sheet(int limit) const = 0;
  // Open alerts of one person, newest first.
  [[nodiscard]] virtual base::Result<std::vector<model::Alert>> open_alerts(model::PersonId person,
                                                                            int limit) const = 0;
  [[nodiscard]] virtual base::Result<std::optional<model::Alert>> alert(model::AlertId id) const = 0;
  // Entries with seq > `after`, oldest first; all, or of one incident.
  [[nodiscard]] virtual base::Result<std::vector<model::RecordEntry>> record(std::int64_t after, model::IncidentId only,
                                                                             int limit) const = 0;
  [[nodiscard]] virtual base::Result<model::StoreStatus> status() const = 0;
  // The unrevoked token whose BLAKE2b hash is `hash` (32 bytes).
  [[nodiscard]] virtual base::Result<std::optional<model::TokenRow>> token(std::string_view hash) const = 0;
};

}  // namespace tocsin::ports
