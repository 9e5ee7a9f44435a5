// Who fills the posts, units and groups that the plan names, on the day of the paper.
#include <algorithm>
#include <set>

#include "gateway/base/local_time.h"
#include "gateway/plan/clause_words.h"
#include "gateway/rehearse/doc_parts.h"

namespace tocsin::rehearse {
namespace {

using base::said;
using base::Said;

constexpr std::size_t kMostNames = 12;

std::set<model::Selector> selectors_of(const plan::Plan& plan) {
  std::set<model::Selector> all;
  for (const auto& response : plan.responses) {
    for (const auto& step : response.steps) all.insert(step.to.begin(), step.to.end());
    if (response.approval) all.insert(response.approval->by.begin(), response.approval->by.end());
    if (response.stand_down) all.insert(response.stand_down->by.begin(), response.stand_down->by.end());
  }
  for (const auto& ladder : plan.ladders) {
    for (const auto& rung : ladder.rungs) {
      if (rung.who) all.insert(*rung.who);
    }
  }
  return all;
}

std::string names(const Sheet& sheet, const model::Selector& selector) {
  using model::SelectorKind;
  if (selector.kind == SelectorKind::kAreaRole || selector.kind == SelectorKind::kAreaUpRole) {
    return sheet.text({"as the area where it happens has them", "以事发地为准"});
  }
  const auto& roster = *sheet.options().roster;
  const std::vector<model::Selector> one{selector};
  const auto found = roster.resolve(one, {}, sheet.options().at);
  if (found.recipients.empty()) return sheet.text({"nobody", "无人"});
  std::string text;
  for (std::size_t i = 0; i < std::min(found.recipients.size(), kMostNames); ++i) {
    const auto* card = roster.person(found.recipients[i].person);
    if (card != nullptr) text += (text.empty() ? "" : (sheet.chinese() ? "、" : ", ")) + sheet.text(card->name);
  }
  if (found.recipients.size() <= kMostNames) return text;
  return text + sheet.text(said(" and {0} more", "等{0}人",
                                sheet.chinese() ? found.recipients.size() : found.recipients.size() - kMostNames));
}

}  // namespace

void write_people(Sheet& sheet) {
  if (sheet.options().roster == nullptr) return;
  const auto day = base::local_text(sheet.options().at, sheet.plan().time_zone, "%Y-%m-%d").value_or("");
  sheet.heading(2, said("Who fills posts, units and groups on {0}", "{0}各岗位、单位、队伍人员", day));
  sheet.raw("<table class=people>");
  sheet.head_row({{"In the plan's file", "预案中的写法"}, {"Called here", "本文称呼"}, {"People", "人员"}});
  for (const auto& selector : selectors_of(sheet.plan())) {
    sheet.row({"<span class=small>" + sheet.text(model::to_text(selector)) + "</span>", sheet.who(selector),
               names(sheet, selector)});
  }
  sheet.raw("</table>\n");
}

}  // namespace tocsin::rehearse
