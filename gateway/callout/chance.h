// What one rung of a ladder can do at this moment, and to which contact point.  For this room's .cc files.
//
// Pure, as next_rung.h, which has the rules.
#pragma once

#include <optional>
#include <span>

#include "gateway/callout/next_rung.h"

namespace tocsin::callout {

using Tried = std::span<const model::Delivery>;

// A place on the ladder; rung -1 stands before the first.
struct Place {
  int cycle = 1, rung = -1;
  auto operator<=>(const Place&) const = default;
};
[[nodiscard]] inline Place place_of(const model::Delivery& d) {
  return {d.cycle, d.rung};
}

[[nodiscard]] inline bool rests(const Reach& reach, const model::ContactPoint& c) {
  return reach.night && c.not_at_night;
}

// The first in the order of preference that was not tried at `at`, or without it at all; one that rests only when there
// is no other.  Null: none.
[[nodiscard]] const model::ContactPoint* first_untried(const Reach& reach, model::Channel channel, Tried tried,
                                                       std::optional<Place> at);
// The one of that delivery, if it may still be used.
[[nodiscard]] const model::ContactPoint* usable_again(const Reach& reach, const model::Delivery& d);

// Whom the channel reaches is the person themselves, and now: a link is there, and no message stuck in it.
[[nodiscard]] bool reaches_them_now(model::Channel channel, const Reach& reach, Tried tried);

// Does rung `from`, or one behind it and before anybody else is asked, begin with a contact point that rings at this
// hour and was not tried yet?
[[nodiscard]] bool another_is_left(const plan::Ladder& ladder, int from, const Reach& reach, Tried tried);

// What a rung can do now: an action, or none and why it is skipped.
struct Chance {
  Do what = Do::kNothing;
  const model::ContactPoint* contact = nullptr;
  model::Reason skipped = model::Reason::kNone;
};
[[nodiscard]] Chance chance_of(const plan::Ladder& ladder, int rung, const Reach& reach, Tried tried);

}  // namespace tocsin::callout
