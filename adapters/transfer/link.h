// A link whose every message is one transfer: what webhooks, e-mail and HTTP providers of SMS share.
//
// A Courier knows the one kind (how a message is wrapped, what an end means, what shows that the peer is there); the
// TransferLink does what ports::Sender asks of any:
//  - At most `window` transfers at once and `rate` a second, in the order of send().
//  - With a probe it is down until the first succeeds and after any transfer that failed by a Fault; it probes again
//    after `again_min`, twice as long each time up to `again_max`, and while it is up and idle every `probe_every`.
//    While it is down what is sent ends as `retry`.  Without one (each message has its own peer) it is always up.
//  - A peer that asks for time is given it: nothing more leaves before, at most a minute.
//  - stop() returns as `retry` what has not left, gives the rest three quarters of its limit, and ends it then.
// A message is one part.  Where several are asked for (a repeat of what another link had cut), all end as the whole
// did.
//
// The courier is called on the link's own thread, but for channel(), can() and parts_of(), which never change.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/transfer/outcome.h"
#include "adapters/transfer/transfer.h"
#include "gateway/base/result.h"
#include "gateway/ports/sender.h"

namespace tocsin::transfer {

struct Judged {
  Outcome outcome;
  std::string carrier_id;      // with accepted
  base::Duration hold_back{};  // the peer asks for time: nothing leaves for so long, at most a minute
};

class Courier {
 public:
  virtual ~Courier() = default;
  [[nodiscard]] virtual model::Channel channel() const = 0;
  [[nodiscard]] virtual ports::LinkCan can() const = 0;
  [[nodiscard]] virtual int parts_of(std::string_view) const { return 1; }  // as ports::Sender has it
  // An error: the message is refused, with these words (no text, no number in them); kNotFound: it would need a
  // template that is not registered with the peer.
  virtual base::Result<Transfer> wrap(const ports::OutMessage& message, base::UtcTime now) = 0;
  virtual Judged judge(const ports::OutMessage& message, const Ended& ended) = 0;
  // Nullopt: there is no one peer whose absence would be that of all.
  virtual std::optional<Transfer> probe() = 0;
};

struct LinkSettings {
  std::string name;
  int window = 8;
  int rate = 0;  // a second; 0 = no limit
  base::Duration again_min = std::chrono::seconds(1), again_max = std::chrono::seconds(30);
  base::Duration probe_every = std::chrono::minutes(1);
  Settings transfers;
};

class TransferLink final : public ports::Sender {
 public:
  TransferLink(LinkSettings settings, std::unique_ptr<Courier> courier);
  ~TransferLink() override;  // stops at once if stop() was not called
  TransferLink(const TransferLink&) = delete;
  TransferLink& operator=(const TransferLink&) = delete;

  [[nodiscard]] const std::string& name() const override;
  [[nodiscard]] model::Channel channel() const override;
  [[nodiscard]] ports::LinkCan can() const override;
  [[nodiscard]] int parts_of(std::string_view text) const override;
  void start(model::LinkIndex link, ports::SenderEvents& events) override;
  // max(window, 64), or `rate` where that is less, less what has not ended yet.
  [[nodiscard]] int free_window() const override;
  void send(std::vector<ports::OutMessage> messages) override;
  void stop(base::Duration limit) override;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tocsin::transfer
