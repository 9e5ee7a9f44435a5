#include "gateway/model/selector.h"

#include <algorithm>
#include <iterator>

namespace tocsin::model {
namespace {

struct Prefix {
  SelectorKind kind;
  std::string_view text;
};
constexpr Prefix kPrefixes[] = {
    {SelectorKind::kPost, "post"},     {SelectorKind::kUnit, "unit"},          {SelectorKind::kGroup, "group"},
    {SelectorKind::kAreaRole, "area"}, {SelectorKind::kAreaUpRole, "area+up"}, {SelectorKind::kDuty, "duty"},
};

bool is_name(std::string_view name) {
  const auto letter_or_digit = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  return !name.empty() && name.size() <= 64 && letter_or_digit(name.front()) &&
         std::all_of(name.begin(), name.end(), [&](char c) { return letter_or_digit(c) || c == '_' || c == '-'; });
}

}  // namespace

std::optional<Selector> parse_selector(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const std::string_view prefix = text.substr(0, colon);
  const std::string_view name = text.substr(colon + 1);
  const auto* found =
      std::find_if(std::begin(kPrefixes), std::end(kPrefixes), [&](const Prefix& p) { return p.text == prefix; });
  if (found == std::end(kPrefixes) || !is_name(name)) return std::nullopt;
  return Selector{found->kind, std::string(name)};
}

std::string to_text(const Selector& selector) {
  const auto* found = std::find_if(std::begin(kPrefixes), std::end(kPrefixes),
                                   [&](const Prefix& p) { return p.kind == selector.kind; });
  return std::string(found == std::end(kPrefixes) ? "?" : found->text) + ":" + selector.name;
}

}  // namespace tocsin::model
