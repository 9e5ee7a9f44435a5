// A ladder in one line: a_ladder({{sms, 5min}, {deputy, 5min}}), repeated when the test is about cycles.
#pragma once

#include <initializer_list>
#include <utility>

#include "gateway/plan/plan.h"
#include "tests/support/moments.h"

namespace tocsin::support {

using RungWords = std::pair<model::Channel, base::Duration>;

inline plan::Ladder a_ladder(std::initializer_list<RungWords> rungs) {
  plan::Ladder ladder;
  ladder.name = "usual";
  for (const auto& [channel, wait] : rungs) ladder.rungs.push_back({channel, wait, std::nullopt});
  return ladder;
}

inline plan::Ladder repeated(plan::Ladder ladder, int cycles, base::Duration after) {
  ladder.cycles = cycles;
  ladder.repeat_after = after;
  return ladder;
}

}  // namespace tocsin::support
