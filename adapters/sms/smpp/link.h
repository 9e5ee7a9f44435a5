// A link to a short message centre by SMPP 3.4: carries messages there, brings receipts and answers back.
//
// It holds `binds` connections, or pairs of them (transmitter and receiver), each a Session (session.h), that share one
// window, one rate and one account.  A thread of its own owns them all; every function of ports::Sender may be called
// as sender.h says.
//  - It is up while one bind that may send is bound.  Whatever comes on any of them belongs to the link.
//  - Messages leave in the order of send(), at most `window` unanswered in all, at most `rate` a second, each by the
//    bind with the fewest unanswered; as many as fit go into one write.  Between binds no order can be promised.
//  - Long texts are cut by adapters/sms/segments.h; each part is a submit_sm with the reference as given.
//  - All responses found in one read end in one call of sends_ended(); all receipts in one call of receipts(), and
//    none before everything sent earlier has been answered: so an id is told before the receipt that names it.
//  - A receipt or a message from a phone is acknowledged after done(true), on the bind it came on; done(false) answers
//    ESME_RX_T_APPN, so that the centre sends it again.  Parts of a long message are acknowledged together, when the
//    whole is stored.
//  - A lost connection or an overdue response ends what was written on it as `unknown`, what was not as `retry` once
//    no other bind is there.  When a response is overdue nothing more leaves by that bind until the centre is heard
//    again; if an enquire_link stays unanswered too, it is reconnected.
//  - ESME_RTHROTTLED and ESME_RMSGQFUL end as `retry` and hold everything back for `throttle_pause`, twice as long each
//    time it did not help, at most eight times; the first that is accepted ends that.
//  - Each bind reconnects by itself, for ever.  While the link is up and one has been away for `degraded_after` without
//    a break, that is said once (LinkChanged::degraded), and once when all are bound again.
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
  [[nodiscard]] int parts_of(std::string_view text) const override;
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
