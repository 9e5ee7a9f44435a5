// Ladders that will not do what they seem to, and hours of theirs.
#include <algorithm>

#include "gateway/plan/hours.h"
#include "gateway/plan/lint_parts.h"

namespace tocsin::plan {
namespace {

using model::Channel;

const Ladder& ladder_of(const Plan& plan, int index) {
  return plan.ladders[static_cast<std::size_t>(index)];
}

bool has(const Ladder& ladder, Channel channel) {
  return std::any_of(ladder.rungs.begin(), ladder.rungs.end(),
                     [&](const Rung& rung) { return rung.channel == channel; });
}

// A person has it in the end: the desk speaks to them, or somebody stands at the door.  A deputy climbs the same
// ladder, so it ends at a person when one of its rungs does.
bool ends_at_a_human(const Ladder& ladder) {
  const auto last = ladder.rungs.back().channel;
  if (last == Channel::kDeskCall || last == Channel::kKnock) return true;
  return last == Channel::kDeputy && (has(ladder, Channel::kDeskCall) || has(ladder, Channel::kKnock));
}

std::string place_of_hours(const Plan& plan, const Ladder& ladder, std::size_t hours) {
  return "ladder/" + ladder_of(plan, ladder.hours[hours].ladder).name;
}

// Of one whole ladder, or of the rungs its hours put in its place.
struct Climbed {
  const Ladder& ladder;
  std::string where;
  base::Said name;
};

void check_rungs(const Climbed& climbed, bool asks, base::Diagnostics& findings) {
  const auto& ladder = climbed.ladder;
  if (asks && !ends_at_a_human(ladder)) {
    warn(findings, "ladder-ends-without-human", climbed.where,
         base::said("{0} ends with {1}, which no human follows up", "{0}止于{1}，之后没有人跟进", climbed.name,
                    std::string(model::name_of(ladder.rungs.back().channel))),
         base::said("let it end with desk_call or knock", "以desk_call或knock结尾"));
  }
  for (std::size_t i = 0; i + 1 < ladder.rungs.size(); ++i) {
    if (ladder.rungs[i].wait > base::Duration{}) continue;
    const auto number = std::to_string(i + 1);
    warn(findings, "no-time-to-answer", climbed.where + "/" + number,
         base::said("rung {0} of {1} waits 0s: the next one follows before anybody can answer",
                    "{1}的第{0}级等待0s：没等答复下一级就开始了", number, climbed.name));
  }
}

// The moments that tell hours apart: where any of them begins or ends, on each kind of day there is.
std::vector<OfficeMoment> telling_moments(const Ladder& ladder, const std::vector<std::int32_t>& days) {
  std::set<int> minutes{0};
  for (const auto& entry : ladder.hours) {
    minutes.insert(entry.hours.from_minute);
    minutes.insert(entry.hours.to_minute);
  }
  std::vector<OfficeMoment> moments;
  for (const auto day : days) {
    for (const int minute : minutes) moments.push_back({minute, day});
  }
  return moments;
}

// Hours that no moment has left to them.  Looked at: an ordinary week, then each day of the calendar and the day after.
void check_hours_hold(const Plan& plan, const Ladder& ladder, base::Diagnostics& findings) {
  static const Calendar ordinary;
  const std::vector<std::int32_t> week{4, 5, 6, 7, 8, 9, 10};  // 1970-01-05 was a Monday
  std::vector<std::int32_t> special;
  for (const auto* days : {&plan.calendar.rest, &plan.calendar.working}) {
    for (const auto day : *days) special.insert(special.end(), {day, day + 1});
  }
  std::vector<bool> held(ladder.hours.size(), false);
  const auto look = [&](const Calendar& calendar, const std::vector<std::int32_t>& days) {
    for (const auto& moment : telling_moments(ladder, days)) {
      const auto first = std::find_if(ladder.hours.begin(), ladder.hours.end(),
                                      [&](const LadderHours& entry) { return holds(entry.hours, calendar, moment); });
      if (first != ladder.hours.end()) held[static_cast<std::size_t>(first - ladder.hours.begin())] = true;
    }
  };
  look(ordinary, week);
  look(plan.calendar, special);
  for (std::size_t i = 0; i < held.size(); ++i) {
    if (held[i]) continue;
    const auto number = std::to_string(i + 1);
    warn(findings, "hours-never-hold", place_of_hours(plan, ladder, i),
         base::said(
             "hours {0} of ladder {1} never hold: the hours written before them always do, or no day is of that kind",
             "呼叫阶梯{1}的第{0}组时段永远不会生效：总被写在前面的时段占去，或没有那样的日子", number, ladder.name),
         base::said("write the narrower hours first", "把范围较窄的时段写在前面"));
  }
}

// What carries messages at other hours and is left out at these.
void check_hours_channels(const Plan& plan, const Ladder& ladder, base::Diagnostics& findings) {
  for (std::size_t i = 0; i < ladder.hours.size(); ++i) {
    const auto& instead = ladder_of(plan, ladder.hours[i].ladder);
    std::set<Channel> named;
    for (const auto& rung : ladder.rungs) {
      if (has(instead, rung.channel) || !named.insert(rung.channel).second) continue;
      const auto number = std::to_string(i + 1);
      warn(findings, "hours-leave-channel", place_of_hours(plan, ladder, i),
           base::said("hours {0} of ladder {1} leave out {2}, which it climbs at other hours",
                      "呼叫阶梯{1}的第{0}组时段里没有{2}，而其他时段有", number, ladder.name,
                      std::string(model::name_of(rung.channel))),
           base::said("add a rung for it, or accept the finding with a reason", "补上这一级，或写明理由后接受"));
    }
  }
}

// "commander" for "commander@2", which read_plan made of it for some hours or for a step's own repeat.
std::string written_name(const Ladder& ladder) {
  return ladder.name.substr(0, ladder.name.find('@'));
}

void check_repeat(const Ladder& ladder, base::Diagnostics& findings) {
  if (ladder.cycles > 1 || ladder.repeat_after <= base::Duration{}) return;
  warn(findings, "repeat-without-cycles", "ladder/" + ladder.name,
       base::said("ladder {0} has repeat_after, but only one cycle", "呼叫阶梯{0}写了repeat_after，却只有一轮",
                  ladder.name),
       base::same("cycles = 2"));
}

}  // namespace

void lint_ladders(const Plan& plan, base::Diagnostics& findings) {
  std::set<std::string> used, asking;
  for (const auto& response : plan.responses) {
    for (const auto& step : response.steps) {
      if (step.ladder < 0) continue;
      const auto name = written_name(ladder_of(plan, step.ladder));
      used.insert(name);
      if (step.enough_all || step.enough > 0) asking.insert(name);
    }
  }
  for (const auto& ladder : plan.ladders) {
    const bool derived = ladder.name != written_name(ladder);  // its rungs are those of another, looked at there
    const bool asks = asking.count(ladder.name) != 0;
    const auto name = base::said("ladder {0}", "呼叫阶梯{0}", ladder.name);
    if (!derived) check_rungs({ladder, "ladder/" + ladder.name, name}, asks, findings);
    check_repeat(ladder, findings);
    if (derived) continue;
    for (std::size_t h = 0; h < ladder.hours.size(); ++h) {
      check_rungs({ladder_of(plan, ladder.hours[h].ladder), place_of_hours(plan, ladder, h),
                   base::said("ladder {0} in its hours {1}", "呼叫阶梯{0}（第{1}组时段）", ladder.name, h + 1)},
                  asks, findings);
    }
    check_hours_hold(plan, ladder, findings);
    check_hours_channels(plan, ladder, findings);
    if (used.count(ladder.name) == 0) {
      warn(findings, "ladder-unused", "ladder/" + ladder.name,
           base::said("no step climbs ladder {0}", "没有步骤使用呼叫阶梯{0}", ladder.name));
    }
  }
}

}  // namespace tocsin::plan
