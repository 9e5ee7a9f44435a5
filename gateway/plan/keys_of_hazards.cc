// What the office is, what may be said in a report, and how serious that is.
#include "gateway/plan/keys_table.h"

namespace tocsin::plan {
namespace {

TableKeys of_file() {
  return {"file",
          {"the file", "预案文件"},
          {
              key("include", Holds::kPath)
                  .list(kMaxIncludes)
                  .otherwise_is("none", "无")
                  .means("further files of the plan, beside this one or below; read as if they stood here",
                         "预案的其他文件，在本文件所在目录或其下；等于写在这里")
                  .like(R"(["hazards/fire.toml", "templates.toml"])"),
              table("plan", Table::kPlan).must().means("what holds for the whole plan", "对整个预案有效的内容"),
              table("level", Table::kLevel)
                  .list(kMaxLevels)
                  .otherwise_is("the four of the Chinese emergency law: IV blue, III yellow, II orange, I red",
                                "突发事件应对法的四级：IV蓝、III黄、II橙、I红")
                  .means("the scale, lowest first", "级别，从低到高"),
              tables_by_name("attribute", Holds::kWordName, Table::kAttribute)
                  .otherwise_is("none", "无")
                  .means("what may be said in a report", "报告里可以说的情况"),
              tables_by_name("hazard", Holds::kKind, Table::kHazard)
                  .must()
                  .means("what the office answers, and how serious it is", "值班室处置的灾种及其分级"),
              tables_by_name("ladder", Holds::kSlug, Table::kLadder)
                  .otherwise_is("none", "无")
                  .means("how one person is reached", "怎样通知到一个人"),
              table("response", Table::kResponse)
                  .list(kMaxResponses)
                  .must()
                  .means("what is done about a hazard at a level", "某灾种某级别的响应"),
              tables_by_name("template", Holds::kWordName, Table::kTemplate)
                  .must()
                  .means("the words of every message", "各种消息的文字"),
              table("case", Table::kCase)
                  .list(kMaxCases)
                  .otherwise_is("none", "无")
                  .means("the plan's own tests", "预案的自测案例"),
              table("accept", Table::kAccept)
                  .list(kMaxAcceptances)
                  .otherwise_is("none", "无")
                  .means("warnings that somebody answers for", "有人承担责任而接受的警告"),
          }};
}

TableKeys of_plan() {
  return {
      "plan",
      {"[plan]", "[plan]"},
      {
          text("name")
              .must()
              .means("the office's name, shown as the sender", "值班室名称，作为发送方显示")
              .like(R"("青石街道应急值班室")"),
          text("version", 40)
              .must()
              .means("each incident keeps the version it ran under", "每起事件记住自己所用的版本")
              .like(R"("2026-11")"),
          word("languages", {"zh", "en"})
              .list(2)
              .otherwise_is(R"(["zh", "en"])")
              .means("the languages of every text; the first is the default", "每段文字所用的语言，第一个为默认")
              .like(R"(["zh"])"),
          text("time_zone")
              .otherwise_is(R"("Asia/Shanghai")")
              .means("the office's zone, an IANA name: for times shown and for hours of ladders",
                     "值班室所在时区（IANA名称），用于显示时间和呼叫阶梯时段")
              .like(R"("Asia/Shanghai")"),
          key("stale_after", Holds::kDuration)
              .otherwise_is(R"("6h")")
              .means("an older report rings the desk only", "早于这段时间的报告只响值班室")
              .like(R"("12h")"),
          key("open_within", Holds::kDuration)
              .otherwise_is(R"("2m")")
              .means("not opened by the desk for so long, the steps with `start = \"not_opened\"` begin",
                     "值班室在这段时间内没有打开事件，`start = \"not_opened\"` 的步骤就开始")
              .like(R"("90s")"),
          key("inbox_unopened", Holds::kSelector)
              .list(kMaxSelectors)
              .otherwise_is("nobody", "没有人")
              .means(
                  "told by SMS, once an hour at most, when the desk has not opened a stranger's message of the inbox "
                  "within `open_within`",
                  "收件箱里陌生人的短信在 `open_within` 内未被值班室打开时，用短信通知这些人，每小时最多一次")
              .like(R"(["duty:leader"])"),
          key("night_from", Holds::kDayTime)
              .otherwise_is(R"("22:00")")
              .means("office time; from then on contact points that are not at night are used only when nothing "
                     "else is left",
                     "值班室时间；从此刻起，标明夜间不打扰的联系方式只在没有其他方式时使用")
              .like(R"("21:30")"),
          key("night_to", Holds::kDayTime)
              .otherwise_is(R"("06:00")")
              .means("the end of the night; the same as `night_from`: there is none",
                     "夜间到几点为止；与 `night_from` 相同即没有夜间")
              .like(R"("07:00")"),
          key("holidays", Holds::kPath)
              .otherwise_is("none: Saturdays and Sundays are days of rest", "无：周六、周日为休息日")
              .means("a file of holidays and worked weekends", "节假日和调休上班日的文件")
              .like(R"("holidays.toml")"),
      }};
}

TableKeys of_level() {
  return {
      "level",
      {"[[level]]", "[[level]]"},
      {
          key("id", Holds::kLevelId)
              .must()
              .means("how the level is called in the plan; unique", "预案里怎样称呼这一级，不能重复")
              .like(R"("IV")"),
          words("name").must().means("its name for people", "给人看的名称").like(R"({ zh = "四级", en = "level IV" })"),
          word("colour", {"white", "green", "blue", "yellow", "orange", "red", "purple", "black"})
              .must()
              .means("the colour it is shown in", "显示的颜色")
              .like(R"("blue")"),
      }};
}

TableKeys of_attribute() {
  return {
      "attribute",
      {"[attribute.NAME]", "[attribute.名称]"},
      {
          word("type", {"count", "measure", "flag", "choice"})
              .must()
              .means("a number of people harmed, a number with a unit, yes or no, or one of several words",
                     "受害人数（count）、带单位的数值（measure）、是否（flag）或若干选项之一（choice）")
              .like(R"("count")"),
          words("name")
              .otherwise_is("counts: from the closed list; else required", "人数用规定的名称，其他必填")
              .means("its name for people", "给人看的名称")
              .like(R"({ zh = "水深", en = "water depth" })"),
          words("ask", kMaxSentenceCharacters)
              .otherwise_is("counts: \"How many ...?\"; else required", "人数默认问“……多少人？”，其他必填")
              .means("the question when it is unknown and could raise the level", "情况不明而又可能升级时怎样问")
              .like(R"({ zh = "水有多深（米）？", en = "How deep is the water, in metres?" })"),
          word("ask_whom", {"reporter", "desk"})
              .otherwise_is(R"("reporter")")
              .means("who is asked: whoever reports, or only the desk", "问谁：报告人，或只问值班室")
              .like(R"("desk")"),
          key("keywords", Holds::kKeywords)
              .otherwise_is("none", "无")
              .means("what an SMS calls it", "短信里怎样说")
              .like(R"({ zh = ["水深"], en = ["deep"] })"),
          words("unit")
              .otherwise_is("required for a measure; only there", "数值必填，其他不能写")
              .means("what is measured in", "计量单位")
              .like(R"({ zh = "米", en = "m" })"),
          word("worse", {"higher", "lower"})
              .otherwise_is(R"("higher")")
              .means("which way is worse; only of counts and measures", "往哪边更糟；只用于人数和数值")
              .like(R"("lower")"),
          word("combine", {"max", "sum_by_place", "latest"})
              .otherwise_is(R"(`"max"`; a choice is always the latest)", "`\"max\"`；选项总是以最新为准")
              .means("how several reports go together: the worse one, the sum over places (counts and measures), or "
                     "the latest",
                     "多份报告怎样合并：取更糟的、按地点相加（人数和数值）或取最新")
              .like(R"("sum_by_place")"),
          table("choices", Table::kChoice)
              .list(kMaxChoices)
              .otherwise_is("required for a choice; only there", "选项必填，其他不能写")
              .means("what it can be, mildest first", "可以是哪些，从轻到重")
              .like(R"([{ id = "school", name = { zh = "学校", en = "a school" } }])"),
      }};
}

TableKeys of_choice() {
  return {
      "choice",
      {"a choice", "一个选项"},
      {
          key("id", Holds::kWordName)
              .must()
              .means("how the plan calls it; not `yes`, `no`, `true`, `false`, `unknown`",
                     "预案里怎样称呼；不能是 `yes`、`no`、`true`、`false`、`unknown`")
              .like(R"("school")"),
          words("name").must().means("its name for people", "给人看的名称").like(R"({ zh = "学校", en = "a school" })"),
          key("keywords", Holds::kKeywords)
              .otherwise_is("none", "无")
              .means("what an SMS calls it", "短信里怎样说")
              .like(R"({ zh = ["小学", "幼儿园"], en = ["school"] })"),
      }};
}

TableKeys of_hazard() {
  return {"hazard",
          {"[hazard.KIND]", "[hazard.灾种]"},
          {
              words("name")
                  .otherwise_is("from the closed list", "用规定的名称")
                  .means("its name for people", "给人看的名称")
                  .like(R"({ zh = "山火", en = "wildfire" })"),
              key("keywords", Holds::kKeywords)
                  .otherwise_is("none", "无")
                  .means("how an SMS names it", "短信里怎样说")
                  .like(R"({ zh = ["着火"], en = ["fire"] })"),
              key("attributes", Holds::kWordName)
                  .list(kMaxAttributes)
                  .otherwise_is("none", "无")
                  .means("what may be said about it, in the order to ask", "可以说哪些情况，按询问的顺序")
                  .like(R"(["trapped", "serious"])"),
              key("default_level", Holds::kLevelId)
                  .otherwise_is("the lowest", "最低一级")
                  .means("its level when no clause is true", "没有一条标准成立时的级别")
                  .like(R"("IV")"),
              key("merge_window", Holds::kDuration)
                  .otherwise_is(R"("2h")")
                  .means("a report this long after the last one joins the incident",
                         "距上一份报告不超过这段时间的报告并入同一事件")
                  .like(R"("6h")"),
              key("merge_distance", Holds::kDistance)
                  .otherwise_is("none: only the same area, its parent and its children", "无：只并入同一区域及其上下级")
                  .means("between the centres of areas: reports nearer than this may join",
                         "两区域中心相距不超过这个距离的报告可以合并")
                  .like(R"("800m")"),
              table("criteria", Table::kCriteria)
                  .list(kMaxLevels)
                  .otherwise_is("none", "无")
                  .means("what gives a level, one table for each", "各级别的标准，一级一张表"),
              table("grade", Table::kGrade)
                  .list(kMaxLevels)
                  .otherwise_is("none", "无")
                  .means("the grade of the published instruments, owed in the written report; it calls nobody",
                         "国家规定的事件等级，书面报告用；不通知任何人"),
          }};
}

std::vector<Key> clauses() {
  return {
      key("level", Holds::kLevelId)
          .must()
          .means("the level that is reached; one table for each", "达到的级别；一级一张表")
          .like(R"("III")"),
      key("any", Holds::kClause, static_cast<int>(kMaxConditions))
          .list(kMaxCriteriaClauses)
          .must()
          .means("clauses, of which any one is enough; a clause is true when all its conditions are",
                 "若干条款，任一条成立即可；一条里的条件须全部成立")
          .like(R"([{ serious = "3..10" }, { spreading = true, where = ["school"] }])"),
      text("source", kMaxSentenceCharacters)
          .otherwise_is("none", "无")
          .means("instrument and article, for readers", "依据的文件和条款，供阅读")
          .like(R"("Decree 493, art. 3")"),
  };
}

}  // namespace

std::vector<TableKeys> keys_of_hazards() {
  return {of_file(),
          of_plan(),
          of_level(),
          of_attribute(),
          of_choice(),
          of_hazard(),
          {"criteria", {"[[hazard.KIND.criteria]]", "[[hazard.灾种.criteria]]"}, clauses()},
          {"grade", {"[[hazard.KIND.grade]]", "[[hazard.灾种.grade]]"}, clauses()}};
}

}  // namespace tocsin::plan
