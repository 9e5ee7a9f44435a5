// Criteria, grades and responses of each hazard, as tables.
#include <algorithm>
#include <map>

#include "gateway/plan/clause_words.h"
#include "gateway/rehearse/diff_parts.h"
#include "gateway/rehearse/doc_parts.h"
#include "gateway/rehearse/words.h"

namespace tocsin::rehearse {
namespace {

using base::said;
using base::Said;

std::string last_part(const std::string& name) {
  const auto slash = name.rfind('/');
  return slash == std::string::npos ? name : name.substr(slash + 1);
}

std::string clauses(const Sheet& sheet, const plan::Criteria& criteria) {
  std::string items;
  for (const auto& clause : criteria.any) {
    items += "<li value=\"" + sheet.text(last_part(clause.name)) + "\">" +
             sheet.text(plan::in_words(sheet.plan(), clause)) + "</li>";
  }
  return "<ol class=rungs>" + items + "</ol>";
}

void write_criteria(Sheet& sheet, const std::vector<plan::Criteria>& table, const plan::Hazard* otherwise) {
  sheet.raw("<table class=criteria>");
  sheet.head_row({{"Level", "级别"}, {"When any of these is so", "符合下列任一条"}, {"Source", "依据"}});
  for (const auto& criteria : table) {
    sheet.row({sheet.chip(criteria.level), clauses(sheet, criteria),
               "<span class=small>" + sheet.text(criteria.source) + "</span>"});
  }
  if (otherwise != nullptr) {
    sheet.row({sheet.chip(otherwise->default_level), sheet.text({"in every other case", "其他情况"}), ""});
  }
  sheet.raw("</table>\n");
}

std::string starts(const Sheet& sheet, const plan::Response& response, std::size_t index) {
  const auto& step = response.steps[index];
  std::vector<std::string> before;
  for (const auto& other : response.steps) {
    if (std::find(other.then.begin(), other.then.end(), static_cast<int>(index)) != other.then.end()) {
      before.push_back(other.name);
    }
  }
  if (step.start == plan::StepStart::kThen) {
    return sheet.text(said("when {0} is short of answers", "{0}答复不足时", base::listed(before)));
  }
  Said text{"at once", "立即"};
  if (step.start == plan::StepStart::kNotOpened) text = {"when the desk has not opened it", "值班室未按时打开时"};
  if (step.life_safety && response.approval) {
    text = said("{0}, without approval", "{0}，不待批准", text);
  } else if (response.approval) {
    text = said("once approved", "批准后");
  }
  return sheet.text(text);
}

std::string answer(const Sheet& sheet, const plan::PlanStep& step) {
  if (step.ladder < 0) return {};
  const bool informs = !step.enough_all && step.enough == 0;
  if (informs) return sheet.text({"informs only", "仅告知"});
  const Said kind{in_words(step.needs, false), in_words(step.needs, true)};
  const auto count = step.enough_all ? Said{"all", "全部"} : base::same(std::to_string(step.enough));
  return sheet.text(said("{0}: {1}", "{0}：{1}", kind, count)) + "<br><span class=small>" +
         sheet.text(said("within {0}, at most {1}", "等待{0}，最长{1}", plan::in_words(step.wait),
                         plan::in_words(step.at_most))) +
         "</span>";
}

std::string whom(const Sheet& sheet, const plan::PlanStep& step) {
  auto text = sheet.who(step.to);
  if (step.task) {
    text += "<div class=task>☐ " + sheet.text(plan::said_of(sheet.plan(), step.task->text)) + " <span class=small>" +
            sheet.text(said("within {0}", "{0}内", plan::in_words(step.task->clock))) + "</span></div>";
  }
  return text;
}

std::string over(const Sheet& sheet, const plan::PlanStep& step) {
  if (step.ladder < 0) return sheet.text({"task of the desk", "值班室任务"});
  const auto& ladder = sheet.plan().ladders[static_cast<std::size_t>(step.ladder)];
  std::string text = sheet.text(ladder.name);
  if (step.text != "alert") {
    text += "<br><span class=small>" + sheet.text(said("text: {0}", "消息：{0}", step.text)) + "</span>";
  }
  return text;
}

void write_approval(Sheet& sheet, const plan::Response& response) {
  if (!response.approval && !response.stand_down) return;
  sheet.raw("<dl>");
  if (const auto& approval = response.approval) {
    sheet.pair({"Approval", "批准"}, sheet.who(approval->by));
    sheet.pair(
        {"Nobody decided", "无人决定时"},
        sheet.text(approval->starts_by_default
                       ? said("after {0} it begins by itself", "{0}后自动启动", plan::in_words(approval->at_most))
                       : said("after {0} it is left alone", "{0}后不启动", plan::in_words(approval->at_most))));
  }
  if (const auto& rule = response.stand_down) {
    if (!rule->by.empty()) sheet.pair({"Ended by", "终止权"}, sheet.who(rule->by));
    std::string boxes;
    for (const auto& condition : rule->conditions) {
      boxes += "<div>☐ " + sheet.text(plan::said_of(sheet.plan(), condition.text)) + "</div>";
    }
    if (!boxes.empty()) sheet.pair({"Only when", "终止条件"}, boxes);
  }
  sheet.raw("</dl>\n");
}

// Levels whose responses do the same stand together, highest first.
void write_responses(Sheet& sheet, const plan::Hazard& hazard) {
  const auto& plan = sheet.plan();
  std::vector<std::pair<const plan::Response*, std::vector<model::LevelIndex>>> groups;
  std::map<std::string, std::size_t> seen;
  for (std::size_t i = plan.levels.size(); i-- > 0;) {
    const auto level = static_cast<model::LevelIndex>(i);
    const auto* response = plan.response(hazard.kind, level);
    if (response == nullptr) continue;
    const auto [found, fresh] = seen.try_emplace(effect_of(plan, *response), groups.size());
    if (fresh) groups.push_back({response, {}});
    groups[found->second].second.push_back(level);
  }
  for (const auto& [response, levels] : groups) {
    std::string title;
    for (const auto level : levels) title += sheet.chip(level) + " ";
    const auto name = levels.size() > 1 ? Said() : plan::name_of_level(plan, levels.front());
    sheet.heading(3, title + sheet.text(name) + " " + sheet.text({"who is told", "通知谁"}));
    write_response(sheet, *response);
  }
}

}  // namespace

void write_response(Sheet& sheet, const plan::Response& response) {
  sheet.raw("<table class=response>");
  sheet.head_row({{"Step", "步骤"},
                  {"Begins", "开始"},
                  {"Who, and what the desk does", "通知对象与值班室任务"},
                  {"Ladder", "通知阶梯"},
                  {"Answer needed", "需要的答复"}});
  for (std::size_t i = 0; i < response.steps.size(); ++i) {
    const auto& step = response.steps[i];
    sheet.row({"<span class=step>" + std::to_string(i + 1) + ". " + sheet.text(step.name) + "</span>",
               starts(sheet, response, i), whom(sheet, step), over(sheet, step), answer(sheet, step)});
  }
  sheet.raw("</table>\n");
  write_approval(sheet, response);
}

void write_hazards(Sheet& sheet) {
  const auto& plan = sheet.plan();
  for (const auto& [kind, hazard] : plan.hazards) {
    sheet.heading(2, plan::name_of(plan, hazard));
    write_criteria(sheet, hazard.criteria, &hazard);
    if (!hazard.grades.empty()) {
      sheet.heading(3, Said{"Grade owed in the written report (it calls nobody)", "书面上报的等级（不据此通知）"});
      write_criteria(sheet, hazard.grades, nullptr);
    }
    write_responses(sheet, hazard);
  }
}

}  // namespace tocsin::rehearse
