// Proof that every step of every response reaches enough people, at any minute: or the minutes at which it would not.
//
// Pure: who is reached when is asked of a ReachSource, once for each list of selectors and place.  People are counted
// as they come and go, so that the cost is that of the comings and goings, however many are there.  Steps that ask the
// same of the same people are looked at once, however many responses hold them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "directory/roster/span.h"
#include "gateway/model/ids.h"
#include "gateway/model/selector.h"

namespace tocsin::roster {

// Why somebody a step would need is not reached.
enum class Why : std::uint8_t {
  kNobodyOnDuty = 1,  // no layer of the duty has anybody
  kOnLeave = 2,       // whether somebody stands in or not: they may have been told already
  kNoContact = 3,     // no contact point left that its owner agreed to: withdrawn, or never there
  kVacant = 4,        // the post, unit, group or role has nobody
  kInDoubt = 5,       // every contact point left failed, and has not worked since
  kRestsAtNight = 6,  // it is night, and those left are not for the night; the call-out rings them all the same
};
[[nodiscard]] std::string_view name_of(Why why);  // "nobody-on-duty", "on-leave", "no-contact", ...

struct Gap {
  std::string what;        // "post commander", "duty desk"; empty of kNoContact
  model::PersonId person;  // 0 when it is nobody in particular
  Why why = Why::kVacant;
  bool operator==(const Gap&) const = default;
};

// One stretch in which a person is told by a list of selectors.  Several of one person may overlap: who is found twice
// is told once.
struct Told {
  model::PersonId person;
  bool reached = false;  // has a working contact
  Span span;
};
// One stretch in which somebody named is not reached.
struct Missing {
  Gap gap;
  Span span;
};
struct Course {
  std::vector<Told> told;
  std::vector<Missing> missing;
};

class ReachSource {
 public:
  virtual ~ReachSource() = default;
  // All through `span`, without a gap; stretches may reach beyond it.
  [[nodiscard]] virtual Course follow(std::span<const model::Selector> to_whom, model::AreaId where,
                                      const Span& span) const = 0;
};

struct StepToCover {
  std::string name;  // "response/fire/III/command", for whoever shows what was found
  std::vector<model::Selector> to;
  std::size_t enough = 1;  // 0: it only informs, and is never short
  bool everybody = false;  // short, too, when anybody named is not reached
  // Where it may happen; empty: one look without a place.
  std::vector<model::AreaId> places;
};

// Whole minutes of UTC during which, if only for a part of the first or last, fewer than needed are reached.
struct Shortfall {
  std::vector<std::size_t> steps;  // which of those given
  model::AreaId where;             // 0: without a place
  Span span;
  std::size_t needed = 0;  // at the worst moment: `enough`, or all who are named
  std::size_t fewest = 0;  // reached then
  std::vector<Gap> gaps;   // of the whole range, each once, those of its beginning first
};

// Of [span.from, span.to), which is widened to whole minutes only in what is told.  Ranges of one step and place that
// touch are joined.  By beginning, then place, then first step.
[[nodiscard]] std::vector<Shortfall> uncovered(std::span<const StepToCover> steps, const ReachSource& source,
                                               const Span& span);

}  // namespace tocsin::roster
