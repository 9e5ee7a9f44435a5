#include "gateway/triage/units.h"

#include <algorithm>

namespace tocsin::triage {
namespace {

enum Dimension : int { kLength, kArea, kTime, kSpeed, kWeight, kVolume, kTemperature };

struct KnownUnit {
  const char32_t* words;  // separated by spaces
  Dimension dimension;
  std::int64_t factor;
};

// Area in thirds of a square metre (1 亩 = 2000/3 m²), speed in eighteenths of a metre a second.
constexpr KnownUnit kKnown[] = {
    {U"mm 毫米 millimetre millimetres millimeter millimeters", kLength, 1},
    {U"cm 厘米 公分 centimetre centimetres centimeter centimeters", kLength, 10},
    {U"dm 分米", kLength, 100},
    {U"m 米 公尺 metre metres meter meters", kLength, 1000},
    {U"km 公里 千米 kilometre kilometres kilometer kilometers", kLength, 1'000'000},
    {U"m2 sqm 平方米 平米", kArea, 3},
    {U"亩", kArea, 2000},
    {U"ha 公顷 hectare hectares", kArea, 30'000},
    {U"km2 平方公里 平方千米", kArea, 3'000'000},
    {U"s sec 秒 second seconds", kTime, 1},
    {U"min mins 分钟 minute minutes", kTime, 60},
    {U"h hr hrs 小时 钟头 hour hours", kTime, 3600},
    {U"d 天 day days", kTime, 86'400},
    {U"km/h kmh kph 公里/小时", kSpeed, 5},
    {U"m/s 米/秒 米每秒", kSpeed, 18},
    {U"g 克", kWeight, 1},
    {U"kg 公斤 千克 kilo kilos", kWeight, 1000},
    {U"t 吨 tonne tonnes ton tons", kWeight, 1'000'000},
    {U"l 升 litre litres liter liters", kVolume, 1},
    {U"m3 立方米 立方", kVolume, 1000},
    {U"°c 度 摄氏度", kTemperature, 1},
};

}  // namespace

Units::Units() {
  for (const auto& known : kKnown) {
    Text rest = known.words;
    while (!rest.empty()) {
      const auto end = std::min(rest.find(U' '), rest.size());
      words_.push_back({std::u32string(rest.substr(0, end)), {known.dimension, known.factor}});
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
}

const Units::Word* Units::known(Text word) const {
  const auto it = std::find_if(words_.begin(), words_.end(), [&](const Word& w) { return w.text == word; });
  return it == words_.end() ? nullptr : &*it;
}

Unit Units::learn(const std::vector<std::u32string>& words) {
  Unit unit{next_dimension_, 1};
  bool found = false;
  for (const auto& word : words) {
    if (const auto* already = known(word); already != nullptr && !found) {
      unit = already->unit;
      found = true;
    }
  }
  if (!found) ++next_dimension_;
  for (const auto& word : words) {
    if (!word.empty() && known(word) == nullptr) words_.push_back({word, unit});
  }
  return unit;
}

std::optional<Units::Found> Units::find(Text text, std::size_t at) const {
  std::optional<Found> best;
  for (const auto& word : words_) {
    if (best && word.text.size() <= best->length) continue;
    if (!starts_at(text, at, word.text)) continue;
    const auto end = at + word.text.size();
    if (is_latin(word.text.back()) && !is_boundary(text, end)) continue;
    best = Found{word.text.size(), word.unit};
  }
  return best;
}

std::optional<model::Quantity> convert(model::Quantity value, Unit from, Unit to) {
  constexpr std::int64_t kMost = model::Quantity::whole(1'000'000'000).thousandths;
  if (from.dimension != to.dimension || value.thousandths < 0 || value.thousandths > kMost) return std::nullopt;
  if (from.factor == to.factor) return value;
  // 10^12 times 3*10^6 stays below 2^63.
  const auto converted = (value.thousandths * from.factor + to.factor / 2) / to.factor;
  if (converted > kMost) return std::nullopt;
  return model::Quantity{converted};
}

}  // namespace tocsin::triage
