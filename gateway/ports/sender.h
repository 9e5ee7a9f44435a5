// What the core asks of anything that carries messages, and what such an adapter tells the core.
//
// An adapter must
//  - never block the caller of send(): take the messages and return;
//  - report each part of each message it took exactly once through SenderEvents::sends_ended
//    (a message refused before it was cut into parts ends as part 1 of 1);
//  - report `unknown`, not `retry`, whenever the message may have left (time-out or lost link after it was handed
//  over);
//  - keep a part's 16-bit concatenation reference as given, or as many of its low bits as its way of joining holds,
//    and send only the parts asked for;
//  - acknowledge receipts and inbound messages to its peer only after `done(true)`;
//  - drain or return unsent messages as `retry` on stop(), and call nothing of SenderEvents after stop() returned;
//  - say link_changed() at each change between up and down, the first time after start() included; and while it is up,
//    when some of its connections have been away for minutes (`degraded`) or all are back.
// It must not
//  - keep a message after its last part has ended; know incidents, plans or persons;
//  - try again by itself, reorder by its own idea of importance, or replace a character it cannot carry;
//  - put a text, a secret or an unmasked number into an error or a log line;
//  - let an exception out.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/short_message.h"
#include "gateway/base/time.h"
#include "gateway/model/command.h"
#include "gateway/model/message_text.h"

namespace tocsin::ports {

struct OutMessage {
  model::DeliveryId delivery;
  std::string to;          // E.164, or what the channel takes
  std::string text;        // UTF-8, whole
  std::vector<int> parts;  // which parts to send, from 1; empty = all
  int reference = 0;       // 0..65535, the same for a repeat of the same delivery
  model::Urgency urgency = 0;
  // For links that carry registered templates: what the text was made from, and the page of tocsin's own that its last
  // line leads to (empty: none).
  std::shared_ptr<const model::Wording> made_of = nullptr;
  std::string page = {};
};

// The core's side.  Every function may be called from any thread and returns at once.
class SenderEvents {
 public:
  virtual ~SenderEvents() = default;
  virtual void sends_ended(model::SendsEnded ended) = 0;
  // `done(true)` after the commit; `done(false)`: not stored, let the peer try again.  Called once, from any thread.
  using DoneFn = std::function<void(bool stored)>;
  virtual void receipts(model::ReceiptsIn receipts, DoneFn done) = 0;
  virtual void inbound(model::InboundMessage message, DoneFn done) = 0;
  virtual void link_changed(model::LinkChanged change) = 0;
};

// What a link can carry.  Fixed from its making.
struct LinkCan {
  bool answers = true;    // false: one way; texts must not ask for a reply over it
  bool receipts = true;   // the carrier confirms delivery: one that stays away makes the end of a delivery unknown
  bool web_links = true;  // its texts may hold a link to tocsin's own pages
};

class Sender {
 public:
  virtual ~Sender() = default;
  [[nodiscard]] virtual const std::string& name() const = 0;  // of the link, from the settings
  [[nodiscard]] virtual model::Channel channel() const = 0;   // what it carries
  [[nodiscard]] virtual LinkCan can() const = 0;

  // How many messages its carrier counts for `text`, with what it puts before a text (a signature): the parts it will
  // be cut into.  At least 1, for what it cannot carry too.  Any thread.
  [[nodiscard]] virtual int parts_of(std::string_view text) const { return base::count_short_messages(text); }

  // Called once; `events` outlives the sender's stop().  `link` marks everything it reports.
  virtual void start(model::LinkIndex link, SenderEvents& events) = 0;
  // How many more messages it would put on the wire, or keep for the next second, right now.  Any thread; 0 when down.
  // At most max(window, 64) and one second of the link's rate are ever held.
  [[nodiscard]] virtual int free_window() const = 0;
  // Takes all of them, whatever free_window() said.  Engine thread only.
  virtual void send(std::vector<OutMessage> messages) = 0;
  // Ends everything within `limit`.  Called once.
  virtual void stop(base::Duration limit) = 0;
};

}  // namespace tocsin::ports
