#include "gateway/model/facts.h"

#include <algorithm>

namespace tocsin::model {
namespace {

constexpr std::int64_t kLargestThousandths = 1'000'000'000'000;  // 1 000 000 000 of the unit

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_identifier(std::string_view text) {
  return !text.empty() && text.size() <= 64 && text.front() >= 'a' && text.front() <= 'z' &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || is_digit(c) || c == '_'; });
}

base::Error wrong_word(std::string_view word, const std::string& why) {
  return base::invalid("\"" + std::string(word.substr(0, 80)) + "\": " + why,
                       std::string(word.substr(0, std::min<std::size_t>(word.find('='), 64))));
}

}  // namespace

std::string to_string(Quantity q) {
  std::string out = q.thousandths < 0 ? "-" : "";
  // Negated as unsigned, so that the smallest number has a text too.
  const std::uint64_t size =
      q.thousandths < 0 ? 0 - static_cast<std::uint64_t>(q.thousandths) : static_cast<std::uint64_t>(q.thousandths);
  out += std::to_string(size / 1000);
  const std::uint64_t fraction = size % 1000;
  if (fraction == 0) return out;
  std::string digits = std::to_string(1000 + fraction).substr(1);
  while (digits.back() == '0') digits.pop_back();
  return out + "." + digits;
}

std::optional<Quantity> parse_quantity(std::string_view text) {
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view decimals = point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
  if (whole.empty() || whole.size() > 10 || decimals.size() > 3) return std::nullopt;
  if (point != std::string_view::npos && decimals.empty()) return std::nullopt;
  if (!std::all_of(whole.begin(), whole.end(), is_digit) || !std::all_of(decimals.begin(), decimals.end(), is_digit)) {
    return std::nullopt;
  }
  std::int64_t value = 0;
  for (const char c : whole) value = value * 10 + (c - '0');
  for (std::size_t i = 0; i < 3; ++i) value = value * 10 + (i < decimals.size() ? decimals[i] - '0' : 0);
  if (value > kLargestThousandths) return std::nullopt;
  return Quantity{value};
}

std::string to_text(const FactValue& value) {
  if (const auto* quantity = std::get_if<Quantity>(&value)) return to_string(*quantity);
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "yes" : "no";
  return std::get<Choice>(value).name;
}

std::string to_text(const Facts& facts) {
  std::string out;
  for (const auto& [attribute, value] : facts) {
    if (!out.empty()) out += " ";
    out += attribute + "=" + to_text(value);
  }
  return out;
}

std::optional<FactValue> parse_fact_value(std::string_view text) {
  if (text == "yes" || text == "true") return FactValue{true};
  if (text == "no" || text == "false") return FactValue{false};
  if (const auto quantity = parse_quantity(text)) return FactValue{*quantity};
  if (is_identifier(text)) return FactValue{Choice{std::string(text)}};
  return std::nullopt;
}

base::Result<Facts> parse_facts(std::string_view text) {
  Facts facts;
  while (!text.empty()) {
    const std::size_t end = text.find(' ');
    const std::string_view word = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    if (word.empty()) continue;
    const std::size_t sign = word.find('=');
    if (sign == std::string_view::npos) return wrong_word(word, "expected attribute=value");
    const std::string_view attribute = word.substr(0, sign);
    if (!is_identifier(attribute)) return wrong_word(word, "an attribute is a-z, 0-9 and _, beginning with a letter");
    const auto value = parse_fact_value(word.substr(sign + 1));
    if (!value) return wrong_word(word, "expected a number (at most three decimals), yes, no or a choice");
    if (!facts.emplace(attribute, *value).second) return wrong_word(word, "said twice");
  }
  return facts;
}

}  // namespace tocsin::model
