// Reads one number as people type it: "2", "0.5米", "20多人", "3-5名", "十二", "两三个", "俩", "two people".
//
// What stands behind it says what it counts: persons ("2人", "5 people"), a unit of measure, nothing (bare) or
// something else ("3号楼", "12:30", "2辆车").  Private to triage.
#pragma once

#include <optional>

#include "gateway/model/facts.h"
#include "gateway/triage/units.h"

namespace tocsin::triage {

enum class Of : std::uint8_t { kBare, kPersons, kMeasure, kSomethingElse };

struct Number {
  std::size_t end = 0;                   // behind the number with its unit or classifier
  std::optional<model::Quantity> value;  // absent: a number that says too little ("十来个", "5人以下")
  Of of = Of::kBare;
  Unit unit;  // with kMeasure
};

// Is a number written at `at`?  (A digit, ".5", a Chinese numeral, 俩, 仨, an English number word.)
[[nodiscard]] std::optional<Number> read_number(Text text, std::size_t at, const Units& units);

// Does a word behind a bare number and a space say that it counted no persons ("2 cars", "12 栋")?
[[nodiscard]] bool names_other_things(Text text, std::size_t at);

}  // namespace tocsin::triage
