// Somebody who can be reached: contact points numbered from 1, links that are there, a deputy or none.
#pragma once

#include <string>
#include <vector>

#include "gateway/callout/next_rung.h"
#include "tests/support/moments.h"

namespace tocsin::support {

class AReach {
 public:
  AReach& with_mobile() { return with(model::ContactKind::kMobile, true); }
  AReach& with_landline() { return with(model::ContactKind::kLandline, true); }
  AReach& with_email() { return with(model::ContactKind::kEmail, true); }
  AReach& with_mobile_not_agreed() { return with(model::ContactKind::kMobile, false); }
  AReach& with_link(model::Channel channel) {
    links_ |= 1U << static_cast<unsigned>(channel);
    return *this;
  }
  AReach& with_deputy() {
    has_deputy_ = true;
    return *this;
  }
  // The last contact point is not for the night.
  AReach& that_rests_at_night() {
    contacts_.back().not_at_night = true;
    return *this;
  }
  AReach& at_night(bool night = true) {
    night_ = night;
    return *this;
  }
  // The contacts of the result live as long as this object.
  [[nodiscard]] callout::Reach get() const { return {contacts_, links_, has_deputy_, night_}; }

 private:
  AReach& with(model::ContactKind kind, bool agreed) {
    model::ContactPoint point;
    point.id = {static_cast<std::int64_t>(contacts_.size()) + 1};
    point.kind = kind;
    point.address =
        kind == model::ContactKind::kEmail ? "head@example.org" : "+861440000000" + std::to_string(point.id.value);
    point.agreed = agreed;
    contacts_.push_back(point);
    return *this;
  }
  std::vector<model::ContactPoint> contacts_;
  unsigned links_ = 0;
  bool has_deputy_ = false, night_ = false;
};

inline AReach nobody_reachable() {
  return {};
}
// One mobile, an SMS link, a deputy left.
inline AReach somebody() {
  return AReach().with_mobile().with_link(sms).with_deputy();
}

}  // namespace tocsin::support
