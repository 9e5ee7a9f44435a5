// The part of ports::Store that several links of one channel share.  The rules of ports/store.h hold.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "gateway/base/time.h"
#include "gateway/model/alert.h"
#include "gateway/model/link_memory.h"

namespace tocsin::ports {

// What a link has carried: one message, with its parts.
struct LinkLoad {
  base::UtcTime at{};
  int messages = 1;      // parts, where the link tells of each
  model::AlertId alert;  // 0: a service text
  model::MessageId message;
};

// A delivery that waits in a link's queue.
struct QueuedSend {
  model::DeliveryId delivery;
  model::AlertId alert;
  model::IncidentId incident;
  model::Urgency urgency = 0;
  std::int64_t turn = 0;
  std::string address;
  model::MessageId message;
};

struct MovedSend {
  model::DeliveryId delivery;
  model::MessageId message;  // its words over the new link
};

class LinkStore {
 public:
  virtual ~LinkStore() = default;
  // Handed over since `since` (or, where that is not known, ended) and not refused, of deliveries made within 100 days
  // before it at most; in no order.  What a summary told is one message: the summary's.
  virtual std::vector<LinkLoad> load_since(model::LinkIndex link, base::UtcTime since) = 0;
  // The first `limit` that claim() would look at, in its order; those that are stalled left out, and probes, which are
  // about their link, and contact checks, which can wait.
  virtual std::vector<QueuedSend> queued_on(model::LinkIndex link, int limit) = 0;
  // Those of them that are still queued wait for that link from now on, and go whole: parts that another link has
  // carried cannot be joined with its own.
  virtual void move_to(model::LinkIndex link, std::span<const MovedSend> sends) = 0;

  // The links that something waits for, over which channel.
  virtual std::vector<std::pair<model::LinkIndex, model::Channel>> queues() = 0;
  // All that waits for `from` over that channel, later tries too, waits for `to` from now on, and goes whole; a probe
  // among it is forgotten.
  virtual std::vector<std::pair<model::IncidentId, model::DeliveryId>> move_queue(model::LinkIndex from,
                                                                                  model::LinkIndex to,
                                                                                  model::Channel channel) = 0;

  // ---- receipts, and a link's normal ----
  // When those were accepted whose receipts are waited for, oldest first.
  virtual std::vector<base::UtcTime> unconfirmed_of(model::LinkIndex link) = 0;
  // Their receipts are waited for no longer than `wait` from acceptance, `now` at the least.
  virtual void hasten_receipts(model::LinkIndex link, base::Duration wait, base::UtcTime now) = 0;
  virtual std::optional<model::LinkMemory> link_memory(model::LinkIndex link) = 0;
  virtual void put_link_memory(model::LinkIndex link, const model::LinkMemory& memory) = 0;
  // The probe to that address that waits in that link's queue; 0 = none.
  virtual model::DeliveryId waiting_probe(model::LinkIndex link, const std::string& address) = 0;
  // Ended probes made before that time, with their texts.
  virtual void forget_probes(base::UtcTime before) = 0;
};

}  // namespace tocsin::ports
