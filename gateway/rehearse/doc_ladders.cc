// How one person is reached, rung by rung, and at which hours otherwise.
#include <set>

#include "gateway/plan/clause_words.h"
#include "gateway/rehearse/doc_parts.h"
#include "gateway/rehearse/words.h"

namespace tocsin::rehearse {
namespace {

using base::said;
using base::Said;

std::string rungs(const Sheet& sheet, const plan::Ladder& ladder) {
  std::string items;
  for (const auto& rung : ladder.rungs) {
    const Said channel{in_words(rung.channel, false), in_words(rung.channel, true)};
    auto item = sheet.text(channel);
    if (rung.who) item += " (" + sheet.who(*rung.who) + ")";
    items += "<li>" + item + " <span class=small>" +
             sheet.text(said("wait {0}", "等待{0}", plan::in_words(rung.wait))) + "</span></li>";
  }
  auto text = "<ol class=rungs>" + items + "</ol>";
  if (ladder.cycles > 1) {
    text += "<span class=small>" +
            sheet.text(
                said("{0} times, {1} apart", "共{0}遍，间隔{1}", ladder.cycles, plan::in_words(ladder.repeat_after))) +
            "</span>";
  }
  return text;
}

}  // namespace

void write_ladders(Sheet& sheet) {
  const auto& plan = sheet.plan();
  // Those climbed at certain hours stand with the ladder they stand in for.
  std::set<int> of_hours;
  for (const auto& ladder : plan.ladders) {
    for (const auto& hours : ladder.hours) of_hours.insert(hours.ladder);
  }
  sheet.heading(2, Said{"Ladders: how one person is reached", "通知阶梯：怎样联系到一个人"});
  sheet.raw(
      "<p class=small>" +
      sheet.text({"Each rung is taken when the one before it brought no answer in its wait; an answer that settles "
                  "the step ends it.",
                  "上一级在等待时间内无答复时进入下一级；得到所需答复即止。"}) +
      "</p><table class=ladders>");
  sheet.head_row({{"Ladder", "阶梯"}, {"Hours", "时段"}, {"Rungs, in order", "依次通知"}});
  for (std::size_t i = 0; i < plan.ladders.size(); ++i) {
    if (of_hours.count(static_cast<int>(i)) != 0) continue;
    const auto& ladder = plan.ladders[i];
    const auto name = "<span class=step>" + sheet.ladder(ladder) + "</span>";
    for (const auto& hours : ladder.hours) {
      if (hours.ladder < 0) continue;
      sheet.row({name, sheet.text(plan::in_words(hours.hours)),
                 rungs(sheet, plan.ladders[static_cast<std::size_t>(hours.ladder)])});
    }
    const Said rest = ladder.hours.empty() ? Said{"always", "全天"} : Said{"at all other hours", "其他时段"};
    sheet.row({name, sheet.text(rest), rungs(sheet, ladder)});
  }
  sheet.raw("</table>\n");
}

}  // namespace tocsin::rehearse
