// The plan's own tests, the warnings somebody answers for, and the file of holidays.
#include "gateway/plan/keys_table.h"

namespace tocsin::plan {
namespace {

TableKeys of_case() {
  return {"case",
          {"[[case]]", "[[case]]"},
          {
              text("name").must().means("unique", "不能重复").like(R"("a school burns at ten")"),
              key("at", Holds::kMoment)
                  .otherwise_is(R"("2026-01-12 10:00")")
                  .means("when it happens, office time; the default is a Monday",
                         "发生时间（值班室时间）；默认是一个星期一")
                  .like(R"("2026-11-23 02:00")"),
              key("until", Holds::kDuration)
                  .otherwise_is(R"("1h")")
                  .means("how long it is looked at, from its beginning", "从开始起看多久")
                  .like(R"("30m")"),
              table("report", Table::kReport)
                  .must()
                  .means("what is reported first", "最先的报告")
                  .like(R"({ hazard = "fire", serious = 3 })"),
              table("event", Table::kEvent)
                  .list(kMaxEvents)
                  .otherwise_is("none", "无")
                  .means("what happens then, in order of `after`", "随后发生的事，按 `after` 先后")
                  .like(R"([{ after = "3m", opened = true }])"),
              table("expect", Table::kExpect)
                  .must()
                  .means("what must come of it; what is not written is not looked at", "应有的结果；没写的不检查")
                  .like(R"({ level = "III", clause = "fire/III/1" })"),
          }};
}

TableKeys of_report() {
  return {"report",
          {"a report of a case", "案例中的报告"},
          {
              key("hazard", Holds::kKind)
                  .otherwise_is("read from `text`", "从 `text` 中识别")
                  .means("a kind of this plan", "本预案的一个灾种")
                  .like(R"("fire")"),
              text("area")
                  .otherwise_is("none", "无")
                  .means("code, name or alias of an area of the directory", "通讯录中区域的代码、名称或别名")
                  .like(R"("donghu")"),
              text("place", kMaxSentenceCharacters)
                  .otherwise_is("none", "无")
                  .means("the place in the reporter's words", "报告人说的地点")
                  .like(R"("东门")"),
              text("text", kMaxTemplateCharacters)
                  .otherwise_is("required without `hazard`", "没有 `hazard` 时必填")
                  .means("what the reporter wrote", "报告人的原话")
                  .like(R"("东湖小学着火，3人受伤")"),
          },
          true};
}

TableKeys of_event() {
  return {"event",
          {"an event of a case", "案例中的一件事"},
          {
              key("after", Holds::kDuration)
                  .must()
                  .means("since the case began; not before the event above it", "从案例开始算起；不早于上一件事")
                  .like(R"("3m")"),
              table("report", Table::kReport)
                  .otherwise_is("exactly one of these", "以下只写一项")
                  .means("a further report", "又一份报告")
                  .like(R"({ hazard = "fire", serious = 5 })"),
              word("answer", {"received", "coming", "arrived", "cannot", "replied"})
                  .otherwise_is("exactly one of these", "以下只写一项")
                  .means("what `who` answers", "`who` 的答复")
                  .like(R"("coming")"),
              word("decision", {"approve", "decline"})
                  .otherwise_is("exactly one of these", "以下只写一项")
                  .means("what `who` decides about an approval", "`who` 对审批的决定")
                  .like(R"("approve")"),
              key("who", Holds::kWhom)
                  .otherwise_is("required with `answer` and `decision`; only there",
                                "写 `answer` 或 `decision` 时必填，其他不能写")
                  .means("who does so", "谁")
                  .like(R"("post:commander")"),
              key("opened", Holds::kFlag)
                  .otherwise_is("exactly one of these", "以下只写一项")
                  .means("the desk opens the incident", "值班室打开事件")
                  .like("true"),
              word("link_down", {"sms", "voice", "push", "email", "webhook", "console"})
                  .otherwise_is("exactly one of these", "以下只写一项")
                  .means("every link of that channel fails", "该通道的链路全部中断")
                  .like(R"("sms")"),
              word("link_up", {"sms", "voice", "push", "email", "webhook", "console"})
                  .otherwise_is("exactly one of these", "以下只写一项")
                  .means("... and works again", "该通道恢复")
                  .like(R"("sms")"),
              key("stand_down", Holds::kFlag)
                  .otherwise_is("exactly one of these", "以下只写一项")
                  .means("the incident is ended", "终止")
                  .like("true"),
          }};
}

TableKeys of_expect() {
  return {"expect",
          {"what a case expects", "案例的预期"},
          {
              key("level", Holds::kLevelId)
                  .otherwise_is("not looked at", "不检查")
                  .means("at the end; `none` when nothing understood it", "最后的级别；无法识别为 `none`")
                  .like(R"("III")"),
              text("clause")
                  .otherwise_is("not looked at", "不检查")
                  .means("which clause decided", "由哪一条决定")
                  .like(R"("fire/III/1")"),
              key("grade", Holds::kLevelId)
                  .otherwise_is("not looked at", "不检查")
                  .means("the grade of the written report, or `none`", "书面报告的等级，或 `none`")
                  .like(R"("IV")"),
              key("questions", Holds::kWordName)
                  .list(kMaxExpected)
                  .may_be_empty()
                  .otherwise_is("not looked at", "不检查")
                  .means("what is asked, in order; an empty list: nothing", "依次问哪些情况；空列表为什么也不问")
                  .like(R"(["trapped"])"),
              key("told", Holds::kWhomOrTold)
                  .list(kMaxExpected)
                  .may_be_empty()
                  .otherwise_is("not looked at", "不检查")
                  .means("who is told, and if need be how soon and over what", "通知到谁，必要时写明多快、经什么通道")
                  .like(R"(["post:commander", { who = "unit:fire-station", within = "1m", over = "sms" }])"),
              key("not_told", Holds::kWhom)
                  .list(kMaxExpected)
                  .may_be_empty()
                  .otherwise_is("not looked at", "不检查")
                  .means("who is told by no step", "任何步骤都不通知谁")
                  .like(R"(["post:propaganda"])"),
              key("steps", Holds::kStepName)
                  .list(kMaxExpected)
                  .may_be_empty()
                  .otherwise_is("not looked at", "不检查")
                  .means("steps that begin", "开始的步骤")
                  .like(R"(["command"])"),
              key("not_steps", Holds::kStepName)
                  .list(kMaxExpected)
                  .may_be_empty()
                  .otherwise_is("not looked at", "不检查")
                  .means("steps that do not", "不开始的步骤")
                  .like(R"(["deputies"])"),
          }};
}

TableKeys of_told() {
  return {"told",
          {"whom a case tells", "案例应通知的人"},
          {
              key("who", Holds::kWhom).must().means("who is told", "通知到谁").like(R"("unit:fire-station")"),
              key("within", Holds::kDuration)
                  .otherwise_is("not looked at", "不检查")
                  .means("of the case's beginning: the first try at the latest", "从案例开始到第一次尝试最多多久")
                  .like(R"("1m")"),
              word("over", {"sms", "voice", "push", "email", "webhook", "console", "desk_call", "deputy", "knock"})
                  .otherwise_is("not looked at", "不检查")
                  .means("some try goes over it", "至少一次经此通道")
                  .like(R"("sms")"),
          }};
}

TableKeys of_accept() {
  return {"accept",
          {"[[accept]]", "[[accept]]"},
          {
              text("finding").must().means("the code of a warning", "警告的代码").like(R"("range-gap")"),
              text("where", kMaxSentenceCharacters)
                  .otherwise_is("everywhere", "所有地方")
                  .means("what it is about, by name, or the beginning of that name up to a slash",
                         "针对什么（名称，或名称到某个斜杠为止的开头）")
                  .like(R"("fire/III")"),
              text("reason", kMaxSentenceCharacters)
                  .must()
                  .means("why it is right as it is", "为什么这样是对的")
                  .like(R"("one injured never comes alone here")"),
          }};
}

TableKeys of_holidays() {
  return {"holidays",
          {"the file of holidays", "节假日文件"},
          {
              table("holiday", Table::kHoliday)
                  .list(kMaxHolidays)
                  .otherwise_is("none", "无")
                  .means("days of rest beside Saturdays and Sundays", "周末以外的休息日"),
              table("workday", Table::kWorkday)
                  .list(kMaxHolidays)
                  .otherwise_is("none", "无")
                  .means("Saturdays and Sundays that are worked", "调休上班的周末"),
          }};
}

TableKeys of_holiday() {
  return {"holiday",
          {"[[holiday]]", "[[holiday]]"},
          {
              key("from", Holds::kDate).must().means("the first day", "第一天").like(R"("2026-10-01")"),
              key("to", Holds::kDate)
                  .otherwise_is("the same day", "同一天")
                  .means("the last day, itself included", "最后一天（含）")
                  .like(R"("2026-10-07")"),
              text("name").otherwise_is("none", "无").means("for readers", "供阅读").like(R"("国庆节")"),
          }};
}

TableKeys of_workday() {
  return {"workday",
          {"[[workday]]", "[[workday]]"},
          {
              key("date", Holds::kDate).must().means("the day", "日期").like(R"("2026-10-10")"),
              text("name").otherwise_is("none", "无").means("for readers", "供阅读").like(R"("国庆节调休")"),
          }};
}

}  // namespace

std::vector<TableKeys> keys_of_cases() {
  return {of_case(),   of_report(),   of_event(),   of_expect(), of_told(),
          of_accept(), of_holidays(), of_holiday(), of_workday()};
}

}  // namespace tocsin::plan
