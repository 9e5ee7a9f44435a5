// Who has a duty at an instant, out of what an office writes down: a rotation, shifts by hand, overrides and swaps,
// leave.
//
// Layers, lowest first: rotation, shift, override.  The highest layer that has somebody present answers alone.
//  * A layer whose people are all on leave, or that names nobody, is passed over: what is written on top never silences
//    what lies below.  So an override without a person changes nothing.
//  * A swap (an override with `instead_of`) acts on the two lower layers: where that person would be on, the other is.
//    Of several for one person the last row whose substitute is present counts.  Nobody is swapped twice, so that two
//    who trade places both change.  With no substitute present the person stays on.
//  * All rows of one layer that hold at an instant count together, in the rows' order, each person once.
//
// docs/decisions/0021-a-duty-falls-through-to-whoever-is-there.md says why.
//
// Clocks: a handover is a time of day in the office's zone.  On a day whose clock skips that time, the duty passes at
// the change of the clock; where it comes twice, at the first.  No turn is lost or doubled; a day of 23 or 25 hours
// makes a shift of as many.
//
// People are named as the office's tables name them: a person's code, or "post:" and a post's code.  Leave is looked up
// by that name, so a post is always present here; who stands in for its holder is the directory's matter.
// Plain values and an immutable index: safe from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "directory/roster/span.h"

namespace tocsin::roster {

enum class Layer : std::uint8_t { kRotation = 1, kShift = 2, kOverride = 3 };
[[nodiscard]] std::string_view name_of(Layer layer);  // "rotation", "shift", "override"

struct Rotation {
  std::string duty;                     // "desk", "leader"
  std::vector<std::string> turns;       // who takes turns, in order; "" is a turn of nobody
  int every_days = 1;                   // 1 daily, 7 weekly
  int handover_minute = 0;              // since midnight, in the office's zone
  std::int32_t first_day = 0;           // since 1970-01-01: the first turn begins at that day's handover
  std::optional<std::int32_t> end_day;  // the last turn ends at that day's handover
  std::string zone = {};                // IANA name; empty: the office's
};

struct Shift {
  std::string duty, who;
  Span span;
};

struct Override {
  std::string duty, who;
  Span span;
  std::string instead_of;  // a swap; empty: an override of everybody
};

struct Leave {
  std::string who;
  Span span;
};

struct Rows {
  std::vector<Rotation> rotations;
  std::vector<Shift> shifts;
  std::vector<Override> overrides;
  std::vector<Leave> leave;
};

struct OnDuty {
  std::string who;
  Layer layer = Layer::kRotation;  // kOverride for a substitute, too
  std::string instead_of;          // of a substitute: for whom
  bool operator==(const OnDuty&) const = default;
};

// Named by a layer that was looked at, and on leave.
struct Away {
  std::string who;
  Layer layer = Layer::kRotation;
  bool operator==(const Away&) const = default;
};

struct Answer {
  std::vector<OnDuty> on;  // empty: nobody
  std::vector<Away> away;
  Layer layer = Layer::kRotation;  // whose people these are, or stand in for; of no use when nobody is on
  bool operator==(const Answer&) const = default;
};

struct Stretch {
  Span span;
  Answer answer;
};

class Shifts {
 public:
  // `zone`: IANA name, of rotations that name none.  One the machine does not know is taken as UTC.  Rows that mean
  // nothing (an empty span, a rotation without turns or days, a time of day that is none) are left out.
  Shifts(Rows rows, const std::string& zone);

  // Is there any row of that duty?
  [[nodiscard]] bool knows(std::string_view duty) const { return duties_.find(duty) != duties_.end(); }
  [[nodiscard]] Answer who_is_on(std::string_view duty, base::UtcTime at) const;

  // [from, to) without a gap; the answer is the same all through a stretch and another in the next.  Costs the
  // handovers and rows within.
  [[nodiscard]] std::vector<Stretch> stretches(std::string_view duty, base::UtcTime from, base::UtcTime to) const;
  // The instants of [from, to) at which the answer is another than just before.  Ascending.
  [[nodiscard]] std::vector<base::UtcTime> changes(std::string_view duty, base::UtcTime from, base::UtcTime to) const;

 private:
  struct Entry {
    Span span;
    std::string who, instead_of;
    std::size_t row = 0;
    base::UtcTime latest_end{};  // of this entry and those before it
  };
  // By their beginning; `latest_end` ends a walk backwards.
  using Entries = std::vector<Entry>;
  struct Duty {
    std::vector<Rotation> rotations;
    Entries shifts, overrides, swaps;
  };
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
  };
  template <typename T>
  using ByText = std::unordered_map<std::string, T, TextHash, std::equal_to<>>;

  static void add(Entries& entries, std::size_t row, const Span& span, std::string who, std::string instead_of = {});
  static void order(Entries& entries);
  [[nodiscard]] static std::vector<const Entry*> holding(const Entries& entries, base::UtcTime at);
  [[nodiscard]] static base::UtcTime handover(const Rotation& rotation, std::int64_t turn);
  // The turn at an instant; below 0 before the first, absent after the end.
  [[nodiscard]] static std::optional<std::int64_t> turn_at(const Rotation& rotation, base::UtcTime at);
  [[nodiscard]] bool present(std::string_view who, base::UtcTime at) const;
  [[nodiscard]] bool take(Answer& answer, const Duty& duty, const std::vector<std::string_view>& named, Layer layer,
                          base::UtcTime at) const;
  [[nodiscard]] std::vector<base::UtcTime> edges(const Duty& duty, base::UtcTime from, base::UtcTime to) const;

  ByText<Duty> duties_;
  ByText<Entries> leave_;
};

}  // namespace tocsin::roster
