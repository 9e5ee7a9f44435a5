// The closed lists: which kinds of hazard exist, and what may be counted.
//
// Written in the binary on purpose: a plan may use fewer, name them differently and add keywords,
// but it cannot invent a kind or a count.  tocsin is an alarm for floods, fires, gas leaks,
// collapses and epidemics; it has no word for anything else (README, "What it is not for").
// CAP categories are those of CAP 1.2 section 3.2.2 <category>; Security and Other are not used.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace tocsin::model {

enum class HazardClass : std::uint8_t { kNaturalDisaster = 1, kAccident = 2, kPublicHealth = 3 };

// Persisted: numbers are frozen, new kinds go to the end of their class's block.
enum class HazardKind : std::int16_t {
  kUnclassified = 0,  // a report nothing understood; not a kind a plan may name
  kRainstorm = 101,
  kFlood,
  kWaterlogging,
  kTyphoon,
  kStrongWind,
  kHail,
  kLightning,
  kSnowIce,
  kColdWave,
  kHeat,
  kDrought,
  kEarthquake,
  kLandslide,
  kGroundCollapse,
  kForestFire,
  kDamDanger,
  kFire = 201,
  kExplosion,
  kGasLeak,
  kHazardousChemicals,
  kBuildingCollapse,
  kConstructionAccident,
  kMineAccident,
  kSpecialEquipment,
  kRoadTraffic,
  kRailWaterTransport,
  kDrowning,
  kCrowdCrush,
  kPowerFailure,
  kWaterFailure,
  kHeatingFailure,
  kTelecomFailure,
  kPollution,
  kInfectiousDisease = 301,
  kFoodPoisoning,
  kWaterContamination,
  kOccupationalPoisoning,
  kAnimalDisease,
};

struct KindInfo {
  HazardKind kind;
  std::string_view name;  // "gas_leak": in plans, API and store exports
  HazardClass hazard_class;
  std::string_view cap_category;  // "Safety"
  std::string_view zh;
  std::string_view en;
  std::string_view source;  // the instrument that names or rules it, in English
};

// All kinds, in the order of the list (unclassified is not in it).
[[nodiscard]] std::span<const KindInfo> all_kinds();
// Null for kUnclassified and unknown numbers.
[[nodiscard]] const KindInfo* kind_info(HazardKind kind);
[[nodiscard]] std::optional<HazardKind> kind_named(std::string_view name);
// "unclassified" for kUnclassified.
[[nodiscard]] std::string_view name_of(HazardKind kind);
[[nodiscard]] std::string_view name_of(HazardClass hazard_class);  // "natural_disaster"

struct CountInfo {
  std::string_view name;  // "serious"
  std::string_view zh;
  std::string_view en;
};
// Counts of harm: dead, missing, serious, light, ill, poisoned, trapped, cut_off, threatened, evacuated.
[[nodiscard]] std::span<const CountInfo> all_counts();
[[nodiscard]] const CountInfo* count_named(std::string_view name);

}  // namespace tocsin::model
