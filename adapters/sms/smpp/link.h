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

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "adapters/sms/smpp/receipt.h"
#include "gateway/base/phone_number.h"
#include "gateway/ports/sender.h"

namespace tocsin::sms {

struct SmppSettings {
  std::string name = "smpp";
  std::string host;
  std::uint16_t port = 2775;
  std::string system_id, password, system_type;  // at most 15, 8 and 12 characters (SMPP 3.4, 5.2.1 to 5.2.3)
  std::string source_addr;                       // number or name the messages come from; ASCII, at most 20
  int source_ton = -1, source_npi = -1;          // -1: 5/0 for a name, 1/1 after a "+", 0/0 otherwise
  int destination_ton = 1, destination_npi = 1;  // of numbers with a "+"; others go out as 0/1
  int window = 10;                               // unanswered submit_sm at most
  int rate = 0;                                  // submit_sm per second; 0 = no limit
  base::Duration enquire_link = std::chrono::seconds(30);
  base::Duration response_timeout = std::chrono::seconds(10);
  base::Duration connect_timeout = std::chrono::seconds(10);  // of connection and bind together
  base::Duration reconnect_min = std::chrono::seconds(1), reconnect_max = std::chrono::seconds(30);
  base::Duration throttle_pause = std::chrono::seconds(1);
  base::Duration segment_patience = std::chrono::seconds(5);  // for missing parts of an inbound message
  bool receipts = true;                                       // registered_delivery
  base::Duration validity{};                                  // 0 = the centre's own; at most 30 days
  std::string signature;  // put before each text that does not begin with it ("【青石应急】"); empty = none
  smpp::IdDialect message_ids = smpp::IdDialect::kSame;
  base::DialingRules dialing;       // to make E.164 of numbers that come in without a type of number
  int most_unacknowledged = 20000;  // receipts and messages waiting for done(); more are answered ESME_RX_T_APPN
};

// The first thing wrong with them, naming the field; ok when a link can be made.
[[nodiscard]] base::Status check(const SmppSettings& settings);

class SmppLink final : public ports::Sender {
 public:
  // `settings` must have passed check().
  explicit SmppLink(SmppSettings settings);
  ~SmppLink() override;  // stops at once if stop() was not called
  SmppLink(const SmppLink&) = delete;
  SmppLink& operator=(const SmppLink&) = delete;

  [[nodiscard]] const std::string& name() const override;
  [[nodiscard]] model::Channel channel() const override { return model::Channel::kSms; }
  [[nodiscard]] bool takes_answers() const override { return true; }
  [[nodiscard]] bool gives_receipts() const override;  // as `receipts` says
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
