// Whom selectors find over a time: how many, at each moment that tells, and who they are in all.
//
// Used by the checks alone.  Each list of selectors is followed once for each place and kept.  Not for several threads.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "gateway/ports/roster.h"

namespace tocsin::rehearse {

// A time at which fewer are found than wanted.
struct Shortage {
  base::UtcTime from{};
  std::optional<base::UtcTime> to;    // empty: to the end of the time looked at
  bool always = false;                // from the first moment looked at to the last
  int times = 1;                      // how often it happens, at this place or that
  std::size_t fewest = 0;             // found in the first of them
  std::vector<model::AreaId> places;  // where; one without a number: the place does not matter
};

struct FoundOverTime {
  struct Stretch {  // from there to the next one
    base::UtcTime from{};
    std::size_t count = 0;
  };
  struct AtPlace {
    model::AreaId place;
    std::vector<Stretch> stretches;  // the first at the beginning
  };
  std::vector<AtPlace> places;
  std::vector<std::pair<model::PersonId, std::size_t>> people;  // each once, with the selector that found them first
  std::size_t most = 0;                                         // found at one moment and place
};

class OverTime {
 public:
  OverTime(const ports::Roster& roster, base::UtcTime from, base::UtcTime to);

  [[nodiscard]] const FoundOverTime& find(const std::vector<model::Selector>& selectors);
  // Where and when fewer than `least` are found; empty: never.
  [[nodiscard]] std::optional<Shortage> below(const std::vector<model::Selector>& selectors, std::size_t least);

  // Lists not looked at at each of their moments, as text: "group:everybody".
  [[nodiscard]] const std::set<std::string>& thinned() const { return thinned_; }
  [[nodiscard]] base::UtcTime from() const { return from_; }

 private:
  [[nodiscard]] std::vector<base::UtcTime> moments(const std::vector<model::Selector>& selectors, model::AreaId place,
                                                   std::size_t size);

  const ports::Roster& roster_;
  const base::UtcTime from_, to_;
  std::vector<model::AreaId> smallest_areas_;
  std::map<std::vector<model::Selector>, FoundOverTime> kept_;
  std::set<std::string> thinned_;
  std::int64_t work_left_;
};

[[nodiscard]] bool depends_on_place(const model::Selector& selector);

}  // namespace tocsin::rehearse
