// Responses that differ in effect: their steps as they stand; who is told when is diff_people.cc's.
#include <algorithm>
#include <map>

#include "gateway/plan/clause_words.h"
#include "gateway/rehearse/diff_parts.h"
#include "gateway/rehearse/words.h"

namespace tocsin::rehearse {
namespace {

using base::said;
using base::Said;
using base::same;

const Said kNobody{"nobody", "无人"};

std::string selectors_text(const std::vector<model::Selector>& selectors) {
  std::string text;
  for (const auto& selector : selectors) text += model::to_text(selector) + ",";
  return text;
}

Said selectors_in_words(const std::vector<model::Selector>& selectors) {
  std::vector<std::string> names;
  for (const auto& selector : selectors) names.push_back(model::to_text(selector));
  return names.empty() ? kNobody : base::listed(names);
}

std::string rungs_text(const plan::Ladder& ladder) {
  std::string text;
  for (const auto& rung : ladder.rungs) {
    text += std::string(model::name_of(rung.channel)) + " " + base::to_string(rung.wait);
    if (rung.who) text += " " + model::to_text(*rung.who);
    text += ",";
  }
  return text + std::to_string(ladder.cycles) + "x" + (ladder.cycles > 1 ? base::to_string(ladder.repeat_after) : "");
}

std::string calendar_text(const plan::Calendar& calendar) {
  std::string text;
  for (const auto day : calendar.rest) text += "-" + std::to_string(day);
  for (const auto day : calendar.working) text += "+" + std::to_string(day);
  return text;
}

std::string ladder_text(const plan::Plan& plan, int index) {
  if (index < 0) return "-";
  const auto& ladder = plan.ladders[static_cast<std::size_t>(index)];
  auto text = rungs_text(ladder);
  for (const auto& hours : ladder.hours) {
    text += ";" + std::to_string(hours.hours.from_minute) + "-" + std::to_string(hours.hours.to_minute) + "/" +
            std::to_string(hours.hours.days) + ":" +
            (hours.ladder < 0 ? "-" : rungs_text(plan.ladders[static_cast<std::size_t>(hours.ladder)]));
  }
  if (!ladder.hours.empty()) text += ";" + plan.time_zone + calendar_text(plan.calendar);
  return text;
}

std::string words_text(const plan::Words& words) {
  std::string text;
  for (const auto& [language, word] : words) text += language + ":" + word + "|";
  return text;
}

std::string step_text(const plan::Plan& plan, const plan::Response& response, const plan::PlanStep& step) {
  std::string text = "step " + step.name + " start " + std::to_string(static_cast<int>(step.start));
  if (step.start == plan::StepStart::kNotOpened) text += " " + base::to_string(plan.open_within);
  text += step.life_safety ? " life " : " ";
  text += selectors_text(step.to) + " " + ladder_text(plan, step.ladder);
  if (step.ladder >= 0) {
    text += " needs " + std::string(model::name_of(step.needs)) + " " +
            (step.enough_all ? "all" : std::to_string(step.enough)) + " " + base::to_string(step.wait) + " " +
            base::to_string(step.at_most) + " text " + step.text;
  }
  for (const int next : step.then) text += " then " + response.steps[static_cast<std::size_t>(next)].name;
  if (step.task) text += " task " + words_text(step.task->text) + base::to_string(step.task->clock);
  return text + "\n";
}

// ---- in words ----

Said ladder_in_words(const plan::Plan& plan, const plan::Ladder& ladder) {
  std::vector<Said> rungs;
  for (const auto& rung : ladder.rungs) {
    const Said channel{in_words(rung.channel, false), in_words(rung.channel, true)};
    const auto whom = rung.who ? said("{0} ({1})", "{0}（{1}）", channel, model::to_text(*rung.who)) : channel;
    rungs.push_back(said("{0} {1}", "{0}{1}", whom, plan::in_words(rung.wait)));
  }
  auto text = plan::joined(rungs, {" > ", "→"});
  if (ladder.cycles > 1) {
    text += said("; {0} times, {1} apart", "；共{0}遍，间隔{1}", ladder.cycles, plan::in_words(ladder.repeat_after));
  }
  for (const auto& hours : ladder.hours) {
    if (hours.ladder < 0) continue;
    text += said("; at {0}: {1}", "；{0}：{1}", plan::in_words(hours.hours),
                 ladder_in_words(plan, plan.ladders[static_cast<std::size_t>(hours.ladder)]));
  }
  return text;
}

Said ladder_in_words(const plan::Plan& plan, int index) {
  return index < 0 ? kNobody : ladder_in_words(plan, plan.ladders[static_cast<std::size_t>(index)]);
}

Said start_in_words(const plan::Plan& plan, const plan::PlanStep& step) {
  Said text{"at once", "立即开始"};
  if (step.start == plan::StepStart::kThen) text = {"when a step before it is short", "前一步骤不足时开始"};
  if (step.start == plan::StepStart::kNotOpened) {
    text = said("when the desk has not opened the incident within {0}", "值班室{0}内未打开事件时开始",
                plan::in_words(plan.open_within));
  }
  return step.life_safety ? said("{0}, before any approval", "{0}，不待批准", text) : text;
}

Said enough_in_words(const plan::PlanStep& step) {
  if (step.enough_all) return {"all", "全部"};
  return step.enough == 0 ? Said{"informs only", "仅告知"} : same(std::to_string(step.enough));
}

Said then_in_words(const plan::Response& response, const plan::PlanStep& step) {
  std::vector<std::string> names;
  for (const int next : step.then) names.push_back(response.steps[static_cast<std::size_t>(next)].name);
  return names.empty() ? Said{"nothing", "无"} : base::listed(names);
}

Said step_in_words(const plan::Plan& plan, const plan::PlanStep& step) {
  std::vector<Said> parts{start_in_words(plan, step)};
  if (step.ladder >= 0) parts.push_back(said("tells {0}", "通知{0}", selectors_in_words(step.to)));
  if (step.task) parts.push_back(said("task: {0}", "任务：{0}", plan::said_of(plan, step.task->text)));
  return plan::joined(parts, {"; ", "；"});
}

// Compares one pair of responses and adds what differs.
class StepsCompared {
 public:
  StepsCompared(const plan::Plan& before, const plan::Plan& after, const ResponsePair& pair, PlanDiff& out)
      : before_(before), after_(after), pair_(pair), out_(out) {}

  void compare() {
    for (const auto& was : pair_.before->steps) {
      const auto* now = named(*pair_.after, was.name);
      if (now == nullptr) {
        differ("step", title(was), step_in_words(before_, was), {});
      } else {
        compare_steps(was, *now);
      }
    }
    for (const auto& now : pair_.after->steps) {
      if (named(*pair_.before, now.name) == nullptr) differ("step", title(now), {}, step_in_words(after_, now));
    }
    compare_order();
    compare_approval();
    compare_stand_down();
  }

 private:
  static const plan::PlanStep* named(const plan::Response& response, const std::string& name) {
    const auto found = std::find_if(response.steps.begin(), response.steps.end(),
                                    [&](const plan::PlanStep& step) { return step.name == name; });
    return found == response.steps.end() ? nullptr : &*found;
  }
  static Said title(const plan::PlanStep& step) { return said("step {0}", "步骤 {0}", step.name); }

  void differ(const std::string& what, const Said& subject, const Said& before, const Said& after) {
    if (before == after) return;
    Change change;
    change.what = what;
    change.about = pair_.about;
    change.subject = subject;
    change.before = before;
    change.after = after;
    out_.changes.push_back(std::move(change));
  }

  void compare_steps(const plan::PlanStep& was, const plan::PlanStep& now) {
    const auto of = [&](const Said& key) { return said("{0}: {1}", "{0}：{1}", title(now), key); };
    differ("step", of({"begins", "开始"}), start_in_words(before_, was), start_in_words(after_, now));
    differ("step", of({"tells", "通知"}), selectors_in_words(was.to), selectors_in_words(now.to));
    differ("step", of({"reached by", "通知方式"}), ladder_in_words(before_, was.ladder),
           ladder_in_words(after_, now.ladder));
    if (was.ladder >= 0 && now.ladder >= 0) compare_answers(was, now, of);
    differ("step", of({"when short, begins", "不足时启动"}), then_in_words(*pair_.before, was),
           then_in_words(*pair_.after, now));
    const auto task = [](const plan::Plan& plan, const plan::PlanStep& step) {
      return step.task ? plan::said_of(plan, step.task->text) : Said();
    };
    differ("task", of({"task", "任务"}), task(before_, was), task(after_, now));
    if (was.task && now.task) {
      differ("task", of({"task due within", "任务时限"}), plan::in_words(was.task->clock),
             plan::in_words(now.task->clock));
    }
  }

  template <class Of>
  void compare_answers(const plan::PlanStep& was, const plan::PlanStep& now, const Of& of) {
    const auto answer = [](const plan::PlanStep& step) {
      return Said{in_words(step.needs, false), in_words(step.needs, true)};
    };
    differ("answer", of({"answer needed", "需要的答复"}), answer(was), answer(now));
    differ("answer", of({"how many", "需要几人"}), enough_in_words(was), enough_in_words(now));
    differ("step", of({"waits for answers", "等待答复"}), plan::in_words(was.wait), plan::in_words(now.wait));
    differ("step", of({"at most", "最长"}), plan::in_words(was.at_most), plan::in_words(now.at_most));
    differ("text", of({"template", "消息模板"}), same(was.text), same(now.text));
  }

  // Who is found by two steps is told by the first.
  void compare_order() {
    const auto common = [](const plan::Response& response, const plan::Response& other) {
      std::vector<std::string> names;
      for (const auto& step : response.steps) {
        if (named(other, step.name) != nullptr) names.push_back(step.name);
      }
      return base::listed(names);
    };
    differ("step", {"order of steps", "步骤次序"}, common(*pair_.before, *pair_.after),
           common(*pair_.after, *pair_.before));
  }

  void compare_approval() {
    const auto& was = pair_.before->approval;
    const auto& now = pair_.after->approval;
    const auto by = [](const std::optional<plan::Approval>& approval) {
      return approval ? selectors_in_words(approval->by) : Said{"begins without", "无需批准"};
    };
    differ("approval", {"approval by", "批准人"}, by(was), by(now));
    if (!was || !now) return;
    differ("approval", {"approval waits at most", "等待批准最长"}, plan::in_words(was->at_most),
           plan::in_words(now->at_most));
    const auto otherwise = [](const plan::Approval& approval) {
      return approval.starts_by_default ? Said{"it begins", "启动"} : Said{"it is left", "不启动"};
    };
    differ("approval", {"when nobody decides", "无人决定时"}, otherwise(*was), otherwise(*now));
  }

  void compare_stand_down() {
    const auto rule = [](const plan::Response& response) {
      return response.stand_down.value_or(plan::StandDownRule());
    };
    const auto was = rule(*pair_.before), now = rule(*pair_.after);
    const auto by = [](const plan::StandDownRule& stand_down) {
      return stand_down.by.empty() ? Said{"the desk or whoever leads", "值班室或指挥者"}
                                   : selectors_in_words(stand_down.by);
    };
    differ("stand_down", {"ended by", "终止权"}, by(was), by(now));
    const auto conditions = [](const plan::Plan& plan, const plan::StandDownRule& stand_down) {
      std::vector<Said> texts;
      for (const auto& condition : stand_down.conditions) texts.push_back(plan::said_of(plan, condition.text));
      return texts.empty() ? Said{"none", "无"} : plan::joined(texts, {"; ", "；"});
    };
    differ("stand_down", {"conditions to end", "终止条件"}, conditions(before_, was), conditions(after_, now));
  }

  const plan::Plan& before_;
  const plan::Plan& after_;
  const ResponsePair& pair_;
  PlanDiff& out_;
};

// Every hazard and level that both plans have, with what serves it; one entry for each pair that differs.
std::vector<ResponsePair> pairs_of(const plan::Plan& before, const plan::Plan& after) {
  std::map<const plan::Response*, std::string> known;  // effects, each written once
  const auto effect = [&](const plan::Plan& plan, const plan::Response* response) -> const std::string& {
    auto& text = known[response];
    if (text.empty()) text = effect_of(plan, *response);
    return text;
  };
  std::vector<ResponsePair> pairs;
  std::map<std::pair<std::string, std::string>, std::size_t> seen;
  const auto add = [&](const plan::Response* was, const plan::Response* now, const std::string& name) {
    if (was == nullptr || now == nullptr) return;
    const auto &old_effect = effect(before, was), &new_effect = effect(after, now);
    if (old_effect == new_effect) return;
    const auto [found, fresh] = seen.try_emplace({old_effect, new_effect}, pairs.size());
    if (fresh) pairs.push_back({was, now, {}});
    pairs[found->second].about.push_back(name);
  };
  for (const auto& info : model::all_kinds()) {
    if (before.hazard(info.kind) == nullptr || after.hazard(info.kind) == nullptr) continue;
    for (std::size_t i = 0; i < before.levels.size(); ++i) {
      const auto& id = before.levels[i].id;
      const auto now = after.level_named(id);
      if (!now) continue;
      add(before.response(info.kind, static_cast<model::LevelIndex>(i)), after.response(info.kind, *now),
          std::string(info.name) + "/" + id);
    }
  }
  constexpr auto kNone = model::HazardKind::kUnclassified;
  add(before.response(kNone, model::kNoLevel), after.response(kNone, model::kNoLevel), "unclassified");
  return pairs;
}

}  // namespace

std::string effect_of(const plan::Plan& plan, const plan::Response& response) {
  std::string text;
  for (const auto& step : response.steps) text += step_text(plan, response, step);
  if (const auto& approval = response.approval) {
    text += "approval " + selectors_text(approval->by) + base::to_string(approval->at_most) +
            (approval->starts_by_default ? " start\n" : " leave\n");
  }
  if (const auto& rule = response.stand_down) {
    text += "stand_down " + selectors_text(rule->by);
    for (const auto& condition : rule->conditions) text += condition.name + ":" + words_text(condition.text);
  }
  return text;
}

void diff_responses(const plan::Plan& before, const plan::Plan& after, const DiffOptions& options, PlanDiff& out) {
  for (const auto& pair : pairs_of(before, after)) {
    const auto known = out.changes.size();
    StepsCompared(before, after, pair, out).compare();
    diff_people(before, after, pair, options, out);
    if (out.changes.size() != known) continue;
    // Never silent about a response that is not the same.
    Change change;
    change.what = "step";
    change.about = pair.about;
    change.subject = {"the response", "响应"};
    change.before = {"as written in the first plan", "按第一份预案"};
    change.after = {"as written in the second plan", "按第二份预案"};
    out.changes.push_back(std::move(change));
  }
}

}  // namespace tocsin::rehearse
