// Typed facts of a report: what somebody said, and nothing else.
//
// An attribute that is not in `Facts` is *unknown*: a third value, never zero and never "no".
// Text form (store, CLI `--report`, logs): "place_kind=school serious=2 spreading=yes water_depth=0.5",
// attributes in alphabetical order, separated by one space; choices are identifiers.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "gateway/base/result.h"

namespace tocsin::model {

// A count or a measure, exact to a thousandth of the attribute's unit.
struct Quantity {
  std::int64_t thousandths = 0;
  auto operator<=>(const Quantity&) const = default;
  [[nodiscard]] static constexpr Quantity whole(std::int64_t n) { return {n * 1000}; }
};
// "2", "0.5"; never an exponent.
[[nodiscard]] std::string to_string(Quantity q);
// Digits with an optional point and up to three decimals; 0 to 1 000 000 000.
[[nodiscard]] std::optional<Quantity> parse_quantity(std::string_view text);

struct Choice {
  std::string name;
  auto operator<=>(const Choice&) const = default;
};

using FactValue = std::variant<Quantity, bool, Choice>;
using Facts = std::map<std::string, FactValue, std::less<>>;

[[nodiscard]] std::string to_text(const FactValue& value);
[[nodiscard]] std::string to_text(const Facts& facts);
// A value as text: "yes"/"no"/"true"/"false" are flags, digits a quantity, [a-z][a-z0-9_]* a choice.
[[nodiscard]] std::optional<FactValue> parse_fact_value(std::string_view text);
// Reads what to_text wrote.  kInvalid names the word that is wrong.
[[nodiscard]] base::Result<Facts> parse_facts(std::string_view text);

}  // namespace tocsin::model
