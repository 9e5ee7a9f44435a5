// A stretch of time with both ends.  Plain values.
#pragma once

#include "gateway/base/time.h"

namespace tocsin::roster {

// Half-open: from <= t < to.
struct Span {
  base::UtcTime from{}, to{};
  [[nodiscard]] bool empty() const { return to <= from; }
  [[nodiscard]] bool contains(base::UtcTime t) const { return t >= from && t < to; }
  auto operator<=>(const Span&) const = default;
};

}  // namespace tocsin::roster
