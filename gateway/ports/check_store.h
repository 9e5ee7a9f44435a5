// The part of the store that keeps the contact check.  Rules as in store.h, which inherits it.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "gateway/base/time.h"
#include "gateway/model/contact_check.h"
#include "gateway/ports/retention_store.h"

namespace tocsin::ports {

class CheckStore {
 public:
  virtual ~CheckStore() = default;
  // Of real incidents, not of drills.
  struct Calm {
    bool any_open = false;
    std::optional<base::UtcTime> last_ended;
  };
  virtual Calm calm() = 0;

  virtual std::optional<model::CheckRound> latest_round() = 0;
  virtual void put_round(const model::CheckRound& round) = 0;  // new or changed
  virtual bool was_asked(model::CheckRoundId round, model::ContactId contact) = 0;
  virtual void add_checks(std::span<const model::ContactCheck> checks) = 0;
  // Messages of checks that wait in a link's queue, later tries too.
  virtual std::vector<model::DeliveryId> queued_checks() = 0;
  // Those contact points were not asked after all; the lowest of them, 0 when there was none.
  virtual model::ContactId take_back_checks(std::span<const model::DeliveryId> deliveries) = 0;
  // When that number was last asked, since `since`, and has not answered; the answer may be late.
  virtual std::optional<base::UtcTime> unanswered_since(std::string_view number, base::UtcTime since) = 0;
  // All that was asked there since `since`, and was not answered, is; how many contact points.
  virtual int answer_checks(std::string_view number, base::UtcTime since, base::UtcTime now) = 0;
  // Asked, and the time for an answer is over; at most `limit`, the oldest first.
  virtual std::vector<model::CheckedContact> due_checks(base::UtcTime now, int limit) = 0;
  virtual void settle(const model::ContactCheck& check) = 0;  // its state, due_at and ended_at
  virtual std::optional<base::UtcTime> next_check_due() = 0;
  virtual model::CheckCounts check_counts(model::CheckRoundId round) = 0;
  // Contact points asked before that time, with their messages, at most `limit`; what is still owed stays.
  virtual RetentionStore::Forgotten forget_checks(base::UtcTime before, int limit) = 0;
};

}  // namespace tocsin::ports
