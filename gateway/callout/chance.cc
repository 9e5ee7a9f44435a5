#include "gateway/callout/chance.h"

#include <algorithm>

namespace tocsin::callout {
namespace {

using model::Channel;
using model::ContactPoint;
using model::Delivery;
using model::Reason;

template <typename IsTried>
const ContactPoint* first_usable(const Reach& reach, Channel channel, const IsTried& is_tried) {
  const ContactPoint* resting = nullptr;
  for (const ContactPoint& c : reach.contacts) {
    if (!c.agreed || !can_carry(channel, c.kind) || is_tried(c)) continue;
    if (!rests(reach, c)) return &c;
    if (resting == nullptr) resting = &c;
  }
  return resting;
}

bool was_tried(Tried tried, const ContactPoint& c) {
  return std::any_of(tried.begin(), tried.end(), [&](const Delivery& d) { return d.contact == c.id; });
}

// One message already stands in the queue of a link that does not move: a second one would only stand behind it.
bool is_stuck(Channel channel, Tried tried) {
  return std::any_of(tried.begin(), tried.end(),
                     [&](const Delivery& d) { return d.channel == channel && is_open(d.state) && d.stalled; });
}

}  // namespace

const ContactPoint* first_untried(const Reach& reach, Channel channel, Tried tried, std::optional<Place> at) {
  return first_usable(reach, channel, [&](const ContactPoint& c) {
    return std::any_of(tried.begin(), tried.end(),
                       [&](const Delivery& d) { return d.contact == c.id && (!at || place_of(d) == *at); });
  });
}

const ContactPoint* usable_again(const Reach& reach, const Delivery& d) {
  for (const ContactPoint& c : reach.contacts) {
    if (c.id == d.contact && c.agreed && can_carry(d.channel, c.kind)) return &c;
  }
  return nullptr;
}

bool reaches_them_now(Channel channel, const Reach& reach, Tried tried) {
  if (channel == Channel::kKnock || channel == Channel::kDeputy) return false;
  return !is_carried(channel) || (reach.has_link(channel) && !is_stuck(channel, tried));
}

bool another_is_left(const plan::Ladder& ladder, int from, const Reach& reach, Tried tried) {
  for (auto i = static_cast<std::size_t>(std::max(from, 0)); i < ladder.rungs.size(); ++i) {
    const Channel channel = ladder.rungs[i].channel;
    if (channel == Channel::kKnock || channel == Channel::kDeputy) return false;
    if (!reaches_them_now(channel, reach, tried)) continue;
    const ContactPoint* its_first = first_usable(reach, channel, [](const ContactPoint&) { return false; });
    if (its_first != nullptr && !rests(reach, *its_first) && !was_tried(tried, *its_first)) return true;
  }
  return false;
}

Chance chance_of(const plan::Ladder& ladder, int at, const Reach& reach, Tried tried) {
  const plan::Rung& rung = ladder.rungs[static_cast<std::size_t>(at)];
  switch (rung.channel) {
    case Channel::kKnock: return {Do::kListCall, nullptr, Reason::kNone};
    case Channel::kDeputy:
      if (!reach.has_deputy) return {Do::kNothing, nullptr, Reason::kNoDeputy};
      return {Do::kTellDeputy, nullptr, Reason::kNone};
    default: break;
  }
  if (is_carried(rung.channel) && !reach.has_link(rung.channel)) return {Do::kNothing, nullptr, Reason::kNoLink};
  const ContactPoint* contact = first_usable(reach, rung.channel, [](const ContactPoint&) { return false; });
  if (contact == nullptr) return {Do::kNothing, nullptr, Reason::kNoContactPoint};
  if (rests(reach, *contact) && another_is_left(ladder, at, reach, tried)) {
    return {Do::kNothing, nullptr, Reason::kNotAtNight};
  }
  if (!is_carried(rung.channel)) return {Do::kListCall, contact, Reason::kNone};
  if (is_stuck(rung.channel, tried)) return {Do::kNothing, nullptr, Reason::kLinkStalled};
  return {Do::kSend, contact, Reason::kNone};
}

}  // namespace tocsin::callout
