// How people are reached, what is done at which level, and in which words.
#include <tuple>

#include "gateway/plan/keys_table.h"

namespace tocsin::plan {
namespace {

constexpr int kMaxEnough = 10'000;

Key rungs() {
  return table("rungs", Table::kRung)
      .list(kMaxRungs)
      .must()
      .means("tried in this order until the answer comes that settles it", "依次尝试，直到得到所需的答复")
      .like(R"([{ channel = "sms", wait = "3m" }, { channel = "desk_call", wait = "5m" }])");
}

Key cycles(std::string en, std::string zh) {
  return whole("cycles", 1, kMaxCycles)
      .otherwise_is(std::move(en), std::move(zh))
      .means("how often the ladder is climbed", "呼叫阶梯走几遍")
      .like("2");
}

Key repeat_after(std::string en, std::string zh) {
  return key("repeat_after", Holds::kDuration)
      .otherwise_is(std::move(en), std::move(zh))
      .means("pause before the next cycle", "下一遍之前的间隔")
      .like(R"("10m")");
}

TableKeys of_ladder() {
  return {
      "ladder",
      {"[ladder.NAME]", "[ladder.名称]"},
      {
          words("title")
              .otherwise_is("its name", "用名称")
              .means("what people read instead of its name, on paper and in a rehearsal", "纸面和推演里代替名称的说法")
              .like(R"({ zh = "叫指挥长", en = "Reaching the commander" })"),
          rungs(),
          cycles("`1`", "`1`"),
          repeat_after("`\"0s\"`", "`\"0s\"`"),
          table("hours", Table::kHours)
              .list(kMaxHours)
              .otherwise_is("none", "无")
              .means("other rungs at some hours of some days; the first that holds when the alert is made decides",
                     "某些日子某些时段改走的呼叫阶梯；发出通知时第一个成立的生效"),
      }};
}

TableKeys of_rung() {
  return {
      "rung",
      {"a rung", "一级"},
      {
          word("channel", {"sms", "voice", "push", "email", "webhook", "console", "desk_call", "deputy", "knock"})
              .must()
              .means("over what: a link carries it; or the desk phones (`desk_call`), the next deputy of the post is "
                     "told (`deputy`), somebody goes to the door (`knock`)",
                     "用什么：由链路发送；或值班室打电话（`desk_call`）、通知该岗位的下一位副手（`deputy`"
                     "）、派人上门（`knock`）")
              .like(R"("sms")"),
          key("wait", Holds::kDuration)
              .must()
              .means("from the handing over to the next rung", "交出之后等多久再走下一级")
              .like(R"("3m")"),
          key("who", Holds::kSelector)
              .otherwise_is("required for `knock`; only there", "`knock` 必填，其他不能写")
              .means("who goes to the door", "谁上门")
              .like(R"("area:heads")"),
      }};
}

TableKeys of_hours() {
  return {"hours",
          {"[[ladder.NAME.hours]]", "[[ladder.名称.hours]]"},
          {
              key("from", Holds::kDayTime)
                  .otherwise_is("the whole day, with `to`", "全天（与 `to` 同写同不写）")
                  .means("office time; belongs to the hours", "从几点起（值班室时间），含此刻")
                  .like(R"("22:00")"),
              key("to", Holds::kDayTime)
                  .otherwise_is("the whole day, with `from`", "全天（与 `from` 同写同不写）")
                  .means("does not belong to them; earlier than `from`: over midnight, and they belong to the day they "
                         "began on",
                         "到几点止，不含此刻；早于 `from` 即跨零点，算开始的那一天")
                  .like(R"("07:00")"),
              word("days", {"mon", "tue", "wed", "thu", "fri", "sat", "sun", "workday", "restday"})
                  .list(9)
                  .otherwise_is("every day", "每天")
                  .means("on which days; `workday` and `restday` heed the holidays",
                         "哪些日子；`workday`、`restday` 按节假日文件判断")
                  .like(R"(["workday"])"),
              rungs(),
              cycles("as the ladder says", "同本呼叫阶梯"),
              repeat_after("as the ladder says", "同本呼叫阶梯"),
          }};
}

TableKeys of_response() {
  return {
      "response",
      {"[[response]]", "[[response]]"},
      {
          key("hazard", Holds::kKindOrNone)
              .one_or_list(100)
              .must()
              .means("a kind of this plan, or several, or `\"unclassified\"`: what nothing understood",
                     "本预案的一个或几个灾种，或 `\"unclassified\"`（无法识别的报告）")
              .like(R"(["fire", "explosion"])"),
          key("level", Holds::kLevelId)
              .one_or_list(kMaxLevels)
              .otherwise_is("required; not for `\"unclassified\"`", "必填；`\"unclassified\"` 不写")
              .means("the level it serves, or several", "用于哪一级或哪几级")
              .like(R"("III")"),
          key("as", Holds::kBase)
              .otherwise_is("none", "无")
              .means(
                  "another response whose steps, approval and stand-down are taken over; what is written here changes "
                  "them",
                  "沿用另一个响应的步骤、审批和终止条件；这里写的再作改动")
              .like(R"("fire/III")"),
          key("without", Holds::kSlug)
              .list(kMaxSteps)
              .otherwise_is("none", "无")
              .means("steps of `as` that are left out", "`as` 中不要的步骤")
              .like(R"(["workers"])"),
          table("approval", Table::kApproval)
              .otherwise_is("none: it begins at once", "无：立即开始")
              .means("whose word it waits for", "要等谁批准"),
          table("stand_down", Table::kStandDown)
              .otherwise_is("none: whoever may end incidents", "无：有权结束事件的人")
              .means("who may end it, and what must be true then", "谁可以终止，须满足什么条件"),
          table("step", Table::kStep)
              .list(kMaxSteps)
              .otherwise_is("required, unless there is `as`", "必填，除非写了 `as`")
              .means("who is told and what is done, in order", "依次通知谁、做什么"),
      }};
}

TableKeys of_approval() {
  return {"approval",
          {"[response.approval]", "[response.approval]"},
          {
              key("by", Holds::kSelector)
                  .list(kMaxSelectors)
                  .must()
                  .means("any one of them decides, or whoever stands in", "其中任何一人或其代理人决定")
                  .like(R"(["post:commander"])"),
              key("ladder", Holds::kSlug)
                  .must()
                  .means("how they are reached; let it have a rung `deputy`", "怎样通知他们；宜有 `deputy` 一级")
                  .like(R"("commander")"),
              key("at_most", Holds::kDuration)
                  .otherwise_is(R"("10m")")
                  .means("after the response began; then `otherwise` holds", "响应开始后最多等多久，之后按 `otherwise`")
                  .like(R"("10m")"),
              word("otherwise", {"start", "leave"})
                  .otherwise_is(R"("start")")
                  .means("when nobody decided in time: it begins, or is left alone", "到时无人决定：照样开始，或不启动")
                  .like(R"("leave")"),
          }};
}

TableKeys of_stand_down() {
  return {"stand_down",
          {"[response.stand_down]", "[response.stand_down]"},
          {
              key("by", Holds::kSelector)
                  .list(kMaxSelectors)
                  .otherwise_is("whoever may end incidents", "有权结束事件的人")
                  .means("any one of them may end it, or whoever stands in", "其中任何一人或其代理人可以终止")
                  .like(R"(["post:commander", "duty:leader"])"),
              table("conditions", Table::kCondition)
                  .list(kMaxStandDownConditions)
                  .otherwise_is("none", "无")
                  .means("all ticked by whoever ends it", "终止者须逐条确认")
                  .like(R"([{ name = "fire-out", text = { zh = "明火已灭？", en = "Flames out?" } }])"),
          }};
}

TableKeys of_condition() {
  return {
      "condition",
      {"a condition of a stand-down", "一条终止条件"},
      {
          key("name", Holds::kSlug).must().means("unique in the response", "在本响应内不重复").like(R"("fire-out")"),
          words("text", kMaxSentenceCharacters)
              .must()
              .means("what is asked", "怎样问")
              .like(R"({ zh = "明火已灭？", en = "Flames out?" })"),
      }};
}

TableKeys of_step() {
  return {
      "step",
      {"[[response.step]]", "[[response.step]]"},
      {
          key("name", Holds::kSlug).must().means("unique in the response", "在本响应内不重复").like(R"("command")"),
          words("title")
              .otherwise_is("its name", "用名称")
              .means("what people read instead of its name, on paper and in a rehearsal", "纸面和推演里代替名称的说法")
              .like(R"({ zh = "指挥到场", en = "Command on scene" })"),
          key("before", Holds::kStepName)
              .otherwise_is("at the end", "放在最后")
              .means("of a response with `as`: a new step stands before this inherited one",
                     "写了 `as` 时，新步骤放在哪个沿用的步骤之前")
              .like(R"("workers")"),
          key("to", Holds::kSelector)
              .list(kMaxSelectors)
              .otherwise_is("required; an inherited step keeps its own", "必填；沿用的步骤可不写")
              .means("who is told; a person found by several is told once", "通知谁；被几项同时选中的人只通知一次")
              .like(R"(["post:commander"])"),
          key("ladder", Holds::kSlug)
              .otherwise_is("required, unless there is a `task`", "必填，除非有 `task`")
              .means("how each of them is reached", "怎样通知到每个人")
              .like(R"("commander")"),
          word("needs", {"received", "coming", "arrived"})
              .otherwise_is(R"("received")")
              .means("the answer that settles a person", "得到哪种答复才算数")
              .like(R"("coming")"),
          [] {
            auto enough = key("enough", Holds::kEnough, kMaxEnough);
            enough.from = 0;
            return enough;
          }()
              .otherwise_is(R"("all")")
              .means("how many such answers; 0 only informs and is never short", "要几个这样的答复；0为只告知，不算缺")
              .like("1"),
          whole("enough_each", 1, kMaxEnough)
              .otherwise_is("none", "无")
              .means("instead of `enough`, so many of each selector: one step for each, named "
                     "`rescue@unit:fire-station`",
                     "代替 `enough`：`to` 的每一项各要几个；拆成每项一步，名为 `rescue@unit:fire-station`")
              .like("1"),
          key("wait", Holds::kDuration)
              .otherwise_is(R"("5m")")
              .means("after the last first message was handed over", "最后一条首发消息交出后等多久")
              .like(R"("10m")"),
          key("at_most", Holds::kDuration)
              .otherwise_is("the longer of `\"30m\"` and `wait`", "`\"30m\"` 与 `wait` 中较长的")
              .means("after the step began, whatever happened; not below `wait`",
                     "步骤开始后无论如何最多等多久；不短于 `wait`")
              .like(R"("15m")"),
          cycles("as the ladder says", "同所用呼叫阶梯"),
          repeat_after("as the ladder says", "同所用呼叫阶梯"),
          key("then", Holds::kStepName)
              .list(kMaxSteps)
              .otherwise_is("none", "无")
              .means("steps that begin when this one is short of answers; no circles",
                     "答复不够时接着开始的步骤；不能循环")
              .like(R"(["deputies"])"),
          word("start", {"at_once", "not_opened", "then"})
              .otherwise_is("`\"then\"` when a `then` names it, else `\"at_once\"`",
                            "被 `then` 提到为 `\"then\"`，否则 `\"at_once\"`")
              .means("when it begins; `not_opened`: when the desk has not opened the incident within `open_within`",
                     "何时开始；`not_opened`：值班室未在 `open_within` 内打开事件")
              .like(R"("not_opened")"),
          key("life_safety", Holds::kFlag)
              .otherwise_is("false")
              .means("begins before an approval is given", "不等批准，立即开始")
              .like("true"),
          key("text", Holds::kWordName)
              .otherwise_is(R"("alert")")
              .means("name of a template", "所用消息模板")
              .like(R"("evacuate")"),
          table("task", Table::kTask)
              .otherwise_is("none", "无")
              .means("a duty of the desk", "值班室要做的事")
              .like(R"({ text = { zh = "119打了吗？", en = "119 called?" }, clock = "5m" })"),
      }};
}

TableKeys of_task() {
  return {"task",
          {"the task of a step", "步骤的任务"},
          {
              words("text", kMaxSentenceCharacters)
                  .must()
                  .means("what the desk reads", "值班室看到的文字")
                  .like(R"({ zh = "119打了吗？", en = "119 called?" })"),
              key("clock", Holds::kDuration)
                  .must()
                  .means("due so long after the step began", "步骤开始后多久内完成")
                  .like(R"("5m")"),
          }};
}

TableKeys of_template() {
  TableKeys made{"template", {"[template.NAME]", "[template.名称]"}, {}};
  for (const auto& [language, en, zh] :
       {std::tuple{"zh", "its Chinese texts", "中文"}, std::tuple{"en", "its English texts", "英文"}}) {
    made.keys.push_back(table(language, Table::kTexts)
                            .otherwise_is("required when the plan speaks it", "预案用到该语言时必填")
                            .means(en, zh)
                            .like(R"({ default = "{{hazard}} {{area}} {{code}}" })"));
  }
  return made;
}

TableKeys of_texts() {
  TableKeys made{"texts",
                 {"one language of [template.NAME]", "[template.名称] 的一种语言"},
                 {text("default", kMaxTemplateCharacters)
                      .must()
                      .means("the text for every channel without one of its own", "没有专门文字的通道都用它")
                      .like(R"("{{level_name}}{{hazard}} {{area}}")")}};
  for (const char* channel : {"sms", "voice", "push", "email", "webhook", "console"}) {
    made.keys.push_back(
        text(channel, kMaxTemplateCharacters)
            .otherwise_is("`default`", "用 `default`")
            .means(std::string("the text over ") + channel, std::string("经 ") + channel + " 发送的文字")
            .like(R"("{{hazard}} {{code}}")"));
  }
  return made;
}

}  // namespace

std::vector<TableKeys> keys_of_responses() {
  return {of_ladder(),    of_rung(), of_hours(), of_response(), of_approval(), of_stand_down(),
          of_condition(), of_step(), of_task(),  of_template(), of_texts()};
}

}  // namespace tocsin::plan
