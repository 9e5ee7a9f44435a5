// The table of keys as the manual and an editor show it.
#include "gateway/plan/keys.h"
#include "gateway/plan/limits.h"

namespace tocsin::plan {
namespace {

using base::Said, base::said;

Said word_names(const Key& key) {
  Said all;
  for (std::size_t i = 0; i < key.words.size(); ++i) {
    if (i > 0) all += {", ", "、"};
    all += base::same("`\"" + key.words[i] + "\"`");
  }
  return all;
}

// ", at most 40 characters", where it is not the usual limit.
Said limit_of(const Key& key) {
  if (key.to == static_cast<int>(kMaxNameCharacters)) return {};
  return said(", at most {0} characters", "，最多{0}字", key.to);
}

Said one_of(const Key& key) {
  switch (key.holds) {
    case Holds::kText: return said("text{0}", "文字{0}", limit_of(key));
    case Holds::kWords: return said("words{0}", "各语言文字{0}", limit_of(key));
    case Holds::kKeywords: return {"keywords", "关键词"};
    case Holds::kDuration: return {"duration", "时长"};
    case Holds::kDistance: return {"distance", "距离"};
    case Holds::kWhole: return said("whole number {0} to {1}", "{0}到{1}的整数", key.from, key.to);
    case Holds::kFlag: return {"`true` or `false`", "`true` 或 `false`"};
    case Holds::kWord: return word_names(key);
    case Holds::kWordName: return {"name", "名称"};
    case Holds::kSlug: return {"name, `-` allowed", "名称，可含 `-`"};
    case Holds::kStepName: return {"name of a step", "步骤名"};
    case Holds::kLevelId: return {"level id", "级别"};
    case Holds::kKind: return {"a kind of this plan", "本预案的灾种"};
    case Holds::kKindOrNone: return {"kind", "灾种"};
    case Holds::kBase: return {"`\"LEVEL\"` or `\"KIND/LEVEL\"`", "`\"级别\"` 或 `\"灾种/级别\"`"};
    case Holds::kSelector: return {"selector", "人员选择"};
    case Holds::kWhom: return {"selector or `\"person:CODE\"`", "人员选择或 `\"person:代码\"`"};
    case Holds::kEnough: return said("`\"all\"`, or {0} to {1}", "`\"all\"`，或{0}到{1}", key.from, key.to);
    case Holds::kDayTime: return {"time of day, `00:00` to `24:00`", "时刻，`00:00` 到 `24:00`"};
    case Holds::kDate: return {"date", "日期"};
    case Holds::kMoment: return {"date and time", "日期和时间"};
    case Holds::kPath: return {"path", "路径"};
    case Holds::kClause: return said("clause, up to {0} conditions", "条款，最多{0}个条件", key.to);
    case Holds::kTable: return said("table `{0}`", "`{0}` 表", keys_of(key.table).id);
    case Holds::kWhomOrTold:
      return {"selector, `\"person:CODE\"` or table `told`", "人员选择、`\"person:代码\"` 或 `told` 表"};
  }
  return {};
}

std::string cell(std::string text) {
  for (std::size_t at = text.find('|'); at != std::string::npos; at = text.find('|', at + 2)) text.insert(at, "\\");
  return text;
}

}  // namespace

Said type_of(const Key& key) {
  const auto one = one_of(key);
  const auto size = key.least == 0 ? said("up to {0}", "最多{0}项", key.entries)
                                   : said("{0} to {1}", "{0}到{1}项", key.least, key.entries);
  switch (key.many) {
    case Many::kOne: break;
    case Many::kList: return said("list of {0}: {1}", "列表，{0}：{1}", size, one);
    case Many::kOneOrList: return said("{0}, or a list of up to {1}", "{0}，或最多{1}项的列表", one, key.entries);
    case Many::kByName: return said("tables by name: {0}", "按名称的表：{0}", one);
  }
  return one;
}

std::string keys_as_markdown(Table table) {
  std::string out = "| key | is | default | meaning | example |\n| --- | --- | --- | --- | --- |\n";
  for (const auto& key : keys_of(table).keys) {
    const auto standard = key.required ? std::string("required") : key.otherwise.en;
    const auto example = key.example.empty() ? std::string() : "`" + key.example + "`";
    out += "| `" + key.name + "` | " + cell(type_of(key).en) + " | " + cell(standard) + " | " + cell(key.meaning.en) +
           " | " + cell(example) + " |\n";
  }
  return out;
}

}  // namespace tocsin::plan
