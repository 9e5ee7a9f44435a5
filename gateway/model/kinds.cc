#include "gateway/model/kinds.h"

#include <algorithm>
#include <iterator>

namespace tocsin::model {
namespace {

// Where a kind is named or ruled; written from general knowledge of the instruments.
constexpr std::string_view kMet = "CMA Decree 16 (2007), warning signals";
constexpr std::string_view kFloodplan = "National Flood Control and Drought Relief Contingency Plan";
constexpr std::string_view kQuake = "National Earthquake Contingency Plan";
constexpr std::string_view kGeo = "Regulations on Geological Disasters (State Council Decree 394), art. 2";
constexpr std::string_view kForest = "Forest Fire Prevention Regulations (State Council Decree 541)";
constexpr std::string_view kGb = "GB 6441-1986, classes of accidents";
constexpr std::string_view kFire = "Fire Protection Law";
constexpr std::string_view kGas = "Regulations on Urban Gas (State Council Decree 583)";
constexpr std::string_view kChem = "Regulations on Hazardous Chemicals (State Council Decree 591)";
constexpr std::string_view kConstr = "Regulations on Safe Construction (State Council Decree 393)";
constexpr std::string_view kMine = "Law on Mine Safety";
constexpr std::string_view kSpec = "Regulations on Special Equipment (State Council Decree 549)";
constexpr std::string_view kRoad = "Road Traffic Safety Law";
constexpr std::string_view kTransport = "National Emergency Plan System, special plans for rail and water transport";
constexpr std::string_view kCrowd = "Regulations on Large Public Activities (State Council Decree 505)";
constexpr std::string_view kPower = "Regulations on Power Accidents (State Council Decree 599)";
constexpr std::string_view kUtility = "Emergency Response Law, art. 2, public utilities";
constexpr std::string_view kEnv = "National Contingency Plan for Environmental Emergencies";
constexpr std::string_view kHealth = "Regulations on Public Health Emergencies (State Council Decree 376), art. 2";
constexpr std::string_view kWater = "Standards for Drinking Water Quality GB 5749; Decree 376, art. 2";
constexpr std::string_view kAnimal = "Regulations on Major Animal Epidemics (State Council Decree 450)";

constexpr KindInfo kKinds[] = {
    {HazardKind::kRainstorm, "rainstorm", HazardClass::kNaturalDisaster, "Met", "暴雨", "rainstorm", kMet},
    {HazardKind::kFlood, "flood", HazardClass::kNaturalDisaster, "Met", "洪水", "flood", kFloodplan},
    {HazardKind::kWaterlogging, "waterlogging", HazardClass::kNaturalDisaster, "Met", "内涝", "waterlogging",
     kFloodplan},
    {HazardKind::kTyphoon, "typhoon", HazardClass::kNaturalDisaster, "Met", "台风", "typhoon", kMet},
    {HazardKind::kStrongWind, "strong_wind", HazardClass::kNaturalDisaster, "Met", "大风", "strong wind", kMet},
    {HazardKind::kHail, "hail", HazardClass::kNaturalDisaster, "Met", "冰雹", "hail", kMet},
    {HazardKind::kLightning, "lightning", HazardClass::kNaturalDisaster, "Met", "雷电", "lightning", kMet},
    {HazardKind::kSnowIce, "snow_ice", HazardClass::kNaturalDisaster, "Met", "雪灾与道路结冰", "snow and ice", kMet},
    {HazardKind::kColdWave, "cold_wave", HazardClass::kNaturalDisaster, "Met", "寒潮", "cold wave", kMet},
    {HazardKind::kHeat, "heat", HazardClass::kNaturalDisaster, "Met", "高温", "heat", kMet},
    {HazardKind::kDrought, "drought", HazardClass::kNaturalDisaster, "Met", "干旱", "drought", kFloodplan},
    {HazardKind::kEarthquake, "earthquake", HazardClass::kNaturalDisaster, "Geo", "地震", "earthquake", kQuake},
    {HazardKind::kLandslide, "landslide", HazardClass::kNaturalDisaster, "Geo", "滑坡、崩塌、泥石流", "landslide",
     kGeo},
    {HazardKind::kGroundCollapse, "ground_collapse", HazardClass::kNaturalDisaster, "Geo", "地面塌陷",
     "ground collapse", kGeo},
    {HazardKind::kForestFire, "forest_fire", HazardClass::kNaturalDisaster, "Fire", "森林草原火灾", "forest fire",
     kForest},
    {HazardKind::kDamDanger, "dam_danger", HazardClass::kNaturalDisaster, "Infra", "水库堤防险情",
     "dam or dyke in danger", kFloodplan},
    {HazardKind::kFire, "fire", HazardClass::kAccident, "Fire", "火灾", "fire", kFire},
    {HazardKind::kExplosion, "explosion", HazardClass::kAccident, "Rescue", "爆炸", "explosion", kGb},
    {HazardKind::kGasLeak, "gas_leak", HazardClass::kAccident, "Safety", "燃气泄漏", "gas leak", kGas},
    {HazardKind::kHazardousChemicals, "hazardous_chemicals", HazardClass::kAccident, "CBRNE", "危险化学品事故",
     "hazardous chemicals", kChem},
    {HazardKind::kBuildingCollapse, "building_collapse", HazardClass::kAccident, "Rescue", "房屋倒塌",
     "building collapse", kGb},
    {HazardKind::kConstructionAccident, "construction_accident", HazardClass::kAccident, "Rescue", "建筑施工事故",
     "construction accident", kConstr},
    {HazardKind::kMineAccident, "mine_accident", HazardClass::kAccident, "Rescue", "矿山事故", "mine accident", kMine},
    {HazardKind::kSpecialEquipment, "special_equipment", HazardClass::kAccident, "Rescue", "特种设备事故",
     "special equipment accident", kSpec},
    {HazardKind::kRoadTraffic, "road_traffic", HazardClass::kAccident, "Transport", "道路交通事故",
     "road traffic accident", kRoad},
    {HazardKind::kRailWaterTransport, "rail_water_transport", HazardClass::kAccident, "Transport", "轨道与水上事故",
     "rail or water transport accident", kTransport},
    {HazardKind::kDrowning, "drowning", HazardClass::kAccident, "Rescue", "溺水", "drowning", kGb},
    {HazardKind::kCrowdCrush, "crowd_crush", HazardClass::kAccident, "Rescue", "拥挤踩踏", "crowd crush", kCrowd},
    {HazardKind::kPowerFailure, "power_failure", HazardClass::kAccident, "Infra", "停电", "power failure", kPower},
    {HazardKind::kWaterFailure, "water_failure", HazardClass::kAccident, "Infra", "停水", "water failure", kUtility},
    {HazardKind::kHeatingFailure, "heating_failure", HazardClass::kAccident, "Infra", "停热", "heating failure",
     kUtility},
    {HazardKind::kTelecomFailure, "telecom_failure", HazardClass::kAccident, "Infra", "通信中断", "telecom failure",
     kUtility},
    {HazardKind::kPollution, "pollution", HazardClass::kAccident, "Env", "环境污染", "pollution", kEnv},
    {HazardKind::kInfectiousDisease, "infectious_disease", HazardClass::kPublicHealth, "Health", "传染病",
     "infectious disease", kHealth},
    {HazardKind::kFoodPoisoning, "food_poisoning", HazardClass::kPublicHealth, "Health", "食物中毒", "food poisoning",
     kHealth},
    {HazardKind::kWaterContamination, "water_contamination", HazardClass::kPublicHealth, "Health", "饮用水污染",
     "drinking water contamination", kWater},
    {HazardKind::kOccupationalPoisoning, "occupational_poisoning", HazardClass::kPublicHealth, "Health", "职业中毒",
     "occupational poisoning", kHealth},
    {HazardKind::kAnimalDisease, "animal_disease", HazardClass::kPublicHealth, "Health", "动物疫病", "animal disease",
     kAnimal},
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
