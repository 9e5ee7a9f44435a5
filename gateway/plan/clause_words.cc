#include "gateway/plan/clause_words.h"

#include <array>

namespace tocsin::plan {
namespace {

using base::said;
using base::Said;
using base::same;

const Said kOr{" or ", "或"};

const Attribute* known(const Plan& plan, const std::string& name) {
  return plan.attribute(name);
}

bool is_whole(const Attribute* attribute) {
  return attribute != nullptr && attribute->type == AttributeType::kCount;
}

// What stands behind a number: 人 of counts in Chinese, the unit of measures.
Said unit_of(const Plan& plan, const Attribute* attribute) {
  if (attribute == nullptr) return {};
  if (attribute->type == AttributeType::kCount) return {"", "人"};
  auto unit = said_of(plan, attribute->unit);
  if (!unit.en.empty()) unit.en = " " + unit.en;
  return unit;
}

// Weekdays that belong together say so: "Mon-Fri" would hide a list of three.
Said days_in_words(unsigned days) {
  constexpr std::array<std::pair<const char*, const char*>, 9> kDays{{{"Mon", "周一"},
                                                                      {"Tue", "周二"},
                                                                      {"Wed", "周三"},
                                                                      {"Thu", "周四"},
                                                                      {"Fri", "周五"},
                                                                      {"Sat", "周六"},
                                                                      {"Sun", "周日"},
                                                                      {"working days", "工作日"},
                                                                      {"days of rest", "休息日"}}};
  constexpr unsigned kEveryDay = 0x7F, kEitherKind = 0x180;
  if ((days & kEveryDay) == kEveryDay || (days & kEitherKind) == kEitherKind) return {"every day", "每天"};
  std::vector<Said> named;
  for (unsigned i = 0; i < kDays.size(); ++i) {
    if ((days & (1U << i)) != 0) named.push_back({kDays[i].first, kDays[i].second});
  }
  return joined(named, {", ", "、"});
}

}  // namespace

Said joined(const std::vector<Said>& items, const Said& between) {
  Said all;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i != 0) all += between;
    all += items[i];
  }
  return all;
}

Said said_of(const Plan& plan, const Words& words) {
  const auto& fallback = plan.default_language();
  return {say(words, "en", fallback), say(words, "zh", fallback)};
}

Said name_of(const Plan& plan, const Hazard& hazard) {
  if (!hazard.name.empty()) return said_of(plan, hazard.name);
  const auto* info = model::kind_info(hazard.kind);
  if (info == nullptr) return same(std::string(model::name_of(hazard.kind)));
  return {std::string(info->en), std::string(info->zh)};
}

Said name_of_attribute(const Plan& plan, const std::string& name) {
  const auto* attribute = known(plan, name);
  if (attribute != nullptr && !attribute->label.empty()) return said_of(plan, attribute->label);
  const auto* count = model::count_named(name);
  if (count == nullptr) return same(name);
  return {std::string(count->en), std::string(count->zh)};
}

Said name_of_choice(const Attribute& attribute, const std::string& choice, const Plan& plan) {
  const auto label = attribute.choice_labels.find(choice);
  return label == attribute.choice_labels.end() || label->second.empty() ? same(choice) : said_of(plan, label->second);
}

Said name_of_level(const Plan& plan, model::LevelIndex level) {
  if (level < 0 || static_cast<std::size_t>(level) >= plan.levels.size()) return {"unclassified", "未分级"};
  const auto& known_level = plan.levels[static_cast<std::size_t>(level)];
  return known_level.name.empty() ? same(known_level.id) : said_of(plan, known_level.name);
}

Said in_words(const Plan& plan, const std::string& attribute, const Range& range) {
  const auto* about = known(plan, attribute);
  const auto name = name_of_attribute(plan, attribute);
  const auto unit = unit_of(plan, about);
  const auto number = [&](model::Quantity q) { return said("{0}{1}", "{0}{1}", to_string(q), unit); };
  const bool zero = range.from && range.from->thousandths == 0;
  if (range.from && range.to) {
    if (is_whole(about) && range.to->thousandths - range.from->thousandths == 1000) {
      return said("{0} exactly {1}", "{0}{1}", name, number(*range.from));
    }
    if (!zero) {
      return said("{0} {1} up to, not including, {2}", "{0}{1}以上、不足{2}", name, number(*range.from),
                  number(*range.to));
    }
  }
  if (range.from && !range.to) return said("{0} {1} or more", "{0}{1}以上", name, number(*range.from));
  if (range.to) {
    return is_whole(about) ? said("{0} fewer than {1}", "{0}不足{1}", name, number(*range.to))
                           : said("{0} below {1}", "{0}不足{1}", name, number(*range.to));
  }
  return said("{0}: any number", "{0}：任何数值", name);
}

Said in_words(const Plan& plan, const std::string& attribute, bool flag) {
  const auto name = name_of_attribute(plan, attribute);
  return flag ? said("{0}: yes", "{0}：是", name) : said("{0}: no", "{0}：否", name);
}

Said in_words(const Plan& plan, const std::string& attribute, const AnyChoice& choices) {
  const auto* about = known(plan, attribute);
  std::vector<Said> names;
  names.reserve(choices.size());
  for (const auto& choice : choices) {
    names.push_back(about == nullptr ? same(choice) : name_of_choice(*about, choice, plan));
  }
  return said("{0}: {1}", "{0}：{1}", name_of_attribute(plan, attribute), joined(names, kOr));
}

Said in_words(const Plan& plan, const Condition& condition) {
  return std::visit([&](const auto& wanted) { return in_words(plan, condition.attribute, wanted); }, condition.wanted);
}

Said in_words(const Plan& plan, const Clause& clause) {
  if (clause.all.empty()) return {"always", "任何情况"};
  std::vector<Said> all;
  all.reserve(clause.all.size());
  for (const auto& condition : clause.all) all.push_back(in_words(plan, condition));
  return joined(all, {" and ", "，且"});
}

std::string clock_text(int minute) {
  std::string text = "00:00";
  const int hour = minute / 60, rest = minute % 60;
  text[0] = static_cast<char>('0' + hour / 10);
  text[1] = static_cast<char>('0' + hour % 10);
  text[3] = static_cast<char>('0' + rest / 10);
  text[4] = static_cast<char>('0' + rest % 10);
  return text;
}

Said in_words(const Hours& hours) {
  const auto days = days_in_words(hours.days);
  if (hours.from_minute == hours.to_minute) return said("all day, {0}", "{0}全天", days);
  return said("{0}-{1}, {2}", "{2}{0}至{1}", clock_text(hours.from_minute), clock_text(hours.to_minute), days);
}

Said in_words(const model::Selector& selector) {
  switch (selector.kind) {
    case model::SelectorKind::kPost: return said("post {0}", "岗位 {0}", selector.name);
    case model::SelectorKind::kUnit: return said("unit {0}", "单位 {0}", selector.name);
    case model::SelectorKind::kGroup: return said("group {0}", "队伍 {0}", selector.name);
    case model::SelectorKind::kAreaRole: return said("{0} of the area", "当地 {0}", selector.name);
    case model::SelectorKind::kAreaUpRole:
      return said("{0} of the area and of those above it", "当地及上级 {0}", selector.name);
    case model::SelectorKind::kDuty: return said("on duty: {0}", "值班 {0}", selector.name);
  }
  return {};
}

Said in_words(base::Duration d) {
  struct Unit {
    std::int64_t microseconds;
    const char* en;
    const char* zh;
  };
  constexpr std::array<Unit, 5> kUnits{{{86'400'000'000, " d", "天"},
                                        {3'600'000'000, " h", "小时"},
                                        {60'000'000, " min", "分钟"},
                                        {1'000'000, " s", "秒"},
                                        {1'000, " ms", "毫秒"}}};
  std::vector<Said> parts;
  auto rest = d.count();
  for (const auto& unit : kUnits) {
    if (rest < unit.microseconds) continue;
    parts.push_back(said("{0}{1}", "{0}{1}", rest / unit.microseconds, Said{unit.en, unit.zh}));
    rest %= unit.microseconds;
  }
  return parts.empty() ? Said{"at once", "立即"} : joined(parts, {" ", ""});
}

}  // namespace tocsin::plan
