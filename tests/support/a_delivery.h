// A delivery with defaults for everything the test is not about: queued, first rung, first cycle, contact 1.
#pragma once

#include "gateway/model/alert.h"
#include "tests/support/moments.h"

namespace tocsin::support {

class ADelivery {
 public:
  explicit ADelivery(model::Channel channel) {
    delivery_.id = {1};
    delivery_.alert = {1};
    delivery_.channel = channel;
    delivery_.contact = {1};
    if (is_carried(channel)) delivery_.link = 0;
  }
  ADelivery& on_rung(int rung) { return set(delivery_.rung, rung); }
  ADelivery& in_cycle(int cycle) { return set(delivery_.cycle, cycle); }
  ADelivery& to_contact(std::int64_t contact) { return set(delivery_.contact, model::ContactId{contact}); }
  ADelivery& claimed() { return set(delivery_.state, model::DeliveryState::kClaimed); }
  ADelivery& stalled() { return set(delivery_.stalled, true); }
  ADelivery& handed_over_at(base::UtcTime at) {
    delivery_.handed_over_at = at;
    return set(delivery_.state, model::DeliveryState::kAccepted);
  }
  ADelivery& delivered_at(base::UtcTime at) { return ended(model::DeliveryState::kDelivered, at); }
  ADelivery& undelivered_at(base::UtcTime at) { return ended(model::DeliveryState::kUndelivered, at); }
  ADelivery& refused_at(base::UtcTime at) { return ended(model::DeliveryState::kRefused, at); }
  ADelivery& lost_at(base::UtcTime at) { return ended(model::DeliveryState::kUnknown, at); }
  ADelivery& cancelled_at(base::UtcTime at) { return ended(model::DeliveryState::kCancelled, at); }
  ADelivery& superseded_at(base::UtcTime at) { return ended(model::DeliveryState::kSuperseded, at); }
  operator const model::Delivery&() const { return delivery_; }  // NOLINT(google-explicit-constructor)

 private:
  template <typename T>
  ADelivery& set(T& field, T value) {
    field = value;
    return *this;
  }
  ADelivery& ended(model::DeliveryState state, base::UtcTime at) {
    delivery_.ended_at = at;
    if (was_handed_over(state) && !delivery_.handed_over_at) delivery_.handed_over_at = at;
    return set(delivery_.state, state);
  }
  model::Delivery delivery_;
};

inline ADelivery an_sms() {
  return ADelivery(sms);
}
inline ADelivery a_desk_call() {
  return ADelivery(desk_call);
}
inline ADelivery a_deputy_told() {
  return ADelivery(deputy);
}
inline ADelivery a_knock() {
  return ADelivery(knock);
}

}  // namespace tocsin::support
