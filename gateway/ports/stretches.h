// Who is found over a span of time, stretch by stretch: how a roster is drawn, printed and counted.  Pure.
#pragma once

#include <vector>

#include "gateway/ports/roster.h"

namespace tocsin::ports {

// Calls look(from, to, found) for each stretch of [from, to) in order, without a hole between them; two neighbours may
// have found the same.  `found` is model::Resolved.
template <typename Look>
void each_stretch(const Roster& roster, const model::Selector& selector, model::AreaId where, base::UtcTime from,
                  base::UtcTime to, const Look& look) {
  const std::span one(&selector, 1);
  auto moments = roster.changes(one, where, from, to);
  moments.insert(moments.begin(), from);
  moments.push_back(to);
  for (std::size_t i = 0; i + 1 < moments.size(); ++i) {
    if (moments[i] < moments[i + 1]) look(moments[i], moments[i + 1], roster.resolve(one, where, moments[i]));
  }
}

}  // namespace tocsin::ports
