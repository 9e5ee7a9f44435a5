// The part of the store that belongs to the desk itself: what waits in its inbox, and its handovers.  Rules as in
// store.h, which inherits it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "gateway/base/time.h"
#include "gateway/model/alert.h"
#include "gateway/model/desk_view.h"
#include "gateway/model/ids.h"

namespace tocsin::ports {

class DeskStore {
 public:
  virtual ~DeskStore() = default;

  // ---- the inbox ----
  // A message for the desk, purged after 72 hours.  `open_by`: the desk is to open it by then; `rings`: and somebody is
  // rung when it did not.
  virtual void insert_stranger(model::LinkIndex link, std::string_view from, std::string_view text, base::UtcTime now,
                               std::optional<base::UtcTime> open_by, bool rings) = 0;
  // Opened by the desk; false: no such message waits.  One that was opened before stays as it is.
  virtual bool open_message(std::int64_t message, base::UtcTime now) = 0;
  // That message, which came at `at`, is this report from now on, and opened.  Nothing when it was taken over before.
  virtual void take_message(std::int64_t message, base::UtcTime at, model::ReportId report, base::UtcTime now) = 0;
  // Messages for which somebody is to be rung by `now`.
  virtual int rings_due(base::UtcTime now) = 0;
  // Nobody is rung for those before `until`; empty: somebody was rung at `now`, for all that wait.
  virtual void put_off_rings(base::UtcTime now, std::optional<base::UtcTime> until) = 0;
  // When somebody was rung last; put_off_rings(now, {}) sets it.
  virtual std::optional<base::UtcTime> rung_at() = 0;
  // How many messages were kept since `since`: of that number, and in all.
  struct Strangers {
    int of_number = 0, in_all = 0;
  };
  virtual Strangers strangers_since(std::string_view from, base::UtcTime since) = 0;
  // One more message above the limits: counted by the hour, its words not kept.
  virtual void count_left_out(base::UtcTime now) = 0;
  // Messages older than `before`, and their numbers in what was answered to them, are gone for good.  The answers that
  // were still queued, cancelled as of `now` ("purged"): they have nobody to go to any more.
  virtual std::vector<model::DeliveryId> purge_strangers(base::UtcTime before, base::UtcTime now) = 0;

  // ---- handovers ----
  virtual void insert(const model::Handover& handover) = 0;
};

}  // namespace tocsin::ports
