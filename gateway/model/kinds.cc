#include "gateway/model/kinds.h"

#include <algorithm>
#include <iterator>

namespace tocsin::model {
namespace {

constexpr KindInfo kKinds[] = {
    {HazardKind::kRainstorm, "rainstorm", HazardClass::kNaturalDisaster, "Met", "暴雨", "rainstorm"},
    {HazardKind::kFlood, "flood", HazardClass::kNaturalDisaster, "Met", "洪水", "flood"},
    {HazardKind::kWaterlogging, "waterlogging", HazardClass::kNaturalDisaster, "Met", "内涝", "waterlogging"},
    {HazardKind::kTyphoon, "typhoon", HazardClass::kNaturalDisaster, "Met", "台风", "typhoon"},
    {HazardKind::kStrongWind, "strong_wind", HazardClass::kNaturalDisaster, "Met", "大风", "strong wind"},
    {HazardKind::kHail, "hail", HazardClass::kNaturalDisaster, "Met", "冰雹", "hail"},
    {HazardKind::kLightning, "lightning", HazardClass::kNaturalDisaster, "Met", "雷电", "lightning"},
    {HazardKind::kSnowIce, "snow_ice", HazardClass::kNaturalDisaster, "Met", "雪灾与道路结冰", "snow and ice"},
    {HazardKind::kColdWave, "cold_wave", HazardClass::kNaturalDisaster, "Met", "寒潮", "cold wave"},
    {HazardKind::kHeat, "heat", HazardClass::kNaturalDisaster, "Met", "高温", "heat"},
    {HazardKind::kDrought, "drought", HazardClass::kNaturalDisaster, "Met", "干旱", "drought"},
    {HazardKind::kEarthquake, "earthquake", HazardClass::kNaturalDisaster, "Geo", "地震", "earthquake"},
    {HazardKind::kLandslide, "landslide", HazardClass::kNaturalDisaster, "Geo", "滑坡、崩塌、泥石流", "landslide"},
    {HazardKind::kGroundCollapse, "ground_collapse", HazardClass::kNaturalDisaster, "Geo", "地面塌陷",
     "ground collapse"},
    {HazardKind::kForestFire, "forest_fire", HazardClass::kNaturalDisaster, "Fire", "森林草原火灾", "forest fire"},
    {HazardKind::kDamDanger, "dam_danger", HazardClass::kNaturalDisaster, "Infra", "水库堤防险情",
     "dam or dyke in danger"},
    {HazardKind::kFire, "fire", HazardClass::kAccident, "Fire", "火灾", "fire"},
    {HazardKind::kExplosion, "explosion", HazardClass::kAccident, "Rescue", "爆炸", "explosion"},
    {HazardKind::kGasLeak, "gas_leak", HazardClass::kAccident, "Safety", "燃气泄漏", "gas leak"},
    {HazardKind::kHazardousChemicals, "hazardous_chemicals", HazardClass::kAccident, "CBRNE", "危险化学品事故",
     "hazardous chemicals"},
    {HazardKind::kBuildingCollapse, "building_collapse", HazardClass::kAccident, "Rescue", "房屋倒塌",
     "building collapse"},
    {HazardKind::kConstructionAccident, "construction_accident", HazardClass::kAccident, "Rescue", "建筑施工事故",
     "construction accident"},
    {HazardKind::kMineAccident, "mine_accident", HazardClass::kAccident, "Rescue", "矿山事故", "mine accident"},
    {HazardKind::kSpecialEquipment, "special_equipment", HazardClass::kAccident, "Rescue", "特种设备事故",
     "special equipment accident"},
    {HazardKind::kRoadTraffic, "road_traffic", HazardClass::kAccident, "Transport", "道路交通事故",
     "road traffic accident"},
    {HazardKind::kRailWaterTransport, "rail_water_transport", HazardClass::kAccident, "Transport", "轨道与水上事故",
     "rail or water transport accident"},
    {HazardKind::kDrowning, "drowning", HazardClass::kAccident, "Rescue", "溺水", "drowning"},
    {HazardKind::kCrowdCrush, "crowd_crush", HazardClass::kAccident, "Rescue", "拥挤踩踏", "crowd crush"},
    {HazardKind::kPowerFailure, "power_failure", HazardClass::kAccident, "Infra", "停电", "power failure"},
    {HazardKind::kWaterFailure, "water_failure", HazardClass::kAccident, "Infra", "停水", "water failure"},
    {HazardKind::kHeatingFailure, "heating_failure", HazardClass::kAccident, "Infra", "停热", "heating failure"},
    {HazardKind::kTelecomFailure, "telecom_failure", HazardClass::kAccident, "Infra", "通信中断", "telecom failure"},
    {HazardKind::kPollution, "pollution", HazardClass::kAccident, "Env", "环境污染", "pollution"},
    {HazardKind::kInfectiousDisease, "infectious_disease", HazardClass::kPublicHealth, "Health", "传染病",
     "infectious disease"},
    {HazardKind::kFoodPoisoning, "food_poisoning", HazardClass::kPublicHealth, "Health", "食物中毒", "food poisoning"},
    {HazardKind::kWaterContamination, "water_contamination", HazardClass::kPublicHealth, "Health", "饮用水污染",
     "drinking water contamination"},
    {HazardKind::kOccupationalPoisoning, "occupational_poisoning", HazardClass::kPublicHealth, "Health", "职业中毒",
     "occupational poisoning"},
    {HazardKind::kAnimalDisease, "animal_disease", HazardClass::kPublicHealth, "Health", "动物疫病", "animal disease"},
};

constexpr CountInfo kCounts[] = {
    {"dead", "死亡", "dead"},
    {"missing", "失联", "missing"},
    {"serious", "重伤", "seriously injured"},
    {"light", "轻伤", "lightly injured"},
    {"ill", "患病", "ill"},
    {"poisoned", "中毒", "poisoned"},
    {"trapped", "被困", "trapped"},
    {"cut_off", "被阻断", "cut off"},
    {"threatened", "受威胁", "threatened"},
    {"evacuated", "已转移", "evacuated"},
};

}  // namespace

std::span<const KindInfo> all_kinds() {
  return kKinds;
}

const KindInfo* kind_info(HazardKind kind) {
  const auto* it =
      std::find_if(std::begin(kKinds), std::end(kKinds), [&](const KindInfo& k) { return k.kind == kind; });
  return it == std::end(kKinds) ? nullptr : it;
}

std::optional<HazardKind> kind_named(std::string_view name) {
  const auto* it =
      std::find_if(std::begin(kKinds), std::end(kKinds), [&](const KindInfo& k) { return k.name == name; });
  if (it == std::end(kKinds)) return std::nullopt;
  return it->kind;
}

std::string_view name_of(HazardKind kind) {
  const auto* info = kind_info(kind);
  return info == nullptr ? "unclassified" : info->name;
}

std::string_view name_of(HazardClass hazard_class) {
  switch (hazard_class) {
    case HazardClass::kNaturalDisaster: return "natural_disaster";
    case HazardClass::kAccident: return "accident";
    case HazardClass::kPublicHealth: return "public_health";
  }
  return "";
}

std::span<const CountInfo> all_counts() {
  return kCounts;
}

const CountInfo* count_named(std::string_view name) {
  const auto* it =
      std::find_if(std::begin(kCounts), std::end(kCounts), [&](const CountInfo& c) { return c.name == name; });
  return it == std::end(kCounts) ? nullptr : it;
}

}  // namespace tocsin::model
