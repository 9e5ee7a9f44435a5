// What is compared as it stands: the office, the level scale, names, how several reports go together.
#include <algorithm>
#include <set>

#include "gateway/callout/authority.h"
#include "gateway/plan/clause_words.h"
#include "gateway/rehearse/diff_parts.h"

namespace tocsin::rehearse {
namespace {

using base::said;
using base::Said;
using base::same;

// Adds a change where the two texts differ.
class Noted {
 public:
  Noted(PlanDiff& out, std::string what, std::vector<std::string> about)
      : out_(out), what_(std::move(what)), about_(std::move(about)) {}

  void differ(const Said& subject, const Said& before, const Said& after) {
    if (before == after) return;
    Change change;
    change.what = what_;
    change.about = about_;
    change.subject = subject;
    change.before = before;
    change.after = after;
    out_.changes.push_back(std::move(change));
  }

 private:
  PlanDiff& out_;
  std::string what_;
  std::vector<std::string> about_;
};

Said listed_ids(const std::vector<plan::Level>& levels) {
  std::vector<std::string> ids;
  for (const auto& level : levels) ids.push_back(level.id);
  return base::listed(ids);
}

void levels(const plan::Plan& before, const plan::Plan& after, PlanDiff& out) {
  Noted(out, "levels", {})
      .differ({"levels, lowest first", "级别（由低到高）"}, listed_ids(before.levels), listed_ids(after.levels));
  for (const auto& level : before.levels) {
    const auto index = after.level_named(level.id);
    if (!index) continue;
    const auto& now = after.levels[static_cast<std::size_t>(*index)];
    Noted noted(out, "levels", {"level/" + level.id});
    noted.differ({"name", "名称"}, plan::said_of(before, level.name), plan::said_of(after, now.name));
    noted.differ({"colour", "颜色"}, same(level.colour), same(now.colour));
  }
}

Said in_words(plan::AttributeType type) {
  switch (type) {
    case plan::AttributeType::kCount: return {"a count", "人数"};
    case plan::AttributeType::kMeasure: return {"a measure", "测量值"};
    case plan::AttributeType::kFlag: return {"yes or no", "是否"};
    case plan::AttributeType::kChoice: return {"a choice", "选项"};
  }
  return {};
}

Said in_words(plan::Combine combine) {
  switch (combine) {
    case plan::Combine::kMax: return {"the worst one counts", "取最严重的"};
    case plan::Combine::kSumByPlace: return {"added up by place", "按地点相加"};
    case plan::Combine::kLatest: return {"the latest counts", "取最新的"};
  }
  return {};
}

Said choices(const plan::Plan& plan, const plan::Attribute& attribute) {
  std::vector<Said> names;
  for (const auto& choice : attribute.choices) {
    names.push_back(said("{0} ({1})", "{0}（{1}）", plan::name_of_choice(attribute, choice, plan), choice));
  }
  return plan::joined(names, {", ", "、"});
}

void attributes(const plan::Plan& before, const plan::Plan& after, PlanDiff& out) {
  for (const auto& [name, was] : before.attributes) {
    const auto* now = after.attribute(name);
    if (now == nullptr) continue;
    Noted noted(out, "attribute", {"attribute/" + name});
    const auto label = plan::name_of_attribute(after, name);
    const auto of = [&](const Said& what) { return said("{0}: {1}", "{0}：{1}", label, what); };
    const auto language = [](const plan::AskWhom whom) {
      return whom == plan::AskWhom::kDesk ? Said{"the desk", "值班室"} : Said{"the reporter", "报告人"};
    };
    noted.differ(of({"kind", "类型"}), in_words(was.type), in_words(now->type));
    noted.differ(of({"name in messages", "消息中的名称"}), plan::name_of_attribute(before, name), label);
    noted.differ(of({"unit", "单位"}), plan::said_of(before, was.unit), plan::said_of(after, now->unit));
    noted.differ(of({"the question", "追问语"}), plan::said_of(before, was.ask), plan::said_of(after, now->ask));
    noted.differ(of({"who is asked", "追问对象"}), language(was.ask_whom), language(now->ask_whom));
    noted.differ(of({"several reports", "多份报告"}), in_words(was.combine), in_words(now->combine));
    if (was.worse != now->worse) {
      const Said higher{"higher is worse", "越高越严重"}, lower{"lower is worse", "越低越严重"};
      const bool was_higher = was.worse == plan::Worse::kHigher;
      noted.differ(of({"which way is worse", "严重方向"}), was_higher ? higher : lower, was_higher ? lower : higher);
    }
    noted.differ(of({"choices, mildest first", "选项（由轻到重）"}), choices(before, was), choices(after, *now));
  }
}

std::vector<std::string> only_in(const std::vector<std::string>& all, const std::vector<std::string>& others) {
  std::vector<std::string> found;
  for (const auto& name : all) {
    if (std::find(others.begin(), others.end(), name) == others.end()) found.push_back(name);
  }
  return found;
}

Said attribute_names(const plan::Plan& plan, const std::vector<std::string>& names) {
  std::vector<Said> all;
  all.reserve(names.size());
  for (const auto& name : names) all.push_back(plan::name_of_attribute(plan, name));
  return plan::joined(all, {", ", "、"});
}

Said distance(double metres) {
  if (metres <= 0) return {"the same area, its parent and its children", "同一区域及其上下级"};
  return said("centres at most {0} m apart", "中心相距不超过{0}米", static_cast<std::int64_t>(metres));
}

void hazard_in_both(const plan::Plan& before, const plan::Plan& after, const plan::Hazard& was, const plan::Hazard& now,
                    PlanDiff& out) {
  const std::string kind(model::name_of(was.kind));
  Noted hazard(out, "hazard", {kind}), merge(out, "merge", {kind});
  hazard.differ({"name", "名称"}, plan::name_of(before, was), plan::name_of(after, now));
  const auto gone = only_in(was.attributes, now.attributes), fresh = only_in(now.attributes, was.attributes);
  if (!gone.empty() || !fresh.empty()) {
    hazard.differ({"what may be said about it", "可报告的内容"}, attribute_names(before, gone),
                  attribute_names(after, fresh));
  } else if (was.attributes != now.attributes) {
    hazard.differ({"order of facts in messages", "消息中事实的次序"}, attribute_names(before, was.attributes),
                  attribute_names(after, now.attributes));
  }
  merge.differ({"a report joins the incident within", "并入同一事件的时限"}, plan::in_words(was.merge_window),
               plan::in_words(now.merge_window));
  merge.differ({"a report joins the incident from", "并入同一事件的范围"}, distance(was.merge_distance_m),
               distance(now.merge_distance_m));
}

void hazards(const plan::Plan& before, const plan::Plan& after, PlanDiff& out) {
  for (const auto& info : model::all_kinds()) {
    const auto* was = before.hazard(info.kind);
    const auto* now = after.hazard(info.kind);
    if (was != nullptr && now != nullptr) hazard_in_both(before, after, *was, *now, out);
    if ((was == nullptr) == (now == nullptr)) continue;
    const Said answered{"answered by criteria and responses of its own", "有自己的分级与响应"};
    const Said unclassified{"answered as unclassified", "按未分级处理"};
    Noted(out, "hazard", {std::string(info.name)})
        .differ(plan::name_of(was != nullptr ? before : after, was != nullptr ? *was : *now),
                was != nullptr ? answered : unclassified, now != nullptr ? answered : unclassified);
  }
}

}  // namespace

void diff_head(const plan::Plan& before, const plan::Plan& after, PlanDiff& out) {
  Noted office(out, "office", {});
  office.differ({"the office's name, as messages say it", "消息中的单位名称"}, same(before.name), same(after.name));
  office.differ({"time zone", "时区"}, same(before.time_zone), same(after.time_zone));
  office.differ({"languages, the first by default", "语言（第一个为默认）"}, base::listed(before.languages),
                base::listed(after.languages));
  office.differ({"an older report rings the desk alone after", "迟报只通知值班室的时限"},
                plan::in_words(before.stale_after), plan::in_words(after.stale_after));
  office.differ({"the desk must open an incident within", "值班室打开事件的时限"}, plan::in_words(before.open_within),
                plan::in_words(after.open_within));
  office.differ({"told when the inbox is not opened in that time", "收件箱超过此时限无人打开时通知"},
                same(callout::in_words(before.inbox_unopened)), same(callout::in_words(after.inbox_unopened)));
  levels(before, after, out);
  attributes(before, after, out);
  hazards(before, after, out);
}

}  // namespace tocsin::rehearse
