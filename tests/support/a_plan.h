// A plan without a file: a_plan().build() is a small complete one; setters change what a test is about.
//
// Levels IV III II I.  Hazards: fire (an accident), flood (a natural disaster), food_poisoning (public health), each
// with criteria and a default level of IV.  One ladder (SMS 5 min, desk call 5 min, deputy 5 min), one response per
// hazard at IV and one for unclassified reports.
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gateway/plan/plan.h"
#include "tests/support/a_ladder.h"
#include "tests/support/moments.h"

namespace tocsin::support {

inline constexpr model::LevelIndex level_IV = 0, level_III = 1, level_II = 2, level_I = 3;

// Conditions.
inline plan::Condition in_range(std::string attribute, std::optional<double> from, std::optional<double> to) {
  const auto exact = [](std::optional<double> d) -> std::optional<model::Quantity> {
    if (!d) return std::nullopt;
    return model::Quantity{static_cast<std::int64_t>(*d * 1000 + 0.5)};
  };
  const plan::Range range{exact(from), exact(to)};
  const std::string text =
      attribute + " = " + (range.from ? to_string(*range.from) : "") + ".." + (range.to ? to_string(*range.to) : "");
  return {std::move(attribute), range, text};
}
inline plan::Condition at_least(std::string attribute, double from) {
  return in_range(std::move(attribute), from, std::nullopt);
}
inline plan::Condition between(std::string attribute, double from, double to) {
  return in_range(std::move(attribute), from, to);
}
inline plan::Condition is(std::string attribute, bool wanted) {
  std::string text = attribute + " = " + (wanted ? "yes" : "no");
  return {std::move(attribute), wanted, std::move(text)};
}
inline plan::Condition is_one_of(std::string attribute, plan::AnyChoice choices) {
  std::string text = attribute + " = one of";
  for (const auto& choice : choices) text += " " + choice;
  return {std::move(attribute), std::move(choices), std::move(text)};
}
using Conditions = std::vector<plan::Condition>;

// Attributes.
inline plan::Attribute an_attribute(std::string name, plan::AttributeType type, std::vector<std::string> zh,
                                    std::vector<std::string> en) {
  plan::Attribute a;
  a.name = std::move(name);
  a.type = type;
  a.label = {{"zh", zh.empty() ? a.name : zh.front()}, {"en", en.empty() ? a.name : en.front()}};
  a.ask = {{"zh", a.label["zh"] + "？"}, {"en", a.label["en"] + "?"}};
  a.keywords = {{"zh", std::move(zh)}, {"en", std::move(en)}};
  return a;
}
inline plan::Attribute a_count(std::string name, std::vector<std::string> zh, std::vector<std::string> en) {
  return an_attribute(std::move(name), plan::AttributeType::kCount, std::move(zh), std::move(en));
}
inline plan::Attribute a_flag(std::string name, std::vector<std::string> zh, std::vector<std::string> en) {
  return an_attribute(std::move(name), plan::AttributeType::kFlag, std::move(zh), std::move(en));
}
inline plan::Attribute a_measure(std::string name, plan::Words unit, std::vector<std::string> zh,
                                 std::vector<std::string> en) {
  auto a = an_attribute(std::move(name), plan::AttributeType::kMeasure, std::move(zh), std::move(en));
  a.unit = std::move(unit);
  return a;
}
// Choices mildest first, each with its keywords.
inline plan::Attribute a_choice(std::string name, const std::vector<std::pair<std::string, plan::WordLists>>& choices) {
  auto a = an_attribute(std::move(name), plan::AttributeType::kChoice, {}, {});
  a.combine = plan::Combine::kLatest;
  for (const auto& [id, keywords] : choices) {
    a.choices.push_back(id);
    a.choice_labels[id] = {{"zh", id}, {"en", id}};
    a.choice_keywords[id] = keywords;
  }
  return a;
}

// Clauses are named as read_plan names them: "fire/III/2".
inline plan::Hazard a_hazard(model::HazardKind kind, std::vector<std::string> zh, std::vector<std::string> en,
                             std::vector<std::string> attributes) {
  plan::Hazard h;
  h.kind = kind;
  h.name = {{"zh", std::string(model::kind_info(kind)->zh)}, {"en", std::string(model::kind_info(kind)->en)}};
  h.keywords = {{"zh", std::move(zh)}, {"en", std::move(en)}};
  h.attributes = std::move(attributes);
  h.merge_window = 30min;
  return h;
}

inline plan::PlanStep a_step(std::string name, const std::vector<std::string>& selectors) {
  plan::PlanStep step;
  step.name = std::move(name);
  for (const auto& text : selectors) step.to.push_back(model::parse_selector(text).value());
  step.ladder = 0;
  step.enough = 1;
  step.wait = 5min;
  step.at_most = 15min;
  step.text = "alert";
  return step;
}

class PlanBuilder {
 public:
  PlanBuilder() {
    plan_.name = "test plan";
    plan_.version = "1";
    plan_.languages = {"zh", "en"};
    plan_.stale_after = 6h;
    plan_.open_within = 3min;
    plan_.levels = {{"IV", {{"zh", "四级"}, {"en", "level IV"}}, "blue"},
                    {"III", {{"zh", "三级"}, {"en", "level III"}}, "yellow"},
                    {"II", {{"zh", "二级"}, {"en", "level II"}}, "orange"},
                    {"I", {{"zh", "一级"}, {"en", "level I"}}, "red"}};
    with_usual_attributes();
    with_usual_hazards();
    plan_.ladders = {a_ladder({{sms, 5min}, {desk_call, 5min}, {deputy, 5min}})};
    for (const auto& [kind, hazard] : plan_.hazards) response(kind, level_IV, {a_step("command", {"post:commander"})});
    response(model::HazardKind::kUnclassified, model::kNoLevel, {a_step("desk", {"duty:desk"})});
    template_text("alert", "【{{level}}】{{what}} {{place}} 编号{{code}}",
                  "[{{level}}] {{what}} {{place}} code {{code}}");
  }

  PlanBuilder& attribute(plan::Attribute a) {
    auto name = a.name;
    plan_.attributes.insert_or_assign(std::move(name), std::move(a));
    return *this;
  }
  PlanBuilder& no_attributes() {
    plan_.attributes.clear();
    return *this;
  }
  PlanBuilder& hazard(plan::Hazard h) {
    const auto kind = h.kind;
    plan_.hazards.insert_or_assign(kind, std::move(h));
    return *this;
  }
  PlanBuilder& no_hazards() {
    plan_.hazards.clear();
    return *this;
  }
  // Adds one clause; levels may come in any order.
  PlanBuilder& clause(model::HazardKind kind, model::LevelIndex level, Conditions all) {
    auto& criteria = plan_.hazards.at(kind).criteria;
    auto at = criteria.begin();
    while (at != criteria.end() && at->level > level) ++at;
    if (at == criteria.end() || at->level != level) at = criteria.insert(at, plan::Criteria{level, {}});
    const auto number = std::to_string(at->any.size() + 1);
    at->any.push_back({std::string(model::name_of(kind)) + "/" + plan_.level_id(level) + "/" + number, std::move(all)});
    return *this;
  }
  PlanBuilder& no_clauses(model::HazardKind kind) {
    plan_.hazards.at(kind).criteria.clear();
    return *this;
  }
  PlanBuilder& default_level(model::HazardKind kind, model::LevelIndex level) {
    plan_.hazards.at(kind).default_level = level;
    return *this;
  }
  PlanBuilder& merge_window(model::HazardKind kind, base::Duration window) {
    plan_.hazards.at(kind).merge_window = window;
    return *this;
  }
  PlanBuilder& combine(const std::string& attribute_name, plan::Combine how) {
    plan_.attributes.at(attribute_name).combine = how;
    return *this;
  }
  PlanBuilder& worse(const std::string& attribute_name, plan::Worse side) {
    plan_.attributes.at(attribute_name).worse = side;
    return *this;
  }
  PlanBuilder& ladder(plan::Ladder l) {
    plan_.ladders.push_back(std::move(l));
    return *this;
  }
  // Replaces the response of that kind and level.
  PlanBuilder& response(model::HazardKind kind, model::LevelIndex level, std::vector<plan::PlanStep> steps) {
    std::erase_if(plan_.responses, [&](const auto& r) { return r.kind == kind && r.level == level; });
    const auto at = std::find_if(plan_.responses.begin(), plan_.responses.end(),
                                 [&](const auto& r) { return std::pair(r.kind, r.level) > std::pair(kind, level); });
    plan_.responses.insert(at, {kind, level, std::move(steps), {}, {}});
    return *this;
  }
  PlanBuilder& template_text(const std::string& name, const std::string& zh, const std::string& en) {
    plan_.templates[name] = {name, {{"zh", {{"default", zh}}}, {"en", {{"default", en}}}}};
    return *this;
  }
  [[nodiscard]] plan::Plan& raw() { return plan_; }
  [[nodiscard]] plan::Plan build() const { return plan_; }
  [[nodiscard]] plan::PlanPtr shared() const { return std::make_shared<const plan::Plan>(plan_); }

 private:
  void with_usual_attributes() {
    attribute(a_count("dead", {"死亡", "遇难", "亡", "死"}, {"dead", "killed", "died"}));
    attribute(a_count("missing", {"失联", "失踪"}, {"missing"}));
    attribute(a_count("serious", {"重伤", "受伤", "伤"}, {"seriously injured", "injured"}));
    attribute(a_count("light", {"轻伤"}, {"lightly injured", "minor injuries"}));
    attribute(a_count("ill", {"发病", "患病", "呕吐", "腹泻"}, {"ill", "sick", "vomiting"}));
    attribute(a_count("trapped", {"被困", "困"}, {"trapped", "stuck"}));
    attribute(a_flag("spreading", {"蔓延", "正在蔓延", "火势扩大"}, {"spreading"}));
    attribute(a_measure("water_depth", {{"zh", "米"}, {"en", "m"}}, {"水深", "积水"}, {"water depth", "deep"}));
    attribute(a_choice("place_kind", {{"home", {{"zh", {"居民楼", "住宅"}}, {"en", {"house", "home"}}}},
                                      {"shop", {{"zh", {"商店", "超市"}}, {"en", {"shop"}}}},
                                      {"school", {{"zh", {"学校", "幼儿园"}}, {"en", {"school"}}}}}));
  }
  void with_usual_hazards() {
    using model::HazardKind;
    hazard(a_hazard(HazardKind::kFire, {"着火", "起火", "失火", "火情"}, {"on fire", "burning", "blaze"},
                    {"trapped", "dead", "serious", "light", "missing", "spreading", "place_kind"}));
    hazard(a_hazard(HazardKind::kFlood, {"发水", "淹水", "河水上涨"}, {"flooding", "flooded"},
                    {"trapped", "dead", "missing", "serious", "light", "water_depth", "place_kind"}));
    hazard(a_hazard(HazardKind::kFoodPoisoning, {"吃坏肚子"}, {"food poisoned"}, {"ill", "dead", "place_kind"}));
    for (const auto kind : {HazardKind::kFire, HazardKind::kFlood}) {
      clause(kind, level_I, {at_least("dead", 3)});
      clause(kind, level_II, {between("dead", 1, 3)});
      clause(kind, level_II, {at_least("serious", 3)});
      clause(kind, level_III, {between("serious", 1, 3)});
      clause(kind, level_III, {at_least("trapped", 1)});
    }
    clause(HazardKind::kFire, level_III, {is("spreading", true), is_one_of("place_kind", {"school", "shop"})});
    clause(HazardKind::kFlood, level_III, {at_least("water_depth", 0.5)});
    clause(HazardKind::kFoodPoisoning, level_II, {at_least("dead", 1)});
    clause(HazardKind::kFoodPoisoning, level_III, {at_least("ill", 30)});
  }

  plan::Plan plan_;
};

[[nodiscard]] inline PlanBuilder a_plan() {
  return {};
}

}  // namespace tocsin::support
