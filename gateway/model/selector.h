// How a plan names recipients without naming people: "post:commander", "unit:fire-station",
// "group:flood-team", "area:heads", "area+up:heads", "duty:desk", "duty:leader".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tocsin::model {

enum class SelectorKind : std::uint8_t {
  kPost,        // whoever fills the post now (its deputy when on leave)
  kUnit,        // the unit's members; the responsible person first
  kGroup,       // the group's members
  kAreaRole,    // persons of that role ("heads", "workers") of the area where it happens
  kAreaUpRole,  // ... and of every area above it, nearest first
  kDuty,        // who has that duty ("desk", "leader") at that instant
};

struct Selector {
  SelectorKind kind = SelectorKind::kPost;
  std::string name;  // the part after the colon
  auto operator<=>(const Selector&) const = default;
};

// Empty when the prefix is unknown or the name is not [a-z0-9][a-z0-9_-]*.
[[nodiscard]] std::optional<Selector> parse_selector(std::string_view text);
[[nodiscard]] std::string to_text(const Selector& selector);

}  // namespace tocsin::model
