// Messages on their way to the stick: cut, waiting, lying in the outbox, ended.
//
// Long texts are cut here (adapters/sms/segments.h) and each part is a file of its own: so each part has its own end
// and a repeat sends the missing parts alone under the same reference.
// Only the next few lie in the outbox, so that an urgent message waits for those at most (for one, as a rule: its file
// comes first by name as soon as there is room), and little is left in doubt when gammu-smsd dies.  Used by the link's
// thread alone; time is given.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "adapters/sms/modem/settings.h"
#include "adapters/sms/modem/smsd_log.h"
#include "adapters/sms/modem/spool.h"
#include "gateway/base/token_bucket.h"
#include "gateway/ports/sender.h"

namespace tocsin::sms {

struct Moment {
  base::SteadyTime steady;
  base::UtcTime utc;
};

class ModemOutgoing {
 public:
  ModemOutgoing(const ModemSettings& settings, Spool& spool);

  // Cuts it; what is no number or no text ends at once.
  void take(const ports::OutMessage& message);
  // Puts the next parts into the outbox; the most urgent first, among equals in the order of take().
  void pump(const Moment& now);
  // Ends what gammu-smsd has moved: `sent` and `failed` are lists made before `log` was read.
  void settle(const std::vector<std::string>& sent, const std::vector<std::string>& failed, SmsdLog& log,
              const Moment& now);
  // Ends everything that waits as retry.  What is first in the outbox may be on the air: it ends as unknown, or stays
  // with `spare_first`.
  void give_back(const std::string& why, bool spare_first = false);

  [[nodiscard]] int size() const { return static_cast<int>(queue_.size() + placed_.size()); }
  [[nodiscard]] bool in_outbox() const { return !placed_.empty(); }
  [[nodiscard]] base::SteadyTime progress() const { return progress_; }  // a part ended, or the first was placed
  [[nodiscard]] int sent_since_begin() const { return sent_; }
  // Parts in a row that failed for a reason which is not theirs, and the last such reason.
  [[nodiscard]] int failures_in_row() const { return failures_; }
  [[nodiscard]] const std::string& last_failure() const { return last_failure_; }
  void forget_failures() { failures_ = 0; }

  std::vector<model::SendEnd> ends;  // taken by the link

 private:
  struct Part {
    model::DeliveryId delivery;
    int part = 1, parts = 1;
    std::string number, contents;
  };
  using Queue = std::map<std::pair<int, std::uint64_t>, Part>;  // by urgency, falling, then in order of take()

  void end(const Part& part, model::SendOutcome outcome, std::string error, model::Meaning meaning,
           base::Duration retry_after = {});

  const ModemSettings& settings_;
  Spool& spool_;
  base::TokenBucket bucket_;
  Queue queue_;
  std::map<std::string, Part> placed_;  // by name of the file
  std::uint64_t next_ = 1;
  int sent_ = 0, failures_ = 0;
  std::string last_failure_;
  base::SteadyTime progress_{};
};

}  // namespace tocsin::sms
