// One SMPP 3.4 transceiver: carries messages to a short message centre, brings receipts and answers back.
//
// A thread of its own owns the connection; every function of ports::Sender may be called as sender.h says.
//  - Messages leave in the order of send(), at most `window` unanswered, at most `rate` a second; as many as fit go
//  into one
//    write.  Long texts are cut by adapters/sms/segments.h; each part is a submit_sm with the reference as given.
//  - All responses found in one read end in one call of sends_ended(); all receipts in one call of receipts().
//  - A receipt or a message from a phone is acknowledged after done(true); done(false) answers ESME_RX_T_APPN, so that
//  the centre
//    sends it again.  Parts of a long message are acknowledged together, when the whole is stored.
//  - A lost connection or an overdue response ends what was written as `unknown`, what was not as `retry`.  When a
//  response is
//    overdue nothing more leaves until the centre is heard again; if an enquire_link stays unanswered too, it is
//    reconnected.
//  - ESME_RTHROTTLED and ESME_RMSGQFUL end as `retry` and hold everything back for `throttle_pause`.
//  - Reconnects by itself, for ever, from `reconnect_min` doubling to `reconnect_max`, with jitter.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "adapters/sms/smpp/settings.h"
#include "gateway/ports/sender.h"

namespace tocsin::sms {

class SmppLink final : public ports::Sender {
 public:
  // `settings` must have passed check().
  explicit SmppLink(SmppSettings settings);
  ~SmppLink() override;  // stops at once if stop() was not called
  SmppLink(const SmppLink&) = delete;
  SmppLink& operator=(const SmppLink&) = delete;

  [[nodiscard]] const std::string& name() const override;
  [[nodiscard]] model::Channel channel() const override { return model::Channel::kSms; }
  [[nodiscard]] ports::LinkCan can() const override;  // receipts as the settings say
  void start(model::LinkIndex link, ports::SenderEvents& events) override;
  // The smaller of max(window, 64) and `rate`, less every part not ended yet.
  [[nodiscard]] int free_window() const override;
  void send(std::vector<ports::OutMessage> messages) override;
  // Gives responses three quarters of `limit` to come in, then unbinds.
  void stop(base::Duration limit) override;

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace tocsin::sms
