#include "gateway/rehearse/doc_responses.h"

#include <algorithm>
#include <optional>

#include "gateway/plan/clause_words.h"
#include "gateway/plan/subjects.h"
#include "gateway/rehearse/words.h"

namespace tocsin::rehearse {
namespace {

using base::said;
using base::Said;

// "rescue" of "rescue@unit:police": what enough_each made of one step is one row.
std::string written_name(const plan::PlanStep& step) {
  return step.name.substr(0, step.name.find('@'));
}

Said title_without_whom(const Sheet& sheet, const plan::PlanStep& step) {
  return step.title.empty() ? base::same(written_name(step)) : plan::said_of(sheet.plan(), step.title);
}

std::string starts(const Sheet& sheet, const plan::Response& response, std::size_t index) {
  const auto& step = response.steps[index];
  if (step.start == plan::StepStart::kThen) {
    std::vector<Said> before;
    for (const auto& other : response.steps) {
      if (std::find(other.then.begin(), other.then.end(), static_cast<int>(index)) == other.then.end()) continue;
      auto title = title_without_whom(sheet, other);
      if (before.empty() || !(before.back() == title)) before.push_back(std::move(title));
    }
    return sheet.text(said("when short of answers: {0}", "答复不足时：{0}", plan::joined(before, {", ", "、"})));
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

std::string answer(const Sheet& sheet, const plan::PlanStep& step, bool each) {
  if (step.ladder < 0) return {};
  const bool informs = !step.enough_all && step.enough == 0;
  if (informs) return sheet.text({"informs only", "仅告知"});
  const Said kind{in_words(step.needs, false), in_words(step.needs, true)};
  auto count = step.enough_all ? Said{"all", "全部"} : base::same(std::to_string(step.enough));
  if (each) count = said("{0} of each", "每项{0}", count);
  return sheet.text(said("{0}: {1}", "{0}：{1}", kind, count)) + " <span class=small>" +
         sheet.text(said("wait {0}, at most {1}", "等待{0}，最长{1}", plan::in_words(step.wait),
                         plan::in_words(step.at_most))) +
         "</span>";
}

std::string task_of(const Sheet& sheet, const plan::PlanStep& step) {
  if (!step.task) return {};
  return "☐ " + sheet.text(plan::said_of(sheet.plan(), step.task->text)) + " <span class=small>" +
         sheet.text(said("within {0}", "{0}内", plan::in_words(step.task->clock))) + "</span>";
}

std::string over(const Sheet& sheet, const plan::PlanStep& step) {
  if (step.ladder < 0) return sheet.text({"task of the desk", "值班室任务"});
  const auto& ladder = sheet.plan().ladders[static_cast<std::size_t>(step.ladder)];
  auto text = sheet.ladder(ladder);
  if (step.text != "alert") {
    text += " <span class=small>" + sheet.text(said("text: {0}", "消息：{0}", step.text)) + "</span>";
  }
  return text;
}

std::string labelled(const Sheet& sheet, const Said& label, const std::string& markup) {
  return "<span><b>" + sheet.text(label) + "</b> " + markup + "</span> ";
}

std::string approval_of(const Sheet& sheet, const plan::Response& response) {
  if (!response.approval) return {};
  const auto at_most = plan::in_words(response.approval->at_most);
  const auto otherwise = response.approval->starts_by_default
                             ? said("after {0} it begins by itself", "{0}后自动启动", at_most)
                             : said("after {0} it is left alone", "{0}后不启动", at_most);
  return labelled(sheet, {"Approval", "批准"}, sheet.who(response.approval->by)) +
         labelled(sheet, {"Nobody decided", "无人决定时"}, sheet.text(otherwise));
}

std::string stand_down_of(const Sheet& sheet, const plan::Response& response) {
  if (!response.stand_down) return {};
  std::string text, boxes;
  const auto& rule = *response.stand_down;
  if (!rule.by.empty()) text += labelled(sheet, {"Ended by", "终止权"}, sheet.who(rule.by));
  for (const auto& condition : rule.conditions) {
    boxes += "<span>☐ " + sheet.text(plan::said_of(sheet.plan(), condition.text)) + "</span> ";
  }
  return boxes.empty() ? text : text + labelled(sheet, {"Only when", "终止条件"}, boxes);
}

// What the base of a response has and it has not must be said too.
std::string unlike(const Sheet& sheet, const std::string& own, const std::string* base, const Said& none) {
  if (base == nullptr) return own;
  if (*base == own) return {};
  return own.empty() ? "<span>" + sheet.text(none) + "</span>" : own;
}

std::string anchor(std::size_t place) {
  return "r" + std::to_string(place + 1);
}

std::string link(std::size_t place) {
  return "<a href=\"#" + anchor(place) + "\">" + std::to_string(place + 1) + "</a>";
}

}  // namespace

ResponseBook::ResponseBook(const Sheet& sheet) {
  const auto& plan = sheet.plan();
  for (const auto& [kind, hazard] : plan.hazards) {
    for (std::size_t i = plan.levels.size(); i-- > 0;) add(sheet, kind, static_cast<model::LevelIndex>(i));
  }
  add(sheet, model::HazardKind::kUnclassified, model::kNoLevel);
  find_likes();
}

void ResponseBook::add(const Sheet& sheet, model::HazardKind kind, model::LevelIndex level) {
  const auto* response = sheet.plan().response(kind, level);
  if (response == nullptr) return;
  Printed one;
  one.rows = rows_of(sheet, *response);
  for (std::size_t i = 0; i < one.rows.size(); ++i) one.place_of.emplace(one.rows[i].name, i);
  one.approval = approval_of(sheet, *response);
  one.stand_down = stand_down_of(sheet, *response);
  auto reads = one.approval + "\n" + one.stand_down;
  for (const auto& row : one.rows) reads += "\n" + std::to_string(row.same);
  const auto [known, fresh] = known_.try_emplace(reads, printed_.size());
  if (fresh) printed_.push_back(std::move(one));
  printed_[known->second].serves[kind].push_back(level);
  place_of_.emplace(std::pair(kind, level), known->second);
}

std::vector<ResponseBook::Row> ResponseBook::rows_of(const Sheet& sheet, const plan::Response& response) {
  std::vector<Row> rows;
  for (std::size_t i = 0; i < response.steps.size();) {
    const auto& step = response.steps[i];
    auto to = step.to;
    auto next = i + 1;
    const bool each = step.name.find('@') != std::string::npos;
    for (; each && next < response.steps.size(); ++next) {
      const auto& other = response.steps[next];
      if (written_name(other) != written_name(step)) break;
      to.insert(to.end(), other.to.begin(), other.to.end());
    }
    Row row;
    row.name = written_name(step);
    row.title = sheet.text(title_without_whom(sheet, step));
    row.task = task_of(sheet, step);
    const auto whom = sheet.who(to) + (row.task.empty() ? "" : " " + row.task);
    row.cells = {starts(sheet, response, i), whom, over(sheet, step), answer(sheet, step, each)};
    auto reads = row.name + "\n" + row.title;
    for (const auto& cell : row.cells) reads += "\n" + cell;
    row.to = std::move(to);
    row.same = row_numbers_.try_emplace(reads, static_cast<int>(row_numbers_.size())).first->second;
    rows.push_back(std::move(row));
    i = next;
  }
  return rows;
}

int ResponseBook::rows_to_tell(const Printed& one, const Printed& base) {
  // Steps of both must stand in the same order: who is found by two is told by the first.
  std::size_t seen = 0;
  int changed = 0;
  for (const auto& row : one.rows) {
    const auto found = base.place_of.find(row.name);
    if (found == base.place_of.end()) {
      ++changed;
      continue;
    }
    const auto at = found->second;
    if (at < seen) return -1;
    seen = at;
    if (base.rows[at].same != row.same) ++changed;
  }
  return changed;
}

// One reference is followed easily, a chain of them is not: the base is always told whole.
void ResponseBook::find_likes() {
  for (std::size_t i = 0; i < printed_.size(); ++i) {
    auto& one = printed_[i];
    auto fewest = (static_cast<int>(one.rows.size()) + 1) / 2;
    for (std::size_t before = 0; before < i; ++before) {
      if (printed_[before].like >= 0) continue;
      const auto changed = rows_to_tell(one, printed_[before]);
      if (changed < 0 || changed >= fewest) continue;
      fewest = changed;
      one.like = static_cast<int>(before);
    }
  }
}

std::string ResponseBook::link_to(model::HazardKind kind, model::LevelIndex level) const {
  const auto found = place_of_.find({kind, level});
  return found == place_of_.end() ? std::string() : link(found->second);
}

std::string ResponseBook::heading_of(const Sheet& sheet, std::size_t place) const {
  const auto& plan = sheet.plan();
  auto text = "<span class=number>" + std::to_string(place + 1) + "</span>";
  for (const auto& [kind, levels] : printed_[place].serves) {
    text += " <span class=serves>";
    const auto* hazard = plan.hazard(kind);
    text += hazard == nullptr ? sheet.text({"reports that nothing understood", "未能识别的报告"})
                              : sheet.text(plan::name_of(plan, *hazard));
    for (const auto level : levels) {
      if (level != model::kNoLevel) text += " " + sheet.chip(level);
    }
    text += "</span>";
  }
  return text;
}

void ResponseBook::write_like(Sheet& sheet, const Printed& one, const Printed& base) const {
  std::string without;
  for (const auto& row : base.rows) {
    if (one.place_of.count(row.name) != 0) continue;
    without += (without.empty() ? "" : (sheet.chinese() ? "、" : ", ")) + row.title;
  }
  sheet.raw("<p class=like>" + sheet.text({"Like response", "同响应"}) + " " +
            link(static_cast<std::size_t>(one.like)));
  if (!without.empty()) sheet.raw(sheet.text({", without: ", "，不含："}) + without);
  sheet.raw(sheet.text({"; otherwise:", "；不同之处："}) + "</p>\n");
}

void ResponseBook::write_rows(Sheet& sheet, const Printed& one, const Printed* base) {
  sheet.raw("<table class=response><colgroup><col><col><col><col><col></colgroup>");
  if (base == nullptr) {
    sheet.head_row({{"Step", "步骤"},
                    {"Begins", "开始"},
                    {"Who, and what the desk does", "通知对象与值班室任务"},
                    {"Ladder", "通知阶梯"},
                    {"Answer needed", "需要的答复"}});
  }
  for (std::size_t i = 0; i < one.rows.size(); ++i) {
    const auto& row = one.rows[i];
    if (base != nullptr) {
      const auto there = base->place_of.find(row.name);
      if (there != base->place_of.end() && base->rows[there->second].same == row.same) continue;
    }
    std::vector<std::string> cells{"<span class=step>" + std::to_string(i + 1) + ". " + row.title + "</span>"};
    cells.insert(cells.end(), row.cells.begin(), row.cells.end());
    sheet.row(cells);
  }
  sheet.raw("</table>\n");
}

void ResponseBook::write_one(Sheet& sheet, std::size_t place) const {
  const auto& one = printed_[place];
  const Printed* base = one.like < 0 ? nullptr : &printed_[static_cast<std::size_t>(one.like)];
  sheet.raw("<h3 id=" + anchor(place) + ">" + heading_of(sheet, place) + "</h3>\n");
  if (base != nullptr) write_like(sheet, one, *base);
  if (base == nullptr || rows_to_tell(one, *base) > 0) write_rows(sheet, one, base);
  const auto authority =
      unlike(sheet, one.approval, base == nullptr ? nullptr : &base->approval, {"No approval", "无需批准"}) +
      unlike(sheet, one.stand_down, base == nullptr ? nullptr : &base->stand_down,
             {"Ended by whoever may end incidents", "由有权结束事件的人终止"});
  if (!authority.empty()) sheet.raw("<p class=authority>" + authority + "</p>\n");
}

void ResponseBook::write(Sheet& sheet) const {
  sheet.heading(2, Said{"Responses: who is told, what is done", "响应：通知谁、做什么"});
  sheet.raw("<p class=small>" +
            sheet.text({"Each is told once, with the hazards and levels it serves. One that is like another takes over "
                        "its steps, approval and end, but for what stands under it; a step keeps the number it has in "
                        "the whole response. A person found by several steps is told once, by the first.",
                        "每个响应只列一次，并注明所用于的事件和级别。“同响应……”的，其步骤、批准和终止与该响应相同，"
                        "只有所列之处不同；步骤号是在整个响应中的次序。同时属于几个步骤的人只由第一个步骤通知一次。"}) +
            "</p>\n");
  for (std::size_t i = 0; i < printed_.size(); ++i) write_one(sheet, i);
}

}  // namespace tocsin::rehearse
