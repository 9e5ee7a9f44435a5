#include "adapters/https/forwarded.h"

#include <algorithm>
#include <string>

#include "gateway/base/text.h"

namespace tocsin::https {
namespace {

constexpr std::size_t kMaxHops = 32;

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

bool is_port(std::string_view text) {
  return text.size() <= 5 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// "10.0.0.7", "10.0.0.7:1234", "2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:1234".
std::optional<Address> read_node(std::string_view node) {
  if (node.starts_with('[')) {
    const auto end = node.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view behind = node.substr(end + 1);
    if (!behind.empty() && (behind.front() != ':' || !is_port(behind.substr(1)))) return std::nullopt;
    const auto address = parse_address(node.substr(1, end - 1));
    return address && node.substr(0, end).find(':') != std::string_view::npos ? address : std::nullopt;
  }
  const auto colon = node.find(':');
  if (colon != std::string_view::npos && colon == node.rfind(':')) {
    return is_port(node.substr(colon + 1)) ? parse_address(node.substr(0, colon)) : std::nullopt;
  }
  return parse_address(node);
}

bool equals_ignoring_case(std::string_view text, std::string_view lower) {
  return std::equal(text.begin(), text.end(), lower.begin(), lower.end(),
                    [](char a, char b) { return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b; });
}

// The value of "for" in one element of Forwarded, unquoted.  A backslash in it is refused: no address has one.
std::string_view for_of(std::string_view element) {
  for (;;) {
    const auto end = element.find(';');
    const std::string_view pair = without_blanks(element.substr(0, end));
    const auto equals = pair.find('=');
    if (equals != std::string_view::npos && equals_ignoring_case(pair.substr(0, equals), "for")) {
      std::string_view value = pair.substr(equals + 1);
      if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
      return value;
    }
    if (end == std::string_view::npos) return {};
    element.remove_prefix(end + 1);
  }
}

}  // namespace

Address client_behind(const Address& peer, ForwardedBy header, std::string_view value, const Networks& trusted) {
  Address speaker = peer;
  // A comma inside a quoted string cuts an element in two, of which neither reads as an address: the reading ends.
  for (std::size_t hop = 0; hop < kMaxHops && !without_blanks(value).empty() && trusted.contains(speaker); ++hop) {
    const auto comma = value.rfind(',');
    const std::string_view element = without_blanks(comma == std::string_view::npos ? value : value.substr(comma + 1));
    value = comma == std::string_view::npos ? std::string_view{} : value.substr(0, comma);
    const auto address = read_node(header == ForwardedBy::kForwarded ? for_of(element) : element);
    if (!address) break;
    speaker = *address;
  }
  return speaker;
}

}  // namespace tocsin::https
