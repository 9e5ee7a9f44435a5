// Units of measure as people write them, and exact conversion into the unit of an attribute.  Private to triage.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/model/facts.h"
#include "gateway/triage/letters.h"

namespace tocsin::triage {

// `factor` counts a smallest common part of the dimension (millimetres, seconds, ...).
struct Unit {
  int dimension = 0;
  std::int64_t factor = 1;
};

class Units {
 public:
  // The usual ones: length, area, time, speed, weight, volume, temperature.
  Units();
  // The unit of an attribute, given by its words in every language.  Words nobody knows become a dimension of their
  // own.
  Unit learn(const std::vector<std::u32string>& words);

  struct Found {
    std::size_t length = 0;
    Unit unit;
  };
  // The longest unit that begins at `at`; Latin ones end at a word's end.
  [[nodiscard]] std::optional<Found> find(Text text, std::size_t at) const;

 private:
  struct Word {
    std::u32string text;
    Unit unit;
  };
  [[nodiscard]] const Word* known(Text word) const;
  std::vector<Word> words_;
  int next_dimension_ = 100;
};

// Rounded to a thousandth; empty when the dimensions differ or the result is beyond 1,000,000,000.
[[nodiscard]] std::optional<model::Quantity> convert(model::Quantity value, Unit from, Unit to);

}  // namespace tocsin::triage
